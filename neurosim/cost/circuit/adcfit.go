package circuit

import "crossbook/neurosim/tech"

// Fits of converters to circuit simulations, as DNN+NeuroSim V2.1 has them:
// X. Peng, S. Huang, H. Jiang, A. Lu and S. Yu, IEEE Trans. CAD 40(11), 2021.

// senseFit is the delay of a current-mode comparator: the slowest is
// slope ln(R/kΩ) + offset nanoseconds, and a polynomial in the ratio of reference
// to column, highest power first, is the share of it below and above 0.9.
type senseFit struct {
	slope, offset float64
	below         []float64
	above         []float64
}

// senseFits by node; smaller nodes decide within a nanosecond.
var senseFits = map[int]senseFit{
	130: {
		0.2679, 0.0478,
		[]float64{3.915, -5.3996, 2.4653, 0.3856},
		[]float64{0.0004, -0.0087, 0.0742, -0.2725, 1.2211},
	},
	90: {
		0.0586, 1.41,
		[]float64{3.726, -5.651, 2.8249, 0.3574},
		[]float64{8e-7, -7e-5, 0.0017, -0.0188, 0.9835},
	},
	65: {
		0.1239, 0.6642,
		[]float64{1.3899, -2.6913, 2.0483, 0.3202},
		[]float64{0.0036, -0.0363, 0.1043, -0.0346, 1.0512},
	},
	45: {
		0.0714, 0.7651,
		[]float64{3.7949, -5.6685, 2.6492, 0.4807},
		[]float64{1e-6, -6e-5, 0.0001, -0.0171, 1.0057},
	},
	32: {
		0.0714, 0.7651,
		[]float64{3.7949, -5.6685, 2.6492, 0.4807},
		[]float64{1e-6, -6e-5, 0.0001, -0.0171, 1.0057},
	},
}

// adcFit is the power of a converter: base (µW by level or by bit) and a part
// that falls with the column's resistance R, bias exp(-decay log10 R).
type adcFit struct {
	current, currentBias float64 // flash, current mode, by level
	voltage, voltageBias float64 // flash, voltage mode, by level; the bias is SAR's too
	decay                float64
	perBit, fixed        float64 // successive approximation
}

type adcKey struct {
	node    int
	roadmap tech.Roadmap
}

var adcFits = map[adcKey]adcFit{
	{130, tech.HP}:   {19.898, 0.17452, 27.84, 0.207452, 2.367, 6.4806, 49.047},
	{130, tech.LSTP}: {18.09, 0.1380, 23.4, 0.169380, 2.303, 8.4483, 65.243},
	{90, tech.HP}:    {13.09, 0.14900, 22.2, 0.164900, 2.345, 4.3474, 31.782},
	{90, tech.LSTP}:  {12.612, 0.1023, 14.42, 0.144323, 2.303, 5.9869, 37.462},
	{65, tech.HP}:    {9.9579, 0.1083, 13.058, 0.128483, 2.321, 2.9503, 22.047},
	{65, tech.LSTP}:  {8.4147, 0.0972, 10.18, 0.121272, 2.303, 3.7506, 25.844},
	{45, tech.HP}:    {7.7017, 0.0754, 8.162, 0.097754, 2.296, 2.1843, 11.931},
	{45, tech.LSTP}:  {6.3162, 0.075, 7.062, 0.100225, 2.303, 2.1691, 16.693},
	{32, tech.HP}:    {3.9648, 0.079, 4.76, 0.083709, 2.313, 1.0157, 7.6286},
	{32, tech.LSTP}:  {3.0875, 0.0649, 3.692, 0.079449, 2.297, 1.1294, 8.8998},
	{22, tech.HP}:    {1.8939, 0.073, 2.373, 0.084273, 2.311, 0.7213, 3.3041},
	{22, tech.LSTP}:  {1.7, 0.0631, 1.866, 0.072341, 2.303, 0.538, 4.3753},
	{14, tech.HP}:    {1.2, 0.0584, 1.467, 0.060584, 2.311, 0.4710, 1.9529},
	{14, tech.LSTP}:  {1.0, 0.0508, 1.126, 0.061085, 2.303, 0.3132, 2.5681},
	{10, tech.HP}:    {0.8, 0.0318, 0.9077, 0.049418, 2.311, 0.3076, 1.1543},
	{10, tech.LSTP}:  {0.55, 0.0315, 0.6917, 0.051580, 2.303, 0.1823, 1.5073},
	{7, tech.HP}:     {0.5, 0.0210, 0.5614, 0.040310, 2.311, 0.2008, 0.6823},
	{7, tech.LSTP}:   {0.35, 0.0235, 0.4211, 0.043555, 2.303, 0.1061, 0.8847},
}

// senseDelay is the fit of the node's comparators; without one they decide
// within a nanosecond.
func (k *Kit) senseDelay() (fit senseFit, fitted bool) {
	if k.Roadmap == tech.HP {
		return senseFit{}, false
	}
	fit, fitted = senseFits[nearestFit(k.Node)]
	return fit, fitted
}

// adcPower is the fit of the node's converters.
func (k *Kit) adcPower() adcFit { return adcFits[adcKey{nearestFit(k.Node), k.Roadmap}] }

// fitted are the nodes that have fits.
var fitted = []int{130, 90, 65, 45, 32, 22, 14, 10, 7}

// nearestFit is the node with fits whose ratio to a node is closest to one.
func nearestFit(node int) int {
	best := fitted[0]
	for _, n := range fitted {
		if max(n, node)*min(best, node) < max(best, node)*min(n, node) {
			best = n
		}
	}
	return best
}

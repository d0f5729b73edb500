package train

import "strconv"

// History is what the recorders kept, epoch by epoch and layer by layer.
type History []LayerRecord

// Quantity names one number of a [LayerRecord].
type Quantity string

// The quantities, by the field of [Record] that keeps them.
const (
	Angle Quantity = "angle to back-propagation (degrees)" // Angle

	WeightMean      Quantity = "mean weight"                   // Weights
	WeightDeviation Quantity = "standard deviation of weights" // Weights
	AtLimit         Quantity = "weights at their limit (%)"    // Weights

	Changed   Quantity = "weights changed by a step (%)"  // Updates
	StepSize  Quantity = "change of a weight by a step"   // Updates
	LTPPulses Quantity = "LTP pulses to a cell in a step" // Updates
	LTDPulses Quantity = "LTD pulses to a cell in a step" // Updates
)

// value returns the quantity, and whether it was kept.
func (q Quantity) value(r LayerRecord) (float64, bool) {
	switch q {
	case Angle:
		return r.Angle, r.Kept.Angle
	case WeightMean:
		return r.Weights.Mean, r.Kept.Weights
	case WeightDeviation:
		return r.Weights.Deviation, r.Kept.Weights
	case AtLimit:
		return 100 * r.Weights.AtLimit, r.Kept.Weights
	case Changed:
		return 100 * r.Updates.Changed, r.Kept.Updates
	case StepSize:
		return r.Updates.Size, r.Kept.Updates
	case LTPPulses:
		return r.Updates.LTP, r.Kept.Updates
	case LTDPulses:
		return r.Updates.LTD, r.Kept.Updates
	}
	return 0, false
}

// Layers returns the number of layers that were recorded.
func (h History) Layers() int {
	layers := 0
	for _, r := range h {
		layers = max(layers, r.Layer)
	}
	return layers
}

// Trace returns how a quantity of a layer, 1 for that next to the input, went over
// the epochs. It has no points when the layer or the quantity was not recorded.
func (h History) Trace(q Quantity, layer int) Trace {
	t := Trace{Name: "layer " + strconv.Itoa(layer), Quantity: q}
	for _, r := range h {
		if v, kept := q.value(r); kept && r.Layer == layer {
			t.Epochs = append(t.Epochs, r.Epoch)
			t.Values = append(t.Values, v)
		}
	}
	return t
}

// Trace is a recorded quantity over the epochs, ready to be plotted.
type Trace struct {
	Name     string // in the legend
	Quantity Quantity
	Epochs   []int
	Values   []float64 // as many as Epochs
}

// Label returns the name.
func (t Trace) Label() string { return t.Name }

// Len returns the number of epochs.
func (t Trace) Len() int { return len(t.Values) }

// XY returns the i-th point: number of the epoch, value.
func (t Trace) XY(i int) (x, y float64) { return float64(t.Epochs[i]), t.Values[i] }

// AxisLabels names the axes.
func (t Trace) AxisLabels() (x, y string) { return "epoch", string(t.Quantity) }

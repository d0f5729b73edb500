package circuit

import (
	"math"

	"crossbook/neurosim/tech"
)

// polarity picks one of a transistor's two.
type polarity bool

const (
	nChannel polarity = false
	pChannel polarity = true
)

func (k *Kit) channel(p polarity) tech.Channel {
	if p == pChannel {
		return k.PChannel
	}
	return k.NChannel
}

// drawn is the width that a drawn width means at this node: with fins, one fin
// stands for two feature sizes.
func (k *Kit) drawn(width float64) float64 {
	if !k.FinFET() {
		return width
	}
	return width * (float64(k.Fin.Pitch) / (2 * k.feature()))
}

// fins is how many fins a width (already drawn) takes.
func (k *Kit) fins(width float64) float64 {
	return k.whole(width / float64(k.Fin.Pitch))
}

// whole rounds up. The reference also rounds up what only the last bit of a
// double makes larger than a whole number.
func (k *Kit) whole(x float64) float64 {
	if !k.v21() {
		x *= 1 - 1e-12
	}
	return math.Ceil(x)
}

// effective is the width that carries current: all sides of all fins.
func (k *Kit) effective(width float64) float64 {
	if !k.FinFET() {
		return width
	}
	return k.fins(k.drawn(width)) * (2*float64(k.Fin.Height) + float64(k.Fin.Width))
}

// gateCap is the capacitance of a gate of a width in metres.
func (k *Kit) gateCap(width float64) float64 {
	return float64(k.IdealCap+k.OverlapCap+k.FringeCap) * k.effective(width)
}

// resistance of a switched-on transistor of a width in metres.
func (k *Kit) resistance(p polarity, width float64) float64 {
	return k.ResistanceFactor * float64(k.Vdd) / (float64(k.channel(p).On) * k.effective(width))
}

// transconductance of a transistor of a width in metres at 0.7 Vdd.
func (k *Kit) transconductance(p polarity, width float64) float64 {
	current := 2 * float64(k.channel(p).Transconductance) * width
	return current / (0.7*float64(k.Vdd) - float64(k.Vth))
}

// drainCap is the drain's capacitance of a lone transistor in a row of cells of
// a height.
func (k *Kit) drainCap(p polarity, width, height float64) float64 {
	g := gate{inputs: 1, n: width, height: height}
	if p == pChannel {
		g.n, g.p = 0, width
	}
	return k.outputCap(g)
}

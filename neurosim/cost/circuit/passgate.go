package circuit

import "math"

// passGate is an analogue switch of two transistors side by side, folded.
func (k *Kit) passGate(n, p float64, folds int) Size {
	f := k.feature()
	width := float64(folds+1) * k.pitch()
	split := func(w float64) float64 {
		if !k.FinFET() {
			return w / float64(folds)
		}
		fins := k.fins(k.drawn(w))
		if k.v21() {
			// The reference counts fins by the width of the current, not by their pitch.
			fins = math.Ceil(k.drawn(w) / (2*float64(k.Fin.Height) + float64(k.Fin.Width)))
		}
		perFold := math.Ceil(fins / float64(folds))
		return (perFold-1)*float64(k.Fin.Pitch) + float64(k.Fin.Width)
	}
	return box(split(p)+split(n)+pnGap*f+edgeGap*f, width)
}

// pass is a transmission gate: the widths of its transistors (metres) and its
// resistance when on.
type pass struct {
	n, p       float64
	resistance float64
	gateN      float64 // capacitances
	gateP      float64
}

func (s pass) gates() float64 { return s.gateN + s.gateP }

// passFor sizes a transmission gate of a resistance, from transistors in their
// linear region, where their current is a share of the saturated one.
func (k *Kit) passFor(resistance, linear float64) pass {
	f := k.feature()
	s := pass{
		n:          k.resistance(nChannel, f) * f * linear / (2 * resistance),
		p:          k.resistance(pChannel, f) * f * linear / (2 * resistance),
		resistance: resistance,
	}
	s.gateN, s.gateP = k.gateCap(s.n), k.gateCap(s.p)
	return s
}

// linearRatio is the share of the saturated current in the linear region.
const linearRatio = 0.20

// irDrop is the share of a cell's resistance that its switch may have.
const irDrop = 0.25

// smallPass is the smallest transmission gate.
func (k *Kit) smallPass() pass {
	n, p := k.smallNMOS(), k.smallPMOS()
	return pass{n: n, p: p, gateN: k.gateCap(n), gateP: k.gateCap(p)}
}

// drain is the capacitance that a pass gate in a row of a height adds to a line.
func (k *Kit) passDrain(s pass, height float64) float64 {
	return k.outputCap(gate{inverter, 1, s.n, s.p, height})
}

// foldedPass lays out count pass gates of perUnit transistor pairs in rows of a
// width and returns the height of all rows, that of one, and the gate's own.
func (k *Kit) foldedPass(s pass, width float64, count, perUnit int) (total, one float64) {
	least := 2 * k.pitch()
	if k.v21() {
		least = 2 * (polyWidth + polyGap) * k.feature() // planar at every node
	}
	perRow := max(1, int(width/(float64(perUnit)*least)))
	rows := shares(count, perRow)
	perRow = shares(count, rows)
	folds := max(1, int(width/float64(perRow)/float64(perUnit)/(0.5*least))-1)
	one = float64(k.passGate(s.n, s.p, folds).Height)
	return one * float64(rows), one
}

package cost

import (
	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// tally is what a level of the chip costs for one image: the price of the forward
// phase, of the error phase and of the update, with and without the movement of
// data, and the parts of both reading phases by what they are for.
type tally struct {
	forward, back         circuit.Action
	peakForward, peakBack circuit.Action
	by                    [categories]circuit.Action
	buffer, wires         circuit.Action
	write, peakWrite      circuit.Action
	leakage               units.Watt
}

// readings are the fields that pass from level to level alike: all but the writes.
func (t *tally) readings() []*circuit.Action {
	list := []*circuit.Action{&t.forward, &t.back, &t.peakForward, &t.peakBack, &t.buffer, &t.wires}
	for i := range t.by {
		list = append(list, &t.by[i])
	}
	return list
}

// beside adds what works at the same time: the longest latency counts and every
// energy. Writes come one after the other.
func (t *tally) beside(other tally) {
	list := other.readings()
	for i, a := range t.readings() {
		*a = slower(*a, *list[i])
	}
	t.write = t.write.Plus(other.write)
	t.peakWrite = t.peakWrite.Plus(other.peakWrite)
	t.leakage = other.leakage
}

// faster divides the latencies of reading among so many copies.
func (t *tally) faster(copies int) {
	for _, a := range t.readings() {
		a.Latency /= units.Second(copies)
	}
}

// phases says whether errors come back, so that what both phases share counts
// twice.
func phases(back bool) float64 {
	if back {
		return 2
	}
	return 1
}

// accumulate adds the sum of partial results to both phases.
func (t *tally) accumulate(sum circuit.Action, back bool) {
	t.forward = t.forward.Plus(sum)
	t.peakForward = t.peakForward.Plus(sum)
	if back {
		t.back = t.back.Plus(sum)
		t.peakBack = t.peakBack.Plus(sum)
	}
	t.by[inAccumulation] = t.by[inAccumulation].Plus(sum.Times(phases(back)))
}

// move adds the movement of data to both phases.
func (t *tally) move(buffer, wires circuit.Action, back bool) {
	both := buffer.Plus(wires)
	t.forward = t.forward.Plus(both)
	if back {
		t.back = t.back.Plus(both)
	}
	t.buffer = t.buffer.Plus(buffer.Times(phases(back)))
	t.wires = t.wires.Plus(wires.Times(phases(back)))
}

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
	ledger                *ledger // of all of these; nil unless they are to be explained
}

// tally begins a sum.
func (d *design) tally() tally {
	if d.explain {
		return tally{ledger: &ledger{}}
	}
	return tally{}
}

// sum is one of the sums.
func (t *tally) sum(f field) *circuit.Action {
	switch f {
	case forwardSum:
		return &t.forward
	case backSum:
		return &t.back
	case peakForwardSum:
		return &t.peakForward
	case peakBackSum:
		return &t.peakBack
	case bufferSum:
		return &t.buffer
	case wiresSum:
		return &t.wires
	case writeSum:
		return &t.write
	case peakWriteSum:
		return &t.peakWrite
	}
	return &t.by[f-categorySum]
}

// put adds a charge to one of the sums.
func (t *tally) put(f field, c charge) {
	a := t.sum(f)
	*a = a.Plus(c.total())
	t.ledger = t.ledger.add(f, c)
}

// readings are the fields that pass from level to level alike: all but the writes.
func (t *tally) readings() [writeSum]*circuit.Action {
	list := [writeSum]*circuit.Action{&t.forward, &t.back, &t.peakForward, &t.peakBack, &t.buffer, &t.wires}
	for i := range t.by {
		list[categorySum+field(i)] = &t.by[i]
	}
	return list
}

// beside adds what works at the same time: the longest latency counts and every
// energy. Writes come one after the other.
func (t *tally) beside(other tally) {
	var longer [writeSum]bool
	list := other.readings()
	for i, a := range t.readings() {
		longer[i] = list[i].Latency > a.Latency
		*a = slower(*a, *list[i])
	}
	t.ledger = t.ledger.beside(other.ledger, longer)
	t.write = t.write.Plus(other.write)
	t.peakWrite = t.peakWrite.Plus(other.peakWrite)
	t.leakage = other.leakage
}

// faster divides the latencies of reading among so many copies.
func (t *tally) faster(copies int) {
	for i, a := range t.readings() {
		a.Latency /= units.Second(copies)
		t.ledger = t.ledger.scale(field(i), shared(float64(copies)), nil)
	}
}

// accumulate adds the sum of partial results to both phases.
func (t *tally) accumulate(sum charge, back bool) {
	t.compute(sum)
	if back {
		t.put(backSum, sum)
		t.put(peakBackSum, sum)
		t.put(categorySum+field(sum.part), sum)
	}
}

// compute adds what the forward phase does besides moving data.
func (t *tally) compute(c charge) {
	t.put(forwardSum, c)
	t.put(peakForwardSum, c)
	t.put(categorySum+field(c.part), c)
}

// move adds the movement of data to a phase and to its own sum.
func (t *tally) move(phase field, c charge) {
	t.put(phase, c)
	if c.part == inWires {
		t.put(wiresSum, c)
	} else {
		t.put(bufferSum, c)
	}
}

// moveBoth adds the same movement of data to both reading phases.
func (t *tally) moveBoth(c charge, back bool) {
	t.move(forwardSum, c)
	if back {
		t.move(backSum, c)
	}
}

// forget drops latencies that are not numbers in the reference, whose tables for
// SRAM cells have no resistances, and which any comparison then drops.
func (t *tally) forget() {
	for _, f := range []field{forwardSum, peakForwardSum, categorySum + field(inOther)} {
		t.sum(f).Latency = 0
		t.ledger = t.ledger.scale(f, func(t *term) { t.factor = 0 }, nil)
	}
}

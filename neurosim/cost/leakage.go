package cost

import "crossbook/neurosim/units"

// idle is what a circuit leaks.
func idle(name string, at level, part category, power units.Watt) term {
	return term{name: name, at: at, part: part, count: 1, units: 1, factor: 1, images: 1, batches: 1, price: float64(power)}
}

// leak sets the terms of the leakage.
func (l *ledger) leak(list []term) *ledger {
	if l == nil {
		return nil
	}
	sum := *l
	sum.leakage = list
	return &sum
}

// explainLeakage keeps what an element's circuits leak.
func (e *engine) explainLeakage(t *tally, back bool) {
	if t.ledger == nil {
		return
	}
	list := changed(e.subarray(back).leaking(), alike(float64(e.down*e.across)))
	list = append(list,
		idle("adder tree", atElement, inAccumulation, e.treeLeakage()),
		idle("input registers", atElement, inBuffer, e.in.Leakage()),
		idle("output registers", atElement, inBuffer, e.out.Leakage()),
	)
	t.ledger = t.ledger.leak(list)
}

// leaking lists what the parts of a subarray leak.
func (s *subarray) leaking() []term {
	list := []term{idle("cells", atSubarray, inCells, units.Watt(s.array.Leakage()))}
	for _, p := range s.parts() {
		if s.leaks(p) {
			list = append(list, idle(p.name, atSubarray, p.kind, p.leakage))
		}
	}
	return list
}

// explainLeakage keeps what a tile's circuits leak.
func (t *tile) explainLeakage(sum *tally) {
	if sum.ledger == nil {
		return
	}
	list := changed(sum.ledger.leakage, alike(float64(t.count)))
	list = append(list,
		idle("adder tree", atTile, inAccumulation, t.treeLeakage()),
		idle("input buffer", atTile, inBuffer, t.in.Leakage()),
		idle("output buffer", atTile, inBuffer, t.out.Leakage()),
	)
	sum.ledger = sum.ledger.leak(list)
}

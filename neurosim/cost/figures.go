package cost

import "crossbook/neurosim/cost/circuit"

// reported is the figure of the report that a question means, if there is one.
func (r *Report) reported(q question) (float64, bool) {
	if q.layer > 0 {
		l := r.Layers[q.layer-1]
		p := l.Phases
		if q.peak {
			p = l.Peak
		}
		return timed(q, p, l.Components)
	}
	switch q.quantity {
	case ofArea:
		return r.Areas.of(q.part), true
	case ofLeakage:
		return float64(r.Leakage), q.part == allParts
	case ofLeakageEnergy:
		return float64(r.LeakageEnergy), true
	}
	if q.part == allParts && q.phase == allPhases && !q.peak {
		return q.of(circuit.Action{Latency: r.Latency(), Energy: r.Energy()}), true
	}
	p := r.Phases
	if q.peak {
		p = r.Peak
	}
	return timed(q, p, r.Components)
}

// timed is a latency or energy of a layer or of the chip.
func timed(q question, p Phases, c Components) (float64, bool) {
	switch {
	case !q.timed():
		return 0, false
	case q.part == allParts && q.phase == allPhases:
		return q.of(p.Total()), true
	case q.part == allParts:
		return q.of(p.of(q.phase)), true
	case q.phase == allPhases && q.part < inGradient && !q.peak:
		return q.of(c.of(q.part)), true
	}
	return 0, false
}

// of is the latency or the energy of a price.
func (q question) of(a circuit.Action) float64 {
	if q.quantity == ofLatency {
		return float64(a.Latency)
	}
	return float64(a.Energy)
}

// of is the price of one phase.
func (p Phases) of(which phase) circuit.Action {
	return [...]circuit.Action{{}, p.Forward, p.Error, p.Gradient, p.Update}[which]
}

// of is the price of one component.
func (c Components) of(part category) circuit.Action {
	return [...]circuit.Action{
		inADC: c.ADC, inAccumulation: c.Accumulation, inOther: c.Other,
		inBuffer: c.Buffer, inWires: c.Wires, inMemory: c.DRAM,
	}[part]
}

// of is the area of one component, or of all.
func (a Areas) of(part category) float64 {
	if part == allParts {
		return float64(a.Total)
	}
	return float64([...]float64{
		inADC: float64(a.ADC), inAccumulation: float64(a.Accumulation), inOther: float64(a.Other),
		inBuffer: float64(a.Buffers), inWires: float64(a.Wires), inMemory: 0,
		inGradient: float64(a.Gradient), inCells: float64(a.Array),
	}[part])
}

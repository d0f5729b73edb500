package cost

import "fmt"

// Explain traces a figure to what it is the sum of: so many uses of a circuit
// times the price of one. The question names a quantity (area, latency, energy,
// leakage, leakage energy) and, as far as wanted, a phase (forward, error or
// activation gradient, weight gradient, update), a component (ADC, accumulation,
// periphery, buffers, wires, DRAM, gradient unit, cells), a layer, and peak for
// the figure without the movement of data:
//
//	report.Explain("ADC energy, activation gradient, layer 3")
//
// The latency of a component in one phase is its share of that of the slowest
// block; without a phase it is the component's own, as in [Components]. It fails
// for words that it does not know and then lists those that it does. The chip is
// priced again for it, once for all questions.
func (r *Report) Explain(about string) (Explanation, error) {
	q, err := ask(about, len(r.Layers))
	if err != nil {
		return Explanation{}, fmt.Errorf("cost: explain: %w", err)
	}
	e, err := r.explained()
	if err != nil {
		return Explanation{}, fmt.Errorf("cost: explain: %w", err)
	}
	return r.explain(e, q), nil
}

// explain makes the tree of a figure: of its phases, then of its layers, then of
// its components, then of the charges.
func (r *Report) explain(e *explained, q question) Explanation {
	x := Explanation{Name: q.String(), Unit: q.quantity.unit()}
	switch {
	case q.quantity == ofLeakageEnergy:
		x.Terms = r.leakageEnergy(e, q)
	case q.phase == allPhases && q.timed() && !e.owns(q):
		x.Terms = r.phases(e, q)
	case q.layer == 0 && q.quantity != ofArea:
		for i := range r.Layers {
			if !e.report.counts(q, i) {
				continue
			}
			q.layer = i + 1
			if l := r.explain(e, q); l.Value != 0 {
				x.Terms = append(x.Terms, l.named(layerName(i)))
			}
		}
		q.layer = 0
		x.Terms = append(x.Terms, e.report.waits(q)...)
	case q.part == allParts:
		x.Terms = r.parts(e, q)
	default:
		x.Terms = leaves(e.charges(q), x.Unit)
	}
	x.Value = r.figure(q, x.Terms)
	return x
}

// counts says whether a layer adds to a figure of the chip: the latencies of layers
// that work at the same time do so only along the longest path.
func (r *Report) counts(q question, layer int) bool {
	switch {
	case q.quantity != ofLatency:
		return true
	case q.phase == allPhases:
		return r.staged == nil || q.part == allParts || r.staged[q.part] == layer || q.part == inMemory
	case q.peak:
		return r.peakPath[q.phase][layer]
	}
	return r.path[q.phase][layer]
}

// waits is how long layers wait for each other at the memory, if the question asks
// for it.
func (r *Report) waits(q question) []Explanation {
	if r.waiting == 0 || q.quantity != ofLatency || q.phase != gradientPhase || q.peak || q.part != allParts && q.part != inMemory {
		return nil
	}
	return []Explanation{{
		Name: "waiting for the memory", Unit: q.quantity.unit(), Value: float64(r.waiting),
		How: "layers that work at the same time share its bandwidth",
	}}
}

// timed says whether the quantity has phases.
func (q question) timed() bool { return q.quantity == ofLatency || q.quantity == ofEnergy }

// owns says whether a component has a sum of its own over all phases.
func (e *explained) owns(q question) bool {
	return q.part != allParts && q.part < inGradient && !q.peak
}

// phases are the terms of a figure over all of them.
func (r *Report) phases(e *explained, q question) []Explanation {
	var list []Explanation
	whole := q
	for p := forwardPhase; p <= updatePhase; p++ {
		q.phase = p
		if x := r.explain(e, q); x.Value != 0 {
			list = append(list, x.named(phaseNames[p]))
		}
	}
	if whole.quantity == ofEnergy && whole.layer == 0 && whole.part == allParts && !whole.peak {
		list = append(list, r.explain(e, question{quantity: ofLeakageEnergy, part: allParts}).named("leakage"))
	}
	return list
}

// parts are the terms of a figure by component.
func (r *Report) parts(e *explained, q question) []Explanation {
	var list []Explanation
	for part := range partKinds {
		q.part = part
		if x := r.explain(e, q); x.Value != 0 {
			list = append(list, x.named(partNames[part]))
		}
	}
	return list
}

// leakageEnergy are what all tiles leak while a layer works.
func (r *Report) leakageEnergy(e *explained, q question) []Explanation {
	var list []Explanation
	for i, l := range e.layers {
		if q.layer > 0 && q.layer != i+1 {
			continue
		}
		power, time := e.chip.leaking(i, l, r)
		list = append(list, Explanation{
			Name: layerName(i), Unit: "J", Value: float64(power) * float64(time),
			How: fmt.Sprintf("%v × %v", power, time),
		})
	}
	return list
}

// figure is that of the report, or the sum of the terms where the report has none
// of its own.
func (r *Report) figure(q question, terms []Explanation) float64 {
	if v, ok := r.reported(q); ok {
		return v
	}
	sum := 0.0
	for _, t := range terms {
		sum += t.Value
	}
	return sum
}

// charges are the terms of a figure of one component.
func (e *explained) charges(q question) []term {
	var list []term
	switch {
	case q.quantity == ofArea && q.layer == 0:
		for i := range e.layers {
			list = joinAll(list, e.areas(i), 1, (*term).more)
		}
		list = append(list, e.chip.areaTerms()...)
	case q.quantity == ofArea:
		list = e.areas(q.layer - 1)
	case q.quantity == ofLeakage:
		list = e.leaks(q.layer - 1)
	case q.phase == allPhases:
		return e.terms(q.layer-1, ownSum(q.part), q.quantity)
	default:
		list = e.terms(q.layer-1, phaseSum(q.phase, q.peak), q.quantity)
	}
	var of []term
	for _, t := range list {
		if t.part == q.part {
			of = append(of, t)
		}
	}
	return of
}

// ownSum is the sum over all phases that a component has.
func ownSum(part category) field {
	switch part {
	case inBuffer:
		return bufferSum
	case inWires:
		return wiresSum
	case inMemory:
		return dramSum
	}
	return categorySum + field(part)
}

func phaseSum(p phase, peak bool) field {
	if peak {
		return [...]field{forwardPhase: peakForwardSum, errorPhase: peakBackSum, gradientPhase: peakGradSum, updatePhase: peakWriteSum}[p]
	}
	return [...]field{forwardPhase: forwardSum, errorPhase: backSum, gradientPhase: gradientSum, updatePhase: writeSum}[p]
}

package cost

import (
	"fmt"

	"crossbook/neurosim/units"
)

// Shares divides the quantities of a report among named parts, as
// plots.Breakdown draws them.
type Shares struct {
	names []string
	of    func(q quantity) ([]float64, error) // in SI units
}

// Parts names the parts.
func (s Shares) Parts() []string { return s.names }

// Quantity is how much of [Area], [Latency], [Energy] or [Leakage] every part has,
// with the unit. It fails for other names.
func (s Shares) Quantity(name string) (values []float64, unit string, err error) {
	q, ok := map[string]quantity{Area: ofArea, Latency: ofLatency, Energy: ofEnergy, Leakage: ofLeakage}[name]
	if !ok {
		return nil, "", fmt.Errorf("cost: %q is no quantity of these parts; allowed: %s, %s, %s, %s", name, Area, Latency, Energy, Leakage)
	}
	if values, err = s.of(q); err != nil {
		return nil, "", err
	}
	total := 0.0
	for _, v := range values {
		total += v
	}
	divisor, unit := units.Prefixed(total, q.unit())
	for i := range values {
		values[i] /= divisor
	}
	return values, unit, nil
}

// Parts names the components of a chip, and its leakage, which has a share of the
// energy.
func (r *Report) Parts() []string { return r.byComponent().Parts() }

// Quantity is how much of [Area], [Latency], [Energy] or [Leakage] every part has,
// with the unit. Latencies are those along the path of the slowest blocks. It
// fails for other names.
func (r *Report) Quantity(name string) (values []float64, unit string, err error) {
	return r.byComponent().Quantity(name)
}

func (r *Report) byComponent() Shares {
	names := append([]string{}, partNames[:]...)
	return Shares{append(names, "leakage"), func(q quantity) ([]float64, error) {
		values := make([]float64, partKinds+1)
		if q == ofArea {
			for part := range partKinds {
				values[part] = r.Areas.of(part)
			}
			return values, nil
		}
		e, err := r.explained()
		if err != nil {
			return nil, fmt.Errorf("cost: %w", err)
		}
		for phase := allPhases; phase <= updatePhase; phase++ {
			for layer := range r.Layers {
				about := question{quantity: q, phase: phase, layer: layer + 1}
				if phase == allPhases || e.report.counts(about, layer) {
					e.share(values, about)
				}
			}
		}
		switch q {
		case ofLatency:
			values[inMemory] += float64(e.report.waiting)
		case ofEnergy:
			values[partKinds] = float64(r.LeakageEnergy)
		}
		return values, nil
	}}
}

// share adds the terms of a layer in a phase to the parts that they belong to.
// Leakage has no phases.
func (e *explained) share(values []float64, q question) {
	var list []term
	switch {
	case q.timed() && q.phase != allPhases:
		list = e.terms(q.layer-1, phaseSum(q.phase, q.peak), q.quantity)
	case q.quantity == ofLeakage && q.phase == allPhases:
		list = e.leaks(q.layer - 1)
	}
	for _, t := range list {
		values[t.part] += t.value()
	}
}

// ByPhase divides latency and energy among the phases of training.
func (r *Report) ByPhase() Shares {
	return Shares{append(append([]string{}, phaseNames[1:]...), "leakage"), func(q quantity) ([]float64, error) {
		if q != ofLatency && q != ofEnergy {
			return nil, fmt.Errorf("cost: %s has no phases; allowed: %s, %s", q, Latency, Energy)
		}
		values := make([]float64, len(phaseNames))
		for p := forwardPhase; p <= updatePhase; p++ {
			values[p-1] = question{quantity: q}.of(r.Phases.of(p))
		}
		if q == ofEnergy {
			values[len(values)-1] = float64(r.LeakageEnergy)
		}
		return values, nil
	}}
}

// onPath is how long the chip's latency is a layer's.
func (r *Report) onPath(layer int) float64 {
	sum := 0.0
	for p := forwardPhase; p <= updatePhase; p++ {
		if r.path[p][layer] {
			sum += float64(r.Layers[layer].Phases.of(p).Latency)
		}
	}
	return sum
}

// layerName names a layer by its index.
func layerName(i int) string { return fmt.Sprintf("layer %d", i+1) }

// ByLayer divides the quantities among the layers; what they share, such as the
// global buffer, is a part of its own. Where layers work at the same time, those on
// the longest path have the latency.
func (r *Report) ByLayer() Shares {
	var names []string
	for i := range r.Layers {
		names = append(names, layerName(i))
	}
	return Shares{append(names, "shared"), func(q quantity) ([]float64, error) {
		e, err := r.explained()
		if err != nil {
			return nil, fmt.Errorf("cost: %w", err)
		}
		values := make([]float64, len(names)+1)
		for i := range r.Layers {
			values[i] = r.layerShare(e, q, i)
		}
		switch q {
		case ofLatency:
			for i := range names {
				values[i] = e.report.onPath(i)
			}
			values[len(names)] = float64(e.report.waiting)
		case ofArea:
			for _, t := range e.chip.areaTerms() {
				values[len(names)] += t.value()
			}
		case ofEnergy:
			for i, l := range e.layers {
				power, time := e.chip.leaking(i, l, r)
				values[i] += float64(power) * float64(time)
			}
		}
		return values, nil
	}}
}

// layerShare is what a layer adds to a quantity of the chip.
func (r *Report) layerShare(e *explained, q quantity, layer int) float64 {
	whole := question{quantity: q, part: allParts, layer: layer + 1}
	if q != ofLatency {
		return r.explain(e, whole).Value
	}
	sum := 0.0
	for whole.phase = forwardPhase; whole.phase <= updatePhase; whole.phase++ {
		if r.counts(whole, layer) {
			sum += whole.of(r.Layers[layer].Phases.of(whole.phase))
		}
	}
	return sum
}

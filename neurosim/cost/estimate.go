package cost

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// Estimate prices a source's work on the chip: that of a [Network], of an experiment,
// or of a result. It fails for a chip or layers that are not valid, naming every
// field, its value and what is allowed, and where the network cannot be placed.
func (c Chip) Estimate(of Source) (*Report, error) {
	if of == nil {
		return nil, errors.New("cost: workload: there is none; allowed: layers, an experiment or its result")
	}
	w, err := of.Workload()
	if err != nil {
		return nil, fmt.Errorf("cost: workload: %w", err)
	}
	d, err := w.on(c).design()
	if err != nil {
		return nil, fmt.Errorf("cost: chip: %w", err)
	}
	if err := w.validate(d.inputBits); err != nil {
		return nil, fmt.Errorf("cost: layers: %w", err)
	}
	placed, err := newChip(d, w)
	if err != nil {
		return nil, err
	}
	costs := make([]layerCost, len(w.Layers))
	for i, l := range w.Layers {
		o, active := d.operand(l)
		costs[i] = placed.layerPrice(i, o, active)
	}
	r := placed.report(costs)
	r.Chip, r.Schedule, r.from = w.on(c), w.Schedule, &source{work: w}
	for i, l := range w.Layers {
		r.Layers[i].Activity, r.Layers[i].Traced = l.Activity, l.Trace.Weights != nil
	}
	return r, r.finite()
}

// MustEstimate is Estimate for those who know that it cannot fail; it panics with
// the error.
func (c Chip) MustEstimate(of Source) *Report {
	r, err := c.Estimate(of)
	if err != nil {
		panic(err)
	}
	return r
}

// report adds the layers up.
func (c *chip) report(costs []layerCost) *Report {
	r := &Report{
		Areas: c.areas, Tiles: c.tiles() + c.studyTiles(), FeedbackTiles: c.feedbackTiles + c.studyTiles(),
		GradientUnits: len(c.units), Utilisation: c.utilisation(),
		TileCells: c.gridTile, ElementCells: c.gridSize,
	}
	if c.wolters && c.rule.direct() {
		r.GradientUnits = len(c.layers)
	}
	for i, l := range costs {
		r.add(c, i, l)
	}
	c.overlap(r, costs)
	for i, l := range costs {
		power, time := c.leaking(i, l, r)
		r.LeakageEnergy += units.Joule(float64(power) * float64(time))
	}
	return r
}

// overlap lets layers work at the same time where the learning rule allows it.
func (c *chip) overlap(r *Report, costs []layerCost) {
	times, peaks := make([]Phases, len(costs)), make([]Phases, len(costs))
	for i, l := range r.Layers {
		times[i], peaks[i] = l.Phases, l.Peak
	}
	r.path, r.peakPath = c.counted(times, times), c.counted(peaks, times)
	r.Phases = r.path.latencies(r.Phases, times)
	r.Peak = r.peakPath.latencies(r.Peak, peaks)
	if c.pipelined {
		r.stage()
	}
	if c.pipelined && c.v21() { // never adds these up
		r.peakPath[gradientPhase], r.peakPath[updatePhase] = make([]bool, len(costs)), make([]bool, len(costs))
		r.Peak = r.peakPath.latencies(r.Peak, peaks)
	}
	if !c.v21() {
		r.waiting = c.queue(times, costs, r.Latency())
		r.Phases.Gradient.Latency += r.waiting
	}
	if c.wolters && c.rule.direct() {
		r.Operations = c.studyOperations(r.Operations)
	}
}

// counted says of which layers the latencies count, given their prices in one way
// and those with everything.
func (c *chip) counted(layers, whole []Phases) counted {
	switch {
	case c.wolters && c.rule.direct():
		return slowest(whole)
	case c.pipelined:
		return c.rule.staged(layers)
	case c.v21():
		return newCounted(len(layers), true)
	}
	return c.rule.critical(layers)
}

// images is how many images the figures are for.
func (c *chip) images() float64 {
	if !c.training {
		return 1
	}
	return float64(c.batch) * float64(c.iterations)
}

// add puts a layer in the totals, as if layers worked one after the other.
func (r *Report) add(c *chip, at int, l layerCost) {
	p := Phases{l.forward, l.back, l.gradient, l.write}
	peak := Phases{l.peakForward, l.peakBack, l.peakGradient, l.peakWrite}
	parts := Components{
		ADC: l.by[inADC], Accumulation: l.by[inAccumulation], Other: l.by[inOther],
		Buffer: l.buffer, Wires: l.wires, DRAM: l.dram,
	}
	tiles := c.layers[at].tiles()
	r.Layers = append(r.Layers, LayerReport{
		Operations: c.operations(at),
		Shape:      c.layers[at].Shape, Tiles: tiles, Copies: c.layers[at].copies().count(),
		Phases: p, Peak: peak, Components: parts, Feedback: l.feedback,
	})
	r.Phases = r.Phases.plus(p)
	r.Peak = r.Peak.plus(peak)
	r.Components = r.Components.plus(parts)
	r.Leakage += c.leakage(at, l)
	r.Operations += r.Layers[at].Operations
}

// leakage is that of a layer's tiles, those of its feedback weights among them.
func (c *chip) leakage(at int, l layerCost) units.Watt {
	sum := l.leakage * units.Watt(c.layers[at].tiles())
	if c.feedbackTiles > 0 {
		sum += l.feedbackLeakage * units.Watt(c.feedback[at].tiles())
	}
	return sum
}

// leaking is the power that a layer leaks in a chip, and for how long. The
// reference lets all tiles but the layer's own leak while its arrays are read; in
// a pipeline its own, while it waits for the slowest.
func (c *chip) leaking(at int, l layerCost, r *Report) (units.Watt, units.Second) {
	reading := l.forward.Latency + l.back.Latency
	switch {
	case !c.v21():
		return c.leakage(at, l), r.Latency()
	case c.pipelined:
		return c.leakage(at, l), r.Phases.Forward.Latency + r.Phases.Error.Latency - reading
	}
	return l.leakage * units.Watt(c.tiles()-c.layers[at].tiles()), reading
}

// utilisation is the share of the tiles' cells that hold weights.
func (c *chip) utilisation() float64 {
	used, room := 0.0, 0.0
	count := func(p placed, cells float64) {
		used += float64(p.copies().count()) * float64(p.rows()*p.columns)
		room += float64(p.tiles()) * cells
	}
	grid, nested := float64(c.gridTile)*float64(c.gridTile), float64(c.novelSize)*float64(c.novelSize)*float64(c.novelCount)
	for _, p := range append(slices.Clone(c.layers), c.feedback...) {
		if p.novel {
			count(p, nested)
		} else {
			count(p, grid)
		}
	}
	if n := c.studyTiles(); n > 0 {
		used += float64(c.studyCells())
		room += float64(n) * grid
	}
	return used / room
}

// operations counts multiplications and additions as the reference does: over the
// whole map, three times in training but for the first layer's errors.
func (c *chip) operations(at int) float64 {
	l := c.layers[at]
	n := 2 * float64(l.Height*l.Width) * float64(l.rows()) * float64(l.Kernels)
	if !c.training {
		return n
	}
	if at == 0 {
		return 2 * n * c.images()
	}
	return 3 * n * c.images()
}

// finite fails where a figure is not a number that a chip can have.
func (r *Report) finite() error {
	for _, f := range []struct {
		what string
		v    float64
	}{
		{"area", float64(r.Areas.Total)},
		{"latency", float64(r.Phases.Total().Latency)},
		{"energy", float64(r.Phases.Total().Energy)},
		{"leakage", float64(r.Leakage)},
	} {
		if !(f.v >= 0) || math.IsInf(f.v, 0) {
			return fmt.Errorf("cost: the %s of this chip comes out as %g: the reference's model has no value for it", f.what, f.v)
		}
	}
	return nil
}

// plus adds phase by phase.
func (p Phases) plus(q Phases) Phases {
	return Phases{
		p.Forward.Plus(q.Forward), p.Error.Plus(q.Error),
		p.Gradient.Plus(q.Gradient), p.Update.Plus(q.Update),
	}
}

// plus adds part by part.
func (p Components) plus(q Components) Components {
	return Components{
		p.ADC.Plus(q.ADC), p.Accumulation.Plus(q.Accumulation), p.Other.Plus(q.Other),
		p.Buffer.Plus(q.Buffer), p.Wires.Plus(q.Wires), p.DRAM.Plus(q.DRAM),
	}
}

// Total is all phases, one after the other.
func (p Phases) Total() circuit.Action {
	return p.Forward.Plus(p.Error).Plus(p.Gradient).Plus(p.Update)
}

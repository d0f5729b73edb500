package cost

import (
	"fmt"
	"math"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/units"
)

// Estimate prices a network on the chip. It fails for a chip or layers that are
// not valid, naming every field, its value and what is allowed, and where the
// network cannot be placed.
func (c Chip) Estimate(layers []Layer) (*Report, error) {
	d, err := c.design()
	if err != nil {
		return nil, fmt.Errorf("cost: chip: %w", err)
	}
	if err := validate(layers, d.inputBits); err != nil {
		return nil, fmt.Errorf("cost: layers: %w", err)
	}
	shapes := make([]Shape, len(layers))
	for i, l := range layers {
		shapes[i] = l.Shape
	}
	placed, err := newChip(d, shapes)
	if err != nil {
		return nil, err
	}
	r := placed.report()
	r.Chip, r.from = c, &source{layers: layers}
	for i, l := range layers {
		o, active := d.operand(l)
		r.add(placed, i, placed.layerPrice(i, o, active))
		r.Layers[i].Activity, r.Layers[i].Traced = l.Activity, l.Trace.Weights != nil
	}
	return r, r.finite()
}

// MustEstimate is Estimate for those who know that it cannot fail; it panics with
// the error.
func (c Chip) MustEstimate(layers []Layer) *Report {
	r, err := c.Estimate(layers)
	if err != nil {
		panic(err)
	}
	return r
}

func validate(layers []Layer, inputBits int) error {
	var p check.Problems
	if len(layers) == 0 {
		p.Add("Layers", nil, "there are none; allowed: at least one")
	}
	for i, l := range layers {
		l.validate(&p, fmt.Sprintf("Layers[%d]", i), inputBits)
	}
	return p.Err()
}

// report begins with what does not depend on a layer.
func (c *chip) report() *Report {
	return &Report{
		Areas: c.areas, Tiles: c.tiles(), TileCells: c.gridTile, ElementCells: c.gridSize,
	}
}

// images is how many images the figures are for.
func (c *chip) images() float64 {
	if !c.training {
		return 1
	}
	return float64(c.batch) * float64(c.iterations)
}

// add puts a layer in the totals. Layers work one after the other; while one
// does, all other tiles leak.
func (r *Report) add(c *chip, at int, l layerCost) {
	p := Phases{l.forward, l.back, l.gradient, l.write}
	peak := Phases{l.peakForward, l.peakBack, l.peakGradient, l.peakWrite}
	parts := Components{
		ADC: l.by[inADC], Accumulation: l.by[inAccumulation], Other: l.by[inOther],
		Buffer: l.buffer, Wires: l.wires, DRAM: l.dram,
	}
	tiles := c.layers[at].tiles()
	leaking, time := c.leaking(at, l)
	r.Layers = append(r.Layers, LayerReport{
		Operations: c.operations(at),
		Shape:      c.layers[at].Shape, Tiles: tiles, Copies: c.layers[at].copies().count(),
		Phases: p, Peak: peak, Components: parts,
	})
	r.Phases = r.Phases.plus(p)
	r.Peak = r.Peak.plus(peak)
	r.Components = r.Components.plus(parts)
	r.Leakage += l.leakage * units.Watt(tiles)
	r.LeakageEnergy += units.Joule(float64(leaking) * float64(time))
	r.Operations += r.Layers[at].Operations
}

// leaking is the power that leaks while a layer works, and for how long. The
// reference leaves the layer's own tiles out and the last two phases.
func (c *chip) leaking(at int, l layerCost) (units.Watt, units.Second) {
	tiles, time := c.tiles(), l.forward.Latency+l.back.Latency
	if c.v21() {
		tiles -= c.layers[at].tiles()
	} else {
		time += l.gradient.Latency + l.write.Latency
	}
	return l.leakage * units.Watt(tiles), time
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

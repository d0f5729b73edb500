package device

import (
	"math"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/rng"
)

// Fabrication says which cells to make.
type Fabrication struct {
	Count int     // number of cells
	Limit float32 // largest magnitude of a weight, above 0 to 1
	Seed  uint64  // of the differences from cell to cell
	Layer int     // layer that the cells belong to: another layer, other cells

	// Faithful computes as DNN+NeuroSim V2.1 does: labels from the table (see
	// [TableA]), the update by logarithm and exponential in single precision.
	// Weights out of the curve's domain then give NaN, as they do there.
	Faithful bool

	// Variation, if not nil, replaces the drawn differences of the labels: one
	// value for each cell. For comparisons with other simulators.
	Variation []float32
}

// Cells is a group of fabricated cells, the weights of one layer. It holds what
// distinguishes the cells; their weights belong to the caller. Its methods are
// safe for concurrent use.
type Cells struct {
	pulses float64 // over the whole range; 0: continuous
	limit  float32
	up     side        // LTP
	down   side        // LTD
	steps  []simd.Step // of discrete cells that are all alike
	exact  bool        // as the reference computes

	laws  *steps    // nil: the exponential model
	own   *group    // what distinguishes cells of that; nil: nothing but their curves
	write float64   // deviation of the weight that is seen from the one that is kept
	count int       // of the cells
	aging aging     // of cells that are left alone
	how   setting   // how a weight is set
	stuck []float32 // where stuck cells are, NaN for the others; nil: none is stuck
}

// Fabricate makes cells. The fields of d and f must be in their ranges.
func (d Analog) Fabricate(f Fabrication) *Cells {
	c := &Cells{pulses: float64(d.Levels), limit: f.Limit, exact: f.Faithful, laws: d.newSteps(f), stuck: d.newStuck(f)}
	c.count, c.write, c.aging, c.how = f.Count, d.writeDeviation(), d.newAging(f), d.newSetting()
	if c.laws != nil {
		return c
	}
	variation := f.Variation
	if variation == nil && d.DeviceToDevice != 0 {
		variation = make([]float32, f.Count)
		rng.New(f.Seed, "device-to-device", f.Layer, 0).FillNormal(variation, 0)
		for i := range variation {
			variation[i] *= float32(d.DeviceToDevice)
		}
	}
	if f.Faithful {
		c.up, c.down = tableSide(d.LTP, c.pulses, variation), tableSide(d.LTD, c.pulses, variation)
	} else {
		c.up, c.down = newSide(d.LTP, variation), newSide(d.LTD, variation)
		c.own = d.newOwn(f)
		c.steps = tabulate(c.up.one, c.down.one, d.Levels)
	}
	return c
}

// Change sets dst to the weights' decrease D = w - C(w') for velocities u: cell
// first+i gets the number of pulses closest to u[i]/2 of the full range, LTP
// pulses for u < 0 and LTD pulses for u >= 0, and goes along its curve from w[i]
// to w', which is then clipped to the limit. The slices have one length.
func (c *Cells) Change(dst, w, u []float32, first int) {
	switch {
	case c.exact:
		curve := c.byTable()
		curve.Change(dst, w, u, first)
	case c.pulses != 0 && c.alike():
		c.changeAlike(dst, w, u)
	default:
		c.changeEach(dst, w, u, first)
	}
}

// Pulses returns the number of pulses that Change gives for a velocity: LTP below
// 0 and LTD above, 0 of a continuous cell.
func (c *Cells) Pulses(u float32) int {
	n := math.RoundToEven(float64(u / 2 * float32(c.pulses)))
	if c.exact {
		return int(n)
	}
	return int(min(max(n, -c.pulses), c.pulses))
}

// side is the potentiation or the depression of all cells. With k = P/A and
// h = B - 1, a change by the share f of the pulses is
//
//	w' = h - (h - w) exp(k f),   so that   w - w' = (h - w) (exp(k f) - 1):
//
// the curve itself without the way through its inverse, whose logarithm leaves
// its domain for weights beyond h.
type side struct {
	one   bent   // of every cell, when they are alike
	cells []bent // else of each
	table tableSideConstants
}

// bent is one curve.
type bent struct{ k, h float32 }

func newBent(k float64) bent {
	if math.Abs(k) < 1e-6 {
		return bent{} // straight to single precision
	}
	return bent{float32(k), float32(-2/math.Expm1(-k) - 1)}
}

func newSide(label float64, variation []float32) side {
	s := side{one: newBent(bend(label))}
	if variation == nil {
		return s
	}
	s.cells = make([]bent, len(variation))
	parallel.For(len(variation), func(first, end int) {
		for i := first; i < end; i++ {
			s.cells[i] = newBent(quickBend(label + float64(variation[i])))
		}
	})
	return s
}

// growth is exp(k f) - 1; of a straight curve, the change itself.
func (b bent) growth(f float64) float32 {
	if b.k == 0 {
		return float32(2 * f)
	}
	return float32(math.Expm1(float64(b.k) * f))
}

// change is D before clipping.
func (b bent) change(w, growth float32) float32 {
	if b.k == 0 {
		return growth
	}
	return (b.h - w) * growth
}

func (c *Cells) clip(w float32) float32 { return min(max(w, -c.limit), c.limit) }

// tabulate lists the steps of -P to P pulses, LTP below and LTD above 0.
func tabulate(up, down bent, levels int) []simd.Step {
	steps := make([]simd.Step, 2*levels+1)
	for n := 1; n <= levels; n++ {
		share := float64(n) / float64(levels)
		steps[levels-n] = up.step(-share)
		steps[levels+n] = down.step(share)
	}
	return steps
}

// Steps are the changes of a weight by -P to P pulses, LTP below and LTD above 0, of
// discrete cells that are all alike; nil of others.
func (c *Cells) Steps() []simd.Step {
	if c.pulses == 0 || !c.alike() {
		return nil
	}
	return c.steps
}

// alike says whether all cells of the exponential model move alike.
func (c *Cells) alike() bool { return c.up.cells == nil && c.own == nil }

func (b bent) step(share float64) simd.Step {
	growth := b.growth(share)
	if b.k == 0 {
		return simd.Step{Offset: growth}
	}
	return simd.Step{Offset: b.h * growth, Slope: growth}
}

// changeAlike serves discrete cells that are all alike.
func (c *Cells) changeAlike(dst, w, u []float32) {
	half := float32(c.pulses / 2)
	low, high, zero := -c.pulses, c.pulses, len(c.steps)/2
	w, u = w[:len(dst)], u[:len(dst)]
	for i := range dst {
		n := zero + int(min(max(math.RoundToEven(float64(u[i]*half)), low), high))
		if uint(n) >= uint(len(c.steps)) {
			n = zero // not a number
		}
		s, old := c.steps[n], w[i]
		dst[i] = old - c.clip(old-(s.Offset-float32(s.Slope*old)))
	}
}

// changeEach serves continuous cells and those that differ.
func (c *Cells) changeEach(dst, w, u []float32, first int) {
	for i := range dst {
		share := float64(u[i]) / 2
		if c.pulses != 0 {
			share = math.RoundToEven(share*c.pulses) / c.pulses
		}
		if share == 0 {
			dst[i] = 0
			continue
		}
		if c.own != nil {
			dst[i] = w[i] - c.movedOwn(w[i], min(max(share, -1), 1), first+i)
			continue
		}
		curve := c.curve(share < 0, first+i)
		growth := curve.growth(min(max(share, -1), 1))
		dst[i] = w[i] - c.clip(w[i]-curve.change(w[i], growth))
	}
}

// curve is that of cell i, up or down.
func (c *Cells) curve(up bool, i int) bent {
	s := &c.down
	if up {
		s = &c.up
	}
	if s.cells != nil {
		return s.cells[i]
	}
	return s.one
}

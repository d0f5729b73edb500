package array

import (
	"math"
	"math/bits"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/rng"
)

// cells are those of a weight matrix. Conductances are in units of the step from
// one level to the next of a cell with infinite on/off ratio: with R levels the
// highest is R-1, and
//
//	G = on digit + off,   on = 1 - 1/r,   off = (R-1)/r
//
// at an on/off ratio r. A column's sum of G x is on D + off I, where D is the sum of
// the digits times the inputs, and I that of the inputs.
type cells struct {
	config    Config
	slices    []slice
	scale     float32 // from the sum over slices to the product
	on, off   float32
	highest   float32
	integers  bool    // levels are exact digits; else they are conductances
	unit      float32 // of conductances held as whole numbers of 16 bits; 0: as they are
	squareOne float32 // that of their squares; 0: as they are
	noisy     bool
	finite    bool // the weights are numbers
	signed    bool // a cell for each sign
	factors   []float32
	direction []float32 // of a drift at random: -1 or 1
	linear    Matrix    // the weights as they are read without conversions
	weights   Matrix    // to be programmed
	fill, sum loop
}

// slice is the cells of one significance.
type slice struct {
	weight float32 // R^k
	top    float32 // highest digit in it
	zero   float32 // digit of a weight 0
	halves []plane // one, or that of the positive and that of the negative weights
}

// plane is cells of one significance and sign: levels or conductances, Out x In, and
// the squares of the conductances where a read is noisy.
type plane struct{ levels, squares Matrix }

func newCells(b Build) *cells {
	c := &cells{config: b.Config, noisy: b.ReadNoise > 0}
	c.signed = b.Mapping == Pair || b.Mapping == Difference
	c.slices, c.scale = bitSlices(b.Config, c.signed)
	ratio := math.Inf(1)
	if b.Device.OnOff > 0 {
		ratio = b.Device.OnOff
	}
	c.highest = 1
	if b.WeightBits > 0 {
		c.highest = float32(int(1)<<cellBits(b.Config) - 1)
	}
	c.on, c.off = float32(1-1/ratio), float32(float64(c.highest)/ratio)
	c.integers = b.WeightBits > 0 && b.Variation == 0 && b.Drift == 0 && b.WireResistance == 0
	c.scale /= c.on
	c.measure()
	c.equip(b)
	return c
}

// equip makes the planes and draws what is random for good.
func (c *cells) equip(b Build) {
	count := 0
	for k := range c.slices {
		halves := 1
		if c.signed {
			halves = 2
		}
		for range halves {
			p := plane{levels: NewMatrix(b.Out, b.In)}
			if c.noisy {
				p.squares = NewMatrix(b.Out, b.In)
			}
			c.slices[k].halves = append(c.slices[k].halves, p)
			count += b.Out * b.In
		}
	}
	if b.Variation > 0 {
		c.factors = make([]float32, count)
		rng.New(b.Seed, "conductance variation", b.Layer, 0).FillNormal(c.factors, 0)
		for i, n := range c.factors {
			c.factors[i] = max(0, 1+float32(float32(b.Variation)*n))
		}
	}
	if b.Drift > 0 && b.DriftAtRandom {
		c.direction = make([]float32, count)
		rng.New(b.Seed, "direction of drift", b.Layer, 0).Fill(c.direction, 0)
		for i, u := range c.direction {
			c.direction[i] = 1
			if u < 0.5 {
				c.direction[i] = -1
			}
		}
	}
	c.linear, c.fill, c.sum = NewMatrix(b.Out, b.In), c.fillSpan, c.linearise
}

func cellBits(c Config) int {
	if c.CellBits > 0 {
		return c.CellBits
	}
	if c.Mapping == Pair || c.Mapping == Difference {
		return c.WeightBits - 1
	}
	return c.WeightBits
}

// bitSlices divides a weight's digits among cells. The offset mapping stores w S + S,
// the others |w| S, with S = 2^(b-1); the scale is 1/S. Continuous cells store
// (w+1)/2, or |w|.
func bitSlices(c Config, signed bool) (list []slice, scale float32) {
	if c.WeightBits == 0 {
		if signed {
			return []slice{{weight: 1, top: 1}}, 1
		}
		return []slice{{weight: 1, top: 1, zero: 0.5}}, 2
	}
	bits, each := c.WeightBits, cellBits(c)
	zero := 1 << (bits - 1)
	if signed {
		bits, zero = bits-1, 0
	}
	for low := 0; low < bits; low += each {
		top := 1<<min(each, bits-low) - 1
		list = append(list, slice{
			weight: float32(int(1) << low), top: float32(top), zero: float32(zero >> low & top),
		})
	}
	return list, 1 / float32(int(1)<<(c.WeightBits-1))
}

// zeroLevel is what the cells of a weight 0 hold in a slice.
func (c *cells) zeroLevel(s *slice) float32 {
	g := float32(c.on*s.zero) + c.off
	switch {
	case c.integers:
		return s.zero
	case c.unit > 0:
		return roundEven(g / c.unit)
	}
	return g
}

// dummy is the conductance of such cells.
func (c *cells) dummy(s *slice) float32 {
	on, off := c.affine()
	return float32(on*c.zeroLevel(s)) + off
}

// measure sets the units of conductances, and of their squares, where inputs are
// digits whose sums are converted or noisy: the largest that varying cells may have is
// the highest number of 16 bits.
func (c *cells) measure() {
	converted := max(c.config.ADCBits, c.config.ErrorADCBits) > 0
	if c.config.InputBits == 0 || !converted && !c.noisy {
		return
	}
	largest := float64(c.highest) * (1 + 7*c.config.Variation)
	if !c.integers {
		c.unit = float32(largest / maxLevel)
	}
	if c.noisy {
		c.squareOne = float32(largest * largest / maxLevel)
	}
}

// whole says whether all that is summed is whole numbers.
func (c *cells) whole() bool { return (c.integers || c.unit > 0) && (!c.noisy || c.squareOne > 0) }

// count turns conductances into numbers of units.
func (c *cells) count(levels []float32) {
	for i, g := range levels {
		levels[i] = roundEven(min(g/c.unit, maxLevel))
	}
}

// dummies says whether there is a column of weights 0.
func (c *cells) dummies() bool { return !c.signed }

// affine is what turns a sum over a plane into one of conductances: on times it plus
// off times the sum of the inputs.
func (c *cells) affine() (on, off float32) {
	switch {
	case c.integers:
		return c.on, c.off
	case c.unit > 0:
		return c.unit, 0
	}
	return 1, 0
}

func (c *cells) program(w Matrix) {
	if c.config.Zero() {
		copy(c.linear.Data, w.Data)
		c.finite = true // what is not shows in the products
		return
	}
	c.weights = w
	parallel.Run(len(w.Data), c.fill)
	if c.config.WireResistance > 0 {
		c.resist()
	}
	parallel.Run(len(w.Data), c.sum)
	low, high := spread(c.linear.Data)
	c.finite = high-low <= math.MaxFloat32
	c.weights = Matrix{}
}

// fillSpan programs the cells of weights first to end.
func (c *cells) fillSpan(first, end int) {
	w := c.weights.Data[first:end]
	var buffer [parallel.Chunk]float32
	whole := buffer[:len(w)]
	for h := range c.slices[0].halves {
		digital := c.config.WeightBits > 0 && c.wholes(whole, w, h)
		for k := range c.slices {
			s := &c.slices[k]
			p := &s.halves[h]
			levels, place := p.levels.Data[first:end], (k*len(s.halves)+h)*len(p.levels.Data)
			if digital {
				simd.Split(levels, whole, uint32(bits.TrailingZeros32(uint32(s.weight))), uint32(s.top))
			} else {
				c.shares(levels, w, h)
			}
			if !c.integers {
				c.conduct(levels, place+first)
			}
			if c.unit > 0 && c.config.WireResistance == 0 {
				c.count(levels)
			}
		}
	}
}

// wholes sets the whole numbers whose digits hold weights on the cells of a half; it
// returns false where a weight is none.
func (c *cells) wholes(whole, w []float32, half int) bool {
	steps := float32(int(1) << (c.config.WeightBits - 1))
	offset, highest := steps, 2*steps-1
	if c.signed {
		offset, highest = 0, steps-1
	}
	if half == 1 {
		steps = -steps
	}
	for i, v := range w {
		if v != v {
			return false
		}
		whole[i] = roundEven(min(max(float32(v*steps)+offset, 0), highest))
	}
	return true
}

// shares sets the shares of the range that weights take on the cells of a half.
func (c *cells) shares(levels, w []float32, half int) {
	for i, v := range w {
		switch {
		case !c.signed:
			v = (v + 1) / 2
		case half == 1:
			v = -v
		}
		levels[i] = min(max(v, 0), 1)
	}
}

// conduct turns levels into conductances, those of cells place, place+1 ...
func (c *cells) conduct(levels []float32, place int) {
	for i, level := range levels {
		levels[i] = float32(c.on*level) + c.off
	}
	if c.config.Drift > 0 {
		c.drift(levels, place)
	}
	if c.factors != nil {
		for i, f := range c.factors[place : place+len(levels)] {
			levels[i] *= f
		}
	}
}

// linearise sums the cells of weights first to end up to what a read without
// conversions multiplies by.
func (c *cells) linearise(first, end int) {
	if c.noisy {
		c.square(first, end)
	}
	w := c.linear.Data[first:end]
	clear(w)
	on, off := c.affine()
	for k := range c.slices {
		s := &c.slices[k]
		if c.signed {
			for i, g := range s.halves[0].levels.Data[first:end] {
				w[i] += float32(s.weight * (on * (g - s.halves[1].levels.Data[first+i])))
			}
			continue
		}
		dummy := c.dummy(s)
		for i, g := range s.halves[0].levels.Data[first:end] {
			w[i] += float32(s.weight * (float32(on*g) + off - dummy))
		}
	}
	for i := range w {
		w[i] *= c.scale
	}
}

// square sets the squares of the conductances of weights first to end.
func (c *cells) square(first, end int) {
	on, off := c.affine()
	for k := range c.slices {
		for h := range c.slices[k].halves {
			p := &c.slices[k].halves[h]
			squares := p.squares.Data[first:end]
			for i, level := range p.levels.Data[first:end] {
				g := float32(on*level) + off
				squares[i] = g * g
			}
			if c.squareOne > 0 {
				for i, v := range squares {
					squares[i] = roundEven(min(v/c.squareOne, maxLevel))
				}
			}
		}
	}
}

// variance is that of sums over conductances, whose squares are summed, too.
func (c *cells) variance() variance {
	if c.squareOne == 0 {
		return variance{square: 1, root: 1}
	}
	return variance{square: 1, root: root(c.squareOne)}
}

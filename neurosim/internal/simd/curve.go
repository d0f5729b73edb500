package simd

import (
	"math"
	"math/bits"
)

// Curve is the update of cells along exponential curves in the arithmetic of DNN+NeuroSim
// V2.1: from a weight back to its place on the curve, on by the pulses, and forward again.
// For the weight w and the velocity u of a cell it makes
//
//	n  = round(u/2 Pulses)                      LTP pulses below 0, else LTD pulses
//	x  = -A ln(1 - (w+1)/B)
//	w' = B (1 - exp(-(x-n)/A)) - 1
//
// every operation rounded to single precision.
type Curve struct {
	A, B   [2][]float32 // of LTP and LTD: one for all cells, or one for each
	Pulses float32      // of the whole range
	Limit  float32      // to which w' is clipped
}

// curveCells is the cells that are changed at once.
const curveCells = 4096

// Change sets dst to the decrease w - w' of cells first, first+1 ...
func (c *Curve) Change(dst, w, u []float32, first int) {
	for ; len(dst) > curveCells; first += curveCells {
		c.change(dst[:curveCells], w, u, first)
		dst, w, u = dst[curveCells:], w[curveCells:], u[curveCells:]
	}
	c.change(dst, w, u, first)
}

func (c *Curve) change(dst, w, u []float32, first int) {
	done := c.fastChange(dst, w[:len(dst)], u[:len(dst)], first)
	for i := done; i < len(dst); i++ {
		dst[i] = c.one(w[i], u[i], first+i)
	}
}

// one is the decrease of cell i.
func (c *Curve) one(w, u float32, i int) float32 {
	n := rint(u / 2 * c.Pulses)
	side := 1
	if n < 0 {
		side = 0
	}
	a, b := c.A[side], c.B[side]
	if len(a) == 1 {
		i = 0
	}
	place := -a[i] * log32(1-(w+1)/b[i])
	next := float32(b[i]*(1-exp32(-(place-n)/a[i]))) - 1
	return w - min(max(next, -c.Limit), c.Limit)
}

// fastChange changes groups of eight cells, and returns how many cells.
func (c *Curve) fastChange(dst, w, u []float32, first int) (done int) {
	const group = 8
	if updateLanes != lanes || len(dst) < group {
		return 0
	}
	var fit [curveCells / group]uint8
	var alike [4][group]float32
	s := curving{
		to: &dst[0], w: &w[0], u: &u[0], groups: uint64(len(dst) / group), pulses: c.Pulses, low: -c.Limit, high: c.Limit, fit: &fit[0],
	}
	for side := range 2 {
		if len(c.A[side]) > 1 {
			s.a[side], s.b[side], s.step = &c.A[side][first], &c.B[side][first], 4*group
			continue
		}
		for i := range group {
			alike[2*side][i], alike[2*side+1][i] = c.A[side][0], c.B[side][0]
		}
		s.a[side], s.b[side] = &alike[2*side][0], &alike[2*side+1][0]
	}
	curveGroups(&s)
	for k, marks := range fit[:s.groups] {
		for bad := ^marks; bad != 0; bad &= bad - 1 { // beyond what the kernel's functions take
			i := group*k + bits.TrailingZeros8(bad)
			dst[i] = c.one(w[i], u[i], first+i)
		}
	}
	return int(s.groups) * group
}

// curving is what the kernel reads. The generator spells out its layout.
type curving struct {
	to, w, u          *float32
	a, b              [2]*float32
	step, groups      uint64 // bytes from one group's a and b to the next
	pulses, low, high float32
	fit               *uint8 // a bit for each cell of a group
}

// The reference's logarithm and exponential are those of its tensor library,
// which takes them from SLEEF (N. Shibata and F. Petrogalli, "SLEEF: a portable
// vectorized library of C standard mathematical functions", IEEE TPDS 31 (6),
// 2020) with an error below one unit in the last place. One exponential in seventeen
// differs from the correctly rounded one, and on a nearly straight device such a
// unit is 3e-5 of the range; so the same polynomials are evaluated here.

// exp32 is the exponential, as SLEEF's expf with 1.0 ULP.
func exp32(x float32) float32 {
	if !(x > -104 && x < 100) {
		return float32(math.Exp(float64(x))) // 0, infinity or not a number
	}
	q := math.RoundToEven(float64(x * math.Log2E))
	s := fma32(float32(q), -0.693145751953125, x)
	s = fma32(float32(q), -1.428606765330187045e-06, s)
	u := float32(0.000198527617612853646278381)
	u = fma32(u, s, 0.00139304355252534151077271)
	u = fma32(u, s, 0.00833336077630519866943359)
	u = fma32(u, s, 0.0416664853692054748535156)
	u = fma32(u, s, 0.166666671633720397949219)
	u = fma32(u, s, 0.5)
	u = 1 + fma32(s*s, u, s)
	return float32(float64(u) * math.Float64frombits(uint64(1023+int(q))<<52))
}

// log32 is the natural logarithm, as SLEEF's logf with 1.0 ULP; the sums that it
// makes of pairs of single-precision numbers are made in double precision.
func log32(x float32) float32 {
	if !(x >= 0x1p-126 && x <= math.MaxFloat32) {
		return float32(math.Log(float64(x))) // tiny, infinity or not a number
	}
	b := math.Float32bits(x)
	e := int(b>>23) - 127
	m := math.Float32frombits(b&(1<<23-1) | 127<<23) // x = m 2^e, m in [1,2)
	if m >= 1.5 {
		m /= 2
		e++
	}
	y := (float64(m) - 1) / (float64(m) + 1)
	y1 := float32(y)
	y2 := y1 * y1
	t := fma32(0.3027294874, y2, 0.3996108174)
	t = fma32(t, y2, 0.6666694880)
	const ln2 = 0.69314718246459960938 - 1.904654323148236017e-09
	return float32(float64(float64(e)*ln2) + 2*y + float64(float32(y2*y1)*t))
}

// fma32 is a b + c rounded once, but for ties of a rounding to double precision.
func fma32(a, b, c float32) float32 { return float32(float64(a)*float64(b) + float64(c)) }

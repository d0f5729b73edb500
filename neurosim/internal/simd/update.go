package simd

import (
	"math"
	"unsafe"
)

// The kernels of a training's update. Every product, sum and rounding is one of
// single precision, so that all processors come to the same bits.

const lanes = 8

// Gather takes a gradient into a velocity, v = keep v + take g, and returns the
// largest magnitude of v, NaN if there is one. The slices have one length.
func Gather(v, g []float32, keep, take float32) (largest float32) {
	g = g[:len(v)]
	var most [lanes]uint32
	done := gathered(v, g, gathering{keep: keep, take: take, largest: &most})
	for i := done; i < len(v); i++ {
		v[i] = float32(keep*v[i]) + float32(take*g[i])
		most[0] = max(most[0], math.Float32bits(v[i])&math.MaxInt32)
	}
	// Without the sign, the bits of numbers are in the order of their magnitudes,
	// and those of NaN are above all.
	for _, bits := range most {
		most[0] = max(most[0], bits)
	}
	return math.Float32frombits(most[0])
}

// gathering is what the kernel of Gather reads. The generator spells out its layout.
type gathering struct {
	v, g       *float32
	groups     uint64
	keep, take float32
	largest    *[lanes]uint32
}

func gathered(v, g []float32, s gathering) (done int) {
	s.v, s.g, s.groups = unsafe.SliceData(v), unsafe.SliceData(g), uint64(len(v)/lanes)
	if s.groups == 0 || !gatherGroups(&s) {
		return 0
	}
	return int(s.groups) * lanes
}

// Round sets dst to x, clipped to ±limit and rounded to multiples of 1/steps, ties to
// even; steps is a power of two. dst may be x. What is no number stays so.
func Round(dst, x []float32, limit, steps float32) {
	dst = dst[:len(x)]
	s := rounding{
		to: unsafe.SliceData(dst), from: unsafe.SliceData(x), groups: uint64(len(x) / lanes),
		low: -limit, high: limit, steps: steps, step: 1 / steps,
	}
	done := 0
	if s.groups > 0 && roundGroups(&s) {
		done = int(s.groups) * lanes
	}
	for i := done; i < len(x); i++ {
		v := min(max(x[i], -limit), limit)
		dst[i] = rint(v*steps) / steps
	}
}

// rounding is what the kernel of Round reads. The generator spells out its layout.
type rounding struct {
	to, from               *float32
	groups                 uint64
	low, high, steps, step float32
}

// Step is the decrease of a weight w by a number of pulses: Offset - Slope w.
type Step struct{ Offset, Slope float32 }

// Program is one update of cells that move by tabulated steps and are written in
// whole steps. For each cell it makes
//
//	v = v Inverse                          the velocity
//	n = round(v Gain Half)                 pulses, within the table
//	D = w - clip(w - (Offset - Slope w))   by the step of n pulses
//	q = floor(D + r)                       stochastic rounding, r uniform in [0,1)
//	w = clip(w - Rate (q Unit))
//
// where clip is to ±Limit, within which w must be.
type Program struct {
	Steps               []Step // of -P, -P+1 ... P pulses
	Inverse, Gain, Half float32
	Limit, Unit, Rate   float32

	// Open leaves cells with q other than 0 unclipped, for what is to be added.
	Open bool
}

// Cells programs the cells of the weights w, and sets bit i%8 of moved[i/8] for each
// with q other than 0. The slices w, v and r have one length, and moved an eighth of
// it, rounded up.
func (p Program) Cells(w, v, r []float32, moved []uint8) {
	s := p.programming()
	v, r = v[:len(w)], r[:len(w)]
	moved = moved[:(len(w)+lanes-1)/lanes]
	s.w, s.v, s.r, s.moved = unsafe.SliceData(w), unsafe.SliceData(v), unsafe.SliceData(r), unsafe.SliceData(moved)
	s.groups = uint64(len(w) / lanes)
	done := 0
	if s.groups > 0 && programGroups(&s) {
		done = int(s.groups) * lanes
	}
	if done < len(w) {
		clear(moved[done/lanes:])
	}
	for i := done; i < len(w); i++ {
		v[i] *= p.Inverse
		if p.cell(&w[i], v[i], r[i]) {
			moved[i/lanes] |= 1 << (i % lanes)
		}
	}
}

// cell programs one cell and says whether it moves.
func (p *Program) cell(w *float32, v, r float32) bool {
	zero := len(p.Steps) / 2
	n := rint(float32(v*p.Gain) * p.Half)
	n = min(max(n, float32(-zero)), float32(zero))
	if n == 0 || n != n {
		return false
	}
	step, old := p.Steps[zero+int(n)], *w
	down := step.Offset - float32(step.Slope*old)
	d := old - min(max(old-down, -p.Limit), p.Limit)
	q := float32(math.Floor(float64(d + r)))
	next := old - float32(p.Rate*float32(q*p.Unit))
	if !p.Open || q == 0 {
		next = min(max(next, -p.Limit), p.Limit)
	}
	*w = next
	return q != 0
}

// programming is what the kernel of Program reads. The generator spells out its
// layout.
type programming struct {
	w, v, r             *float32
	moved               *uint8
	zero                *Step // that of no pulse
	groups              uint64
	inverse, gain, half float32
	low, high           float32 // of n
	bottom, top         float32 // of the weights
	unit, rate          float32
	open                uint32 // all bits, or none
}

func (p Program) programming() programming {
	zero := len(p.Steps) / 2
	s := programming{
		zero: &p.Steps[zero], inverse: p.Inverse, gain: p.Gain, half: p.Half,
		low: float32(-zero), high: float32(zero), bottom: -p.Limit, top: p.Limit, unit: p.Unit, rate: p.Rate,
	}
	if p.Open {
		s.open = math.MaxUint32
	}
	return s
}

func rint(x float32) float32 { return float32(math.RoundToEven(float64(x))) }

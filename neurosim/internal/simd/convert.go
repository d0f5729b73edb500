package simd

import (
	"math"
	"unsafe"
)

// Conversion is what converters make of the sums of lines, and how it is added to what is
// there:
//
//	code = clamp(round(fma(sum, Scale, Offset)), 0, Highest),   out = fma(code - Zero, Weight, out).
//
// Rounding is to even. Each line has an offset and a zero of its own.
type Conversion struct {
	Scale, Highest, Weight float32
	Offsets, Zeros         []float32
}

// conversion is what a kernel works on. The generator spells out its layout.
type conversion struct {
	out, sums, offsets, zeros   unsafe.Pointer
	lines, stride, blocks, mask uint64
	scale, highest, weight      float32
}

// Add converts lines of sums and adds them to out; lines of both are as far apart as they
// are long. Sums are finite.
func (c *Conversion) Add(out, sums []float32) {
	lines := len(c.Offsets)
	if lines == 0 {
		return
	}
	cols := len(out) / lines
	sums, c.Zeros = sums[:len(out)], c.Zeros[:lines]
	done := 0
	if len(out) > 0 {
		done = c.fast(out, sums, cols)
	}
	for line, offset := range c.Offsets {
		for i := line*cols + done; i < (line+1)*cols; i++ {
			code := float32(math.RoundToEven(float64(fma(sums[i], c.Scale, offset))))
			out[i] = fma(min(max(code, 0), c.Highest)-c.Zeros[line], c.Weight, out[i])
		}
	}
}

// raw is the work of the kernel.
func (c *Conversion) raw(out, sums []float32, cols int) conversion {
	return conversion{
		out: unsafe.Pointer(&out[0]), sums: unsafe.Pointer(&sums[0]),
		offsets: unsafe.Pointer(&c.Offsets[0]), zeros: unsafe.Pointer(&c.Zeros[0]),
		lines: uint64(len(c.Offsets)), stride: uint64(4 * cols), blocks: grouped(cols), mask: 1<<(cols%lanes) - 1,
		scale: c.Scale, highest: c.Highest, weight: c.Weight,
	}
}

// spanning is what a kernel works on. The generator spells out its layout.
type spanning struct {
	x               unsafe.Pointer
	blocks          uint64
	low, high, none [lanes]float32
}

// Span returns the lowest and the highest of numbers; of none infinities, and NaN where one
// is not finite.
func Span(x []float32) (low, high float32) {
	low, high = float32(math.Inf(1)), float32(math.Inf(-1))
	none, done := float32(0), 0
	if s := (spanning{x: unsafe.Pointer(unsafe.SliceData(x)), blocks: grouped(len(x))}); s.blocks > 0 {
		for i := range s.low {
			s.low[i], s.high[i] = x[0], x[0]
		}
		fastSpan(&s)
		done = int(s.blocks) * updateLanes
		for i := range s.low {
			low, high, none = min(low, s.low[i]), max(high, s.high[i]), none+s.none[i]
		}
	}
	for _, v := range x[done:] {
		low, high, none = min(low, v), max(high, v), none+v*0
	}
	return low + none, high + none
}

// Disturbance is how sums of lines become those of noisy cells: fma(sum, Scale, Offset)
// plus a normal deviate of the sum's variance,
//
//	Deviation² fma(power, Square, fma(sum, Linear, Base)),
//
// where powers are given with the sums. Each line has an offset and a base of its own.
type Disturbance struct {
	Scale, Deviation float32
	Square, Linear   float32
	Offsets, Bases   []float32
}

// disturbance is what a kernel works on. The generator spells out its layout.
type disturbance struct {
	sums, powers, normals, offsets, bases unsafe.Pointer
	lines, stride, blocks, mask           uint64
	scale, deviation, square, linear      float32
}

// Apply disturbs lines of sums, given as many powers and standard normal deviates.
func (d *Disturbance) Apply(sums, powers, normals []float32) {
	if len(sums) == 0 {
		return
	}
	lines := len(d.Offsets)
	cols := len(sums) / lines
	powers, normals, d.Bases = powers[:len(sums)], normals[:len(sums)], d.Bases[:lines]
	done := d.fast(disturbance{
		unsafe.Pointer(&sums[0]), unsafe.Pointer(&powers[0]), unsafe.Pointer(&normals[0]),
		unsafe.Pointer(&d.Offsets[0]), unsafe.Pointer(&d.Bases[0]),
		uint64(lines), uint64(4 * cols), grouped(cols), 1<<(cols%lanes) - 1, d.Scale, d.Deviation, d.Square, d.Linear,
	}, cols)
	for line, offset := range d.Offsets {
		for i := line*cols + done; i < (line+1)*cols; i++ {
			variance := fma(powers[i], d.Square, fma(sums[i], d.Linear, d.Bases[line]))
			root := float32(math.Sqrt(float64(variance)))
			sums[i] = fma(float32(d.Deviation*root), normals[i], fma(sums[i], d.Scale, offset))
		}
	}
}

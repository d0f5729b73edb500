package simd

import "unsafe"

// aimed is the most digits that are aimed at.
const aimed = 16

// Aim is what a [ColumnRead] needs beside cells and bits, for converters with ranges of
// their own for each digit z: the offsets (off ones - low_z)/step_z, and the conversion of
// a column of weights 0, whose sum is zero ones, to be taken away from each line in the end.
type Aim struct {
	Off, Zero, Highest float32

	// Of each digit; a range without a step has no scale and no weight.
	Low, Step, Scale, Weight [aimed]float32

	Digits int // to sixteen
}

// Lines sets the offsets of lines, Digits and one of each, given the ones that each digit
// of each line has.
func (a *Aim) Lines(offsets, ones []float32) {
	lines := len(ones) / a.Digits
	offsets = offsets[:lines*(a.Digits+1)]
	if lines > 0 && a.fast(offsets, ones) {
		return
	}
	for line := range lines {
		of, at := ones[line*a.Digits:][:a.Digits], offsets[line*(a.Digits+1):][:a.Digits+1]
		sum := float32(0)
		for z, count := range of {
			at[z] = 0
			if a.Step[z] > 0 {
				at[z] = (float32(a.Off*count) - a.Low[z]) / a.Step[z]
			}
			code := float32(float32(a.Zero*count)*a.Scale[z]) + at[z]
			sum -= float32(rounded(min(max(code, 0), a.Highest)) * a.Weight[z])
		}
		at[a.Digits] = sum
	}
}

// rounded rounds numbers from 0 to 2^22 to whole ones, ties to even: the sum has no bits
// behind the point.
func rounded(x float32) float32 {
	const magic = 3 << 22 // 1.5 x 2^23
	return float32(x+magic) - magic
}

// aiming is what a kernel works on. The generator spells out its layout.
type aiming struct {
	ones, offsets            unsafe.Pointer
	lines, digits            uint64
	off, zero, highest       float32
	mask                     uint32
	low, step, scale, weight [aimed]float32
	_                        [aimed]float32 // the kernel's own
}

// raw is the work of the kernel.
func (a *Aim) raw(offsets, ones []float32) aiming {
	return aiming{
		ones: unsafe.Pointer(&ones[0]), offsets: unsafe.Pointer(&offsets[0]),
		lines: uint64(len(ones) / a.Digits), digits: uint64(a.Digits),
		off: a.Off, zero: a.Zero, highest: a.Highest, mask: 1<<a.Digits - 1,
		low: a.Low, step: a.Step, scale: a.Scale, weight: a.Weight,
	}
}

package simd

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// fastConvert converts blocks, if this processor can, and returns how many numbers.
func fastConvert(out, sums []float32, c Conversion) int {
	if len(out) < 8 || !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return 0
	}
	convertAVX2(&conversion{unsafe.Pointer(&out[0]), unsafe.Pointer(&sums[0]), uint64(len(out) / 8), c})
	return len(out) &^ 7
}

// fastSpan takes blocks into a span, if this processor can.
func fastSpan(s *spanning) bool {
	if cpu.X86.HasAVX2 {
		spanAVX2(s)
	}
	return cpu.X86.HasAVX2
}

// fastDisturb disturbs blocks, if this processor can, and returns how many numbers.
func fastDisturb(sums, variances, normals []float32, d Disturbance) int {
	if len(sums) < 8 || !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return 0
	}
	disturbAVX2(&disturbance{
		unsafe.Pointer(&sums[0]), unsafe.Pointer(&variances[0]), unsafe.Pointer(&normals[0]), uint64(len(sums) / 8), d,
	})
	return len(sums) &^ 7
}

//go:noescape
func disturbAVX2(d *disturbance)

//go:noescape
func convertAVX2(c *conversion)

//go:noescape
func spanAVX2(s *spanning)

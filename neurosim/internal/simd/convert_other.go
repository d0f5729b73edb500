//go:build !amd64

package simd

// fastConvert converts blocks, if this processor can, and returns how many numbers.
func fastConvert(_, _ []float32, _ Conversion) int { return 0 }

// fastSpan is never called here.
func fastSpan(*spanning) {}

// fastDisturb disturbs blocks, if this processor can, and returns how many numbers.
func fastDisturb(_, _, _ []float32, _ Disturbance) int { return 0 }

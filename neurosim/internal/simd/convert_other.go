//go:build !amd64

package simd

// fastConvert converts blocks, if this processor can, and returns how many numbers.
func fastConvert(_, _ []float32, _ Conversion) int { return 0 }

// fastSpan takes blocks into a span, if this processor can.
func fastSpan(*spanning) bool { return false }

// fastDisturb disturbs blocks, if this processor can, and returns how many numbers.
func fastDisturb(_, _, _ []float32, _ Disturbance) int { return 0 }

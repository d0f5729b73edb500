//go:build !amd64

package simd

// fast converts the first columns of all lines, if this processor can.
func (*Conversion) fast(_, _ []float32, _ int) int { return 0 }

// fastSpan is never called here.
func fastSpan(*spanning) {}

// fastDisturb disturbs blocks, if this processor can, and returns how many numbers.
func fastDisturb(_, _, _ []float32, _ Disturbance) int { return 0 }

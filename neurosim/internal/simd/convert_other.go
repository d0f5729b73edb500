//go:build !amd64

package simd

// fast converts the first columns of all lines, if this processor can.
func (*Conversion) fast(_, _ []float32, _ int) int { return 0 }

// fastSpan is never called here.
func fastSpan(*spanning) {}

// fast disturbs the first columns of all lines, if this processor can.
func (*Disturbance) fast(disturbance, int) int { return 0 }

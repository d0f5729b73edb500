//go:build !amd64

package simd

// fast sets the offsets, if this processor can.
func (*Aim) fast(_, _ []float32) bool { return false }

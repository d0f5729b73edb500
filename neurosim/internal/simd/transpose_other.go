//go:build !amd64

package simd

// transposeStrip has no kernel here.
func transposeStrip(*strip) bool { return false }

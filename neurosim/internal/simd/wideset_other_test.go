//go:build !amd64

package simd

// setWide has nothing to take.
func setWide(wideSet) {}

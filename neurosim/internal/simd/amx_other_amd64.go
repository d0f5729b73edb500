//go:build amd64 && !linux

package simd

// mayUseTiles is true nowhere else: how other systems give the tiles is not known here.
func mayUseTiles() bool { return false }

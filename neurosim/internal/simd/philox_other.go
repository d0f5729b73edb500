//go:build !amd64

package simd

// fillWords and fillUniform have no kernel here.
func fillWords(*blocks) bool { return false }

func fillUniform(*blocks) bool { return false }

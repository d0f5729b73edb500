//go:build !amd64

package simd

// fillUniform has no kernel here.
func fillUniform(*blocks) bool { return false }

// fillNormal fills the groups of b with normal deviates, if this processor can.
func fillNormal(*blocks) bool { return false }

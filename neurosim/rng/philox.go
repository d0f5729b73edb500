package rng

import "crossbook/neurosim/internal/simd"

// Philox4x32 encrypts one counter under a key in ten rounds (Salmon et al. 2011,
// section 3.3). The result is four words that pass for independent and uniform.
func Philox4x32(counter [4]uint32, key [2]uint32) [4]uint32 { return simd.Philox4x32(counter, key) }

package rng

import "math/bits"

// The constants of Philox4x32 (Salmon et al. 2011, table 2): two odd
// multipliers, and two Weyl increments from the golden ratio and from sqrt(3)-1.
const (
	philoxMul0  = 0xD2511F53
	philoxMul1  = 0xCD9E8D57
	philoxWeyl0 = 0x9E3779B9
	philoxWeyl1 = 0xBB67AE85

	philoxRounds = 10
)

// Philox4x32 encrypts one counter under a key in ten rounds (Salmon et al. 2011,
// section 3.3). The result is four words that pass for independent and uniform.
func Philox4x32(counter [4]uint32, key [2]uint32) [4]uint32 {
	c0, c1, c2, c3 := counter[0], counter[1], counter[2], counter[3]
	k0, k1 := key[0], key[1]
	for range philoxRounds {
		hi0, lo0 := bits.Mul32(philoxMul0, c0)
		hi1, lo1 := bits.Mul32(philoxMul1, c2)
		c0, c1, c2, c3 = hi1^c1^k0, lo1, hi0^c3^k1, lo0
		k0 += philoxWeyl0
		k1 += philoxWeyl1
	}
	return [4]uint32{c0, c1, c2, c3}
}

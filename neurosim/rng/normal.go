package rng

import "crossbook/neurosim/internal/simd"

// Normal returns the i-th number of the standard normal distribution, made from
// two words of a block by the transform of Box and Muller (1958). Its largest
// magnitude is 6.76, which one number in 7e10 would exceed. The bits are the same on
// every processor.
func (s Stream) Normal(i uint64) float64 {
	return simd.Deviate(s.Block(i>>2), i)
}

// FillNormal sets dst to numbers first, first+1 ... of [Stream.Normal].
func (s Stream) FillNormal(dst []float32, first uint64) {
	i := 0
	for ; i < len(dst) && (first+uint64(i))&3 != 0; i++ {
		dst[i] = float32(s.Normal(first + uint64(i)))
	}
	for ; i+4 <= len(dst); i += 4 {
		b, d := s.Block((first+uint64(i))>>2), dst[i:i+4:i+4]
		for k := range uint64(4) {
			d[k] = float32(simd.Deviate(b, k))
		}
	}
	for ; i < len(dst); i++ {
		dst[i] = float32(s.Normal(first + uint64(i)))
	}
}

// FillNoise sets dst to numbers first, first+1 ... of another sequence of standard
// normal deviates than [Stream.Normal]'s: in single precision, by vectors, several times
// as fast. Its largest magnitude is 5.9, which one number in 3e8 would exceed. The bits
// are the same on every processor.
func (s Stream) FillNoise(dst []float32, first uint64) {
	if skip := int(first & 3); skip != 0 && len(dst) > 0 {
		var block [4]float32
		simd.Normal(block[:], s.counter(first>>2), s.key)
		n := copy(dst, block[skip:])
		dst, first = dst[n:], first+uint64(n)
	}
	simd.Normal(dst, s.counter(first>>2), s.key)
}

// Philox returns the counter of block 0 and the key: block n is [Philox4x32] of a
// counter n higher, where the first two words, the low one first, are one number.
func (s Stream) Philox() (counter [4]uint32, key [2]uint32) { return s.counter(0), s.key }

// counter is that of block number n.
func (s Stream) counter(n uint64) [4]uint32 {
	return [4]uint32{uint32(n), uint32(n >> 32), s.step, s.layer}
}

package rng

import (
	"math"

	"crossbook/neurosim/internal/simd"
)

// Normal returns the i-th number of the standard normal distribution, made from
// two words of a block by the transform of Box and Muller (1958). Its largest
// magnitude is 6.76, which one number in 7e10 would exceed.
func (s Stream) Normal(i uint64) float64 {
	b := s.Block(i >> 2)
	pair := i >> 1 & 1
	x, y := boxMuller(b[2*pair], b[2*pair+1])
	if i&1 == 0 {
		return x
	}
	return y
}

// FillNormal sets dst to numbers first, first+1 ... of [Stream.Normal].
func (s Stream) FillNormal(dst []float32, first uint64) {
	i := 0
	for ; i < len(dst) && (first+uint64(i))&3 != 0; i++ {
		dst[i] = float32(s.Normal(first + uint64(i)))
	}
	for ; i+4 <= len(dst); i += 4 {
		b, d := s.Block((first+uint64(i))>>2), dst[i:i+4:i+4]
		x, y := boxMuller(b[0], b[1])
		d[0], d[1] = float32(x), float32(y)
		x, y = boxMuller(b[2], b[3])
		d[2], d[3] = float32(x), float32(y)
	}
	for ; i < len(dst); i++ {
		dst[i] = float32(s.Normal(first + uint64(i)))
	}
}

func boxMuller(u, v uint32) (x, y float64) {
	radius := math.Sqrt(-2 * math.Log((float64(u)+0.5)*0x1p-32))
	sin, cos := math.Sincos(2 * math.Pi * float64(v) * 0x1p-32)
	return radius * cos, radius * sin
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

// counter is that of block number n.
func (s Stream) counter(n uint64) [4]uint32 {
	return [4]uint32{uint32(n), uint32(n >> 32), s.step, s.layer}
}

package rng

import (
	"hash/fnv"
	"math/bits"

	"crossbook/neurosim/internal/simd"
)

// Stream is one sequence of random numbers, addressed by index. It is a plain
// value: copies are the same stream, and all methods are safe for concurrent use.
type Stream struct {
	key         [2]uint32
	layer, step uint32
}

// New returns the stream of one purpose ("init", "shuffle", "rounding" ...) in
// one layer at one step under a seed. Different purposes, layers or steps give
// streams that have nothing in common. Layer and step count modulo 2^32.
func New(seed uint64, purpose string, layer, step int) Stream {
	h := fnv.New64a()
	h.Write([]byte(purpose))
	k := scramble(scramble(seed) ^ h.Sum64())
	return Stream{
		key:   [2]uint32{uint32(k), uint32(k >> 32)},
		layer: uint32(layer), step: uint32(step),
	}
}

// At returns the same stream at another step.
func (s Stream) At(step int) Stream {
	s.step = uint32(step)
	return s
}

// scramble is the finaliser of SplitMix64 (Steele, Lea and Flood 2014): one bit
// of the seed changes half of the key.
func scramble(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// Block returns the four words of block number n.
func (s Stream) Block(n uint64) [4]uint32 {
	return Philox4x32([4]uint32{uint32(n), uint32(n >> 32), s.step, s.layer}, s.key)
}

// Uint64 returns the i-th 64-bit word.
func (s Stream) Uint64(i uint64) uint64 {
	b := s.Block(i >> 1)
	if i&1 == 0 {
		return uint64(b[0]) | uint64(b[1])<<32
	}
	return uint64(b[2]) | uint64(b[3])<<32
}

// Float32 returns the i-th number uniform in [0,1), a multiple of 2^-24.
func (s Stream) Float32(i uint64) float32 {
	return unit32(s.Block(i >> 2)[i&3])
}

// Float64 returns the i-th number uniform in [0,1), a multiple of 2^-53.
func (s Stream) Float64(i uint64) float64 {
	return float64(s.Uint64(i)>>11) * (1.0 / (1 << 53))
}

// Fill sets dst to numbers first, first+1 ... of [Stream.Float32].
func (s Stream) Fill(dst []float32, first uint64) {
	i := 0
	for ; i < len(dst) && (first+uint64(i))&3 != 0; i++ {
		dst[i] = s.Float32(first + uint64(i))
	}
	n := (first + uint64(i)) >> 2
	simd.Uniform(dst[i:], [4]uint32{uint32(n), uint32(n >> 32), s.step, s.layer}, s.key)
}

// FillRange sets dst to numbers uniform in [low, high).
func (s Stream) FillRange(dst []float32, low, high float32) {
	s.Fill(dst, 0)
	for i, u := range dst {
		dst[i] = low + u*(high-low)
	}
}

// Intn returns the i-th whole number in [0,n); it panics for n < 1. The bias is
// below n/2^64.
func (s Stream) Intn(i uint64, n int) int {
	if n < 1 {
		panic("rng: Intn of no numbers")
	}
	hi, _ := bits.Mul64(s.Uint64(i), uint64(n))
	return int(hi)
}

// Perm returns a random order of 0..n-1 (Fisher and Yates).
func (s Stream) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		j := s.Intn(uint64(i), i+1)
		p[i] = p[j]
		p[j] = i
	}
	return p
}

func unit32(w uint32) float32 { return float32(w>>8) * (1.0 / (1 << 24)) }

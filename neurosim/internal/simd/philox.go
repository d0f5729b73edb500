package simd

import (
	"math/bits"
	"unsafe"
)

// The constants of Philox4x32 (J. K. Salmon, M. A. Moraes, R. O. Dror and D. E.
// Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011, table 2).
const (
	philoxMul0  = 0xD2511F53
	philoxMul1  = 0xCD9E8D57
	philoxWeyl0 = 0x9E3779B9
	philoxWeyl1 = 0xBB67AE85

	philoxRounds = 10
)

// Uniform sets numbers to the words of blocks counter, counter+1 ... of
// [Philox4x32] under a key, four words a block, each cut to its 24 high bits and
// divided by 2^24: exact float32, uniform in [0,1). The last block may be cut. The
// first two words of the counter, the low one first, count modulo 2^64.
func Uniform(numbers []float32, counter [4]uint32, key [2]uint32) {
	b := blocks{counter: counter, key: key}
	for len(numbers) > 0 {
		b.to = unsafe.Pointer(unsafe.SliceData(numbers))
		if n := b.grouped(len(numbers)); n > 0 && fillUniform(&b) {
			numbers = numbers[n:]
			b.count(uint64(n) / 4)
			continue
		}
		block := Philox4x32(b.counter, key)
		n := min(4, len(numbers))
		for i, word := range block[:n] {
			numbers[i] = float32(word>>8) * 0x1p-24
		}
		numbers = numbers[n:]
		b.count(1)
	}
}

// blocks is what a kernel fills. The generator spells out its layout.
type blocks struct {
	to      unsafe.Pointer
	counter [4]uint32
	key     [2]uint32
	groups  uint64 // of eight blocks
}

const perGroup = 32 // words

// grouped sets the groups that fit size words and do not carry into the second
// word of the counter, and returns their size.
func (b *blocks) grouped(size int) int {
	b.groups = min(uint64(size)/perGroup, (1<<32-uint64(b.counter[0]))/8)
	return int(b.groups) * perGroup
}

// count passes over n blocks.
func (b *blocks) count(n uint64) {
	low := uint64(b.counter[0]) | uint64(b.counter[1])<<32
	low += n
	b.counter[0], b.counter[1] = uint32(low), uint32(low>>32)
}

// Philox4x32 encrypts one counter under a key in ten rounds (Salmon et al. 2011,
// section 3.3). The result is four words that pass for independent and uniform.
func Philox4x32(counter [4]uint32, key [2]uint32) [4]uint32 {
	c0, c1, c2, c3 := counter[0], counter[1], counter[2], counter[3]
	for range philoxRounds {
		hi0, lo0 := bits.Mul32(philoxMul0, c0)
		hi1, lo1 := bits.Mul32(philoxMul1, c2)
		c0, c1, c2, c3 = hi1^c1^key[0], lo1, hi0^c3^key[1], lo0
		key[0] += philoxWeyl0
		key[1] += philoxWeyl1
	}
	return [4]uint32{c0, c1, c2, c3}
}

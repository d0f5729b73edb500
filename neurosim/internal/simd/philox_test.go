package simd_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/rng"
)

// The known-answer vectors of the authors' Random123 distribution.
func TestPhiloxKnownAnswers(t *testing.T) {
	const ones = 0xffffffff
	for _, c := range []struct {
		counter [4]uint32
		key     [2]uint32
		want    string
	}{
		{[4]uint32{}, [2]uint32{}, "[6627e8d5 e169c58d bc57ac4c 9b00dbd8]"},
		{[4]uint32{ones, ones, ones, ones}, [2]uint32{ones, ones}, "[408f276d 41c83b0e a20bc7c6 6d5451fd]"},
	} {
		for _, size := range []int{4, 64} { // one block, and the first of a group
			words := make([]uint32, size)
			simd.Philox(words, c.counter, c.key)
			if got := fmt.Sprintf("%08x", words[:4]); got != c.want {
				t.Errorf("block %08x in %d words = %s, want %s", c.counter, size, got, c.want)
			}
		}
	}
}

// Any length from any counter, also where it carries, is the scalar stream.
func TestPhiloxIsTheScalarStream(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.OneOf(
			rapid.Uint64(),
			rapid.Map(rapid.Uint64Range(0, 40), func(back uint64) uint64 { return 1<<32 - back }),
			rapid.Map(rapid.Uint64Range(0, 40), func(back uint64) uint64 { return -back }),
		).Draw(t, "first")
		counter := [4]uint32{uint32(first), uint32(first >> 32), rapid.Uint32().Draw(t, "c2"), rapid.Uint32().Draw(t, "c3")}
		key := [2]uint32{rapid.Uint32().Draw(t, "k0"), rapid.Uint32().Draw(t, "k1")}
		size := rapid.IntRange(0, 300).Draw(t, "size")
		words, numbers := make([]uint32, size+1), make([]float32, size+1)
		simd.Philox(words[:size], counter, key)
		simd.Uniform(numbers[:size], counter, key)
		for i := range size {
			n := first + uint64(i)/4
			block := rng.Philox4x32([4]uint32{uint32(n), uint32(n >> 32), counter[2], counter[3]}, key)
			if words[i] != block[i%4] {
				t.Fatalf("word %d = %08x, want %08x", i, words[i], block[i%4])
			}
			if want := float32(block[i%4]>>8) / (1 << 24); numbers[i] != want {
				t.Fatalf("number %d = %x, want %x", i, numbers[i], want)
			}
		}
		if words[size] != 0 || numbers[size] != 0 {
			t.Fatalf("wrote behind the end of %d", size)
		}
	})
}

func TestPhiloxAllocatesNothing(t *testing.T) {
	words, numbers := make([]uint32, 4099), make([]float32, 4099)
	if n := testing.AllocsPerRun(10, func() {
		simd.Philox(words, [4]uint32{}, [2]uint32{})
		simd.Uniform(numbers, [4]uint32{}, [2]uint32{})
	}); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func BenchmarkUniform(b *testing.B) {
	numbers := make([]float32, 4096)
	b.Run("vector", func(b *testing.B) {
		b.SetBytes(4 * int64(len(numbers)))
		for b.Loop() {
			simd.Uniform(numbers, [4]uint32{}, [2]uint32{1, 2})
		}
	})
	b.Run("scalar", func(b *testing.B) {
		s := rng.New(1, "benchmark", 0, 0)
		b.SetBytes(4 * int64(len(numbers)))
		for b.Loop() {
			for i := 0; i < len(numbers); i += 4 {
				four := s.Four(uint64(i) / 4)
				copy(numbers[i:], four[:])
			}
		}
	})
}

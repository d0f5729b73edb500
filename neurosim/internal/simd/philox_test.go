package simd_test

import (
	"testing"

	"pgregory.net/rapid"

	"crossbook/neurosim/internal/simd"
)

// Any length from any counter, also where it carries, is the scalar stream.
func TestUniformIsTheScalarStream(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.OneOf(
			rapid.Uint64(),
			rapid.Map(rapid.Uint64Range(0, 40), func(back uint64) uint64 { return 1<<32 - back }),
			rapid.Map(rapid.Uint64Range(0, 40), func(back uint64) uint64 { return -back }),
		).Draw(t, "first")
		counter := [4]uint32{uint32(first), uint32(first >> 32), rapid.Uint32().Draw(t, "c2"), rapid.Uint32().Draw(t, "c3")}
		key := [2]uint32{rapid.Uint32().Draw(t, "k0"), rapid.Uint32().Draw(t, "k1")}
		size := rapid.IntRange(0, 300).Draw(t, "size")
		numbers := make([]float32, size+1)
		simd.Uniform(numbers[:size], counter, key)
		for i := range size {
			n := first + uint64(i)/4
			block := simd.Philox4x32([4]uint32{uint32(n), uint32(n >> 32), counter[2], counter[3]}, key)
			if want := float32(block[i%4]>>8) / (1 << 24); numbers[i] != want {
				t.Fatalf("number %d = %x, want %x", i, numbers[i], want)
			}
		}
		if numbers[size] != 0 {
			t.Fatalf("wrote behind the end of %d", size)
		}
	})
}

func TestUniformAllocatesNothing(t *testing.T) {
	numbers := make([]float32, 4099)
	if n := testing.AllocsPerRun(10, func() {
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
		b.SetBytes(4 * int64(len(numbers)))
		for b.Loop() {
			for i := 0; i < len(numbers); i += 4 {
				block := simd.Philox4x32([4]uint32{uint32(i / 4)}, [2]uint32{1, 2})
				for k, word := range block {
					numbers[i+k] = float32(word>>8) * 0x1p-24
				}
			}
		}
	})
}

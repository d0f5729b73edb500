package simd

import "golang.org/x/sys/cpu"

// detect lists the sets that this processor and its system run, the fastest
// first.
func detect() []*kernels {
	sets := []*kernels{portable}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		sets = append([]*kernels{avx2}, sets...)
		if cpu.X86.HasAVX512F {
			sets = append([]*kernels{avx512}, sets...)
		}
	}
	return sets
}

var avx2 = &kernels{
	name: "AVX2", rows: 6, slot: 8, cols: 16, blockDepth: 320, direct: 5,
	wide: microAVX2Wide, narrow: microAVX2Narrow,
	wideDirect: microAVX2DirectWide, narrowDirect: microAVX2DirectNarrow, crowded: 1024,
	transpose: transpose8AVX2, copy: copies,
}

var avx512 = &kernels{
	name: "AVX-512", rows: 14, slot: 16, cols: 32, blockDepth: 512, direct: 10, masked: true,
	wide: microAVX512Wide, narrow: microAVX512Narrow,
	wideDirect: microAVX512DirectWide, narrowDirect: microAVX512DirectNarrow, crowded: 1024, spare: 16,
	transpose: transpose8AVX2, copy: copies,
}

var copies = map[int]func(*strip){8: copy8AVX2, 16: copy16AVX2, 32: copy32AVX2}

//go:noescape
func transpose8AVX2(s *strip)

//go:noescape
func copy8AVX2(s *strip)

//go:noescape
func copy16AVX2(s *strip)

//go:noescape
func copy32AVX2(s *strip)

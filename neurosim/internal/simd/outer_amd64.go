package simd

import "unsafe"

// byteSums is what the kernel works on. The generator spells out its layout.
type byteSums struct {
	from   *int8
	blocks uint64
	sum    [8]int32
	size   [4]uint64
}

// fastSums adds up blocks of numbers and their magnitudes, and returns how many.
func fastSums(x []int8) (done int, sum int32, size int) {
	const block = 32
	if len(x) < block || !hasGrid {
		return 0, 0, 0
	}
	done = len(x) &^ (block - 1)
	s := byteSums{from: &x[0], blocks: uint64(done / block)}
	sumBytesAVX2(&s)
	for _, part := range s.sum {
		sum += part
	}
	for _, part := range s.size {
		size += int(part)
	}
	return done, sum, size
}

// turnPanel turns packed columns, fours of steps of sixteen of them, into lines that lie
// so many bytes apart. It takes a multiple of eight fours.
func turnPanel(to []int8, line int, panel []int8) {
	const side = 8
	for first := 0; first < len(panel); first += side * 4 * gridCols {
		s := strip{
			from: (*float32)(unsafe.Pointer(&panel[first])), stepFrom: 4 * gridCols, rows: side, depth: gridCols,
			to: (*float32)(unsafe.Pointer(&to[first/gridCols])), stepTo: uint64(line),
		}
		transpose8AVX2(&s)
	}
}

//go:noescape
func weaveFours(w *weaving)

//go:noescape
func sumBytesAVX2(s *byteSums)

package simd

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

var (
	hasGrid = cpu.X86.HasAVX2 && cpu.X86.HasFMA

	// hasFours says whether products of fours of bytes are added up by one instruction; a
	// test denies it.
	hasFours = hasVNNI
)

// runGrid calls the kernel for tiles of a height, for groups of two or four fours. It
// names them, so that the compiler sees that none keeps the tile.
func runGrid(t *gridTile, height, group int) {
	if hasFours {
		t.groups = t.groups * uint64(group) / 4
		runFours(t, height)
		return
	}
	switch [2]int{height, group} {
	case [2]int{1, 2}:
		gridAVX2_1x2(t)
	case [2]int{2, 2}:
		gridAVX2_2x2(t)
	case [2]int{3, 2}:
		gridAVX2_3x2(t)
	case [2]int{1, 4}:
		gridAVX2_1x4(t)
	case [2]int{2, 4}:
		gridAVX2_2x4(t)
	case [2]int{3, 4}:
		gridAVX2_3x4(t)
	}
}

// toGridBlocks is what the kernel works on. The generator spells out its layout.
type toGridBlocks struct {
	from, to    unsafe.Pointer
	blocks      uint64
	scale, most float32
	offset      uint32
	bad         [8]uint32
	sum         [8]int32
}

// fastToGrid converts blocks, and returns how many numbers.
func fastToGrid(to []int8, from []float32, g gridding) (done int, sum int32, ok bool) {
	const block = 32
	if len(from) < block || !hasGrid {
		return 0, 0, true
	}
	done = len(from) &^ (block - 1)
	_ = to[done-1]
	b := toGridBlocks{
		from: unsafe.Pointer(&from[0]), to: unsafe.Pointer(&to[0]), blocks: uint64(done / block),
		scale: g.scale, most: g.most, offset: uint32(uint8(g.offset)) * 0x01010101,
	}
	toGridAVX2(&b)
	var bad uint32
	for i, part := range b.sum {
		sum, bad = sum+part, bad|b.bad[i]
	}
	return done, sum, bad == 0
}

// turnFours packs fours of steps of sixteen lines, 256 bytes apart.
func turnFours(to []int8, lines *int8, fours int) {
	all := ceil(fours, 8) * 8 // lines have room for that
	for first := 0; first < gridCols; first += 8 {
		for done := 0; done < all; done += 8 {
			s := strip{
				from: (*float32)(unsafe.Add(unsafe.Pointer(lines), 256*first+4*done)), stepFrom: 256,
				rows: 8, depth: 8, stepTo: 4 * gridCols,
			}
			var last [8 * gridCols]float32
			left := min(8, fours-done)
			if s.to = (*float32)(unsafe.Pointer(&to[4*gridCols*done+4*first])); left < 8 {
				s.to = &last[0]
			}
			transpose8AVX2(&s)
			for i := 0; i < left && left < 8; i++ {
				part := unsafe.Slice((*int8)(unsafe.Pointer(&last[i*gridCols])), 32)
				copy(to[4*gridCols*(done+i)+4*first:], part)
			}
		}
	}
}

// foursToGrid is what the kernel works on. The generator spells out its layout.
type foursToGrid struct {
	from, to        unsafe.Pointer
	fours, stepFrom uint64
	scale, most     float32
	offset          uint32
	bad             [8]uint32
}

// fastFours packs whole fours of steps, and returns how many steps.
func fastFours(to []int8, b Matrix, g gridding) (done int, ok bool) {
	done = b.Rows &^ 3
	if done == 0 {
		return 0, true
	}
	_ = to[done*gridCols-1]
	f := foursToGrid{
		from: unsafe.Pointer(&b.Data[0]), to: unsafe.Pointer(&to[0]), fours: uint64(done / 4), stepFrom: bytes(b.Stride),
		scale: g.scale, most: g.most, offset: uint32(g.offset),
	}
	foursToGridAVX2(&f)
	var bad uint32
	for _, part := range f.bad {
		bad |= part
	}
	return done, bad == 0
}

//go:noescape
func foursToGridAVX2(b *foursToGrid)

//go:noescape
func toGridAVX2(b *toGridBlocks)

//go:noescape
func gridAVX2_1x2(t *gridTile)

//go:noescape
func gridAVX2_2x2(t *gridTile)

//go:noescape
func gridAVX2_3x2(t *gridTile)

//go:noescape
func gridAVX2_1x4(t *gridTile)

//go:noescape
func gridAVX2_2x4(t *gridTile)

//go:noescape
func gridAVX2_3x4(t *gridTile)

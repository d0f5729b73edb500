package simd

import "unsafe"

const (
	portableRows = 4
	portableCols = 8
)

// portable is the set for every processor.
var portable = portableSet("portable", addEmulated)

// portableSet makes kernels of Go around one step of a tile's chains.
func portableSet(name string, step func(*sums, []float32, []float32)) *kernels {
	byHeight := func(width int) []func(*tile) {
		list := make([]func(*tile), portableRows+1)
		for height := range list {
			list[height] = func(t *tile) { eachPanel(t, height, func(t *tile) { microPortable(t, height, width, step) }) }
		}
		return list
	}
	return &kernels{
		name: name, rows: portableRows, slot: portableRows, cols: portableCols, blockDepth: 256, direct: 5, masked: true,
		wide: byHeight(portableCols), narrow: byHeight(portableCols / 2),
	}
}

// sums are the chains of one tile.
type sums [portableRows][portableCols]float32

// addEmulated adds a's column times b's row.
func addEmulated(s *sums, a, b []float32) {
	for i, factor := range a {
		row := &s[i]
		for j, v := range b {
			row[j] = fma(factor, v, row[j])
		}
	}
}

// eachPanel runs a kernel of one tile on all those below each other.
func eachPanel(t *tile, height int, kernel func(*tile)) {
	for {
		kernel(t)
		if t.panels--; t.panels == 0 {
			return
		}
		t.a = (*float32)(unsafe.Add(unsafe.Pointer(t.a), t.nextA))
		t.c = (*float32)(unsafe.Add(unsafe.Pointer(t.c), uint64(height)*t.stride))
	}
}

// microPortable continues the chains of one tile.
func microPortable(t *tile, height, width int, add func(*sums, []float32, []float32)) {
	s := t.sums
	*s = sums{}
	if t.load != 0 {
		eachRow(t, height, func(i int, c []float32) { copy(s[i][:], c) })
	}
	a := unsafe.Slice(t.a, int(t.depth)*portableRows)
	for step := range t.depth {
		b := unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(t.b), step*t.stepB)), width)
		add(s, a[:height], b)
		a = a[portableRows:]
	}
	eachRow(t, height, func(i int, c []float32) { copy(c, s[i][:]) })
}

// eachRow visits the rows of the tile in c, cut to the columns of the mask.
func eachRow(t *tile, height int, visit func(i int, c []float32)) {
	columns := 0
	for mask := t.mask; mask != 0; mask >>= 1 {
		columns++
	}
	c := unsafe.Pointer(t.c)
	for i := range height {
		visit(i, unsafe.Slice((*float32)(c), columns))
		if i < height-1 {
			c = unsafe.Add(c, t.stride)
		}
	}
}

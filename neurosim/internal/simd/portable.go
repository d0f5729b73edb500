package simd

import "unsafe"

const (
	portableRows = 4
	portableCols = 8
)

// portable is the set for every processor.
var portable = &kernels{
	name: "portable", rows: portableRows, slot: portableRows, cols: portableCols, masked: true,
	wide:   portableKernels(portableCols),
	narrow: portableKernels(portableCols / 2),
}

func portableKernels(width int) []func(*tile) {
	byHeight := make([]func(*tile), portableRows+1)
	for height := range byHeight {
		byHeight[height] = func(t *tile) { microPortable(t, height, width) }
	}
	return byHeight
}

// microPortable continues the chains of one tile.
func microPortable(t *tile, height, width int) {
	var sums [portableRows][portableCols]float32
	if t.load != 0 {
		eachRow(t, height, func(i int, c []float32) { copy(sums[i][:], c) })
	}
	a := unsafe.Slice(t.a, int(t.depth)*portableRows)
	for step := range t.depth {
		b := unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(t.b), step*t.stepB)), width)
		for i, factor := range a[:height] {
			row := &sums[i]
			for j, v := range b {
				row[j] = fma(factor, v, row[j])
			}
		}
		a = a[portableRows:]
	}
	eachRow(t, height, func(i int, c []float32) { copy(c, sums[i][:]) })
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

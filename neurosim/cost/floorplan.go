package cost

import (
	"fmt"
	"math"
)

// Shape is a layer as the chip sees it: the feature map that comes in, the
// kernels, and what follows. A fully connected layer has a map and kernels of one
// pixel.
type Shape struct {
	Height, Width, Channels   int // of the inputs
	KernelHeight, KernelWidth int
	Kernels                   int
	Pool                      bool // 2 × 2 maximum
	Stride                    int  // 0 means 1
}

// Dense is a fully connected layer.
func Dense(inputs, outputs int) Shape {
	return Shape{Height: 1, Width: 1, Channels: inputs, KernelHeight: 1, KernelWidth: 1, Kernels: outputs}
}

// positions is the pixels of a kernel.
func (s Shape) positions() int { return s.KernelHeight * s.KernelWidth }

// rows is the weights of a kernel.
func (s Shape) rows() int { return s.Channels * s.positions() }

// windows is how often the kernel is placed on the map.
func (s Shape) windows() int {
	stride := float64(max(s.Stride, 1))
	high := float64(s.Height-s.KernelHeight+1) / stride
	wide := float64(s.Width - s.KernelWidth + 1)
	return int(high * wide / stride)
}

// allWindows is windows at a stride of one.
func (s Shape) allWindows() int {
	return (s.Height - s.KernelHeight + 1) * (s.Width - s.KernelWidth + 1)
}

// floorplan says how large tiles and elements are and which layer takes how many.
type floorplan struct {
	layers     []placed
	novelCount int // elements of a tile in the novel mapping
	novelSize  int // cells along an edge of such an element
	novelTiles int
	gridTile   int // cells along an edge of a tile
	gridSize   int // and of its elements
	gridTiles  int
	rows, cols int // of tiles

	feedback      []placed // memory behind each layer's error; without tiles: none
	feedbackTiles int
}

// placed is a layer on the chip.
type placed struct {
	Shape
	novel      bool
	columns    int // of cells
	engines    copies
	subarrays  copies
	down, over int // tiles
	repeat     int // how often they are there as well, in a pipeline; 0: once
}

func (p placed) tiles() int { return p.down * p.over * max(1, p.repeat) }

// copies is how often the layer is there.
func (p placed) copies() copies {
	return copies{p.engines.rows * p.subarrays.rows * max(1, p.repeat), p.engines.cols * p.subarrays.cols}
}

// plan maps the layers, and the memory of feedback weights behind them. The
// reference has no such memory; the study adds its area in the end.
func (d *design) plan(shapes, feedback []Shape) (*floorplan, error) {
	f := &floorplan{layers: make([]placed, len(shapes))}
	for i, s := range shapes {
		f.layers[i] = placed{Shape: s, columns: s.Kernels * d.cells}
	}
	if d.novel {
		f.markNovel(d)
		if err := f.sizeNovel(d); err != nil {
			return nil, err
		}
	}
	if err := f.sizeGrid(d); err != nil {
		return nil, err
	}
	f.sizeEngines(d)
	f.place(d)
	if d.pipelined {
		f.balance(d)
	}
	if d.training && !d.v21() {
		f.placeFeedback(d, feedback)
	}
	total := f.novelTiles + f.gridTiles + f.feedbackTiles
	f.rows = ceil(math.Sqrt(float64(total)))
	f.cols = ceilDiv(total, f.rows)
	return f, nil
}

// markNovel takes the most frequent kernel as that of the novel mapping.
func (f *floorplan) markNovel(d *design) {
	most := 0
	for _, l := range f.layers {
		count := 1
		for _, other := range f.layers {
			if other.positions() != l.positions() {
				continue
			}
			if count++; count > most {
				most, f.novelCount = count, l.positions()
			}
		}
	}
	for i := range f.layers {
		l := &f.layers[i]
		l.novel = l.positions() == f.novelCount && l.rows() >= d.rows
	}
}

// widest is the largest power of two of the columns of one kind of layer.
func (f *floorplan) widest(novel bool) int {
	widest := 0
	for _, l := range f.layers {
		if l.novel == novel {
			widest = max(widest, 1<<ceilLog2(l.columns))
		}
	}
	return widest
}

// need is the rows of cells that a layer's tiles are cut from.
func (p placed) need() int {
	if p.novel {
		return p.Channels
	}
	return p.rows()
}

// cut is how many squares of a size one kind of layers takes and the cells in use.
func (f *floorplan) cut(novel bool, size int) (squares, used int) {
	for _, l := range f.layers {
		if l.novel != novel {
			continue
		}
		squares += ceilDiv(l.need(), size) * ceilDiv(l.columns, size)
		used += l.rows() * l.columns
	}
	return squares, used
}

// search halves a size while it stays above the least and keeps the one of the
// best use.
func search(start, least int, use func(size int) float64) int {
	size, best := start, 0.0
	for try := start; try > least; try /= 2 {
		if u := use(try); u > best {
			size, best = try, u
		}
	}
	return size
}

func (f *floorplan) sizeNovel(d *design) error {
	if f.widest(true) < 2*d.rows {
		if d.v21() {
			return fmt.Errorf("cost: Subarray: %d is too large for the widest layer of the novel mapping: allowed: at most half of %d", d.rows, f.widest(true))
		}
	}
	f.novelSize = search(max(f.widest(true), 2*d.rows), 2*d.rows, func(size int) float64 {
		squares, used := f.cut(true, size)
		return float64(used) / float64(squares*size*size*f.novelCount)
	})
	f.novelTiles, _ = f.cut(true, f.novelSize)
	return nil
}

func (f *floorplan) sizeGrid(d *design) error {
	widest := f.widest(false)
	if !d.novel && widest < 4*d.rows && d.v21() {
		return fmt.Errorf("cost: Subarray: %d is too large for the widest layer: allowed: at most a quarter of %d", d.rows, widest)
	}
	f.gridTile = search(max(widest, 4*d.rows), 4*d.rows, f.gridUse)
	f.gridTiles, _ = f.cut(false, f.gridTile)
	return nil
}

func (f *floorplan) gridUse(size int) float64 {
	squares, used := f.cut(false, size)
	return float64(used) / float64(squares*size*size)
}

// sizeEngines finds the size of the elements of a grid that makes the most of a
// tile by copies.
func (f *floorplan) sizeEngines(d *design) {
	best := 0.0
	if f.gridTile > 4*d.rows || f.gridTiles > 0 {
		best = f.searched(d)
	}
	f.gridSize = f.gridTile / 2
	for size := f.gridTile / 2; size > 2*d.rows; size /= 2 {
		used := 0
		for _, l := range f.layers {
			if !l.novel {
				used += f.engineCopies(l, size).count() * l.rows() * l.columns
			}
		}
		if u := float64(used) / float64(f.gridTiles*f.gridTile*f.gridTile); u > best {
			f.gridSize, best = size, u
		}
	}
}

// searched is the best use that the search for a tile's size met.
func (f *floorplan) searched(d *design) float64 {
	if max(f.widest(false), 4*d.rows) <= 4*d.rows {
		return 0
	}
	return f.gridUse(f.gridTile)
}

// engineCopies is how often a layer fits into a tile by whole elements.
func (f *floorplan) engineCopies(l placed, size int) copies {
	if l.novel || l.rows() > f.gridTile && l.columns > f.gridTile {
		return copies{1, 1}
	}
	n := ceilDiv(f.gridTile, size)
	return copies{max(1, n/ceilDiv(l.rows(), size)), max(1, n/ceilDiv(l.columns, size))}
}

// subarrayCopies is how often a layer fits into an element by whole subarrays.
func (d *design) subarrayCopies(l placed, size int) copies {
	if l.need() > size && l.columns > size {
		return copies{1, 1}
	}
	return copies{
		max(1, ceilDiv(size, d.rows)/ceilDiv(l.need(), d.rows)),
		max(1, ceilDiv(size, d.cols)/ceilDiv(l.columns, d.cols)),
	}
}

// place gives each layer its tiles.
func (f *floorplan) place(d *design) {
	for i := range f.layers {
		l := &f.layers[i]
		size, tile := f.gridSize, f.gridTile
		if l.novel {
			size, tile = f.novelSize, f.novelSize
		}
		l.engines = copies{1, 1}
		if !l.novel {
			l.engines = f.engineCopies(*l, size)
		}
		l.subarrays = d.subarrayCopies(*l, size)
		l.down, l.over = ceilDiv(l.need(), tile), ceilDiv(l.columns, tile)
	}
}

// placeFeedback gives feedback weights tiles of the grid.
func (f *floorplan) placeFeedback(d *design, shapes []Shape) {
	f.feedback = make([]placed, len(shapes))
	for i, s := range shapes {
		if s.Kernels == 0 {
			continue
		}
		p := placed{Shape: s, columns: s.Kernels * d.cells}
		p.engines, p.subarrays = f.engineCopies(p, f.gridSize), d.subarrayCopies(p, f.gridSize)
		p.down, p.over = ceilDiv(p.need(), f.gridTile), ceilDiv(p.columns, f.gridTile)
		f.feedback[i] = p
		f.feedbackTiles += p.tiles()
	}
}

// balance repeats the tiles of layers with large maps, whose stages of a pipeline
// would else be the slowest: until a map as high as the first, divided by the
// degree of speed-up, is one stage. Degrees above the first map's height by the
// least of a kernel larger than a pixel do not help.
func (f *floorplan) balance(d *design) {
	highest := f.layers[0].Height
	least := highest
	for _, l := range f.layers {
		if l.KernelHeight != 1 {
			least = min(least, l.Height)
		}
	}
	bound := float64(ceilDiv(highest, min(d.speedUp, highest/least)))
	f.novelTiles, f.gridTiles = 0, 0
	for i := range f.layers {
		l := &f.layers[i]
		share := float64(l.Height) / bound
		l.repeat = ceilDiv(ceil(share*share), l.copies().count())
		if l.novel {
			f.novelTiles += l.tiles()
		} else {
			f.gridTiles += l.tiles()
		}
	}
}

package cost

import (
	"fmt"
	"math"

	"crossbook/neurosim/cost/circuit"
)

// Floorplan is a chip's blocks as rectangles. plots.Floorplan draws it to scale.
type Floorplan struct {
	blocks []rectangle
}

// rectangle is a block; lengths are in metres, from the lower left corner.
type rectangle struct {
	name, kind          string
	x, y, width, height float64
}

// Blocks is how many there are.
func (f Floorplan) Blocks() int { return len(f.blocks) }

// Block is what a block is: its own name, and its kind, which many may share.
func (f Floorplan) Block(i int) (name, kind string) { return f.blocks[i].name, f.blocks[i].kind }

// Bounds is where a block lies, in metres: its lower left corner and its size.
func (f Floorplan) Bounds(i int) (x, y, width, height float64) {
	b := f.blocks[i]
	return b.x, b.y, b.width, b.height
}

// Floorplan places the chip's blocks: the tiles of every layer in a grid, as the
// model has them, and beside it what they share, each a strip as high as the grid.
// The global H-tree runs between the tiles; its strip shows what it takes. Areas
// are exact; how the blocks lie is a sketch.
func (r *Report) Floorplan() (Floorplan, error) {
	e, err := r.explained()
	if err != nil {
		return Floorplan{}, fmt.Errorf("cost: floorplan: %w", err)
	}
	c := e.chip
	g := tileGrid{columns: c.floorplan.cols, size: c.tileSize()}
	for i, l := range c.layers {
		for n := range l.tiles() {
			g.put(fmt.Sprintf("%d.%d", i+1, n+1), layerName(i), c.tileOf(l).sizes.total)
		}
	}
	for n := range c.feedbackTiles + c.studyTiles() {
		g.put(fmt.Sprintf("F.%d", n+1), "feedback weights", c.grid.sizes.total)
	}
	var shared []term
	for _, t := range c.areaTerms() {
		if t.at == atChip {
			shared = append(shared, t)
		}
	}
	f := Floorplan{g.blocks}
	f.strips(shared, float64(g.columns)*float64(g.size.Width), float64(ceilDiv(len(g.blocks), g.columns))*float64(g.size.Height))
	return f, nil
}

// tileGrid fills a grid of places, line by line.
type tileGrid struct {
	columns int
	size    circuit.Size
	blocks  []rectangle
}

func (g *tileGrid) put(name, kind string, size circuit.Size) {
	at := len(g.blocks)
	g.blocks = append(g.blocks, rectangle{
		name, kind, float64(at%g.columns) * float64(g.size.Width), float64(at/g.columns) * float64(g.size.Height),
		float64(size.Width), float64(size.Height),
	})
}

// strips puts blocks beside each other at the right of what there is.
func (f *Floorplan) strips(list []term, x, height float64) {
	for _, t := range list {
		width := t.value() / height
		f.blocks = append(f.blocks, rectangle{t.name, t.name, x, 0, width, height})
		x += width
	}
}

// TileFloorplan is the blocks of one tile of a layer, 1 for that next to the
// input: its processing elements, and beside them what they share.
func (r *Report) TileFloorplan(layer int) (Floorplan, error) {
	if layer < 1 || layer > len(r.Layers) {
		return Floorplan{}, fmt.Errorf("cost: floorplan: layer: %d is not allowed; allowed: 1 to %d", layer, len(r.Layers))
	}
	e, err := r.explained()
	if err != nil {
		return Floorplan{}, fmt.Errorf("cost: floorplan: %w", err)
	}
	t := e.chip.tileOf(e.chip.layers[layer-1])
	size := t.engine.sizes.total
	wide, high := float64(size.Width), float64(size.Height)
	var f Floorplan
	for i := range t.count {
		f.blocks = append(f.blocks, rectangle{
			fmt.Sprint(i + 1), "processing elements",
			float64(i%t.side) * wide, float64(i/t.side) * high, wide, high,
		})
	}
	var shared []term
	for _, term := range t.areaTerms(1) {
		if term.at == atTile {
			shared = append(shared, term)
		}
	}
	rows := math.Ceil(float64(t.count) / float64(t.side))
	f.strips(shared, float64(t.side)*wide, rows*high)
	return f, nil
}

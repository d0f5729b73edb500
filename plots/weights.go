package plots

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/plot"
)

// Matrix is a rectangle of numbers, such as the weights of a layer; gonum's
// matrices are of this kind.
type Matrix interface {
	Dims() (rows, columns int)
	At(row, column int) float64
}

// mostBlocks is into how many rows and columns a map of weights is divided.
const mostBlocks = 120

// Weights draws a matrix as a map: row 0 at the top, column 0 at the left. With
// values of both signs zero is white, negative ones are blue and positive ones
// vermilion, equally strong on both sides; otherwise the colours are those of a
// [Heatmap]. Beyond 120 rows or columns each cell is the mean of a block, and a
// note says of how many.
func Weights(m Matrix) *Figure {
	d := &matrixData{}
	f := &Figure{data: d}
	if isNil(m) {
		return f.fail("Weights", errors.New("the matrix is nil"))
	}
	rows, columns := m.Dims()
	if rows < 1 || columns < 1 {
		return f.fail("Weights", fmt.Errorf("%d x %d: the matrix is empty", rows, columns))
	}
	d.rows, d.columns = rows, columns
	d.block = [2]int{(columns + mostBlocks - 1) / mostBlocks, (rows + mostBlocks - 1) / mostBlocks}
	d.read(m)
	return f
}

// matrixData is what Weights draws: means of blocks, by block column, then row.
type matrixData struct {
	rows, columns int
	block         [2]int // how many columns and rows are drawn as one
	cells         cellGrid
	gone          int
}

func (d *matrixData) read(m Matrix) {
	for dim, n := range []int{d.columns, d.rows} {
		step := float64(d.block[dim])
		for i := 0; i*d.block[dim] < n; i++ {
			d.cells.middles[dim] = append(d.cells.middles[dim], (float64(i)+0.5)*step-0.5)
			d.cells.edges[dim] = append(d.cells.edges[dim], float64(i)*step-0.5)
		}
		d.cells.edges[dim] = append(d.cells.edges[dim], float64(n)-0.5)
	}
	for i := range d.cells.middles[0] {
		column := make([]float64, len(d.cells.middles[1]))
		for j := range column {
			column[j] = d.mean(m, i*d.block[0], j*d.block[1])
		}
		d.cells.values = append(d.cells.values, column)
	}
}

// mean of the block at a column and row.
func (d *matrixData) mean(m Matrix, column, row int) float64 {
	sum, n := 0.0, 0
	for r := row; r < min(row+d.block[1], d.rows); r++ {
		for c := column; c < min(column+d.block[0], d.columns); c++ {
			if v := m.At(r, c); finite(v) {
				sum += v
				n++
			} else {
				d.gone++
			}
		}
	}
	return sum / float64(n)
}

func (d *matrixData) axes(given [2]string) ([2]string, error) {
	return labelled(given, "column", "row"), nil
}

func (d *matrixData) picture(log [2]bool) (*picture, error) {
	if log != [2]bool{} {
		return nil, errors.New("plots: LogX, LogY: a matrix has no logarithmic axes")
	}
	low, high, _ := d.cells.limits()
	if math.IsInf(low, 1) {
		return nil, fmt.Errorf("plots: Weights: no finite value in %d x %d", d.rows, d.columns)
	}
	p := &picture{noGrid: true, tight: [2]bool{true, true}, whole: true, downward: true}
	bar := &colorBar{colors: viridis, span: span{low: low, high: high}, label: "weight"}
	if low < 0 && high > 0 {
		most := math.Max(-low, high)
		bar.colors, bar.span = diverging, span{low: -most, high: most}
	} else if high <= low {
		bar.span = bar.span.air()
	}
	p.bar = bar
	p.layers = []plot.Plotter{cellLayer{&d.cells, bar}}
	for dim, edges := range d.cells.edges {
		p.include(dim, edges[0], edges[len(edges)-1])
	}
	if d.block != [2]int{1, 1} {
		p.notes = append(p.notes, fmt.Sprintf("Cells: mean of %d x %d weights.", d.block[1], d.block[0]))
	}
	if d.gone > 0 {
		p.notes = append(p.notes, fmt.Sprintf("%d of %d weights left out (not finite).", d.gone, d.rows*d.columns))
	}
	p.head = fmt.Sprintf("matrix of %d rows and %d columns", d.rows, d.columns)
	p.told = d.cells.tell(low, high)
	p.rows = func() [][]string { return d.cells.rows("weight") }
	return p, nil
}

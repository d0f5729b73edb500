package plots

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mostCells is how many values an axis of a heat map can hold.
const mostCells = 200

// Heatmap draws column value of a table as colour over columns x and y, all of
// numbers: one cell for every pair that occurs, reaching half way to its
// neighbours. Rows with the same x and y are repeats: the cell is their mean, and
// a note says so. Pairs without a value are grey. See [Figure.Contour] for lines
// of equal values and [Figure.LogColor] for a logarithmic colour scale.
func Heatmap(table Table, x, y, value string) *Figure {
	f := &Figure{}
	d := &heatData{tabled: newTabled(f, "Heatmap", table, x, y, value), x: x, y: y, value: value}
	columns := [3][]float64{d.floats(f, "Heatmap", x), d.floats(f, "Heatmap", y), d.floats(f, "Heatmap", value)}
	d.at = [2][]float64{columns[0], columns[1]}
	d.values = columns[2]
	f.data = d
	return f
}

// Contour draws lines of equal values over a [Heatmap], interpolated between the
// middles of the cells, at the levels or, without any, at the ticks of the colour
// bar. The levels are marked on the colour bar.
func (f *Figure) Contour(levels ...float64) *Figure {
	d, ok := f.data.(*heatData)
	if !ok {
		return f.fail("Contour", errors.New("only a figure made by Heatmap has contours"))
	}
	for _, l := range levels {
		if !finite(l) {
			return f.fail("Contour", fmt.Errorf("level %g: levels must be finite", l))
		}
	}
	d.contour, d.levels = true, slices.Clone(levels)
	return f
}

// LogColor makes the colour scale of a [Heatmap] logarithmic. Cells that are not
// positive are then without a value.
func (f *Figure) LogColor() *Figure {
	d, ok := f.data.(*heatData)
	if !ok {
		return f.fail("LogColor", errors.New("only a figure made by Heatmap has a colour scale"))
	}
	d.log = true
	return f
}

// heatData is what Heatmap draws.
type heatData struct {
	*tabled
	x, y, value string
	at          [2][]float64
	values      []float64
	log         bool // colours
	contour     bool
	levels      []float64
}

// group refuses: the parts of a divided heat map would hide each other.
func (d *heatData) group(column string) error {
	return fmt.Errorf("%q: a heat map cannot be divided; put several into a Grid", column)
}

func (d *heatData) axes(given [2]string) ([2]string, error) {
	return labelled(given, d.label(d.x), d.label(d.y)), nil
}

func (d *heatData) picture(log [2]bool) (*picture, error) {
	cells, notes, err := d.cells(log)
	if err != nil {
		return nil, err
	}
	low, high, positive := cells.limits()
	if d.log && !positive {
		return nil, fmt.Errorf("plots: LogColor: %q has values of 0 or less; a logarithmic scale needs positive ones", d.value)
	}
	p := &picture{notes: notes, noGrid: true, tight: [2]bool{true, true}}
	s := span{low: low, high: high, log: d.log}
	if high <= low {
		s = s.air()
		s.log = d.log && s.low > 0
	}
	p.bar = &colorBar{colors: viridis, span: s, label: d.label(d.value)}
	p.layers = []plot.Plotter{cellLayer{cells, p.bar}}
	if d.contour {
		p.layers = append(p.layers, d.contours(cells, p))
	}
	for dim, edges := range cells.edges {
		p.include(dim, edges[0], edges[len(edges)-1])
	}
	p.head = fmt.Sprintf("%s over %s and %s", d.label(d.value), d.label(d.x), d.label(d.y))
	p.told = cells.tell(low, high)
	p.rows = func() [][]string { return cells.rows(d.label(d.value)) }
	return p, nil
}

// cells averages the repeats.
func (d *heatData) cells(log [2]bool) (*cellGrid, []string, error) {
	keep, at := make([]bool, len(d.values)), [2][]float64{}
	gone := 0
	for i, v := range d.values {
		keep[i] = finite(v) && finite(d.at[0][i]) && finite(d.at[1][i]) && !(log[0] && d.at[0][i] < smallest) && !(log[1] && d.at[1][i] < smallest)
		if !keep[i] {
			gone++
			continue
		}
		at[0], at[1] = append(at[0], d.at[0][i]), append(at[1], d.at[1][i])
	}
	if len(at[0]) == 0 {
		return nil, nil, fmt.Errorf("plots: Heatmap: no finite value of %q over %q and %q in %d rows", d.value, d.x, d.y, d.rows)
	}
	c := &cellGrid{}
	for dim, values := range at {
		slices.Sort(values)
		c.middles[dim] = slices.Compact(values)
		if n := len(c.middles[dim]); n > mostCells {
			return nil, nil, fmt.Errorf("plots: Heatmap: column %q has %d values; a heat map holds at most %d", []string{d.x, d.y}[dim], n, mostCells)
		}
		c.edges[dim] = edgesOf(c.middles[dim], log[dim])
	}
	repeats := map[[2]int][]float64{}
	for i, v := range d.values {
		if keep[i] {
			x, _ := slices.BinarySearch(c.middles[0], d.at[0][i])
			y, _ := slices.BinarySearch(c.middles[1], d.at[1][i])
			repeats[[2]int{x, y}] = append(repeats[[2]int{x, y}], v)
		}
	}
	return c, append(leftOut(gone, d.rows, log[0] || log[1]), c.fill(repeats)...), nil
}

// cellGrid are the values of a heat map, NaN where there is none.
type cellGrid struct {
	middles, edges [2][]float64
	values         [][]float64 // by x, then y
}

// fill puts the means of the repeats into the cells and notes what it did.
func (c *cellGrid) fill(repeats map[[2]int][]float64) (notes []string) {
	holes, most := 0, 0
	for x := range c.middles[0] {
		column := make([]float64, len(c.middles[1]))
		for y := range column {
			values := repeats[[2]int{x, y}]
			most = max(most, len(values))
			column[y] = math.NaN()
			if len(values) > 0 {
				column[y] = stat.Mean(values, nil)
			} else {
				holes++
			}
		}
		c.values = append(c.values, column)
	}
	if most > 1 {
		notes = append(notes, fmt.Sprintf("Cells: mean of up to %d repeats.", most))
	}
	if holes > 0 {
		notes = append(notes, fmt.Sprintf("Grey: no value in %d of %d cells.", holes, len(c.middles[0])*len(c.middles[1])))
	}
	return notes
}

// edgesOf lie half way between the middles, and as far beyond the outermost.
func edgesOf(middles []float64, log bool) []float64 {
	to, from := func(v float64) float64 { return v }, func(v float64) float64 { return v }
	if log {
		to, from = math.Log, math.Exp
	}
	n := len(middles)
	if n == 1 {
		if log {
			return []float64{middles[0] / 2, middles[0] * 2}
		}
		return []float64{middles[0] - 0.5, middles[0] + 0.5}
	}
	edges := make([]float64, n+1)
	for i := 1; i < n; i++ {
		edges[i] = from((to(middles[i-1]) + to(middles[i])) / 2)
	}
	edges[0] = from(1.5*to(middles[0]) - 0.5*to(middles[1]))
	edges[n] = from(1.5*to(middles[n-1]) - 0.5*to(middles[n-2]))
	return edges
}

func (c *cellGrid) limits() (low, high float64, positive bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, column := range c.values {
		for _, v := range column {
			if finite(v) {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
	}
	return low, high, low >= smallest
}

func (c *cellGrid) tell(low, high float64) []string {
	told := fmt.Sprintf("%d x %d cells, from %.4g to %.4g", len(c.middles[0]), len(c.middles[1]), low, high)
	for x, column := range c.values {
		for y, v := range column {
			if v == high {
				return []string{fmt.Sprintf("%s, highest at (%.4g, %.4g)", told, c.middles[0][x], c.middles[1][y])}
			}
		}
	}
	return []string{told}
}

func (c *cellGrid) rows(value string) [][]string {
	rows := [][]string{{xColumn, yColumn, plain(value, "value")}}
	for x, column := range c.values {
		for y, v := range column {
			rows = append(rows, []string{cell(c.middles[0][x]), cell(c.middles[1][y]), cell(v)})
		}
	}
	return rows
}

// cellLayer draws the cells of a heat map.
type cellLayer struct {
	*cellGrid
	bar *colorBar
}

// Plot draws the cells. Each reaches under its right and upper neighbours, so
// that no seam shows between them.
func (l cellLayer) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	place := func(edges []float64, to func(float64) vg.Length, low, high vg.Length) []vg.Length {
		out := make([]vg.Length, len(edges))
		for i, e := range edges {
			out[i] = max(low, min(high, to(e)))
		}
		return out
	}
	xs, ys := place(l.edges[0], toX, c.Min.X, c.Max.X), place(l.edges[1], toY, c.Min.Y, c.Max.Y)
	for i, column := range l.values {
		for j, v := range column {
			box := vg.Rectangle{
				Min: vg.Point{X: xs[i], Y: ys[j]},
				Max: vg.Point{X: xs[min(i+2, len(xs)-1)], Y: ys[min(j+2, len(ys)-1)]},
			}
			c.SetColor(l.bar.color(v))
			c.Fill(box.Path())
		}
	}
}

package plots

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bounds of the number of bins: those chosen by rule, and those to be asked for.
const (
	leastBins, mostBins = 5, 100
	mostAsked           = 1000
)

// Histogram counts the values of a column in bins of equal width, such as the
// conductances of an array. Without [Figure.Bins] the width is twice the
// interquartile range over the cube root of the number of values (D. Freedman and
// P. Diaconis, On the histogram as a density estimator, 1981), within 5 to 100
// bins. [Figure.By] lays the outlines of a second column's groups over each other,
// in the same bins; [Figure.LogX] makes bins of equal ratio.
func Histogram(table Table, column string) *Figure {
	f := &Figure{}
	d := &histogramData{tabled: newTabled(f, "Histogram", table, column), column: column}
	d.values = d.floats(f, "Histogram", column)
	f.data = d
	return f
}

// Bins sets the number of bins of a figure made by [Histogram], 1 to 1000.
func (f *Figure) Bins(n int) *Figure {
	d, ok := f.data.(*histogramData)
	switch {
	case !ok:
		return f.fail("Bins", errors.New("only a figure made by Histogram has bins"))
	case n < 1 || n > mostAsked:
		return f.fail("Bins", fmt.Errorf("%d bins: allowed are 1 to %d", n, mostAsked))
	}
	d.bins = n
	return f
}

// histogramData is what Histogram draws.
type histogramData struct {
	*tabled
	column string
	values []float64
	bins   int // 0: by rule
}

func (d *histogramData) axes(given [2]string) ([2]string, error) {
	return labelled(given, d.label(d.column), "count"), nil
}

func (d *histogramData) picture(log [2]bool) (*picture, error) {
	of := make([][]float64, len(d.groups))
	var all []float64
	for i, v := range d.values {
		if !finite(v) || log[0] && v < smallest {
			continue
		}
		of[d.in[i]] = append(of[d.in[i]], v)
		all = append(all, v)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("plots: Histogram: no finite value of %q in %d rows", d.column, d.rows)
	}
	slices.Sort(all)
	edges := d.edges(all, log[0])
	if !finite(edges[len(edges)-1] - edges[0]) {
		return nil, errors.New("plots: values reach beyond what can be drawn (about 1e300)")
	}
	p := &picture{whole: true, notes: leftOut(d.rows-len(all), d.rows, log[0]), tight: [2]bool{true}}
	p.include(0, edges[0], edges[len(edges)-1])
	p.include(1, map[bool]float64{false: 0, true: 0.5}[log[1]]) // a single count shows on a logarithmic axis
	counts := make([][]int, len(of))
	for g, values := range of {
		counts[g] = countsIn(edges, values)
		p.include(1, float64(slices.Max(counts[g])))
		p.layers = append(p.layers, binLayer{edges: edges, counts: counts[g], group: g, of: len(of), log: log[1]})
		if len(values) > 0 {
			p.told = append(p.told, d.tell(g, values))
		}
	}
	p.entries = entriesOf(d.groups, boxSample)
	p.head = fmt.Sprintf("%d values of %s in %d bins", len(all), d.label(d.column), len(edges)-1)
	p.rows = func() [][]string { return d.rowsOf(edges, counts) }
	return p, nil
}

// edges of the bins for sorted values. Whole numbers get bins around them when
// they are few.
func (d *histogramData) edges(sorted []float64, log bool) []float64 {
	low, high := sorted[0], sorted[len(sorted)-1]
	to, from := func(v float64) float64 { return v }, func(v float64) float64 { return v }
	if log {
		to, from = math.Log, math.Exp
	}
	a, b := to(low), to(high)
	if !log && d.bins == 0 && high-low < mostBins && !slices.ContainsFunc(sorted, func(v float64) bool { return v != math.Trunc(v) }) {
		a, b = low-0.5, high+0.5
		return evenly(a, b, int(b-a), from)
	}
	if b <= a {
		pad := math.Max(math.Abs(a)*0.01, 1e-9)
		return evenly(a-pad, b+pad, max(1, d.bins), from)
	}
	n := d.bins
	if n == 0 {
		width := 2 * (to(quantile(sorted, 0.75)) - to(quantile(sorted, 0.25))) / math.Cbrt(float64(len(sorted)))
		n = leastBins
		if width > 0 {
			n = within(int(math.Ceil(math.Min((b-a)/width, mostBins))), leastBins, mostBins)
		}
	}
	edges := evenly(a, b, n, from)
	edges[0], edges[n] = low, high // exactly
	return edges
}

func evenly(a, b float64, n int, from func(float64) float64) []float64 {
	edges := make([]float64, n+1)
	for i := range edges {
		edges[i] = from(a + (b-a)*float64(i)/float64(n))
	}
	return edges
}

// countsIn is how many values lie in every bin; a value on an edge counts above
// it, the last edge to the last bin.
func countsIn(edges, values []float64) []int {
	counts := make([]int, len(edges)-1)
	for _, v := range values {
		i, exact := slices.BinarySearch(edges, v)
		if !exact {
			i--
		}
		counts[within(i, 0, len(counts)-1)]++
	}
	return counts
}

func (d *histogramData) tell(g int, values []float64) string {
	start := ""
	if d.groups[g] != "" {
		start = d.groups[g] + ": "
	}
	s := summary(values)
	return fmt.Sprintf("%s%d values, from %.4g to %.4g, median %.4g", start, len(values), s.values[0], s.values[len(s.values)-1], s.quartiles[1])
}

func (d *histogramData) rowsOf(edges []float64, counts [][]int) [][]string {
	rows := [][]string{{"from", "to"}}
	for _, name := range d.groups {
		if name == "" {
			name = "count"
		}
		rows[0] = append(rows[0], name)
	}
	for i := range len(edges) - 1 {
		row := []string{cell(edges[i]), cell(edges[i+1])}
		for g := range counts {
			row = append(row, cell(float64(counts[g][i])))
		}
		rows = append(rows, row)
	}
	return rows
}

// binLayer draws the counts of one group: filled when it is alone, with an
// outline so that groups can be told apart where they overlap.
type binLayer struct {
	edges     []float64
	counts    []int
	group, of int
	log       bool
}

// Plot draws the outline of the bins.
func (l binLayer) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	height := func(n int) vg.Length {
		if l.log && n == 0 {
			return c.Min.Y
		}
		return max(c.Min.Y, y(float64(n)))
	}
	outline := []vg.Point{{X: x(l.edges[0]), Y: height(0)}}
	for i, n := range l.counts {
		outline = append(outline, vg.Point{X: x(l.edges[i]), Y: height(n)}, vg.Point{X: x(l.edges[i+1]), Y: height(n)})
	}
	outline = append(outline, vg.Point{X: x(l.edges[len(l.counts)]), Y: height(0)})
	fill := tint(palette[l.group%len(palette)], 0.45)
	if l.of > 1 {
		fill = palette[l.group%len(palette)]
		fill.A = 0x38
	}
	if area := c.ClipPolygonXY(slices.Clone(outline)); len(area) > 2 {
		c.FillPolygon(fill, area)
	}
	sty := draw.LineStyle{Color: palette[l.group%len(palette)], Width: 1.1}
	c.StrokeLines(sty, c.ClipLinesXY(outline)...)
}

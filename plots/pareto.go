package plots

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Pareto draws every row of a table as a point of columns x and y and through
// the points that no other one beats in both the front, as steps; the others are
// faint. A lower x and a higher y are better, as for energy and accuracy;
// [Figure.Better] says otherwise. [Figure.By] draws one front per value of a
// column, and [Figure.Mark] writes a column's values at the front. Every row is a
// point: of repeats, give the means.
//
//	plots.Pareto(table, "energy", "accuracy").Mark("Array.ADCBits")
func Pareto(table Table, x, y string) *Figure {
	f := &Figure{}
	d := &paretoData{tabled: newTabled(f, "Pareto", table, x, y), x: x, y: y, sign: [2]float64{-1, 1}}
	d.at = [2][]float64{d.floats(f, "Pareto", x), d.floats(f, "Pareto", y)}
	f.data = d
	return f
}

// Better says whether "lower" or "higher" values of x and of y are better in a
// figure made by [Pareto].
func (f *Figure) Better(x, y string) *Figure {
	d, ok := f.data.(*paretoData)
	if !ok {
		return f.fail("Better", errors.New("only a figure made by Pareto has better values"))
	}
	for dim, word := range []string{x, y} {
		switch word {
		case "lower":
			d.sign[dim] = -1
		case "higher":
			d.sign[dim] = 1
		default:
			f.fail("Better", fmt.Errorf("%q for %s: allowed are lower and higher", word, []string{"x", "y"}[dim]))
		}
	}
	return f
}

// Mark writes the values of a column at the points of the fronts of a figure
// made by [Pareto], first at their knees, which are ringed, and at the others as
// far as there is room. A front's knee is its point farthest from the straight
// line between its ends, with axes scaled to the front (I. Das, On characterizing
// the "knee" of the Pareto curve, Structural Optimization 18, 1999).
func (f *Figure) Mark(column string) *Figure {
	d, ok := f.data.(*paretoData)
	if !ok {
		return f.fail("Mark", fmt.Errorf("%q: only a figure made by Pareto has points to mark", column))
	}
	if d.tabled == nil {
		return f
	}
	if !slices.Contains(d.table.Names(), column) {
		return f.fail("Mark", noColumn(column, d.table.Names()))
	}
	texts, err := d.table.Strings(column)
	if err != nil {
		return f.fail("Mark", err)
	}
	if len(texts) != d.rows {
		return f.fail("Mark", fmt.Errorf("column %q has %d rows, the others have %d", column, len(texts), d.rows))
	}
	d.mark, d.marks = column, slices.Clone(texts)
	return f
}

// paretoData is what Pareto draws.
type paretoData struct {
	*tabled
	x, y  string
	at    [2][]float64
	sign  [2]float64 // 1: higher is better
	mark  string
	marks []string // of every row; nil: none
}

func (d *paretoData) axes(given [2]string) ([2]string, error) {
	return labelled(given, d.label(d.x), d.label(d.y)), nil
}

// spot is a row as a point.
type spot struct {
	x, y float64
	row  int
}

// front are the points of one group.
type front struct {
	group     int
	best      []spot // from the lowest x to the highest
	dominated []spot
	knee      int // index of best; -1: fewer than three points
}

func (d *paretoData) picture(log [2]bool) (*picture, error) {
	fronts, gone := d.fronts(log)
	if len(fronts) == 0 {
		return nil, fmt.Errorf("plots: Pareto: no finite value of %q against %q in %d rows", d.y, d.x, d.rows)
	}
	p := &picture{notes: leftOut(gone, d.rows, log[0] || log[1])}
	layer := frontLayer{fronts: fronts, sign: d.sign, marks: d.marks}
	for _, f := range fronts {
		for _, s := range append(slices.Clone(f.best), f.dominated...) {
			p.include(0, s.x)
			p.include(1, s.y)
		}
		name := d.groups[f.group]
		p.entries = append(p.entries, entry{name, f.group, lineSample})
		p.told = append(p.told, d.tell(f))
	}
	if len(p.entries) == 1 && p.entries[0].name == "" {
		p.entries = nil
	}
	word := map[float64]string{-1: "lower", 1: "higher"}
	p.notes = append(p.notes, fmt.Sprintf("Lines: best trade-offs, %s x and %s y being better; faint: beaten in both.", word[d.sign[0]], word[d.sign[1]]))
	if d.marks != nil {
		p.notes = append(p.notes, fmt.Sprintf("At the points: %s; rings: knees.", d.mark))
	}
	p.layers = []plot.Plotter{layer}
	p.rows = func() [][]string { return d.rowsOf(fronts) }
	return p, nil
}

// fronts divides the points of every group into the best and the others.
func (d *paretoData) fronts(log [2]bool) (fronts []front, gone int) {
	of := make([][]spot, len(d.groups))
	for i := range d.rows {
		s := spot{d.at[0][i], d.at[1][i], i}
		if !finite(s.x) || !finite(s.y) || log[0] && s.x < smallest || log[1] && s.y < smallest {
			gone++
			continue
		}
		of[d.in[i]] = append(of[d.in[i]], s)
	}
	for g, spots := range of {
		if len(spots) > 0 {
			f := d.front(spots)
			f.group = g
			f.knee = knee(f.best, log)
			fronts = append(fronts, f)
		}
	}
	return fronts, gone
}

// front walks from the best x to the worst and keeps what has a better y than
// everything before. Of equal points the first row stays.
func (d *paretoData) front(spots []spot) front {
	slices.SortStableFunc(spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(-d.sign[0]*a.x, -d.sign[0]*b.x), cmp.Compare(-d.sign[1]*a.y, -d.sign[1]*b.y))
	})
	var f front
	best := math.Inf(-1)
	for _, s := range spots {
		if v := d.sign[1] * s.y; v > best {
			best = v
			f.best = append(f.best, s)
		} else {
			f.dominated = append(f.dominated, s)
		}
	}
	slices.SortFunc(f.best, func(a, b spot) int { return cmp.Compare(a.x, b.x) })
	return f
}

// knee is the point farthest from the line between the ends, in the coordinates
// of the axes; -1 when none lies off the line on the better side.
func knee(best []spot, log [2]bool) int {
	if len(best) < 3 {
		return -1
	}
	scaled := func(s spot) place {
		p, ends := place{s.x, s.y}, [2]place{{best[0].x, best[0].y}, {best[len(best)-1].x, best[len(best)-1].y}}
		for dim := range p {
			low, high := ends[0][dim], ends[1][dim]
			if log[dim] {
				p[dim], low, high = math.Log(p[dim]), math.Log(low), math.Log(high)
			}
			p[dim] = (p[dim] - low) / (high - low)
		}
		return p
	}
	at, far := -1, 1e-9
	for i, s := range best[1 : len(best)-1] {
		if p := scaled(s); math.Abs(p[1]-p[0]) > far {
			at, far = i+1, math.Abs(p[1]-p[0])
		}
	}
	return at
}

func (d *paretoData) tell(f front) string {
	start := ""
	if name := d.groups[f.group]; name != "" {
		start = name + ": "
	}
	told := fmt.Sprintf("%s%d of %d points on the front", start, len(f.best), len(f.best)+len(f.dominated))
	if f.knee >= 0 {
		k := f.best[f.knee]
		told += fmt.Sprintf(", knee at (%.4g, %.4g)", k.x, k.y)
		if d.marks != nil {
			told += fmt.Sprintf(" with %s = %s", d.mark, d.marks[k.row])
		}
	}
	return told
}

func (d *paretoData) rowsOf(fronts []front) [][]string {
	mark := cmp.Or(d.mark, "mark")
	rows := [][]string{{"group", xColumn, yColumn, "front", mark}}
	add := func(g int, s spot, on string) {
		text := ""
		if d.marks != nil {
			text = d.marks[s.row]
		}
		rows = append(rows, []string{d.groups[g], cell(s.x), cell(s.y), on, text})
	}
	for _, f := range fronts {
		for i, s := range f.best {
			on := "yes"
			if i == f.knee {
				on = "knee"
			}
			add(f.group, s, on)
		}
		for _, s := range f.dominated {
			add(f.group, s, "no")
		}
	}
	return trimmed(rows)
}

// frontLayer draws fronts.
type frontLayer struct {
	fronts []front
	sign   [2]float64
	marks  []string
}

// Plot draws dominated points, then the steps, then the points on them, then
// what is written at these.
func (l frontLayer) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := func(s spot) vg.Point { return vg.Point{X: x(s.x), Y: y(s.y)} }
	for _, f := range l.fronts {
		sty := markStyle(f.group)
		sty.Color = tint(palette[f.group%len(palette)], 0.65)
		sty.Radius *= 0.85
		for _, s := range f.dominated {
			c.DrawGlyph(sty, at(s))
		}
	}
	labels := newPlacing(c)
	for _, f := range l.fronts {
		steps := l.steps(f, at)
		c.StrokeLines(lineStyle(f.group), c.ClipLinesXY(steps)...)
		labels.avoidLine(steps)
	}
	for _, f := range l.fronts {
		for i, s := range f.best {
			c.DrawGlyph(markStyle(f.group), at(s))
			labels.avoid(at(s))
			if i == f.knee && l.marks != nil && c.Contains(at(s)) {
				ring := mark{}.path(at(s), 2.3*markSize)
				c.SetLineStyle(draw.LineStyle{Color: ink, Width: 1})
				c.Stroke(ring)
			}
		}
	}
	if l.marks != nil {
		l.write(labels, at)
	}
}

// steps are the corners of a front: between two points of it, what is sure to be
// reached has the worse of both values.
func (l frontLayer) steps(f front, at func(spot) vg.Point) []vg.Point {
	var out []vg.Point
	for i, s := range f.best {
		if i > 0 {
			before := f.best[i-1]
			corner := spot{x: s.x, y: before.y}
			if l.sign[0] > 0 {
				corner = spot{x: before.x, y: s.y}
			}
			out = append(out, at(corner))
		}
		out = append(out, at(s))
	}
	return out
}

// write places the marks, knees first.
func (l frontLayer) write(labels *placing, at func(spot) vg.Point) {
	for _, knees := range []bool{true, false} {
		for _, f := range l.fronts {
			for i, s := range f.best {
				if (i == f.knee) == knees {
					labels.ink = palette[f.group%len(palette)]
					labels.write(at(s), l.marks[s.row], l.outward())
				}
			}
		}
	}
}

// outward is the direction away from the dominated points.
func (l frontLayer) outward() vg.Point {
	return vg.Point{X: vg.Length(l.sign[0]), Y: vg.Length(l.sign[1])}
}

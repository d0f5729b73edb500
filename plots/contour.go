package plots

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// contours are lines of equal values at the levels, or at the ticks of the
// colour bar. Levels outside the values are noted.
func (d *heatData) contours(cells *cellGrid, p *picture) contourLayer {
	levels := d.levels
	if len(levels) == 0 {
		for _, t := range p.bar.span.ticked(8).ticks {
			if !t.IsMinor() {
				levels = append(levels, t.Value)
			}
		}
	}
	layer := contourLayer{cells: cells}
	outside := 0
	for _, level := range levels {
		if level <= p.bar.span.low || level >= p.bar.span.high {
			outside++
			continue
		}
		layer.levels = append(layer.levels, level)
	}
	p.bar.levels = layer.levels
	if outside > 0 && len(d.levels) > 0 {
		p.notes = append(p.notes, fmt.Sprintf("%d of %d contour levels lie outside the values.", outside, len(levels)))
	}
	return layer
}

// contourLayer draws lines of equal values.
type contourLayer struct {
	cells  *cellGrid
	levels []float64
}

// Plot draws a dark line under a white one, to be seen on every colour.
func (l contourLayer) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	under := draw.LineStyle{Color: ink, Width: 2 * contourStyle.Width}
	for _, sty := range []draw.LineStyle{under, contourStyle} {
		for _, level := range l.levels {
			var lines [][]vg.Point
			for _, s := range l.cells.isolines(level) {
				line := make([]vg.Point, len(s))
				for i, at := range s {
					line[i] = vg.Point{X: x(at[0]), Y: y(at[1])}
				}
				lines = append(lines, line)
			}
			c.StrokeLines(sty, c.ClipLinesXY(lines...)...)
		}
	}
}

// place is a point of a contour.
type place = [2]float64

// isolines are the lines at one level: marching squares over the middles of the
// cells (W. Lorensen and H. Cline, Marching cubes, SIGGRAPH 1987, in two
// dimensions), with linear interpolation. Where a square's corners leave two
// ways to join them, the mean of the corners decides. Squares with a corner
// without a value have no line.
func (c *cellGrid) isolines(level float64) [][]place {
	var pieces [][2]place
	for i := range len(c.middles[0]) - 1 {
		for j := range len(c.middles[1]) - 1 {
			pieces = append(pieces, c.square(i, j, level)...)
		}
	}
	return joined(pieces)
}

// square are the pieces within one square of middles.
func (c *cellGrid) square(i, j int, level float64) [][2]place {
	corners := [4][2]int{{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}}
	mean := 0.0
	for _, k := range corners {
		mean += c.values[k[0]][k[1]] / 4
	}
	if math.IsNaN(mean) {
		return nil
	}
	above := func(k int) bool { return c.values[corners[k%4][0]][corners[k%4][1]] >= level }
	var crossings []place // in order around the square
	for k := range 4 {
		if above(k) != above(k+1) {
			crossings = append(crossings, c.crossing(corners[k], corners[(k+1)%4], level))
		}
	}
	switch len(crossings) {
	case 2:
		return [][2]place{{crossings[0], crossings[1]}}
	case 4: // a saddle
		if (mean >= level) == above(0) {
			return [][2]place{{crossings[0], crossings[1]}, {crossings[2], crossings[3]}}
		}
		return [][2]place{{crossings[3], crossings[0]}, {crossings[1], crossings[2]}}
	}
	return nil
}

// crossing is where the level lies between two corners. It does not depend on
// their order, so that neighbouring squares agree on it.
func (c *cellGrid) crossing(a, b [2]int, level float64) place {
	if b[0] < a[0] || b[1] < a[1] {
		a, b = b, a
	}
	low, high := c.values[a[0]][a[1]], c.values[b[0]][b[1]]
	share := (level - low) / (high - low)
	between := func(dim int) float64 {
		from, to := c.middles[dim][a[dim]], c.middles[dim][b[dim]]
		return from + share*(to-from)
	}
	return place{between(0), between(1)}
}

// joined puts pieces with common ends together into lines.
func joined(pieces [][2]place) [][]place {
	at := map[place][]int{}
	for i, p := range pieces {
		at[p[0]], at[p[1]] = append(at[p[0]], i), append(at[p[1]], i)
	}
	used := make([]bool, len(pieces))
	follow := func(line []place) []place {
		for {
			next := -1
			for _, i := range at[line[len(line)-1]] {
				if !used[i] {
					next = i
				}
			}
			if next < 0 {
				return line
			}
			used[next] = true
			end := pieces[next][0]
			if end == line[len(line)-1] {
				end = pieces[next][1]
			}
			line = append(line, end)
		}
	}
	var lines [][]place
	for i, p := range pieces {
		if used[i] {
			continue
		}
		used[i] = true
		line := follow([]place{p[0], p[1]})
		for a, b := 0, len(line)-1; a < b; a, b = a+1, b-1 {
			line[a], line[b] = line[b], line[a]
		}
		lines = append(lines, follow(line))
	}
	return lines
}

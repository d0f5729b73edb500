package plots

import (
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Lengths of a legend's entries.
const (
	sampleWidth = vg.Length(24)
	sampleGap   = vg.Length(5) // between sample and name
	entryGap    = vg.Length(16)
	rowGap      = vg.Length(2)
)

// legend names lines, boxes or marks in columns above the plot, where it covers
// nothing.
type legend struct {
	entries []entry
	names   []string    // broken into lines; none when there is nothing to name
	columns []vg.Length // their widths
	rows    []vg.Length // their heights
}

// newLegend arranges the names in as many columns as fit.
func newLegend(entries []entry, width vg.Length) legend {
	l := legend{entries: entries}
	sty := textStyle(legendSize, ink)
	for _, e := range entries {
		lines := wrap(e.name, sty, width-sampleWidth-sampleGap)
		l.names = append(l.names, strings.Join(lines, "\n"))
	}
	for n := len(l.names); n > 0; n-- {
		l.arrange(n)
		if l.width() <= width {
			break
		}
	}
	return l
}

// arrange puts the names into n columns, row by row.
func (l *legend) arrange(n int) {
	sty := textStyle(legendSize, ink)
	l.columns = make([]vg.Length, n)
	l.rows = make([]vg.Length, (len(l.names)+n-1)/n)
	for i, name := range l.names {
		l.columns[i%n] = max(l.columns[i%n], sampleWidth+sampleGap+sty.Width(name))
		l.rows[i/n] = max(l.rows[i/n], sty.Height(name)+rowGap)
	}
}

func (l legend) width() vg.Length {
	total := -entryGap
	for _, w := range l.columns {
		total += w + entryGap
	}
	return total
}

// height is that of all rows, with a gap to the plot.
func (l legend) height() vg.Length {
	if len(l.names) == 0 {
		return 0
	}
	total := gap
	for _, h := range l.rows {
		total += h
	}
	return total
}

// draw puts the legend's upper left corner at the point.
func (l legend) draw(c *draw.Canvas, at vg.Point) {
	sty := textStyle(legendSize, ink)
	left, descent := at.X, sty.FontExtents().Descent
	for i, name := range l.names {
		column, row := i%len(l.columns), i/len(l.columns)
		// The sample stands before the first line of its name.
		first, _, _ := strings.Cut(name, "\n")
		middle := at.Y - sty.Height(first)/2
		l.entries[i].draw(c, vg.Point{X: at.X, Y: middle})
		c.FillText(sty, vg.Point{X: at.X + sampleWidth + sampleGap, Y: at.Y + descent}, name)
		at.X += l.columns[column] + entryGap
		if column == len(l.columns)-1 {
			at = vg.Point{X: left, Y: at.Y - l.rows[row]}
		}
	}
}

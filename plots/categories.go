package plots

import (
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// mostCategories is how many named places an axis can hold and still be read.
const mostCategories = 40

// categories is an axis of names at 0, 1, 2 ... Names below an axis are broken
// into lines; where that is not enough they are turned.
func categories(names []string, s span, dim int, length vg.Length) scale {
	out := scale{low: s.low, high: s.high}
	sty := textStyle(tickSize, ink)
	slot := length / vg.Length(len(names))
	width := slot - sty.Width("0")
	if dim == 1 {
		width = length // beside the axis there is room; drawing shortens the rest
	}
	for i, name := range names {
		for _, word := range words(name) {
			out.turned = out.turned || dim == 0 && sty.Width(word) > width
		}
		lines := wrap(name, sty, max(width, 1))
		out.ticks = append(out.ticks, plot.Tick{Value: float64(i), Label: strings.Join(lines, "\n")})
	}
	for i, name := range names {
		if out.turned {
			out.ticks[i].Label = name
		}
	}
	return out
}

// shorten leaves the names below the axis no more than that height: turned ones
// lose their ends, others their last lines.
func (d *drawing) shorten(height vg.Length) {
	sty := textStyle(tickSize, ink)
	for i, t := range d.axes[0].ticks {
		if d.axes[0].turned {
			// The space is the gap to the axis.
			d.axes[0].ticks[i].Label = elide(t.Label, sty, min(height, pixels(smallestPlot))) + " "
			continue
		}
		lines := strings.Split(t.Label, "\n")
		most := max(1, int(height/sty.Height("x")))
		if len(lines) > most {
			lines = append(lines[:most-1], lines[most-1]+"…")
		}
		d.axes[0].ticks[i].Label = strings.Join(lines, "\n")
	}
}

// keyed puts the rows of a column into categories: numbers in their order, text
// in the order of the first rows.
func keyed(table Table, column string) (index []int, names []string, err error) {
	if !slices.Contains(table.Names(), column) {
		return nil, nil, noColumn(column, table.Names())
	}
	texts, err := table.Strings(column)
	if err != nil {
		return nil, nil, err
	}
	texts = slices.Clone(texts)
	if values, numErr := table.Floats(column); numErr == nil {
		order := slices.Clone(values)
		slices.Sort(order)
		for i, v := range values {
			texts[i] = spelled(v)
		}
		for _, v := range order {
			names = append(names, spelled(v))
		}
		names = distinct(names)
	} else {
		names = distinct(texts)
	}
	place := map[string]int{}
	for i, name := range names {
		place[name] = i
	}
	index = make([]int, len(texts))
	for i, t := range texts {
		index[i] = place[t]
	}
	return index, names, nil
}

// spelled writes a number short, with a real minus sign.
func spelled(v float64) string {
	return strings.ReplaceAll(strconv.FormatFloat(v, 'g', 6, 64), "-", "−")
}

package plots

import (
	"fmt"
	"math"
	"slices"
)

// mostLines is how many lines a figure can hold and still be read.
const mostLines = 40

// Lines draws column y of a table against column x. Rows with the same x are
// repeats, such as trainings with other seeds: the line goes through their mean,
// and a note says so. See [Figure.By] for one line per value of a third column
// and [Figure.Band] for the spread of the repeats.
func Lines(table Table, x, y string) *Figure {
	f := &Figure{}
	if isNil(table) {
		f.fail("Lines", fmt.Errorf("the table is nil"))
		return f
	}
	data := &tableData{table: table, x: x, y: y}
	var errX, errY error
	data.xs, errX = numbers(table, x)
	data.ys, errY = numbers(table, y)
	for _, err := range []error{errX, errY} {
		if err != nil {
			f.fail("Lines", err)
		}
	}
	if errX == nil && errY == nil && len(data.xs) != len(data.ys) {
		f.fail("Lines", fmt.Errorf("column %q has %d rows, column %q has %d", x, len(data.xs), y, len(data.ys)))
	}
	f.data = data
	return f
}

// By draws one line per value of the column, in the order of the numbers, or of
// the first rows for text. It is for figures made by [Lines].
func (f *Figure) By(column string) *Figure {
	data, ok := f.data.(*tableData)
	if !ok {
		return f.fail("By", fmt.Errorf("%q: only a figure made by Lines has columns", column))
	}
	if err := data.group(column); err != nil {
		f.fail("By", err)
	}
	return f
}

// Band shows the spread of repeats around each line: the 95 % confidence
// interval of the mean by Student's t, or from minimum to maximum where there
// are only two. A note under the figure says which. It is for figures made by
// [Lines].
func (f *Figure) Band() *Figure {
	data, ok := f.data.(*tableData)
	if !ok {
		return f.fail("Band", fmt.Errorf("only a figure made by Lines has repeats"))
	}
	data.band = true
	return f
}

// tableData is what Lines draws: copies of the columns in use.
type tableData struct {
	table  Table
	x, y   string
	xs, ys []float64
	groups []string // legend name of every row's line; nil: one line
	order  []string // of the lines
	band   bool
}

// numbers copies a column, so that a figure does not change when the table
// does.
func numbers(table Table, name string) ([]float64, error) {
	if !slices.Contains(table.Names(), name) {
		return nil, noColumn(name, table.Names())
	}
	values, err := table.Floats(name)
	if err != nil {
		return nil, fmt.Errorf("%w; Lines needs numbers, By takes text", err)
	}
	return slices.Clone(values), nil
}

// group reads the column that tells the lines apart.
func (d *tableData) group(column string) error {
	if !slices.Contains(d.table.Names(), column) {
		return noColumn(column, d.table.Names())
	}
	values, numErr := d.table.Floats(column)
	if numErr == nil {
		d.groups, d.order = numberGroups(column, values)
	} else {
		texts, err := d.table.Strings(column)
		if err != nil {
			return err
		}
		d.groups, d.order = slices.Clone(texts), distinct(texts)
	}
	if len(d.groups) != len(d.xs) {
		return fmt.Errorf("column %q has %d rows, column %q has %d", column, len(d.groups), d.x, len(d.xs))
	}
	if len(d.order) > mostLines {
		return fmt.Errorf("column %q has %d values; a figure holds at most %d lines", column, len(d.order), mostLines)
	}
	return nil
}

// numberGroups names lines "column = value", because a bare number says
// nothing, and puts them in the order of the numbers.
func numberGroups(column string, values []float64) (groups, order []string) {
	name := func(v float64) string {
		return column + " = " + spelled(v)
	}
	groups = make([]string, len(values))
	for i, v := range values {
		groups[i] = name(v)
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	for _, v := range sorted {
		order = append(order, name(v))
	}
	return groups, distinct(order)
}

func distinct(in []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range in {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

func (d *tableData) picture(log [2]bool) (*picture, error) {
	all, notes := d.lines()
	return linePicture(all, notes, log, d.empty())
}

func (d *tableData) lines() ([]series, []string) {
	order := d.order
	if d.groups == nil {
		order = []string{""}
	}
	rows := map[string][]int{}
	gone := 0
	for i := range d.xs {
		if !finite(d.xs[i]) || !finite(d.ys[i]) {
			gone++
			continue
		}
		group := ""
		if d.groups != nil {
			group = d.groups[i]
		}
		rows[group] = append(rows[group], i)
	}
	var all []series
	var count repeats
	for _, name := range order {
		if len(rows[name]) > 0 {
			all = append(all, series{name: name, points: d.means(rows[name], &count)})
		}
	}
	var notes []string
	if note := count.note(d.band); note != "" {
		notes = append(notes, note)
	}
	if gone > 0 {
		notes = append(notes, fmt.Sprintf("%d of %d rows left out (not finite).", gone, len(d.xs)))
	}
	return all, notes
}

// means is a line through the mean of every x, from left to right.
func (d *tableData) means(rows []int, count *repeats) []point {
	at := map[float64][]float64{}
	var xs []float64
	for _, i := range rows {
		x := d.xs[i]
		if at[x] == nil {
			xs = append(xs, x)
		}
		at[x] = append(at[x], d.ys[i])
	}
	slices.Sort(xs)
	points := make([]point, len(xs))
	for i, x := range xs {
		p := point{x: x}
		p.y, p.low, p.high = interval(at[x])
		if !d.band {
			p.low, p.high = math.NaN(), math.NaN()
		}
		count.add(len(at[x]))
		points[i] = p
	}
	return points
}

// repeats counts how many values the points of a figure stand for.
type repeats struct {
	least, most  int
	twos, single bool
}

func (r *repeats) add(n int) {
	if r.least == 0 || n < r.least {
		r.least = n
	}
	r.most = max(r.most, n)
	r.twos = r.twos || n == 2
	r.single = r.single || n == 1
}

// note says what lines and bands mean.
func (r repeats) note(band bool) string {
	if r.most == 0 {
		return ""
	}
	n := fmt.Sprintf("%d repeats", r.most)
	if r.least != r.most {
		n = fmt.Sprintf("%d to %d repeats", r.least, r.most)
	}
	switch {
	case band && r.most == 1:
		return "No bands: one value at every point."
	case r.most == 1:
		return ""
	case !band:
		return "Lines: mean of " + n + "."
	}
	note := "Lines: mean of " + n + ". Bands: "
	switch {
	case r.most < enough:
		note += "minimum to maximum"
	case r.twos:
		note += "95 % confidence interval of the mean (Student's t); minimum to maximum where there are two"
	default:
		note += "95 % confidence interval of the mean (Student's t)"
	}
	if r.single {
		note += "; none where there is one"
	}
	return note + "."
}

// axes are the columns' names with their units.
func (d *tableData) axes(given [2]string) ([2]string, error) {
	for i, column := range []string{d.x, d.y} {
		if given[i] != "" {
			continue
		}
		given[i] = column
		if u, ok := d.table.(Uniter); ok && u.Unit(column) != "" {
			given[i] += " (" + u.Unit(column) + ")"
		}
	}
	return given, nil
}

func (d *tableData) empty() error {
	return fmt.Errorf("plots: Lines: no finite value of %q against %q in %d rows", d.y, d.x, len(d.xs))
}

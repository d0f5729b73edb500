package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
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

// By divides a figure by the values of a column: one line, bar, front, box or
// outline for each, in the order of the numbers, or of the first rows for text.
// It is for figures made from a table, but not for heat maps.
func (f *Figure) By(column string) *Figure {
	data, ok := f.data.(grouped)
	if !ok {
		return f.fail("By", fmt.Errorf("%q: this kind of figure cannot be divided by a column", column))
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
	data.style.drawn = true
	return f
}

// Spread shows how far repeats lie apart, from one standard deviation below
// their mean to one above, instead of how well the mean is known; one repeat has
// none. It suits device-to-device variation. It is for figures made by [Lines].
func (f *Figure) Spread() *Figure {
	data, ok := f.data.(*tableData)
	if !ok {
		return f.fail("Spread", fmt.Errorf("only a figure made by Lines has repeats"))
	}
	data.style.drawn, data.style.spread = true, true
	return f
}

// Each draws the repeats too, as faint lines, one per value of the column, such
// as the number of a device. It is for figures made by [Lines].
func (f *Figure) Each(column string) *Figure {
	data, ok := f.data.(*tableData)
	if !ok {
		return f.fail("Each", fmt.Errorf("%q: only a figure made by Lines has repeats", column))
	}
	at, names, err := keyed(data.table, column)
	switch {
	case err != nil:
		return f.fail("Each", err)
	case len(at) != len(data.xs):
		return f.fail("Each", unequal(column, len(at), data.x, len(data.xs)))
	case len(names) > mostEach:
		return f.fail("Each", fmt.Errorf("column %q has %d values; a figure holds at most %d faint lines", column, len(names), mostEach))
	}
	data.each = at
	return f
}

// mostEach is how many faint lines can lie in a figure.
const mostEach = 500

// tableData is what Lines draws: copies of the columns in use.
type tableData struct {
	table  Table
	x, y   string
	xs, ys []float64
	groups []string // legend name of every row's line; nil: one line
	order  []string // of the lines
	style  bandStyle
	each   []int // faint line of every row; nil: none
}

// bandStyle says how the spread of repeats is shown.
type bandStyle struct {
	drawn    bool
	whiskers bool   // as error bars
	spread   bool   // one standard deviation instead of the mean's confidence
	name, of string // in notes; "": by the others, "Lines"
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
	groups, order, err := groupsOf(d.table, column)
	if err != nil {
		return err
	}
	if len(groups) != len(d.xs) {
		return unequal(column, len(groups), d.x, len(d.xs))
	}
	d.groups, d.order = groups, order
	return nil
}

// groupsOf is the name of every row's group, and the names in order.
func groupsOf(table Table, column string) (groups, order []string, err error) {
	if !slices.Contains(table.Names(), column) {
		return nil, nil, noColumn(column, table.Names())
	}
	if values, numErr := table.Floats(column); numErr == nil {
		groups, order = numberGroups(column, values)
	} else {
		texts, err := table.Strings(column)
		if err != nil {
			return nil, nil, err
		}
		groups, order = slices.Clone(texts), distinct(texts)
	}
	if len(order) > mostLines {
		return nil, nil, fmt.Errorf("column %q has %d values; a figure holds at most %d lines", column, len(order), mostLines)
	}
	return groups, order, nil
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
	p, err := linePicture(all, notes, log, d.empty())
	if err != nil {
		return nil, err
	}
	if d.style.whiskers {
		for i, s := range p.all {
			p.layers[i] = whiskers{s, i}
		}
	}
	if d.each != nil {
		p.layers = append(d.faint(p, log), p.layers...)
	}
	return p, nil
}

// faint are the repeats, each in the colour of its line.
func (d *tableData) faint(p *picture, log [2]bool) []plot.Plotter {
	lines := map[[2]int]*series{}
	var order [][2]int
	for row, repeat := range d.each {
		name := ""
		if d.groups != nil {
			name = d.groups[row]
		}
		line := slices.IndexFunc(p.all, func(s series) bool { return s.name == name })
		if line < 0 {
			continue
		}
		key := [2]int{line, repeat}
		if lines[key] == nil {
			lines[key] = &series{}
			order = append(order, key)
		}
		lines[key].points = append(lines[key].points, point{x: d.xs[row], y: d.ys[row]})
	}
	var out []plot.Plotter
	for _, key := range order {
		s := lines[key].drawable(log[0], log[1])
		slices.SortStableFunc(s.points, func(a, b point) int { return cmp.Compare(a.x, b.x) })
		for _, pt := range s.points {
			p.include(1, pt.y)
		}
		out = append(out, faint{s, key[0]})
	}
	return out
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
	if note := count.note(d.style); note != "" {
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
		if d.style.spread {
			p.low, p.high = spread(at[x])
		}
		if !d.style.drawn {
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

// note says what lines, or bars, and the bands around them mean.
func (r repeats) note(style bandStyle) string {
	if r.most == 0 {
		return ""
	}
	n := fmt.Sprintf("%d repeats", r.most)
	if r.least != r.most {
		n = fmt.Sprintf("%d to %d repeats", r.least, r.most)
	}
	bands := cmp.Or(style.name, "Bands")
	if style.whiskers {
		bands = "Error bars"
	}
	switch {
	case style.drawn && r.most == 1:
		return "No " + strings.ToLower(bands) + ": one value at every point."
	case r.most == 1:
		return ""
	}
	note := cmp.Or(style.of, "Lines") + ": mean of " + n + "."
	if !style.drawn {
		return note
	}
	note += " " + bands + ": "
	const ci = "95 % confidence interval of the mean (Student's t)"
	switch {
	case style.spread:
		note += "one standard deviation on either side"
	case r.most < enough:
		note += "minimum to maximum"
	case r.twos:
		note += ci + "; minimum to maximum where there are two"
	default:
		note += ci
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

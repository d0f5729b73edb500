package plots

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bars draws a bar for every value of column x, text or numbers, as high as
// column y says. Rows with the same x are repeats: the bar is their mean, and a
// note says so. [Figure.By] sets bars of a third column side by side,
// [Figure.Stacked] on top of each other; [Figure.ErrorBars] shows the spread of
// repeats.
func Bars(table Table, x, y string) *Figure {
	f := &Figure{}
	d := &barData{tabled: newTabled(f, "Bars", table, x, y), x: x, y: y}
	d.values = d.floats(f, "Bars", y)
	if d.tabled != nil {
		var err error
		if d.at, d.names, err = keyed(table, x); err != nil {
			f.fail("Bars", err)
		} else if len(d.names) > mostCategories {
			f.fail("Bars", fmt.Errorf("column %q has %d values; a figure holds bars at no more than %d", x, len(d.names), mostCategories))
		}
	}
	f.data = d
	return f
}

// Stacked sets the bars of a figure made by [Bars] and divided by [Figure.By] on
// top of each other, for parts of a whole. Values must not be negative, and the
// axis not logarithmic.
func (f *Figure) Stacked() *Figure {
	d, ok := f.data.(*barData)
	if !ok {
		return f.fail("Stacked", errors.New("only a figure made by Bars has bars to stack"))
	}
	d.stacked = true
	return f
}

// barData is what Bars draws.
type barData struct {
	*tabled
	x, y    string
	values  []float64
	at      []int // category of every row
	names   []string
	stacked bool
	errors  bool
}

func (d *barData) axes(given [2]string) ([2]string, error) {
	return labelled(given, d.label(d.x), d.label(d.y)), nil
}

// bar is one of the figure, from base to top.
type bar struct {
	at, group       int
	base, top       float64
	low, high       float64 // of the error bar; NaN: none
	left, right     float64 // on the axis of categories
	share           string  // written into it when there is room
	value           float64
	baseIsAxisStart bool // on a logarithmic axis
}

// boxSpan is how much of a category's place its bars take.
const boxSpan = 0.78

func (d *barData) picture(log [2]bool) (*picture, error) {
	if log[0] {
		return nil, errors.New("plots: LogX: the x axis of bars has names and cannot be logarithmic")
	}
	if d.stacked && log[1] {
		return nil, errors.New("plots: Stacked: on a logarithmic axis stacked bars do not add up")
	}
	p := &picture{names: [2][]string{d.names}, tight: [2]bool{true}}
	cells, gone := d.cells(log[1])
	bars, err := d.place(cells, p, log[1])
	if err != nil {
		return nil, err
	}
	if len(bars) == 0 {
		return nil, fmt.Errorf("plots: Bars: no finite value of %q in %d rows", d.y, d.rows)
	}
	p.notes = append(p.notes, leftOut(gone, d.rows, log[1])...)
	p.include(0, -0.5, float64(len(d.names))-0.5)
	p.layers = []plot.Plotter{barLayer{bars}}
	p.entries = entriesOf(d.groups, boxSample)
	p.told = d.tell(bars)
	p.rows = func() [][]string { return d.rowsOf(bars) }
	return p, nil
}

// cells are the values of every category and group.
func (d *barData) cells(log bool) (values map[[2]int][]float64, gone int) {
	values = map[[2]int][]float64{}
	for i, v := range d.values {
		if !finite(v) || log && v < smallest {
			gone++
			continue
		}
		key := [2]int{d.at[i], d.in[i]}
		values[key] = append(values[key], v)
	}
	return values, gone
}

// place computes the bars and the ranges they need.
func (d *barData) place(cells map[[2]int][]float64, p *picture, log bool) ([]bar, error) {
	var bars []bar
	var count repeats
	width := boxSpan / float64(len(d.groups))
	if d.stacked {
		width = boxSpan * 0.8
	}
	for at, name := range d.names {
		base := 0.0
		for g := range d.groups {
			values := cells[[2]int{at, g}]
			if len(values) == 0 {
				continue
			}
			b := bar{at: at, group: g, base: base, baseIsAxisStart: log}
			b.value, b.low, b.high = interval(values)
			count.add(len(values))
			b.top = base + b.value
			b.left = float64(at) - boxSpan/2 + width*float64(g)
			if d.stacked {
				if b.value < 0 {
					return nil, fmt.Errorf("plots: Stacked: %s of %s is %g; stacked bars need values of 0 or more", d.y, name, b.value)
				}
				b.left = float64(at) - width/2
				base = b.top
			}
			b.right = b.left + width
			if !d.errors {
				b.low, b.high = math.NaN(), math.NaN()
			} else if finite(b.low) {
				p.include(1, b.low+b.base, b.high+b.base)
			}
			p.include(1, b.top)
			bars = append(bars, b)
		}
	}
	if !log {
		p.include(1, 0)
	}
	if note := count.note(bandStyle{drawn: d.errors, name: "Error bars", of: "Bars"}); note != "" {
		p.notes = append(p.notes, note)
	}
	return bars, nil
}

func (d *barData) tell(bars []bar) []string {
	var out []string
	for _, b := range bars {
		name := d.names[b.at]
		if d.groups[b.group] != "" {
			name += ", " + d.groups[b.group]
		}
		out = append(out, fmt.Sprintf("%s: %.4g", name, b.value))
	}
	return out
}

// rowsOf are the bars as a table.
func (d *barData) rowsOf(bars []bar) [][]string {
	rows := [][]string{{xColumn, "group", yColumn, "low", "high"}}
	for _, b := range bars {
		rows = append(rows, []string{d.names[b.at], d.groups[b.group], cell(b.value), cell(b.low), cell(b.high)})
	}
	return trimmed(rows)
}

// trimmed leaves out columns without a value in any row.
func trimmed(rows [][]string) [][]string {
	out := make([][]string, len(rows))
	for column := range rows[0] {
		empty := true
		for _, row := range rows[1:] {
			empty = empty && row[column] == ""
		}
		for i := range rows {
			if !empty {
				out[i] = append(out[i], rows[i][column])
			}
		}
	}
	return out
}

// barLayer draws bars.
type barLayer struct{ bars []bar }

// Plot draws the bars, then their error bars, then what is written into them.
func (l barLayer) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	zero := c.Min.Y
	if p.Y.Min <= 0 && p.Y.Max >= 0 && !isLog(p) {
		zero = y(0)
	}
	for _, b := range l.bars {
		box := b.box(c, x, y)
		if box.Max.Y <= box.Min.Y {
			continue
		}
		c.SetColor(fillColor(b.group))
		c.Fill(box.Path())
		if b.base > 0 { // parts of equal colour stay apart
			c.StrokeLine2(draw.LineStyle{Color: whiteInk, Width: 0.6}, box.Min.X, box.Min.Y, box.Max.X, box.Min.Y)
		}
		b.write(c, box)
	}
	for _, b := range l.bars {
		if finite(b.low) {
			whisker(c, vg.Point{X: (x(b.left) + x(b.right)) / 2, Y: y(math.Max(b.base+b.low, p.Y.Min))}, y(b.base+b.high), ink)
		}
	}
	c.StrokeLine2(draw.LineStyle{Color: axisInk, Width: 0.75}, c.Min.X, zero, c.Max.X, zero)
}

func isLog(p *plot.Plot) bool {
	_, log := p.Y.Scale.(plot.LogScale)
	return log
}

// box is the bar's place on the canvas, cut off at its edges.
func (b bar) box(c draw.Canvas, x, y func(float64) vg.Length) vg.Rectangle {
	base := c.Min.Y
	if !b.baseIsAxisStart {
		base = y(b.base)
	}
	low, high := min(base, y(b.top)), max(base, y(b.top))
	return vg.Rectangle{
		Min: vg.Point{X: x(b.left), Y: max(low, c.Min.Y)},
		Max: vg.Point{X: x(b.right), Y: min(high, c.Max.Y)},
	}
}

// write puts the bar's share into it, when it fits.
func (b bar) write(c draw.Canvas, box vg.Rectangle) {
	sty := textStyle(noteSize, inkOn(fillColor(b.group)))
	size := box.Size()
	if b.share == "" || sty.Width(b.share) > size.X-4 || sty.Height(b.share) > size.Y {
		return
	}
	sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
	c.FillText(sty, vg.Point{X: (box.Min.X + box.Max.X) / 2, Y: (box.Min.Y+box.Max.Y)/2 + sty.FontExtents().Descent}, b.share)
}

package plots

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
)

// Twin compares a measured column of a table with the one that a model gives for
// the same x: the model as a line, the measurement as marks with error bars, both
// the mean of the rows with the same x, which are repeats. The error bars are the
// 95 % confidence interval of the mean by Student's t, or from minimum to maximum
// where there are only two. A note tells the root of the mean squared difference
// of both lines, and within how many of the error bars the model lies.
func Twin(table Table, x, measured, model string) *Figure {
	f := &Figure{}
	d := &twinData{tabled: newTabled(f, "Twin", table, x, measured, model), x: x, names: [2]string{measured, model}}
	d.xs = d.floats(f, "Twin", x)
	d.ys = [2][]float64{d.floats(f, "Twin", measured), d.floats(f, "Twin", model)}
	f.data = d
	return f
}

// twinData is what Twin draws.
type twinData struct {
	*tabled
	x     string
	names [2]string // measured, model
	xs    []float64
	ys    [2][]float64
}

func (d *twinData) group(column string) error {
	return fmt.Errorf("%q: a twin figure cannot be divided; put several into a Grid", column)
}

// axes have the unit of the values when both columns agree on it.
func (d *twinData) axes(given [2]string) ([2]string, error) {
	y := d.label(d.names[0])
	if u, ok := d.table.(Uniter); ok && u.Unit(d.names[0]) != u.Unit(d.names[1]) && given[1] == "" {
		return given, fmt.Errorf("plots: Twin: %q is in %q and %q in %q; they must have the same unit, or give a label with Labels(x, y)",
			d.names[0], u.Unit(d.names[0]), d.names[1], u.Unit(d.names[1]))
	}
	return labelled(given, d.label(d.x), y), nil
}

func (d *twinData) picture(log [2]bool) (*picture, error) {
	var all []series
	var count repeats
	gone := 0
	for k, name := range d.names {
		data := tableData{xs: d.xs, ys: d.ys[k], style: bandStyle{drawn: k == 0}}
		var rows []int
		for i := range d.xs {
			if finite(d.xs[i]) && finite(d.ys[k][i]) {
				rows = append(rows, i)
			} else {
				gone++
			}
		}
		ignored := &repeats{}
		if k == 0 {
			ignored = &count
		}
		all = append(all, series{name: name, points: data.means(rows, ignored)})
	}
	p, err := linePicture(all, nil, log, fmt.Errorf("plots: Twin: no finite value of %q and %q against %q in %d rows", d.names[0], d.names[1], d.x, d.rows))
	if err != nil {
		return nil, err
	}
	if len(p.all) < 2 {
		return nil, fmt.Errorf("plots: Twin: only %q has values that can be drawn, in %d rows", p.all[0].name, d.rows)
	}
	measured := p.all[0]
	p.layers = []plot.Plotter{bareLine{p.all[1], 1}, whiskers{measured, 0}, dots{measured, 0}}
	p.entries = []entry{{d.names[0], 0, dotSample}, {d.names[1], 1, bareSample}}
	if count.most > 1 {
		p.notes = append(p.notes, count.note(bandStyle{drawn: true, whiskers: true, of: "Marks"}))
	}
	if gone > 0 {
		p.notes = append(p.notes, fmt.Sprintf("%d of %d values left out (not finite).", gone, 2*d.rows))
	}
	p.notes = append(p.notes, agreement(measured, p.all[1]))
	return p, nil
}

// agreement tells how far the model is from the measurement where both have a
// value.
func agreement(measured, model series) string {
	at := map[float64]float64{}
	for _, p := range model.points {
		at[p.x] = p.y
	}
	sum, n, inside, bars := 0.0, 0, 0, 0
	for _, p := range measured.points {
		y, ok := at[p.x]
		if !ok {
			continue
		}
		n++
		sum += (p.y - y) * (p.y - y)
		if p.banded() {
			bars++
			if y >= p.low && y <= p.high {
				inside++
			}
		}
	}
	if n == 0 {
		return "No x has a value of both."
	}
	note := fmt.Sprintf("Root-mean-square difference %.3g at %d points", math.Sqrt(sum/float64(n)), n)
	if bars > 0 {
		note += fmt.Sprintf("; the model lies within %d of %d error bars", inside, bars)
	}
	return note + "."
}

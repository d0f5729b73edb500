package sweep

import (
	"fmt"
	"math"
	"reflect"

	"crossbook/neurosim"
	"crossbook/neurosim/cost"
	"crossbook/neurosim/sweep/table"
)

// row is a point that is done, with its result and its price.
type row struct {
	point
	result neurosim.Result
	report *cost.Report // nil: not priced, or that failed
	failed string
}

// figure is a column of results; NaN is a missing one.
type figure struct {
	name, unit string
	of         func(row) float64
}

// trained are the figures of every training.
var trained = []figure{
	{"accuracy", "%", func(r row) float64 { return last(r).Accuracy }},
	{"loss", "", func(r row) float64 { return last(r).TestLoss }},
	{"epochs", "", func(r row) float64 { return float64(r.result.Len()) }},
}

// priced are the figures of every price.
var priced = []figure{
	{"area", "mm²", reported(func(r *cost.Report) float64 { return 1e6 * float64(r.Areas.Total) })},
	{"latency", "s", reported(func(r *cost.Report) float64 { return float64(r.Latency()) })},
	{"energy", "J", reported(func(r *cost.Report) float64 { return float64(r.Energy()) })},
	{"TOPS/W", "", reported((*cost.Report).TOPSPerWatt)},
}

// reported is a figure of the report, missing where there is none.
func reported(of func(*cost.Report) float64) func(row) float64 {
	return func(r row) float64 {
		if r.report == nil {
			return math.NaN()
		}
		return of(r.report)
	}
}

// last is the last epoch of a training that did not fail.
func last(r row) neurosim.Epoch {
	if r.failed != "" || r.result.Len() == 0 {
		return neurosim.Epoch{Accuracy: math.NaN(), TestLoss: math.NaN()}
	}
	return r.result.Epochs[r.result.Len()-1]
}

// rows are the points that are done.
func (p *plan) rows() []row {
	var rows []row
	for _, point := range p.points {
		o, ok := p.outcomes[point.id]
		if !ok {
			continue
		}
		r := row{point: point, result: o.Result, failed: o.Error}
		r.result.Experiment = point.Experiment
		rows = append(rows, r)
	}
	return rows
}

// table has a row for every point that is done.
func (p *plan) table() table.Table {
	rows := p.rows()
	t := table.Table{}
	for i, a := range p.Axes {
		t = a.tabulate(t, i, rows)
	}
	seeds := make([]int, len(rows))
	for i, r := range rows {
		seeds[i] = int(r.Seed)
	}
	t = t.Add(table.Column{Name: "seed", Values: seeds})
	t = figures(t, rows, trained)
	t = figures(t, rows, p.measured())
	if p.priced {
		price(rows)
		t = figures(t, rows, priced)
	}
	failures := make([]string, len(rows))
	for i, r := range rows {
		failures[i] = r.failed
	}
	return t.Add(table.Column{Name: "error", Values: failures}).Titled(note(rows))
}

// figures adds columns of results.
func figures(t table.Table, rows []row, list []figure) table.Table {
	for _, f := range list {
		values := make([]float64, len(rows))
		for i, r := range rows {
			values[i] = f.of(r)
		}
		t = t.Add(table.Column{Name: f.name, Unit: f.unit, Values: values})
	}
	return t
}

// measured are the figures of the user's own.
func (p *plan) measured() []figure {
	list := make([]figure, len(p.Measures))
	for i, m := range p.Measures {
		list[i] = figure{m.Name, m.Unit, func(r row) float64 {
			if r.failed != "" {
				return math.NaN()
			}
			return m.Of(r.result)
		}}
	}
	return list
}

// tabulate adds the columns of an axis, which is the k-th.
func (a Axis) tabulate(t table.Table, k int, rows []row) table.Table {
	add := func(name string, of func(pick) any) {
		values := make([]any, len(rows))
		for i, r := range rows {
			values[i] = of(r.picks[k])
		}
		t = t.Add(typed(name, values))
	}
	for i, f := range a.fields {
		if a.span != nil {
			add(f.path, func(p pick) any { return p.values[i] })
			continue
		}
		c := a.column(i)
		add(c.name, func(p pick) any { return c.values[p.index] })
	}
	for _, c := range a.extra {
		add(c.name, func(p pick) any { return c.values[p.index] })
	}
	return t
}

// typed is the column of values of the narrowest type that holds all of them.
func typed(name string, values []any) table.Column {
	whole, numbers, bools := make([]int, len(values)), make([]float64, len(values)), make([]bool, len(values))
	isWhole, isNumber, isBool := true, true, true
	texts := make([]string, len(values))
	for i, value := range values {
		v := reflect.ValueOf(value)
		number, ok := floatOf(v)
		isNumber = isNumber && ok
		numbers[i] = number
		isWhole = isWhole && ok && !v.CanFloat() && math.Abs(number) < 1<<53
		whole[i] = int(number)
		isBool = isBool && v.Kind() == reflect.Bool
		bools[i] = isBool && v.Bool()
		texts[i] = fmt.Sprint(value)
	}
	switch {
	case isWhole:
		return table.Column{Name: name, Values: whole}
	case isNumber:
		return table.Column{Name: name, Values: numbers}
	case isBool:
		return table.Column{Name: name, Values: bools}
	}
	return table.Column{Name: name, Values: texts}
}

// note says where the table comes from.
func note(rows []row) string {
	s := "crossbook " + neurosim.Version
	for _, r := range rows {
		if r.Data != rows[0].Data {
			return s
		}
	}
	if len(rows) == 0 || rows[0].result.Provenance.Checksum == "" {
		return s
	}
	from := rows[0].result.Provenance
	return fmt.Sprintf("%s, data %s %.12s", s, from.Data, from.Checksum)
}

package table

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// confidence is the share of intervals that hold the true mean.
const confidence = 0.95

// Groups is a table divided into groups of rows, such as the repeats of a run
// with other seeds.
type Groups struct {
	table   Table
	columns []Column
	rows    [][]int // of every group, in the order of first rows
}

// Group divides the rows by the values of some columns.
func (t Table) Group(columns ...string) Groups {
	keys, ok := t.find("Group", columns)
	if !ok {
		return Groups{table: t}
	}
	g := Groups{table: t, columns: keys}
	g.rows = grouped(keys, t.rows)
	return g
}

// grouped gathers the rows with the same values of the columns.
func grouped(keys []Column, rows int) [][]int {
	var groups [][]int
	at := map[string]int{}
	for row := range rows {
		key := keyOf(keys, row)
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], row)
	}
	return groups
}

// keyOf tells rows with other values apart.
func keyOf(keys []Column, row int) string {
	var b strings.Builder
	for _, c := range keys {
		text := c.text(row)
		fmt.Fprintf(&b, "%d:%s", len(text), text)
	}
	return b.String()
}

// Count returns a table with a row a group and the number of its rows, "n".
func (g Groups) Count() Table {
	counts := make([]int, len(g.rows))
	for i, rows := range g.rows {
		counts[i] = len(rows)
	}
	return g.keys().Add(Column{"n", "", counts})
}

// String shows the groups: the number of rows of each. It is what a cell shows whose
// last value they are.
func (g Groups) String() string { return g.shown().String() }

// MIMEBundle shows the groups as String does, in a notebook.
func (g Groups) MIMEBundle() (data, metadata map[string]any) { return g.shown().MIMEBundle() }

func (g Groups) shown() Table {
	t := g.Count()
	t.note = "groups: Mean, Std, CI, Summary, Min, Max or Count of them is a table"
	return t
}

// Mean returns a table with a row a group and the means of some columns, under
// their names.
func (g Groups) Mean(columns ...string) Table {
	return g.reduce("Mean", columns, []measure{{"", mean}})
}

// Std returns the standard deviations (with n - 1) of some columns, as columns
// such as "accuracy std".
func (g Groups) Std(columns ...string) Table {
	return g.reduce("Std", columns, []measure{{" std", deviation}})
}

// CI returns the half widths of the 95 % confidence intervals of the means of
// some columns, as columns such as "accuracy ci": t s/sqrt(n), with Student's t for
// n - 1 degrees of freedom (Student, The probable error of a mean, Biometrika 6,
// 1908).
func (g Groups) CI(columns ...string) Table {
	return g.reduce("CI", columns, []measure{{" ci", halfWidth}})
}

// Summary returns for each of some columns the mean, the standard deviation, the
// half width of the mean's 95 % confidence interval and the number of values:
// "accuracy", "accuracy std", "accuracy ci", "accuracy n".
func (g Groups) Summary(columns ...string) Table {
	return g.reduce("Summary", columns, []measure{{"", mean}, {" std", deviation}, {" ci", halfWidth}, {" n", count}})
}

// Min returns the least values of some columns, under their names.
func (g Groups) Min(columns ...string) Table {
	return g.reduce("Min", columns, []measure{{"", least}})
}

// Max returns the largest values of some columns, under their names.
func (g Groups) Max(columns ...string) Table {
	return g.reduce("Max", columns, []measure{{"", largest}})
}

// measure makes one number of the values of a group that are not missing.
type measure struct {
	suffix string
	of     func(values []float64) float64
}

func mean(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	return stat.Mean(values, nil)
}

func deviation(values []float64) float64 {
	if len(values) < 2 {
		return math.NaN()
	}
	return stat.StdDev(values, nil)
}

func halfWidth(values []float64) float64 {
	n := float64(len(values))
	if n < 2 {
		return math.NaN()
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile((1 + confidence) / 2)
	return t * stat.StdDev(values, nil) / math.Sqrt(n)
}

func count(values []float64) float64 { return float64(len(values)) }

func least(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	return slices.Min(values)
}

func largest(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	return slices.Max(values)
}

// keys is the table of the columns that the groups were made by.
func (g Groups) keys() Table {
	first := make([]int, len(g.rows))
	for i, rows := range g.rows {
		first[i] = rows[0]
	}
	out := Table{note: g.table.note, err: g.table.err}
	for _, c := range g.columns {
		out = out.Add(c.pick(first))
	}
	return out
}

func (g Groups) reduce(method string, columns []string, by []measure) Table {
	out := g.keys()
	for _, name := range columns {
		values, err := g.table.Floats(name)
		if err != nil {
			out = out.fail(method, err)
			continue
		}
		for _, m := range by {
			numbers := make([]float64, len(g.rows))
			for i, rows := range g.rows {
				numbers[i] = m.of(present(picked(values, rows)))
			}
			unit := g.table.Unit(name)
			if m.suffix == " n" {
				unit = ""
			}
			out = out.Add(Column{name + m.suffix, unit, numbers})
		}
	}
	return out
}

// present leaves missing numbers out.
func present(values []float64) []float64 {
	return slices.DeleteFunc(values, math.IsNaN)
}

package table

import (
	"fmt"
	"math"
	"slices"
)

// Select returns the table of some columns, in that order.
func (t Table) Select(names ...string) Table {
	columns, ok := t.find("Select", names)
	if !ok {
		return t
	}
	return t.of(columns)
}

// Drop returns the table without some columns.
func (t Table) Drop(names ...string) Table {
	if _, ok := t.find("Drop", names); !ok {
		return t
	}
	return t.of(slices.DeleteFunc(slices.Clone(t.columns), func(c Column) bool {
		return slices.Contains(names, c.Name)
	}))
}

// of is a table of columns that are as long as this one's.
func (t Table) of(columns []Column) Table {
	out := New(columns...)
	out.note = t.note
	if t.err != nil {
		out.err = t.err
	}
	return out
}

// Rename returns the table with another name for a column.
func (t Table) Rename(from, to string) Table {
	if _, ok := t.find("Rename", []string{from}); !ok {
		return t
	}
	columns := slices.Clone(t.columns)
	for i := range columns {
		if columns[i].Name == from {
			columns[i].Name = to
		}
	}
	return t.of(columns)
}

// Head returns the first n rows.
func (t Table) Head(n int) Table {
	rows := make([]int, min(max(n, 0), t.rows))
	for i := range rows {
		rows[i] = i
	}
	return t.take(rows)
}

// Where returns the rows in which a column has the value: a number, a text or a
// bool.
func (t Table) Where(column string, value any) Table {
	c, err := t.Column(column)
	if err != nil {
		return t.fail("Where", err)
	}
	want, err := columnOf(value)
	if err != nil {
		return t.fail("Where", err)
	}
	_, texts := c.Values.([]string)
	if _, text := want.Values.([]string); text != texts {
		return t.fail("Where", fmt.Errorf("column %q holds %T, which %v never equals", column, c.Values, value))
	}
	return t.filter(func(row int) bool {
		if texts {
			return c.text(row) == want.text(0)
		}
		have, _ := c.number(row)
		wanted, _ := want.number(0)
		return have == wanted
	})
}

// columnOf is a column of one value.
func columnOf(value any) (Column, error) {
	switch v := value.(type) {
	case string:
		return Column{Values: []string{v}}, nil
	case bool:
		return Column{Values: []bool{v}}, nil
	case int:
		return Column{Values: []int{v}}, nil
	case float64:
		return Column{Values: []float64{v}}, nil
	}
	return Column{}, fmt.Errorf("a %T is no value of a table; allowed: float64, int, string, bool", value)
}

// Between returns the rows in which a column of numbers is from low to high, both
// included.
func (t Table) Between(column string, low, high float64) Table {
	values, err := t.Floats(column)
	if err != nil {
		return t.fail("Between", err)
	}
	return t.filter(func(row int) bool { return values[row] >= low && values[row] <= high })
}

// Filter returns the rows that keep says true of.
func (t Table) Filter(keep func(Row) bool) Table {
	r := Row{&reading{table: t}, 0}
	out := t.filter(func(row int) bool { r.row = row; return keep(r) })
	return out.after("Filter", r)
}

// Calc returns the table with a column of numbers that is computed row by row,
// such as the product of energy and latency.
func (t Table) Calc(name, unit string, value func(Row) float64) Table {
	r := Row{&reading{table: t}, 0}
	values := make([]float64, t.rows)
	for r.row = range values {
		values[r.row] = value(r)
	}
	return t.Add(Column{name, unit, values}).after("Calc", r)
}

func (t Table) filter(keep func(row int) bool) Table {
	rows := []int{}
	for row := range t.rows {
		if keep(row) {
			rows = append(rows, row)
		}
	}
	return t.take(rows)
}

// Row is one row of a table, as Filter and Calc see it.
type Row struct {
	*reading
	row int
}

// reading is a table that is read row by row, and what went wrong.
type reading struct {
	table Table
	err   error
}

// Float returns the number in a column; NaN where there is none.
func (r Row) Float(column string) float64 {
	c, err := r.table.Column(column)
	if err != nil {
		r.err = err
		return math.NaN()
	}
	v, ok := c.number(r.row)
	if !ok {
		r.err = fmt.Errorf("column %q holds text", column)
	}
	return v
}

// Text returns what is in a column as text.
func (r Row) Text(column string) string {
	c, err := r.table.Column(column)
	if err != nil {
		r.err = err
		return ""
	}
	return c.text(r.row)
}

// after keeps what went wrong while rows were read.
func (t Table) after(method string, r Row) Table {
	if r.err != nil {
		return t.fail(method, r.err)
	}
	return t
}

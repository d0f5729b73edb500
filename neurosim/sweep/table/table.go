package table

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Column is a named list of values of one type.
type Column struct {
	Name   string
	Unit   string // "J", "mm²", "%"; "" for none
	Values any    // []float64, []int, []string or []bool
}

// len is the number of values; an error for another type.
func (c Column) len() (int, error) {
	switch v := c.Values.(type) {
	case []float64:
		return len(v), nil
	case []int:
		return len(v), nil
	case []string:
		return len(v), nil
	case []bool:
		return len(v), nil
	}
	return 0, fmt.Errorf("column %q holds a %T; allowed: []float64, []int, []string, []bool", c.Name, c.Values)
}

// label is the name with the unit: "energy (J)".
func (c Column) label() string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " (" + c.Unit + ")"
}

// pick is the column with the given rows only.
func (c Column) pick(rows []int) Column {
	switch v := c.Values.(type) {
	case []float64:
		c.Values = picked(v, rows)
	case []int:
		c.Values = picked(v, rows)
	case []string:
		c.Values = picked(v, rows)
	case []bool:
		c.Values = picked(v, rows)
	}
	return c
}

func picked[T any](values []T, rows []int) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = values[row]
	}
	return out
}

// number is a value as a float64; false for text.
func (c Column) number(row int) (float64, bool) {
	switch v := c.Values.(type) {
	case []float64:
		return v[row], true
	case []int:
		return float64(v[row]), true
	case []bool:
		if v[row] {
			return 1, true
		}
		return 0, true
	}
	return math.NaN(), false
}

// text is a value with all its digits; "" for a number that is missing.
func (c Column) text(row int) string {
	switch v := c.Values.(type) {
	case []float64:
		if math.IsNaN(v[row]) {
			return ""
		}
		return strconv.FormatFloat(v[row], 'g', -1, 64)
	case []int:
		return strconv.Itoa(v[row])
	case []bool:
		return strconv.FormatBool(v[row])
	case []string:
		return v[row]
	}
	return ""
}

// Table is a list of columns of equal length. The zero value is empty.
type Table struct {
	columns []Column
	rows    int
	note    string
	err     error
}

// New returns the table of some columns. Names must differ and lengths be equal;
// what is wrong is told by Err.
func New(columns ...Column) Table {
	var t Table
	for _, c := range columns {
		t = t.Add(c)
	}
	return t
}

// Add returns the table with another column at its end, of as many rows.
func (t Table) Add(c Column) Table {
	rows, err := c.len()
	switch {
	case err != nil:
		return t.fail("Add", err)
	case slices.Contains(t.Names(), c.Name):
		return t.fail("Add", fmt.Errorf("two columns with the name %q", c.Name))
	case len(t.columns) > 0 && rows != t.rows:
		return t.fail("Add", fmt.Errorf("column %q has %d rows, the others have %d", c.Name, rows, t.rows))
	}
	t.columns = append(slices.Clip(t.columns), c)
	t.rows = rows
	return t
}

// Titled returns the table with a line of text below it, such as where it comes
// from.
func (t Table) Titled(note string) Table {
	t.note = note
	return t
}

// Err returns what went wrong on the way to the table, nil when nothing did.
func (t Table) Err() error { return t.err }

func (t Table) fail(method string, err error) Table {
	t.err = errors.Join(t.err, fmt.Errorf("table: %s: %w", method, err))
	return t
}

// Len returns the number of rows.
func (t Table) Len() int { return t.rows }

// Names lists the columns.
func (t Table) Names() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.Name
	}
	return names
}

// Column returns a column; it must not be changed. It is an error when there is
// none of that name.
func (t Table) Column(name string) (Column, error) {
	for _, c := range t.columns {
		if c.Name == name {
			return c, nil
		}
	}
	if len(t.columns) == 0 {
		return Column{}, fmt.Errorf("no column %q: the table has none", name)
	}
	return Column{}, fmt.Errorf("no column %q; the table has %s", name, strings.Join(t.Names(), ", "))
}

// Unit returns a column's unit; "" when it has none.
func (t Table) Unit(name string) string {
	c, _ := t.Column(name)
	return c.Unit
}

// Floats returns a column of numbers, bools as 0 and 1. It is an error when there
// is no such column or when it holds text.
func (t Table) Floats(name string) ([]float64, error) {
	c, err := t.Column(name)
	if err = errors.Join(t.err, err); err != nil {
		return nil, err
	}
	out := make([]float64, t.rows)
	for row := range out {
		v, ok := c.number(row)
		if !ok {
			return nil, fmt.Errorf("column %q holds text", name)
		}
		out[row] = v
	}
	return out, nil
}

// Strings returns a column as text, numbers with all their digits.
func (t Table) Strings(name string) ([]string, error) {
	c, err := t.Column(name)
	if err = errors.Join(t.err, err); err != nil {
		return nil, err
	}
	out := make([]string, t.rows)
	for row := range out {
		out[row] = c.text(row)
	}
	return out, nil
}

// take is the table of the given rows.
func (t Table) take(rows []int) Table {
	columns := make([]Column, len(t.columns))
	for i, c := range t.columns {
		columns[i] = c.pick(rows)
	}
	t.columns, t.rows = columns, len(rows)
	return t
}

// find returns columns by name; false after it has kept what is missing.
func (t *Table) find(method string, names []string) ([]Column, bool) {
	columns := make([]Column, len(names))
	ok := true
	for i, name := range names {
		c, err := t.Column(name)
		if err != nil {
			*t, ok = t.fail(method, err), false
		}
		columns[i] = c
	}
	return columns, ok
}

package table

import (
	"fmt"
	"slices"
)

// Append returns the rows of this table and below them those of another one with
// the same columns, in any order.
func (t Table) Append(other Table) Table {
	if other.err != nil {
		return t.fail("Append", other.err)
	}
	if len(t.columns) == 0 {
		return other
	}
	if len(other.columns) != len(t.columns) {
		return t.fail("Append", fmt.Errorf("one table has %d columns, the other %d", len(t.columns), len(other.columns)))
	}
	columns := make([]Column, len(t.columns))
	for i, c := range t.columns {
		below, err := other.Column(c.Name)
		if err == nil {
			columns[i], err = c.above(below)
		}
		if err != nil {
			return t.fail("Append", err)
		}
	}
	return t.of(columns)
}

// above is the column with the values of another below its own.
func (c Column) above(below Column) (Column, error) {
	mismatch := fmt.Errorf("column %q is %T %s in one table and %T %s in the other", c.Name, c.Values, c.Unit, below.Values, below.Unit)
	if c.Unit != below.Unit {
		return c, mismatch
	}
	var ok bool
	switch v := c.Values.(type) {
	case []float64:
		c.Values, ok = stacked(v, below.Values)
	case []int:
		c.Values, ok = stacked(v, below.Values)
	case []string:
		c.Values, ok = stacked(v, below.Values)
	case []bool:
		c.Values, ok = stacked(v, below.Values)
	}
	if !ok {
		return c, mismatch
	}
	return c, nil
}

func stacked[T any](above []T, below any) ([]T, bool) {
	more, ok := below.([]T)
	return slices.Concat(above, more), ok
}

// Join returns every row beside every row of another table that has the same
// values of some columns. Other columns of the same name in both are an error:
// rename one.
func (t Table) Join(other Table, on ...string) Table {
	if other.err != nil {
		return t.fail("Join", other.err)
	}
	mine, ok := t.find("Join", on)
	if !ok {
		return t
	}
	theirs := make([]Column, len(on))
	for i, name := range on {
		var err error
		if theirs[i], err = other.Column(name); err != nil {
			return t.fail("Join", fmt.Errorf("the other table: %w", err))
		}
	}
	matches := map[string][]int{}
	for row := range other.rows {
		key := keyOf(theirs, row)
		matches[key] = append(matches[key], row)
	}
	var left, right []int
	for row := range t.rows {
		for _, match := range matches[keyOf(mine, row)] {
			left, right = append(left, row), append(right, match)
		}
	}
	out := t.take(left)
	for _, c := range other.take(right).columns {
		if !slices.Contains(on, c.Name) {
			out = out.Add(c)
		}
	}
	return out
}

// Pivot returns a table with a row for every value of the column rows and a
// column for every value of the column across, filled with the means of the
// column value.
func (t Table) Pivot(rows, across, value string) Table {
	keys, ok := t.find("Pivot", []string{rows, across, value})
	if !ok {
		return t
	}
	values, err := t.Floats(value)
	if err != nil {
		return t.fail("Pivot", err)
	}
	lines := grouped(keys[:1], t.rows)
	first := make([]int, len(lines))
	for i, line := range lines {
		first[i] = line[0]
	}
	out := Table{note: t.note, err: t.err}.Add(keys[0].pick(first))
	for _, stack := range grouped(keys[1:2], t.rows) {
		cells := make([]float64, len(lines))
		for i, line := range lines {
			cells[i] = mean(present(picked(values, shared(line, stack))))
		}
		out = out.Add(Column{keys[1].text(stack[0]), keys[2].Unit, cells})
	}
	return out
}

// shared are the rows that are in both of two rising lists.
func shared(a, b []int) []int {
	out := []int{}
	for _, row := range a {
		if _, ok := slices.BinarySearch(b, row); ok {
			out = append(out, row)
		}
	}
	return out
}

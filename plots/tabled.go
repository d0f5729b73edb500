package plots

import (
	"errors"
	"fmt"
	"slices"
)

// grouped is a source that [Figure.By] can divide.
type grouped interface {
	group(column string) error
}

// tabled is what figures made from a table have in common: the table, how many
// rows its columns have, and which group every row belongs to.
type tabled struct {
	table  Table
	rows   int
	in     []int    // group of every row
	groups []string // their names; one without a name when not divided
}

// newTabled starts a figure of one kind from the columns.
func newTabled(f *Figure, kind string, table Table, columns ...string) *tabled {
	if isNil(table) {
		f.fail(kind, errors.New("the table is nil"))
		return nil
	}
	t := &tabled{table: table, rows: -1, groups: []string{""}}
	first := ""
	for _, column := range columns {
		if !slices.Contains(table.Names(), column) {
			f.fail(kind, noColumn(column, table.Names()))
			continue
		}
		texts, err := table.Strings(column)
		switch {
		case err != nil:
			f.fail(kind, err)
		case t.rows < 0:
			first, t.rows = column, len(texts)
		case t.rows != len(texts):
			f.fail(kind, unequal(first, t.rows, column, len(texts)))
		}
	}
	t.in = make([]int, max(0, t.rows))
	if len(f.problems) > 0 {
		return nil
	}
	return t
}

func unequal(first string, rows int, other string, otherRows int) error {
	return fmt.Errorf("column %q has %d rows, column %q has %d", first, rows, other, otherRows)
}

// floats copies a column of numbers, so that a figure does not change when the
// table does. A column that holds no numbers is kept as an error of the figure.
func (t *tabled) floats(f *Figure, kind, column string) []float64 {
	if t == nil {
		return nil
	}
	values, err := t.table.Floats(column)
	if err != nil {
		f.fail(kind, fmt.Errorf("%w; numbers are needed", err))
		return nil
	}
	return slices.Clone(values)
}

// group divides the rows by a column.
func (t *tabled) group(column string) error {
	if t == nil {
		return nil // what went wrong before is told
	}
	groups, order, err := groupsOf(t.table, column)
	if err != nil {
		return err
	}
	if len(groups) != t.rows {
		return fmt.Errorf("column %q has %d rows, the others have %d", column, len(groups), t.rows)
	}
	place := map[string]int{}
	for i, name := range order {
		place[name] = i
	}
	t.groups = order
	for i, name := range groups {
		t.in[i] = place[name]
	}
	return nil
}

// label is a column's name with its unit.
func (t *tabled) label(column string) string {
	if u, ok := t.table.(Uniter); ok && u.Unit(column) != "" {
		return column + " (" + u.Unit(column) + ")"
	}
	return column
}

// leftOut is the note on rows without a place in the figure.
func leftOut(gone, rows int, log bool) []string {
	switch {
	case gone == 0:
		return nil
	case log:
		return []string{fmt.Sprintf("%d of %d rows left out (not finite, or not positive on a logarithmic axis).", gone, rows)}
	}
	return []string{fmt.Sprintf("%d of %d rows left out (not finite).", gone, rows)}
}

// labelled fills in labels that the user did not give.
func labelled(given [2]string, x, y string) [2]string {
	for i, label := range []string{x, y} {
		if given[i] == "" {
			given[i] = label
		}
	}
	return given
}

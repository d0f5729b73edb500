package table

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Sort returns the rows in the order of columns, the first one first; a minus
// before a name means from the largest to the smallest. Rows that are equal keep
// their order, and missing numbers come last.
func (t Table) Sort(columns ...string) Table {
	names := make([]string, len(columns))
	down := make([]bool, len(columns))
	for i, name := range columns {
		names[i] = name
		if _, err := t.Column(name); err != nil && strings.HasPrefix(name, "-") {
			names[i], down[i] = name[1:], true
		}
	}
	keys, ok := t.find("Sort", names)
	if !ok {
		return t
	}
	rows := make([]int, t.rows)
	for i := range rows {
		rows[i] = i
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		for i, key := range keys {
			if order := key.compare(a, b, down[i]); order != 0 {
				return order
			}
		}
		return 0
	})
	return t.take(rows)
}

// compare orders two rows by a column.
func (c Column) compare(a, b int, down bool) int {
	x, numbers := c.number(a)
	y, _ := c.number(b)
	order := cmp.Compare(x, y)
	switch {
	case !numbers:
		order = strings.Compare(c.text(a), c.text(b))
	case math.IsNaN(x) || math.IsNaN(y):
		return -order // cmp puts NaN first
	}
	if down {
		return -order
	}
	return order
}

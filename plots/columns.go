package plots

import (
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
)

// Table is what [Lines] draws from: named columns of equal length.
type Table interface {
	// Names lists the columns.
	Names() []string
	// Floats is a column of numbers. It is an error when there is no such
	// column or when it holds text.
	Floats(name string) ([]float64, error)
	// Strings is a column as text; numbers are written out.
	Strings(name string) ([]string, error)
}

// Uniter is what a [Table] may tell beyond its columns: their units, "pJ" or
// "%"; "" for a column without one.
type Uniter interface {
	Unit(name string) string
}

// Columns is a [Table] of one's own numbers: a slice of numbers, text or bools
// for every name. A unit goes into the name:
//
//	plots.Columns{
//		"pulses":          []int{1, 2, 3, 1, 2, 3},
//		"conductance (μS)": []float64{2.1, 3.0, 3.4, 9.8, 8.1, 6.6},
//		"direction":       []string{"LTP", "LTP", "LTP", "LTD", "LTD", "LTD"},
//	}
type Columns map[string]any

// Names lists the columns in alphabetical order.
func (c Columns) Names() []string {
	names := make([]string, 0, len(c))
	for name := range c {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Floats is a column of numbers of any Go type, as float64.
func (c Columns) Floats(name string) ([]float64, error) {
	column, err := c.column(name)
	if err != nil {
		return nil, err
	}
	out := make([]float64, column.Len())
	for i := range out {
		v, ok := number(column.Index(i))
		if !ok {
			return nil, fmt.Errorf("column %q: row %d holds %v, which is no number", name, i, column.Index(i))
		}
		out[i] = v
	}
	return out, nil
}

// Strings is a column as text.
func (c Columns) Strings(name string) ([]string, error) {
	column, err := c.column(name)
	if err != nil {
		return nil, err
	}
	out := make([]string, column.Len())
	for i := range out {
		if v, ok := number(column.Index(i)); ok {
			out[i] = strconv.FormatFloat(v, 'g', -1, 64)
			continue
		}
		out[i] = fmt.Sprint(column.Index(i))
	}
	return out, nil
}

func (c Columns) column(name string) (reflect.Value, error) {
	raw, ok := c[name]
	if !ok {
		return reflect.Value{}, noColumn(name, c.Names())
	}
	v := reflect.ValueOf(raw)
	if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		return v, fmt.Errorf("column %q: %T is no slice; allowed are slices of numbers, strings or bools", name, raw)
	}
	return v, nil
}

func noColumn(name string, have []string) error {
	if len(have) == 0 {
		return fmt.Errorf("no column %q: the table has none", name)
	}
	return fmt.Errorf("no column %q; the table has %s", name, strings.Join(have, ", "))
}

// number is the value as a float64, when it is of a numeric type.
func number(v reflect.Value) (float64, bool) {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch {
	case v.CanFloat():
		return v.Float(), true
	case v.CanInt():
		return float64(v.Int()), true
	case v.CanUint():
		return float64(v.Uint()), true
	}
	return 0, false
}

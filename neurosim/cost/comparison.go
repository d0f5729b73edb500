package cost

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossbook/neurosim/units"
)

// Design is a report with the name of its design.
type Design struct {
	Name   string
	Report *Report
}

// Comparison is designs side by side: a table with a row for every component of
// every design, of which figures can be made:
//
//	plots.Bars(designs, "design", "energy").By("component").Stacked()
//
// Columns are design and component; [Area], [Latency], [Energy] and [Leakage].
type Comparison []Design

// Names lists the columns.
func (c Comparison) Names() []string {
	return []string{"design", "component", Area, Latency, Energy, Leakage}
}

// Floats is one of the quantities, in the unit that suits the largest design. It
// is an error for other columns.
func (c Comparison) Floats(name string) ([]float64, error) {
	list, _, err := c.column(name)
	return list, err
}

// Unit is that of a column, "mm²"; "" for one of text.
func (c Comparison) Unit(name string) string {
	_, unit, err := c.column(name)
	if err != nil {
		return ""
	}
	return unit
}

// Strings is a column as text.
func (c Comparison) Strings(name string) ([]string, error) {
	var list []string
	switch name {
	case "design", "component":
		for _, d := range c {
			for _, part := range d.Report.Parts() {
				list = append(list, map[string]string{"design": d.Name, "component": part}[name])
			}
		}
		return list, nil
	}
	values, _, err := c.column(name)
	for _, v := range values {
		list = append(list, strconv.FormatFloat(v, 'g', -1, 64))
	}
	return list, err
}

func (c Comparison) column(name string) (list []float64, unit string, err error) {
	q := quantity(slices.Index([]string{"", Area, Latency, Energy, Leakage}, name))
	if q <= noQuantity {
		return nil, "", fmt.Errorf("cost: column %q has no numbers; allowed: %s", name, strings.Join(c.Names()[2:], ", "))
	}
	largest := 0.0
	for _, d := range c {
		values, err := d.Report.byComponent().of(q)
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", d.Name, err)
		}
		list, largest = append(list, values...), max(largest, total(values))
	}
	divisor, unit := units.Prefixed(largest, q.unit())
	for i := range list {
		list[i] /= divisor
	}
	return list, unit, nil
}

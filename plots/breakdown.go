package plots

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"gonum.org/v1/plot"
)

// Parts is a whole that consists of named parts, such as a chip of arrays,
// converters and buffers, each with a share in several quantities.
type Parts interface {
	// Parts names the parts.
	Parts() []string
	// Quantity is how much of a quantity, such as "energy", every part has, in
	// the order of Parts, with its unit, "pJ". It is an error when there is no
	// such quantity.
	Quantity(name string) (values []float64, unit string, err error)
}

const (
	mostParts = 10   // with "other"
	smallPart = 0.01 // of every quantity: drawn as "other"
)

// Breakdown draws where a whole's quantities go: one bar of 100 % per quantity,
// divided into parts, with the total and its unit under the bar. Parts with less
// than 1 % of every quantity, and those beyond the ten largest, are drawn together
// as "other".
//
//	plots.Breakdown(report, "area", "latency", "energy")
func Breakdown(whole Parts, quantities ...string) *Figure {
	d := &partData{}
	f := &Figure{data: d}
	if isNil(whole) {
		return f.fail("Breakdown", errors.New("the whole is nil"))
	}
	if len(quantities) == 0 {
		return f.fail("Breakdown", errors.New("no quantity given"))
	}
	d.parts = slices.Clone(whole.Parts())
	if len(d.parts) == 0 {
		return f.fail("Breakdown", errors.New("the whole has no parts"))
	}
	for _, q := range quantities {
		if err := d.add(whole, q); err != nil {
			f.fail("Breakdown", fmt.Errorf("%q: %w", q, err))
		}
	}
	return f
}

// partData is what Breakdown draws.
type partData struct {
	parts      []string
	quantities []quantity
}

// quantity is one bar.
type quantity struct {
	name, unit string
	values     []float64 // by part
	total      float64
}

func (d *partData) add(whole Parts, name string) error {
	values, unit, err := whole.Quantity(name)
	if err != nil {
		return err
	}
	if len(values) != len(d.parts) {
		return fmt.Errorf("%d values for %d parts", len(values), len(d.parts))
	}
	q := quantity{name: name, unit: unit, values: slices.Clone(values)}
	for i, v := range values {
		if !finite(v) || v < 0 {
			return fmt.Errorf("%s has %g; allowed are finite values of 0 or more", d.parts[i], v)
		}
		q.total += v
	}
	if q.total <= 0 || !finite(q.total) {
		return fmt.Errorf("the parts add up to %g; a sum above 0 is needed", q.total)
	}
	d.quantities = append(d.quantities, q)
	return nil
}

func (d *partData) axes(given [2]string) ([2]string, error) {
	return labelled(given, "", "share of the total (%)"), nil
}

func (d *partData) picture(log [2]bool) (*picture, error) {
	if log != [2]bool{} {
		return nil, errors.New("plots: LogX, LogY: a breakdown has no logarithmic axes")
	}
	shown, other := d.shown()
	names := make([]string, 0, len(shown)+1)
	for _, i := range shown {
		names = append(names, d.parts[i])
	}
	p := &picture{tight: [2]bool{true, true}}
	if len(other) > 0 {
		names = append(names, "other")
		p.notes = append(p.notes, fmt.Sprintf("Other: %s.", d.list(other)))
	}
	var bars []bar
	for at, q := range d.quantities {
		total := engineering(q.total, q.unit)
		p.names[0] = append(p.names[0], q.name+" "+total)
		p.told = append(p.told, fmt.Sprintf("%s: %s = %s", q.name, plain(total, ""), d.shares(q, shown, other)))
		base := 0.0
		for g := range names {
			b := bar{at: at, group: g, base: base, low: math.NaN(), left: float64(at) - 0.3, right: float64(at) + 0.3}
			if g < len(shown) {
				b.value = 100 * q.values[shown[g]] / q.total
			} else {
				b.value = 100 * q.sum(other) / q.total
			}
			b.top = base + b.value
			base = b.top
			b.share = fmt.Sprintf("%.0f %%", b.value)
			bars = append(bars, b)
		}
	}
	p.include(0, -0.5, float64(len(d.quantities))-0.5)
	p.include(1, 0, 100)
	p.layers = []plot.Plotter{barLayer{bars}}
	p.entries = entriesOf(names, boxSample)
	p.head = "share of " + strings.Join(d.quantityNames(), ", ")
	p.rows = d.rows
	return p, nil
}

func (d *partData) quantityNames() []string {
	var names []string
	for _, q := range d.quantities {
		names = append(names, q.name)
	}
	return names
}

// shown are the parts that get a colour, in their order, and the others.
func (d *partData) shown() (shown, other []int) {
	largest := func(i int) float64 {
		share := 0.0
		for _, q := range d.quantities {
			share = math.Max(share, q.values[i]/q.total)
		}
		return share
	}
	order := make([]int, len(d.parts))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return largest(order[a]) > largest(order[b]) })
	for n, i := range order {
		if n < mostParts-1 && largest(i) >= smallPart || n == mostParts-1 && len(order) == mostParts {
			shown = append(shown, i)
		} else {
			other = append(other, i)
		}
	}
	if len(other) == 1 && len(shown) < mostParts { // a name of its own tells more
		shown, other = append(shown, other...), nil
	}
	slices.Sort(shown)
	slices.Sort(other)
	return shown, other
}

func (d *partData) list(parts []int) string {
	var names []string
	for _, i := range parts {
		names = append(names, d.parts[i])
	}
	return strings.Join(names, ", ")
}

func (q quantity) sum(parts []int) float64 {
	total := 0.0
	for _, i := range parts {
		total += q.values[i]
	}
	return total
}

func (d *partData) shares(q quantity, shown, other []int) string {
	var out []string
	for _, i := range shown {
		out = append(out, fmt.Sprintf("%s %.1f %%", d.parts[i], 100*q.values[i]/q.total))
	}
	if len(other) > 0 {
		out = append(out, fmt.Sprintf("other %.1f %%", 100*q.sum(other)/q.total))
	}
	return strings.Join(out, " + ")
}

// rows have all parts and their values with units, not the shares.
func (d *partData) rows() [][]string {
	rows := [][]string{{"part"}}
	for i, part := range d.parts {
		row := []string{part}
		for _, q := range d.quantities {
			if i == 0 {
				name := q.name
				if q.unit != "" {
					name += " (" + q.unit + ")"
				}
				rows[0] = append(rows[0], name)
			}
			row = append(row, cell(q.values[i]))
		}
		rows = append(rows, row)
	}
	return rows
}

// engineering writes a value with three digits and its unit, and a power of ten
// where it needs one.
func engineering(v float64, unit string) string {
	text := fmt.Sprintf("%.3g", v)
	if power := commonPower([]float64{v}); power != 0 {
		text = fmt.Sprintf("%.3g×10^{%d}", v/math.Pow10(power), power)
	}
	return strings.TrimSpace(text + " " + unit)
}

package sweep

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
)

// Axis is what varies in a sweep: at each of its levels it sets fields. Make one
// with [Field], [Rules], [Nets], [Devices], [Chips], [Zip], [Span] or [LogSpan].
type Axis struct {
	fields []field // that it sets
	levels []level
	extra  []extra
	span   *span  // instead of levels, for samples
	wrong  string // mistake of the caller, told by Validate
}

// field is one of the fields that an axis sets.
type field struct {
	path   string
	name   string   // of the column of labels, for values that are no numbers; "": the path
	labels []string // in it; nil: the values' own
}

// column is the name of the field's column.
func (f field) column() string {
	if f.name != "" {
		return f.name
	}
	return f.path
}

// level has one value for each field.
type level []any

// extra is a column of the user's own.
type extra struct {
	name   string
	values []any // one a level
}

// Field varies one field of the experiment, by the path of its name: "Device.LTP",
// "Train.Batch", "Net", "Data", "Rule.Feedback"; or of the chip: "Chip.Node". The
// values are of the field's type; whole numbers do for numbers of any type. The
// column has the path's name, and is "rule", "net", "device", "data" or "chip" for a
// whole one.
func Field(path string, values ...any) Axis {
	f := field{path: path}
	switch path {
	case "Rule", "Net", "Device", "Data", "Chip":
		f.name = strings.ToLower(path)
	}
	a := Axis{fields: []field{f}}
	for _, v := range values {
		a.levels = append(a.levels, level{v})
	}
	return a
}

// Rules varies the learning rule, by the names of registered ones; the column is
// "rule". For rules with parameters use Field("Rule", train.DFA{...}, ...).
func Rules(names ...string) Axis {
	a := Field("Rule")
	for _, name := range names {
		a.levels = append(a.levels, level{name})
	}
	return a
}

// Nets varies the network; the column is "net". Give it [Axis.Labels], or numbers
// with [Axis.Column].
func Nets(nets ...nn.Net) Axis {
	a := Field("Net")
	for _, n := range nets {
		a.levels = append(a.levels, level{n})
	}
	return a
}

// Devices varies the device; the column is "device". Give it [Axis.Labels].
func Devices(devices ...device.Analog) Axis {
	a := Field("Device")
	for _, d := range devices {
		a.levels = append(a.levels, level{d})
	}
	return a
}

// Chips varies the chip on which every training is priced; the column is "chip".
// Give it [Axis.Labels]. Trainings that differ in the chip only run once.
func Chips(chips ...cost.Chip) Axis {
	a := Field("Chip")
	for _, c := range chips {
		a.levels = append(a.levels, level{c})
	}
	return a
}

// Along returns the axis with another field that moves with its first one, as
// factor times its value: -1 for an LTD that mirrors LTP.
func (a Axis) Along(path string, factor float64) Axis {
	if a.span != nil {
		a.span = &span{a.span.low, a.span.high, a.span.log, append(slices.Clip(a.span.factors), factor)}
	}
	a.fields = append(slices.Clip(a.fields), field{path: path})
	levels := make([]level, len(a.levels))
	for i, l := range a.levels {
		v := reflect.ValueOf(l[0])
		number, ok := floatOf(v)
		if !ok {
			return a.mistake("Along: %v is no number", l[0])
		}
		levels[i] = append(slices.Clip(l), moved(number, factor))
	}
	a.levels = levels
	return a
}

// moved is a number times a factor, without a minus before 0: that would be
// another experiment in name only.
func moved(number, factor float64) float64 {
	if v := number * factor; v != 0 {
		return v
	}
	return 0
}

// Labels returns the axis with texts for its values, one each, for the table and
// legends. It is for values that are no numbers; see [Axis.Column] for others.
func (a Axis) Labels(texts ...string) Axis {
	if len(texts) != len(a.levels) {
		return a.mistake("Labels: %d labels for %d values", len(texts), len(a.levels))
	}
	a.fields = slices.Clone(a.fields)
	a.fields[0].labels = texts
	return a
}

// Column returns the axis with a column of the caller's own, one number or text
// for each of its values: the depths of networks, the names of ranges.
func (a Axis) Column(name string, values ...any) Axis {
	if len(values) != len(a.levels) {
		return a.mistake("Column %q: %d values for the axis' %d", name, len(values), len(a.levels))
	}
	for _, v := range values {
		if !scalar(reflect.ValueOf(v)) {
			return a.mistake("Column %q: a %T is not allowed; allowed: numbers, texts, bools", name, v)
		}
	}
	a.extra = append(slices.Clip(a.extra), extra{name, values})
	return a
}

// mistake keeps the first mistake of the caller.
func (a Axis) mistake(format string, args ...any) Axis {
	if a.wrong == "" {
		a.wrong = fmt.Sprintf(format, args...)
	}
	return a
}

// Zip makes one axis of several that have as many values each and move together:
// the first value of each, the second of each ...
func Zip(axes ...Axis) Axis {
	var out Axis
	for i, a := range axes {
		if a.wrong != "" {
			out = out.mistake("%s", a.wrong)
		}
		if a.span != nil {
			return out.mistake("Zip: %q is a span, which has no values to go with others; see Along", a.title())
		}
		if i == 0 {
			out.levels = make([]level, len(a.levels))
		}
		if len(a.levels) != len(out.levels) {
			return out.mistake("Zip: %q has %d values, %q has %d", axes[0].title(), len(out.levels), a.title(), len(a.levels))
		}
		for k, l := range a.levels {
			out.levels[k] = append(out.levels[k], l...)
		}
		out.extra = append(out.extra, a.extra...)
		out.fields = append(out.fields, a.fields...)
	}
	return out
}

// title names the axis in messages.
func (a Axis) title() string {
	names := make([]string, len(a.fields))
	for i, f := range a.fields {
		names[i] = f.column()
	}
	return strings.Join(names, ", ")
}

// String says what varies, in one line: "Device.LTP: 13 values from 0 to 6".
func (a Axis) String() string {
	switch {
	case a.wrong != "":
		return a.title() + ": " + a.wrong
	case a.span != nil:
		return fmt.Sprintf("%s: %v", a.title(), a.span)
	case len(a.levels) == 0:
		return a.title() + ": no value"
	}
	texts := a.labelsOf(0)
	if len(texts) > 6 {
		return fmt.Sprintf("%s: %d values from %s to %s", a.title(), len(texts), texts[0], texts[len(texts)-1])
	}
	return a.title() + ": " + strings.Join(texts, ", ")
}

// Linspace returns n numbers from low to high at equal distances.
func Linspace(low, high float64, n int) []any {
	return spaced(n, func(share float64) float64 { return low + share*(high-low) }, high)
}

// Logspace returns n numbers from low to high at equal ratios; both are of one
// sign and not 0, else it panics.
func Logspace(low, high float64, n int) []any {
	if !(low*high > 0) {
		panic(fmt.Sprintf("sweep: Logspace from %g to %g: both ends must be above 0, or both below", low, high))
	}
	return spaced(n, func(share float64) float64 { return low * math.Pow(high/low, share) }, high)
}

func spaced(n int, at func(share float64) float64, last float64) []any {
	if n < 1 {
		panic(fmt.Sprintf("sweep: %d numbers; allowed: 1 and more", n))
	}
	values := make([]any, n)
	for i := range n - 1 {
		values[i] = tidy(at(float64(i) / float64(n-1)))
	}
	if n == 1 {
		last = at(0)
	}
	values[n-1] = last
	return values
}

// tidy takes the noise of rounding off the last digits: 0.30000000000000004 is
// 0.3, so that a label and a hash are what the reader means.
func tidy(v float64) float64 {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	unit := math.Pow10(13 - int(math.Floor(math.Log10(math.Abs(v)))))
	if rounded := math.Round(v*unit) / unit; !math.IsInf(rounded, 0) && !math.IsNaN(rounded) {
		return rounded
	}
	return v
}

package notebooks

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Tolerance says how far a new output may be from the stored one.
type Tolerance struct {
	// Number is the relative difference of two numbers, that is their distance
	// as a share of the larger one. 0 means 1e-6; at most 1. A cell may have
	// its own by a tag such as check-tolerance=0.05.
	Number float64

	// Pixels is the share of a picture's pixels that may look different. 0
	// means 0.001; at most 1.
	Pixels float64
}

// Validate returns what is out of range.
func (t Tolerance) Validate() error {
	var problems []error
	for _, f := range []struct {
		name  string
		value float64
	}{{"Number", t.Number}, {"Pixels", t.Pixels}} {
		if !(f.value >= 0 && f.value <= 1) {
			problems = append(problems, fmt.Errorf("notebooks: Tolerance.%s: is %g, must be 0 to 1", f.name, f.value))
		}
	}
	return errors.Join(problems...)
}

// The tags by which a cell says how its outputs are compared.
const (
	tagSkip      = "check-skip"       // not at all
	tagNumbers   = "check-numbers"    // only the numbers in texts
	tagExact     = "check-exact"      // texts to the letter
	tagTolerance = "check-tolerance=" // with this relative difference of numbers
)

// Difference is a place where a new run shows something else than the stored
// notebook.
type Difference struct {
	Cell  int    // number in the notebook, from 1, all cells counted
	ID    string // of the cell
	Where string // "output 2, text/plain"
	What  string // what differs, in one line or as lines marked - and +
}

// String is the difference for a terminal.
func (d Difference) String() string {
	text := fmt.Sprintf("cell %d (%s)", d.Cell, d.ID)
	if d.Where != "" {
		text += ", " + d.Where
	}
	if strings.Contains(d.What, "\n") {
		return text + ":\n    " + strings.ReplaceAll(d.What, "\n", "\n    ")
	}
	return text + ": " + d.What
}

// Compare returns where the outputs of a notebook that was run again differ
// from those stored. Numbers may differ by the tolerance, pictures are compared
// by the data that they draw when both have it (Vega-Lite) and by their pixels
// otherwise; runs of spaces count as one. A cell's tags change the rule:
// check-skip, check-numbers, check-exact, check-tolerance=0.05. The error is
// about tags that make no sense, or notebooks that do not belong together.
func Compare(stored, again *Notebook, within Tolerance) ([]Difference, error) {
	if err := within.Validate(); err != nil {
		return nil, err
	}
	if len(stored.Cells) != len(again.Cells) {
		return nil, fmt.Errorf("notebooks: compare: one has %d cells, the other %d", len(stored.Cells), len(again.Cells))
	}
	var all []Difference
	var problems []error
	for i := range stored.Cells {
		c := &stored.Cells[i]
		if c.Type != Code {
			continue
		}
		r, err := c.rule(within)
		if err != nil {
			problems = append(problems, fmt.Errorf("notebooks: cell %d (%s): %w", i+1, c.ID, err))
			continue
		}
		for _, d := range r.cells(c.Outputs, again.Cells[i].Outputs) {
			d.Cell, d.ID = i+1, c.ID
			all = append(all, d)
		}
	}
	return all, errors.Join(problems...)
}

// rule is how one cell's outputs are compared.
type rule struct {
	Tolerance
	skip, numbers, exact bool
}

// rule reads the cell's tags.
func (c *Cell) rule(within Tolerance) (rule, error) {
	r := rule{Tolerance: Tolerance{cmp.Or(within.Number, 1e-6), cmp.Or(within.Pixels, 1e-3)}}
	tags, _ := c.Metadata["tags"].([]any)
	for _, t := range tags {
		tag, _ := t.(string)
		value, given := strings.CutPrefix(tag, tagTolerance)
		switch {
		case tag == tagSkip:
			r.skip = true
		case tag == tagNumbers:
			r.numbers = true
		case tag == tagExact:
			r.exact = true
		case given:
			n, err := strconv.ParseFloat(value, 64)
			if err != nil || !(n >= 0 && n <= 1) {
				return r, fmt.Errorf("the tag %q must give a number from 0 to 1", tag)
			}
			r.Number = n
		case strings.HasPrefix(tag, "check-"):
			return r, fmt.Errorf("the tag %q is not known; there are %s, %s, %s and %s0.05", tag, tagSkip, tagNumbers, tagExact, tagTolerance)
		}
	}
	return r, nil
}

// cells compares all outputs of a cell.
func (r rule) cells(stored, again []Output) []Difference {
	if r.skip {
		return nil
	}
	stored, again = gathered(stored), gathered(again)
	var all []Difference
	for i := range min(len(stored), len(again)) {
		for _, d := range r.output(&stored[i], &again[i]) {
			d.Where = strings.TrimSuffix(fmt.Sprintf("output %d, %s", i+1, d.Where), ", ")
			all = append(all, d)
		}
	}
	if len(stored) != len(again) {
		all = append(all, Difference{What: fmt.Sprintf("%s became %s", counted(stored), counted(again))})
	}
	return all
}

// gathered joins what was printed on each stream, in front: how prints to two
// streams interleave is chance.
func gathered(outputs []Output) []Output {
	var streams, others []Output
	for _, o := range outputs {
		if o.Type != StreamOutput {
			others = append(others, o)
			continue
		}
		at := slices.IndexFunc(streams, func(s Output) bool { return s.Stream == o.Stream })
		if at < 0 {
			streams = append(streams, o)
		} else {
			streams[at].Text += o.Text
		}
	}
	slices.SortStableFunc(streams, func(a, b Output) int { return strings.Compare(b.Stream, a.Stream) })
	return append(streams, others...)
}

// counted lists outputs by type: "2 outputs (stream, display_data)".
func counted(outputs []Output) string {
	types := make([]string, len(outputs))
	for i, o := range outputs {
		types[i] = string(o.Type)
	}
	if len(types) == 0 {
		return "no output"
	}
	return fmt.Sprintf("%d (%s)", len(types), strings.Join(types, ", "))
}

func (r rule) output(stored, again *Output) []Difference {
	if stored.Type != again.Type || stored.Stream != again.Stream {
		return []Difference{{What: fmt.Sprintf("%s became %s", named(stored), named(again))}}
	}
	switch stored.Type {
	case StreamOutput:
		return r.text(stored.Stream, stored.Text, again.Text)
	case ErrorOutput:
		return r.text("error", stored.Error+": "+stored.Message, again.Error+": "+again.Message)
	}
	return r.bundles(stored.Bundle.Data, again.Bundle.Data)
}

func named(o *Output) string {
	return strings.TrimSpace(string(o.Type) + " " + o.Stream)
}

// bundles compares two MIME bundles, type by type.
func (r rule) bundles(stored, again map[string]any) []Difference {
	var all []Difference
	drawn := hasDrawing(stored) && hasDrawing(again)
	for _, mime := range slices.Sorted(maps.Keys(stored)) {
		other, has := again[mime]
		switch {
		case !has:
			all = append(all, Difference{Where: mime, What: "is gone"})
		case drawn && strings.HasPrefix(mime, "image/"):
			// what it draws is compared
		default:
			all = append(all, r.value(mime, stored[mime], other)...)
		}
	}
	for _, mime := range slices.Sorted(maps.Keys(again)) {
		if _, has := stored[mime]; !has {
			all = append(all, Difference{Where: mime, What: "is new"})
		}
	}
	return all
}

// hasDrawing says whether a bundle has the data that its picture draws.
func hasDrawing(data map[string]any) bool {
	for mime := range data {
		if strings.HasPrefix(mime, "application/vnd.vega") {
			return true
		}
	}
	return false
}

// value compares one representation.
func (r rule) value(mime string, stored, again any) []Difference {
	a, isText := stored.(string)
	b, bothText := again.(string)
	switch {
	case isJSON(mime) || !isText || !bothText:
		return r.tree(mime, stored, again)
	case isRaster(mime):
		return r.raster(mime, a, b)
	case mime == "text/html":
		return r.text(mime, readable(a), readable(b))
	}
	return r.text(mime, a, b)
}

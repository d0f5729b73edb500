package notebooks

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"crossbook/kernel/display"
)

// maxProblems bounds how many problems one bad notebook tells of.
const maxProblems = 10

// decoder turns a tree of JSON values into a notebook and notes what is wrong.
type decoder struct {
	minor    int            // of nbformat
	ids      map[string]int // cell id -> number of the cell that has it
	problems []error
}

// fields is an object of the file and its place: "cell 3: outputs[0]".
type fields struct {
	at     string
	values map[string]any
}

func (d *decoder) bad(at, format string, args ...any) {
	if len(d.problems) < maxProblems {
		d.problems = append(d.problems, errors.New(at+": "+fmt.Sprintf(format, args...)))
	}
}

func (d *decoder) notebook(top map[string]any) *Notebook {
	f := fields{at: "notebook", values: top}
	d.only(f, "cells metadata nbformat nbformat_minor")
	nb := &Notebook{Metadata: Metadata(d.object(f, "metadata")).without("orig_nbformat", "orig_nbformat_minor", "signature")}
	for i, v := range d.list(f, "cells") {
		at := fmt.Sprintf("cell %d", i+1)
		if values, ok := v.(map[string]any); ok {
			nb.Cells = append(nb.Cells, d.cell(i, fields{at, values}))
		} else {
			d.bad(at, "is %s, must be an object", kindOf(v))
		}
	}
	return nb
}

func (d *decoder) cell(index int, f fields) Cell {
	c := Cell{
		Type:     CellType(d.text(f, "cell_type")),
		Metadata: Metadata(d.object(f, "metadata")).without("trusted"),
		Source:   d.lines(f, "source"),
	}
	switch c.Type {
	case Code:
		d.only(f, "cell_type id metadata source outputs execution_count")
		c.Count = d.count(f)
		c.Outputs = d.outputs(f)
	case Markdown, Raw:
		d.only(f, "cell_type id metadata source attachments")
		c.Attachments = d.attachments(f)
	default:
		if _, ok := f.values["cell_type"].(string); ok {
			d.bad(f.at, `cell_type: is %q, must be "code", "markdown" or "raw"`, c.Type)
		}
	}
	c.ID = d.id(index, f, c.Source)
	return c
}

var idPattern = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

func (d *decoder) id(index int, f fields, source string) string {
	_, has := f.values["id"]
	if d.minor < 5 && !has {
		return madeID(index, source)
	}
	if !has {
		d.bad(f.at, "id: is missing; nbformat 4.5 wants one (with nbformat_minor 4, ids are made)")
		return ""
	}
	id := d.text(f, "id")
	if first, taken := d.ids[id]; taken {
		d.bad(f.at, "id: %q is the id of cell %d too", id, first)
	} else if _, isText := f.values["id"].(string); isText && !idPattern.MatchString(id) {
		d.bad(f.at, "id: is %q, must be 1 to 64 of A-Z a-z 0-9 - _", id)
	}
	d.ids[id] = index + 1
	return id
}

func (d *decoder) attachments(f fields) map[string]any {
	if _, ok := f.values["attachments"]; !ok {
		return nil
	}
	all := map[string]any{}
	for name := range d.object(f, "attachments") {
		inner := fields{f.at + ": attachments", f.values["attachments"].(map[string]any)}
		all[name] = d.bundle(inner, name)
	}
	return all
}

func (d *decoder) outputs(f fields) []Output {
	var outputs []Output
	for i, v := range d.list(f, "outputs") {
		at := fmt.Sprintf("%s: outputs[%d]", f.at, i)
		if values, ok := v.(map[string]any); ok {
			outputs = append(outputs, d.output(fields{at, values}))
		} else {
			d.bad(at, "is %s, must be an object", kindOf(v))
		}
	}
	return outputs
}

func (d *decoder) output(f fields) Output {
	o := Output{Type: OutputType(d.text(f, "output_type"))}
	switch o.Type {
	case StreamOutput:
		d.only(f, "output_type name text")
		o.Stream = d.text(f, "name")
		o.Text = d.lines(f, "text")
	case DisplayOutput, ResultOutput:
		allowed := "output_type data metadata"
		if o.Type == ResultOutput {
			allowed += " execution_count"
			o.Count = d.count(f)
		}
		d.only(f, allowed)
		o.Bundle = display.Bundle{Data: d.bundle(f, "data"), Metadata: d.object(f, "metadata")}
	case ErrorOutput:
		d.only(f, "output_type ename evalue traceback")
		o.Error = d.text(f, "ename")
		o.Message = d.text(f, "evalue")
		for i, line := range d.list(f, "traceback") {
			text, ok := line.(string)
			if !ok {
				d.bad(f.at, "traceback[%d]: is %s, must be a string", i, kindOf(line))
			}
			o.Traceback = append(o.Traceback, text)
		}
	default:
		if _, ok := f.values["output_type"].(string); ok {
			d.bad(f.at, `output_type: is %q, must be "stream", "display_data", "execute_result" or "error"`, o.Type)
		}
	}
	return o
}

// bundle is a MIME bundle with its texts joined.
func (d *decoder) bundle(f fields, key string) map[string]any {
	data := d.object(f, key)
	inner := fields{f.at + ": " + key, data}
	for mime := range data {
		if !isJSON(mime) {
			data[mime] = d.lines(inner, mime)
		}
	}
	return data
}

// only complains about keys other than those allowed, which a space separates.
func (d *decoder) only(f fields, allowed string) {
	for _, key := range slices.Sorted(maps.Keys(f.values)) {
		if !slices.Contains(strings.Fields(allowed), key) {
			d.bad(f.at, "has the unknown key %q; allowed: %s", key, strings.ReplaceAll(allowed, " ", ", "))
		}
	}
}

// get returns a value of a wanted kind, the zero value and a problem otherwise.
func get[T any](d *decoder, f fields, key string) T {
	v, has := f.values[key]
	value, ok := v.(T)
	switch {
	case !has:
		d.bad(f.at, "%s: is missing", key)
	case !ok:
		d.bad(f.at, "%s: is %s, must be %s", key, kindOf(v), kindOf(any(*new(T))))
	}
	return value
}

func (d *decoder) text(f fields, key string) string { return get[string](d, f, key) }
func (d *decoder) list(f fields, key string) []any  { return get[[]any](d, f, key) }
func (d *decoder) object(f fields, key string) map[string]any {
	return get[map[string]any](d, f, key)
}

// lines is a text that may be cut into a list of lines.
func (d *decoder) lines(f fields, key string) string {
	list, ok := f.values[key].([]any)
	if !ok {
		return d.text(f, key)
	}
	var joined strings.Builder
	for i, v := range list {
		line, ok := v.(string)
		if !ok {
			d.bad(f.at, "%s[%d]: is %s, must be a string", key, i, kindOf(v))
		}
		joined.WriteString(line)
	}
	return joined.String()
}

func (d *decoder) count(f fields) int {
	v, has := f.values["execution_count"]
	count, ok := integer(v)
	if v == nil && has {
		return 0
	}
	if !ok || count < 0 {
		d.bad(f.at, "execution_count: is %s, must be a whole number of 0 or more, or null", valueOf(v))
	}
	return count
}

// kindOf names the JSON kind of a value.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null or missing"
	case bool:
		return "true or false"
	case json.Number:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return fmt.Sprintf("a %T", v)
}

func valueOf(v any) string {
	if n, ok := v.(json.Number); ok {
		return n.String()
	}
	return kindOf(v)
}

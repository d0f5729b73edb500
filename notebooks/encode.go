package notebooks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// encoder writes JSON as Python's json.dumps does with indent=1, sort_keys and
// ensure_ascii=False: Jupyter's own files, so that a notebook that both save
// stays the same to the byte. encoding/json differs: it escapes <, >, & and
// U+2028.
type encoder struct {
	bytes.Buffer
}

// value writes v at a depth of nesting.
func (e *encoder) value(v any, depth int) error {
	switch v := v.(type) {
	case nil:
		e.WriteString("null")
	case bool:
		e.WriteString(strconv.FormatBool(v))
	case int:
		e.WriteString(strconv.Itoa(v))
	case json.Number:
		e.WriteString(v.String())
	case string:
		e.quote(v)
	case []any:
		return e.list(v, depth)
	case map[string]any:
		return e.object(v, depth)
	default:
		return e.other(v, depth)
	}
	return nil
}

// other writes any further type that encoding/json accepts.
func (e *encoder) other(v any, depth int) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	tree, err := decodeJSON(data)
	if err != nil {
		return err
	}
	return e.value(tree, depth)
}

func (e *encoder) list(values []any, depth int) error {
	if len(values) == 0 {
		e.WriteString("[]")
		return nil
	}
	e.WriteByte('[')
	for i, v := range values {
		e.next(i, depth+1)
		if err := e.value(v, depth+1); err != nil {
			return fmt.Errorf("[%d]: %w", i, err)
		}
	}
	e.newline(depth)
	e.WriteByte(']')
	return nil
}

func (e *encoder) object(fields map[string]any, depth int) error {
	if len(fields) == 0 {
		e.WriteString("{}")
		return nil
	}
	e.WriteByte('{')
	for i, key := range slices.Sorted(maps.Keys(fields)) {
		e.next(i, depth+1)
		e.quote(key)
		e.WriteString(": ")
		if err := e.value(fields[key], depth+1); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	e.newline(depth)
	e.WriteByte('}')
	return nil
}

// next begins the i-th element of a list or an object.
func (e *encoder) next(i, depth int) {
	if i > 0 {
		e.WriteByte(',')
	}
	e.newline(depth)
}

func (e *encoder) newline(depth int) {
	e.WriteByte('\n')
	for range depth {
		e.WriteByte(' ')
	}
}

func (e *encoder) quote(s string) {
	e.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			e.WriteByte('\\')
			e.WriteRune(r)
		case '\n':
			e.WriteString(`\n`)
		case '\r':
			e.WriteString(`\r`)
		case '\t':
			e.WriteString(`\t`)
		case '\b':
			e.WriteString(`\b`)
		case '\f':
			e.WriteString(`\f`)
		default:
			if r < ' ' {
				fmt.Fprintf(e, `\u%04x`, r)
			} else {
				e.WriteRune(r)
			}
		}
	}
	e.WriteByte('"')
}

package value

import (
	"bytes"
	"encoding/json"
	"reflect"

	"crossbook/interp/naming"
)

// FromJSON decodes into what a pointer points to.
func (p *Printer) FromJSON(data []byte, to any, number, strict bool) error {
	to = p.Identified(to)
	d := jsonDecoding{p: p, number: number, strict: strict}
	v, s := p.inside(reflect.ValueOf(to), nil)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return p.notDecoded(v, s)
	}
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	d.place.offset = int64(bytes.Index(data, raw))
	if err := d.value(raw, v.Elem(), s.elem()); err != nil {
		return err
	}
	return d.first
}

// notDecoded is the error of encoding/json for what it cannot decode into.
func (p *Printer) notDecoded(v reflect.Value, s *Shape) error {
	if !v.IsValid() {
		return &json.InvalidUnmarshalError{}
	}
	return &json.InvalidUnmarshalError{Type: typed{v.Type(), p.titleOf(v.Type(), s)}}
}

// decodes tells whether values of a type have methods for decoding, or embedded
// fields, which encoding/json does not see.
func (p *Printer) decodes(t reflect.Type, s *Shape, seen map[reflect.Type]bool) bool {
	if s == nil && seen[t] {
		return false
	}
	seen[t] = true
	zero := reflect.New(t)
	for _, name := range []string{"UnmarshalJSON", "UnmarshalText"} {
		if f, _ := p.methodOf(zero.Elem(), s, name); f != nil {
			return true
		}
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return (t.Name() == "" || s != nil) && p.decodes(t.Elem(), s.elem(), seen)
	case reflect.Map:
		return (t.Name() == "" || s != nil) && (p.decodes(t.Key(), s.key(), seen) || p.decodes(t.Elem(), s.elem(), seen))
	case reflect.Struct:
		if t.Name() != "" {
			return false
		}
		if isRecursive(t) {
			return true
		}
		if s == nil {
			s = p.ShapeOf(typeTag(t))
		}
		for i := range t.NumField() {
			_, embedded := t.Field(i).Tag.Lookup(naming.EmbedKey)
			if embedded || p.decodes(t.Field(i).Type, s.field(i), seen) {
				return true
			}
		}
	}
	return false
}

package value

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"crossbook/interp/naming"
)

// FromJSON decodes into what a pointer points to.
func (p *Printer) FromJSON(data []byte, to any, number, strict bool) error {
	to = p.Identified(to)
	d := jsonDecoding{p, number, strict}
	v, s := p.inside(reflect.ValueOf(to), nil)
	if v.Kind() != reflect.Pointer || v.IsNil() || !p.decodes(v.Type(), s, map[reflect.Type]bool{}) {
		if b, ok := unboxed(to); ok {
			to = b.Value
		}
		return d.plain(data, to)
	}
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	return d.value(raw, v.Elem(), s.elem())
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

// jsonDecoding decodes with the settings of a json.Decoder.
type jsonDecoding struct {
	p              *Printer
	number, strict bool
}

func (d jsonDecoding) plain(data []byte, to any) error {
	if !d.number && !d.strict {
		return json.Unmarshal(data, to)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if d.number {
		dec.UseNumber()
	}
	if d.strict {
		dec.DisallowUnknownFields()
	}
	return dec.Decode(to)
}

func (d jsonDecoding) value(raw json.RawMessage, v reflect.Value, s *Shape) error {
	raw = bytes.TrimSpace(raw)
	null := string(raw) == "null"
	if v.Kind() == reflect.Pointer && !null {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return d.value(raw, v.Elem(), s.elem())
	}
	if f, self := d.p.methodOf(v, s, "UnmarshalJSON"); f != nil && v.Kind() != reflect.Pointer {
		return f.(func(any, []byte) error)(self, raw)
	}
	if f, self := d.p.methodOf(v, s, "UnmarshalText"); f != nil && raw[0] == '"' {
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
		return f.(func(any, []byte) error)(self, []byte(text))
	}
	switch {
	case null || !d.p.decodes(v.Type(), s, map[reflect.Type]bool{}):
	case v.Kind() == reflect.Struct && raw[0] == '{':
		return d.structure(raw, v, s)
	case v.Kind() == reflect.Map && raw[0] == '{':
		return d.table(raw, v, s)
	case (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) && raw[0] == '[':
		return d.list(raw, v, s)
	}
	return d.plain(raw, v.Addr().Interface())
}

func (d jsonDecoding) structure(raw json.RawMessage, v reflect.Value, s *Shape) error {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &members); err != nil {
		return err
	}
	fields := d.p.jsonFields(v.Type(), s)
	for name, member := range members {
		f := fieldNamed(fields, name)
		if f == nil {
			if d.strict {
				return fmt.Errorf("json: unknown field %q", name)
			}
			continue
		}
		field, _ := f.in(v, true)
		if f.quoted {
			var text string
			if err := json.Unmarshal(member, &text); err != nil {
				return err
			}
			member = json.RawMessage(text)
		}
		if err := d.value(member, field, f.shape); err != nil {
			return err
		}
	}
	return nil
}

// fieldNamed finds the field for a member, by its name or one that differs in case.
func fieldNamed(fields []jsonField, name string) *jsonField {
	var like *jsonField
	for i := range fields {
		if fields[i].name == name {
			return &fields[i]
		}
		if like == nil && strings.EqualFold(fields[i].name, name) {
			like = &fields[i]
		}
	}
	return like
}

func (d jsonDecoding) table(raw json.RawMessage, v reflect.Value, s *Shape) error {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &members); err != nil {
		return err
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for name, member := range members {
		key := reflect.New(v.Type().Key()).Elem()
		text, err := json.Marshal(name)
		if err != nil {
			return err
		}
		if key.CanInt() || key.CanUint() {
			if f, _ := d.p.methodOf(key, s.key(), "UnmarshalText"); f == nil {
				text = []byte(name)
			}
		}
		if err := d.value(text, key, s.key()); err != nil {
			return err
		}
		elem := reflect.New(v.Type().Elem()).Elem()
		if err := d.value(member, elem, s.elem()); err != nil {
			return err
		}
		v.SetMapIndex(key, elem)
	}
	return nil
}

func (d jsonDecoding) list(raw json.RawMessage, v reflect.Value, s *Shape) error {
	var members []json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return err
	}
	if v.Kind() == reflect.Slice {
		v.Set(reflect.MakeSlice(v.Type(), len(members), len(members)))
	} else {
		v.SetZero()
	}
	for i := range min(len(members), v.Len()) {
		if err := d.value(members[i], v.Index(i), s.elem()); err != nil {
			return err
		}
	}
	return nil
}

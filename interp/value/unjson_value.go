package value

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// jsonDecoding decodes with the settings of a json.Decoder. As there, a value of the wrong
// type is passed over, and the first such error is told in the end.
type jsonDecoding struct {
	p              *Printer
	number, strict bool
	place          jsonPlace
	first          error
}

// jsonPlace is where a value stands.
type jsonPlace struct {
	offset int64    // of its first byte
	fields []string // on the way to it
	owner  string   // name of the struct that has the last of them
}

// plain decodes what encoding/json can.
func (d *jsonDecoding) plain(data []byte, to any) error {
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

func (d *jsonDecoding) value(raw json.RawMessage, v reflect.Value, s *Shape) error {
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
	if inner, shape, ok := d.p.recursive(v); ok {
		return d.value(raw, inner, shape)
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
	return d.keep(d.plain(raw, v.Addr().Interface()), v.Type(), s)
}

// keep keeps the first error of the type of a value, in a value of a type of the session,
// told as encoding/json tells it of the type as it was written; others it returns.
func (d *jsonDecoding) keep(err error, t reflect.Type, s *Shape) error {
	wrong, ok := err.(*json.UnmarshalTypeError)
	if !ok {
		return err
	}
	if d.first != nil {
		return nil
	}
	told := *wrong
	told.Offset += d.place.offset
	told.Struct = d.place.owner
	var within []string
	title := plainTypes(wrong.Type.String())
	if wrong.Field != "" {
		within = strings.Split(wrong.Field, ".")
		told.Struct = d.p.ownerOf(t, s, within)
	} else if wrong.Type == t {
		title = d.p.titleOf(t, s)
	}
	told.Type = typed{wrong.Type, title}
	told.Field = strings.Join(append(d.place.fields[:len(d.place.fields):len(d.place.fields)], within...), ".")
	d.first = &told
	return nil
}

// ownerOf returns the name of the struct that has the last of some fields, which are those
// on the way to it from a type.
func (p *Printer) ownerOf(t reflect.Type, s *Shape, fields []string) (owner string) {
	for _, name := range fields {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map {
			t, s = t.Elem(), s.elem()
		}
		if t.Kind() != reflect.Struct {
			return owner
		}
		f := fieldNamed(p.jsonFields(t, s), name)
		if f == nil {
			return owner
		}
		owner = bare(p.titleOf(t, s))
		for _, n := range f.path {
			if t.Kind() == reflect.Pointer {
				t = t.Elem()
			}
			t = t.Field(n).Type
		}
		s = f.shape
	}
	return owner
}

// each calls do for the elements of an object or a list in their order, with their names
// in an object, while it knows where they stand.
func (d *jsonDecoding) each(raw json.RawMessage, do func(name string, member json.RawMessage) error) error {
	begun := d.place.offset
	defer func() { d.place.offset = begun }()
	dec := json.NewDecoder(bytes.NewReader(raw))
	open, err := dec.Token()
	for err == nil && dec.More() {
		var name string
		if open == json.Delim('{') {
			var key json.Token
			if key, err = dec.Token(); err != nil {
				break
			}
			name = key.(string)
		}
		var member json.RawMessage
		if err = dec.Decode(&member); err != nil {
			break
		}
		d.place.offset = begun + dec.InputOffset() - int64(len(member))
		err = do(name, member)
	}
	return err
}

func (d *jsonDecoding) structure(raw json.RawMessage, v reflect.Value, s *Shape) error {
	fields := d.p.jsonFields(v.Type(), s)
	outer := d.place
	defer func() { d.place.fields, d.place.owner = outer.fields, outer.owner }()
	owner := bare(d.p.titleOf(v.Type(), s))
	return d.each(raw, func(name string, member json.RawMessage) error {
		f := fieldNamed(fields, name)
		if f == nil {
			if d.strict && d.first == nil {
				d.first = fmt.Errorf("json: unknown field %q", name)
			}
			return nil
		}
		field, _ := f.in(v, true)
		if f.quoted {
			var text string
			if err := json.Unmarshal(member, &text); err != nil {
				return err
			}
			member = json.RawMessage(text)
		}
		d.place.fields = append(outer.fields[:len(outer.fields):len(outer.fields)], f.way(v.Type())...)
		d.place.owner = owner
		return d.value(member, field, f.shape)
	})
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

func (d *jsonDecoding) table(raw json.RawMessage, v reflect.Value, s *Shape) error {
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	return d.each(raw, func(name string, member json.RawMessage) error {
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
		return nil
	})
}

// list decodes into the elements that are there, as encoding/json does.
func (d *jsonDecoding) list(raw json.RawMessage, v reflect.Value, s *Shape) error {
	count := 0
	err := d.each(raw, func(_ string, member json.RawMessage) error {
		if count++; count > v.Len() {
			if v.Kind() == reflect.Array {
				return nil
			}
			v.Grow(1)
			v.SetLen(count)
		}
		return d.value(member, v.Index(count-1), s.elem())
	})
	switch {
	case err != nil:
	case v.Kind() == reflect.Array:
		for i := count; i < v.Len(); i++ {
			v.Index(i).SetZero()
		}
	case count == 0:
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	default:
		v.SetLen(count)
	}
	return err
}

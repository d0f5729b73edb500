package value

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"crossbook/interp/naming"
)

// Package encoding/json sees neither methods of the session's types, but for the value
// that it is given, nor which fields are embedded. So what it encodes is written in
// terms of values that it sees whole, and what has methods is decoded here.

// JSON returns a value as encoding/json is to encode it.
func (p *Printer) JSON(v any) (any, error) {
	v = p.Identified(v)
	if v == nil {
		return nil, nil
	}
	if _, isBox := unboxed(v); !isBox && !ownType(reflect.TypeOf(v), map[reflect.Type]bool{}) {
		return v, nil
	}
	e := jsonEncoding{p, map[visit]bool{}}
	return e.value(reflect.ValueOf(v), nil)
}

// JSONError is an error of encoding/json without what the session put around it.
func JSONError(err error) error {
	for {
		m, ok := err.(*json.MarshalerError)
		if !ok || m.Type != reflect.TypeFor[jsonObject]() {
			return err
		}
		err = m.Err
	}
}

// jsonEncoding is the encoding of one value.
type jsonEncoding struct {
	*Printer
	path map[visit]bool // what the value at hand lies in
}

// visit is a place that refers to others.
type visit struct {
	as     reflect.Type
	at     uintptr
	length int
}

// placeOf returns the place that a pointer, map or slice refers to.
func placeOf(v reflect.Value) (place visit, refers bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Map:
		return visit{as: v.Type(), at: v.Pointer()}, !v.IsNil()
	case reflect.Slice:
		return visit{v.Type(), v.Pointer(), v.Len()}, v.Len() > 0
	}
	return visit{}, false
}

// jsonObject is an object with its members in order.
type jsonObject []jsonMember

type jsonMember struct {
	name  string
	value any
}

// MarshalJSON writes the members.
func (o jsonObject) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, part := range []any{m.name, m.value} {
			if j > 0 {
				b.WriteByte(':')
			}
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false) // the outer one does, if it is to
			if err := enc.Encode(part); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (e jsonEncoding) value(v reflect.Value, s *Shape) (any, error) {
	v, s = e.inside(v, s)
	if !v.IsValid() {
		return nil, nil
	}
	if place, refers := placeOf(v); refers {
		if e.path[place] {
			return nil, &json.UnsupportedValueError{Value: v, Str: "encountered a cycle via " + e.titleOf(v.Type(), s)}
		}
		e.path[place] = true
		defer delete(e.path, place)
	}
	if out, err, has := e.marshalled(v, s); has {
		return out, err
	}
	if inner, shape, ok := e.recursive(v); ok {
		return e.value(inner, shape)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || v.Type().Elem().Name() != "" && s == nil {
			return v.Interface(), nil
		}
		return e.value(v.Elem(), s.elem())
	case reflect.Struct:
		if v.Type().Name() == "" {
			return e.structure(v, s)
		}
	case reflect.Map:
		if !v.IsNil() {
			return e.table(v, s)
		}
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 && s.elem() == nil {
			break
		}
		list := make([]any, v.Len())
		for i := range list {
			var err error
			if list[i], err = e.value(v.Index(i), s.elem()); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return v.Interface(), nil
}

// marshalled returns what a method of the session's type makes of a value.
func (p *Printer) marshalled(v reflect.Value, s *Shape) (out any, err error, has bool) {
	for _, name := range []string{"MarshalJSON", "MarshalText"} {
		f, self := p.methodOf(v, s, name)
		if f == nil {
			continue
		}
		text, err := f.(func(any) ([]byte, error))(self)
		switch {
		case err != nil:
			return nil, fmt.Errorf("json: error calling %s for type %s: %w", name, p.titleOf(v.Type(), s), err), true
		case name == "MarshalText":
			return string(text), nil, true
		}
		return json.RawMessage(text), nil, true
	}
	return nil, nil, false
}

func (e jsonEncoding) structure(v reflect.Value, s *Shape) (any, error) {
	object := jsonObject{}
	for _, f := range e.jsonFields(v.Type(), s) {
		field, ok := f.in(v, false)
		if !ok || f.omitEmpty && isEmpty(field) || f.omitZero && field.IsZero() {
			continue
		}
		x, err := e.value(field, f.shape)
		if err != nil {
			return nil, err
		}
		if f.quoted {
			text, err := json.Marshal(x)
			if err != nil {
				return nil, err
			}
			x = string(text)
		}
		object = append(object, jsonMember{f.name, x})
	}
	return object, nil
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

func (e jsonEncoding) table(v reflect.Value, s *Shape) (any, error) {
	object := jsonObject{}
	for _, k := range v.MapKeys() {
		name, err := e.keyText(k, s.key())
		if err != nil {
			return nil, err
		}
		x, err := e.value(v.MapIndex(k), s.elem())
		if err != nil {
			return nil, err
		}
		object = append(object, jsonMember{name, x})
	}
	slices.SortFunc(object, func(a, b jsonMember) int { return strings.Compare(a.name, b.name) })
	return object, nil
}

func (e jsonEncoding) keyText(k reflect.Value, s *Shape) (string, error) {
	if k.Kind() == reflect.String {
		return k.String(), nil
	}
	if f, self := e.methodOf(k, s, "MarshalText"); f != nil {
		text, err := f.(func(any) ([]byte, error))(self)
		return string(text), err
	}
	if t, ok := k.Interface().(encoding.TextMarshaler); ok {
		text, err := t.MarshalText()
		return string(text), err
	}
	switch {
	case k.CanInt():
		return strconv.FormatInt(k.Int(), 10), nil
	case k.CanUint():
		return strconv.FormatUint(k.Uint(), 10), nil
	}
	return "", fmt.Errorf("json: unsupported type: map[%s]", e.titleOf(k.Type(), s))
}

// jsonField is a field as JSON has it, of a struct or of one embedded in it.
type jsonField struct {
	name                        string
	path                        []int
	shape                       *Shape
	tagged                      bool
	omitEmpty, omitZero, quoted bool
}

// in returns the field in a struct; make allocates embedded pointers on the way.
func (f jsonField) in(v reflect.Value, create bool) (reflect.Value, bool) {
	for i, n := range f.path {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !create {
					return v, false
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return v, true
}

// way is the names of the fields on the way to it, those of embedded structs among them.
func (f jsonField) way(t reflect.Type) (names []string) {
	for _, n := range f.path[:len(f.path)-1] {
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		names = append(names, fieldTitle(t.Field(n)))
		t = t.Field(n).Type
	}
	return append(names, f.name)
}

// jsonFields lists the fields of a struct, those of embedded ones among them, where
// one at less depth hides others of its name.
func (p *Printer) jsonFields(t reflect.Type, s *Shape) []jsonField {
	all := p.fieldsBelow(t, s, nil)
	byName := map[string][]jsonField{}
	for _, f := range all {
		byName[f.name] = append(byName[f.name], f)
	}
	return slices.DeleteFunc(all, func(f jsonField) bool { return !dominant(f, byName[f.name]) })
}

// dominant tells whether a field is the one of several of its name that counts.
func dominant(f jsonField, rivals []jsonField) bool {
	for _, r := range rivals {
		switch {
		case slices.Equal(r.path, f.path):
		case len(r.path) < len(f.path), len(r.path) == len(f.path) && (r.tagged || !f.tagged):
			return false
		}
	}
	return true
}

func (p *Printer) fieldsBelow(t reflect.Type, s *Shape, path []int) []jsonField {
	if s == nil {
		s = p.ShapeOf(typeTag(t))
	}
	var out []jsonField
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("json")
		if tag == "-" || !f.IsExported() {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		here := append(slices.Clip(path), i)
		shape := s.field(i)
		below := f.Type
		if below.Kind() == reflect.Pointer {
			below = below.Elem()
		}
		_, embedded := f.Tag.Lookup(naming.EmbedKey)
		if (embedded || f.Anonymous) && name == "" && below.Kind() == reflect.Struct {
			if f.Type.Kind() == reflect.Pointer {
				shape = shape.elem()
			}
			out = append(out, p.fieldsBelow(below, shape, here)...)
			continue
		}
		if embedded && !token.IsExported(f.Tag.Get(naming.EmbedKey)) && below.Kind() != reflect.Struct {
			continue
		}
		has := func(option string) bool { return slices.Contains(strings.Split(options, ","), option) }
		field := jsonField{name: name, path: here, shape: shape, tagged: name != "", omitEmpty: has("omitempty"), omitZero: has("omitzero"), quoted: has("string")}
		if name == "" {
			field.name = naming.PlainMarks(f.Name)
		}
		out = append(out, field)
	}
	return out
}

package value

import (
	"reflect"
	"strings"
)

// Element returns a value as encoding/xml is to write it, with the name of its type,
// or of its elements, which is that of the XML element; "" where the type has its own.
func (p *Printer) Element(v any) (bare any, name string) {
	r, s := p.inside(reflect.ValueOf(p.Identified(v)), nil)
	if !r.IsValid() || !r.CanInterface() {
		return v, ""
	}
	t := r.Type()
	for {
		list := (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) && t.Elem().Kind() != reflect.Uint8
		if t.Kind() != reflect.Pointer && !list {
			break
		}
		t, s = t.Elem(), s.elem()
	}
	switch {
	case s != nil && s.Tag != "":
		return r.Interface(), elementName(s.title)
	case typeTag(t) != "":
		if _, has := t.FieldByName("XMLName"); !has {
			return r.Interface(), elementName(plainTypes(t.String()))
		}
	}
	return v, ""
}

// elementName is the name of a type without its package and type arguments.
func elementName(title string) string {
	title, _, _ = strings.Cut(title, "[")
	return title[strings.LastIndex(title, ".")+1:]
}

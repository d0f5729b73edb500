package value

import (
	"fmt"
	"reflect"

	"crossbook/interp/naming"
)

// Unseen returns an error if a value holds one of the session's types with a method
// by which a package would write it, and which the package cannot see there; nil if it
// writes the value as Go does. embeds tells that it treats embedded fields as others.
func (p *Printer) Unseen(pkg string, v any, embeds bool, methods ...string) error {
	u := unseen{p: p, pkg: pkg, embeds: embeds, methods: methods, seen: map[visit]bool{}}
	return u.below(reflect.ValueOf(p.Identified(v)), nil)
}

type unseen struct {
	p       *Printer
	pkg     string
	methods []string
	embeds  bool
	seen    map[visit]bool
}

// below looks at the parts of a value.
func (u *unseen) below(v reflect.Value, s *Shape) error {
	v, s = u.p.inside(v, s)
	if !v.IsValid() || s == nil && !ownType(v.Type(), map[reflect.Type]bool{}) {
		return nil
	}
	if place, refers := placeOf(v); refers {
		if u.seen[place] {
			return nil
		}
		u.seen[place] = true
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return u.below(v.Elem(), s.elem())
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if err := u.at(v.Index(i), s.elem()); err != nil {
				return err
			}
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if err := u.at(k, s.key()); err != nil {
				return err
			}
			if err := u.at(v.MapIndex(k), s.elem()); err != nil {
				return err
			}
		}
	case reflect.Struct:
		if _, shape, ok := u.p.recursive(v); ok {
			return fmt.Errorf("%s does not see that %s is made of itself: give it another type", u.pkg, shape.title)
		}
		return u.fields(v, s)
	}
	return nil
}

func (u *unseen) fields(v reflect.Value, s *Shape) error {
	if v.Type().Name() != "" {
		return nil
	}
	if s == nil {
		s = u.p.ShapeOf(typeTag(v.Type()))
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if hidden(f) {
			continue
		}
		if _, embedded := f.Tag.Lookup(naming.EmbedKey); embedded && u.embeds {
			return fmt.Errorf("%s does not see that %s is embedded in %s: write out its fields", u.pkg, fieldTitle(f), u.p.titleOf(v.Type(), s))
		}
		if err := u.at(v.Field(i), s.field(i)); err != nil {
			return err
		}
	}
	return nil
}

// at looks at a part.
func (u *unseen) at(v reflect.Value, s *Shape) error {
	held := v.Kind() == reflect.Interface
	v, s = u.p.inside(v, s)
	if !v.IsValid() {
		return nil
	}
	if held && u.embeds && s != nil { // it would write the box
		return fmt.Errorf("%s does not see a %s in an interface: give it the value as a basic type", u.pkg, u.p.titleOf(v.Type(), s))
	}
	for _, name := range u.methods {
		if f, _ := u.p.methodOf(v, s, name); f != nil || (name == "String" || name == "Error") && u.p.hasTextOf(v, s) {
			return fmt.Errorf("%s does not see the method %s of %s inside a value: give it what the method makes, as text", u.pkg, name, u.p.titleOf(v.Type(), s))
		}
	}
	return u.below(v, s)
}

// hasTextOf tells whether a String or Error method prints a value.
func (p *Printer) hasTextOf(v reflect.Value, s *Shape) bool {
	switch {
	case s == nil:
		return p.text(v.Type()) != nil
	case s.Tag != "":
		return p.textOf("", s.Tag) != nil
	}
	return v.Kind() == reflect.Pointer && s.Elem != nil && p.textOf("*", s.Elem.Tag) != nil
}

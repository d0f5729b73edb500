package value

import "reflect"

// AddMethod notes a method of one of the session's types by which compiled code
// prints or encodes values, under the tag of the type; * before that of a pointer. It
// is a function whose first argument is the receiver.
func (p *Printer) AddMethod(tag, name string, method any) {
	p.methods.Store(name+" "+tag, Plain(method))
}

// methodOf returns a method of a value, with the receiver to call it with; nil if the
// value's type has none.
func (p *Printer) methodOf(v reflect.Value, s *Shape, name string) (method, receiver any) {
	find := func(tag string) any {
		f, _ := p.methods.Load(name + " " + tag)
		return f
	}
	if v.Kind() == reflect.Pointer && (s == nil || s.Tag == "") {
		tag := typeTag(v.Type().Elem())
		if s != nil && s.Elem != nil && s.Elem.Tag != "" {
			tag = s.Elem.Tag
		}
		switch {
		case tag == "" || v.IsNil():
		case find("*"+tag) != nil:
			return find("*" + tag), v.Interface()
		case find(tag) != nil:
			return find(tag), v.Elem().Interface()
		}
		return nil, nil
	}
	tag := typeTag(v.Type())
	if s != nil && s.Tag != "" {
		tag = s.Tag
	}
	switch {
	case tag == "":
	case find(tag) != nil:
		return find(tag), v.Interface()
	case v.CanAddr() && find("*"+tag) != nil:
		return find("*" + tag), v.Addr().Interface()
	}
	return nil, nil
}

// inside takes a value out of interfaces and boxes.
func (p *Printer) inside(v reflect.Value, s *Shape) (reflect.Value, *Shape) {
	for v.Kind() == reflect.Interface || v.IsValid() && v.CanInterface() && v.Type().String() == "interp.valueInterface" {
		v = reflect.ValueOf(p.Identified(v.Interface()))
	}
	if v.IsValid() && v.CanInterface() {
		if b, ok := unboxed(v.Interface()); ok {
			return reflect.ValueOf(b.Value), b.shape
		}
	}
	return v, s
}

func (s *Shape) elem() *Shape {
	if s == nil {
		return nil
	}
	return s.Elem
}

func (s *Shape) key() *Shape {
	if s == nil {
		return nil
	}
	return s.Key
}

func (s *Shape) field(i int) *Shape {
	if s == nil {
		return nil
	}
	return s.Fields[i]
}

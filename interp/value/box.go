package value

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"sync"
	"sync/atomic"
)

// At run time a value of a named type that is not a struct is one of the type below
// it: yaegi knows the name of a Celsius only where the syntax says it. In an interface
// without methods such a value is therefore a struct of its own, a box: one type of
// struct for each type of the session, so that assertions, switches, comparisons and
// keys of maps tell Celsius from float64. So are values of types that are made of
// such types, as []Celsius.

// boxed is what is in a box. Its methods are those by which compiled code prints and
// encodes what it finds in an interface.
type boxed struct {
	Value any
	shape *Shape
}

var boxedType = reflect.TypeFor[boxed]()

// Format prints the value as Go does.
func (b boxed) Format(f fmt.State, verb rune) {
	w := writer{State: f, p: b.shape.texts, verb: verb, form: fmt.FormatString(f, verb)}
	w.value(reflect.ValueOf(b.Value), b.shape, 0)
}

// MarshalJSON encodes the value.
func (b boxed) MarshalJSON() ([]byte, error) { return json.Marshal(b.Value) }

// Shape describes a type that yaegi does not tell from another.
type Shape struct {
	Tag       string         // of a named type, under which its methods are registered
	Elem, Key *Shape         // of its parts; nil for those that yaegi knows
	Fields    map[int]*Shape // of a struct

	texts *Printer
	title string // in Go's words: main.Celsius, []main.Celsius
	box   reflect.Type
}

// boxNumbers counts the boxes of the process, and boxTitles has the types in them by
// the numbers in their tags.
var (
	boxNumbers atomic.Int64
	boxTitles  sync.Map
)

// boxMark is the name in the tag of a box, before its number.
const boxMark = "box"

// boxType returns the type of the boxes of a shape.
func boxType(title string) reflect.Type {
	n := strconv.FormatInt(boxNumbers.Add(1), 10)
	boxTitles.Store("__"+n, title)
	return reflect.StructOf([]reflect.StructField{{
		Name: "Boxed", Type: boxedType, Anonymous: true, Tag: reflect.StructTag(`cell:"` + boxMark + "__" + n + `"`),
	}})
}

// unboxed returns what is in a box.
func unboxed(v any) (boxed, bool) {
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Struct || r.NumField() != 1 || r.Type().Field(0).Type != boxedType {
		return boxed{}, false
	}
	return r.Field(0).Interface().(boxed), true
}

// Describe notes under a key a type that Go names by a title. Its parts may follow.
func (p *Printer) Describe(key, title string, s *Shape) {
	s.texts, s.title, s.box = p, title, boxType(title)
	p.shapes.Store(key, s)
}

// DescribeFields notes the shapes of the fields of a struct by the tag that marks it.
func (p *Printer) DescribeFields(tag string, s *Shape) {
	s.texts = p
	p.shapes.Store(tag, s)
}

// ShapeOf returns the shape that a cell has described under a key; nil if none.
func (p *Printer) ShapeOf(key string) *Shape {
	if s, ok := p.shapes.Load(key); ok {
		return s.(*Shape)
	}
	return nil
}

// Box puts a value into a box.
func (p *Printer) Box(key string, v any) any {
	v = Plain(v)
	s := p.ShapeOf(key)
	if s == nil || v == nil {
		return v
	}
	r := reflect.New(s.box).Elem()
	r.Field(0).Set(reflect.ValueOf(boxed{v, s}))
	return r.Interface()
}

// Identified is Dynamic with a box around a value whose type yaegi knows by its
// name only.
func (p *Printer) Identified(v any) any {
	for {
		if name := shellName(v); name != "" {
			if inner := Plain(v); p.ShapeOf(name) != nil {
				return p.Box(name, inner)
			}
		}
		v = Plain(v)
		inner, ok := Wrapped(v)
		if !ok {
			return v
		}
		v = inner
	}
}

// shellName is the name of the type of the value in yaegi's shell; "" for what is in
// none, or of a type without a name.
func shellName(v any) string {
	r := reflect.ValueOf(v)
	if inner, ok := v.(reflect.Value); ok {
		r = inner
		for r.Kind() == reflect.Interface {
			r = r.Elem()
		}
	}
	if !r.IsValid() || r.Kind() != reflect.Struct || r.Type().String() != "interp.valueInterface" {
		return ""
	}
	node := r.FieldByName("node")
	if node.Kind() != reflect.Pointer || node.IsNil() {
		return ""
	}
	typ := node.Elem().FieldByName("typ")
	if typ.Kind() != reflect.Pointer || typ.IsNil() {
		return ""
	}
	if name := typ.Elem().FieldByName("name").String(); name != "" {
		return name
	}
	if pointed := typ.Elem().FieldByName("val"); pointed.Kind() == reflect.Pointer && !pointed.IsNil() && Plain(v) != nil && reflect.TypeOf(Plain(v)).Kind() == reflect.Pointer {
		return "*" + pointed.Elem().FieldByName("name").String()
	}
	return ""
}

// Settled returns what is in the interface at a place, without what yaegi and wrappers
// put around it. The interpreter hands over a place whole, where of an interface it
// hands over the value alone, without the name of its type.
func (p *Printer) Settled(place any) any {
	r := reflect.ValueOf(Plain(place))
	if r.Kind() != reflect.Pointer || r.IsNil() {
		return nil
	}
	v := r.Elem()
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || !v.CanInterface() {
		return nil
	}
	return p.Identified(v.Interface())
}

// Unbox takes a value of a shape out of the interface at a place and says whether it
// was one.
func (p *Printer) Unbox(key string, place any) (any, bool) {
	b, ok := unboxed(p.Settled(place))
	if !ok || b.shape != p.ShapeOf(key) {
		return nil, false
	}
	return b.Value, true
}

// MustUnbox is Unbox that panics as an assertion does.
func (p *Printer) MustUnbox(key string, place any, face string) any {
	if out, ok := p.Unbox(key, place); ok {
		return out
	}
	have := "nil"
	if v := p.Settled(place); v != nil {
		have = plainTypes(reflect.TypeOf(v).String())
	}
	panic(ConversionError("interface conversion: " + face + " is " + have + ", not " + p.ShapeOf(key).title))
}

// Bare takes a value out of its box, for compiled code that looks at its type.
func Bare(v any) any {
	v = Plain(v)
	if b, ok := unboxed(v); ok {
		return b.Value
	}
	return v
}

// Shown is a value as the end of a cell shows it: in its box where that prints it
// otherwise.
func (p *Printer) Shown(v any) any {
	v = Plain(v)
	if b, ok := unboxed(v); ok && !p.hasText(b.shape) {
		return b.Value
	}
	if v != nil && hasShells(reflect.TypeOf(v), map[reflect.Type]bool{}) {
		return printedAs{reflect.ValueOf(v), p}
	}
	return v
}

// hasShells tells whether values of a type have shells of the interpreter in them.
func hasShells(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Struct:
		if t.String() == "interp.valueInterface" || isRecursive(t) {
			return true
		}
		for i := range t.NumField() {
			if t.Name() == "" && hasShells(t.Field(i).Type, seen) {
				return true
			}
		}
	case reflect.Slice, reflect.Array, reflect.Pointer:
		return t.Name() == "" && hasShells(t.Elem(), seen)
	case reflect.Map:
		return t.Name() == "" && (hasShells(t.Elem(), seen) || hasShells(t.Key(), seen))
	}
	return false
}

// hasText tells whether a method prints values of a shape, or a part of them.
func (p *Printer) hasText(s *Shape) bool {
	if s == nil {
		return false
	}
	p.mu.Lock()
	own := s.Tag != "" && (p.texts[s.Tag] != nil || p.texts["*"+s.Tag] != nil)
	p.mu.Unlock()
	if own || p.hasText(s.Elem) || p.hasText(s.Key) {
		return true
	}
	for _, f := range s.Fields {
		if p.hasText(f) {
			return true
		}
	}
	return false
}

package interp

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
	shape *shape
}

var boxedType = reflect.TypeFor[boxed]()

// Format prints the value as Go does.
func (b boxed) Format(f fmt.State, verb rune) {
	w := writer{State: f, p: b.shape.texts, verb: verb, form: fmt.FormatString(f, verb)}
	w.value(reflect.ValueOf(b.Value), b.shape, 0)
}

// MarshalJSON encodes the value.
func (b boxed) MarshalJSON() ([]byte, error) { return json.Marshal(b.Value) }

// shape describes a type that yaegi does not tell from another.
type shape struct {
	texts     *printer
	title     string         // in Go's words: main.Celsius, []main.Celsius
	tag       string         // of a named type, under which its methods are registered
	elem, key *shape         // of its parts; nil for those that yaegi knows
	fields    map[int]*shape // of a struct
	box       reflect.Type
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

// shapeOf returns the shape that a cell has described under a key; nil if none.
func (p *printer) shapeOf(key string) *shape {
	if s, ok := p.shapes.Load(key); ok {
		return s.(*shape)
	}
	return nil
}

// box puts a value into a box.
func (p *printer) box(key string, v any) any {
	v = plainValue(v)
	s := p.shapeOf(key)
	if s == nil || v == nil {
		return v
	}
	r := reflect.New(s.box).Elem()
	r.Field(0).Set(reflect.ValueOf(boxed{v, s}))
	return r.Interface()
}

// identified is dynamicValue with a box around a value whose type yaegi knows by its
// name only.
func (p *printer) identified(v any) any {
	for {
		if name := shellName(v); name != "" {
			if inner := plainValue(v); p.shapeOf(name) != nil {
				return p.box(name, inner)
			}
		}
		v = plainValue(v)
		inner, ok := wrappedValue(v)
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
	return typ.Elem().FieldByName("name").String()
}

// unbox takes a value of a shape out of an interface and says whether it was one.
func (p *printer) unbox(key string, v any) (any, bool) {
	b, ok := unboxed(p.identified(v))
	if !ok || b.shape != p.shapeOf(key) {
		return nil, false
	}
	return b.Value, true
}

// mustUnbox is unbox that panics as an assertion does.
func (p *printer) mustUnbox(key string, v any, face string) any {
	if out, ok := p.unbox(key, v); ok {
		return out
	}
	have := "nil"
	if v = p.identified(v); v != nil {
		have = plainTypes(reflect.TypeOf(v).String())
	}
	panic(conversionError("interface conversion: " + face + " is " + have + ", not " + p.shapeOf(key).title))
}

// bare takes a value out of its box, for compiled code that looks at its type.
func bare(v any) any {
	v = plainValue(v)
	if b, ok := unboxed(v); ok {
		return b.Value
	}
	return v
}

// shown is a value as the end of a cell shows it: in its box where that prints it
// otherwise.
func (p *printer) shown(v any) any {
	v = plainValue(v)
	if b, ok := unboxed(v); ok && !p.hasText(b.shape) {
		return b.Value
	}
	return v
}

// hasText tells whether a method prints values of a shape, or a part of them.
func (p *printer) hasText(s *shape) bool {
	if s == nil {
		return false
	}
	p.mu.Lock()
	own := s.tag != "" && (p.texts[s.tag] != nil || p.texts["*"+s.tag] != nil)
	p.mu.Unlock()
	if own || p.hasText(s.elem) || p.hasText(s.key) {
		return true
	}
	for _, f := range s.fields {
		if p.hasText(f) {
			return true
		}
	}
	return false
}

package display

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a value's text: enough to see what it is, little enough to scroll
// past.
const (
	longest   = 100       // elements of a collection shown whole
	headShown = 10        // elements shown at the start of a longer one
	tailShown = 3         // and at its end
	deepest   = 6         // levels of nesting
	textLimit = 64 << 10  // bytes of a collection's text
	strLimit  = 256 << 10 // bytes of a string
)

// textOf prints v as fmt's %v does, with these differences: long collections
// are shortened and counted, floats inside of collections have at most six
// digits, pointers are followed, functions and channels show their type instead
// of an address, and printable bytes show as a quoted string.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "<nil>"
	case string:
		return shorten(v)
	case float32, float64:
		return fmt.Sprint(v)
	}
	if text, ok := ownText(v); ok {
		return shorten(text)
	}
	if m, ok := v.(matrix); ok {
		return matrixText(m)
	}
	p := printer{}
	p.value(reflect.ValueOf(v), 0)
	return p.out.String()
}

// ownText is the text that v gives itself, if it does.
func ownText(v any) (text string, ok bool) {
	defer func() {
		if p := recover(); p != nil {
			text, ok = panicText(v, p), true
		}
	}()
	switch v := v.(type) {
	case fmt.Formatter:
		return fmt.Sprintf("%v", v), true
	case error:
		return v.Error(), true
	case fmt.Stringer:
		return v.String(), true
	}
	return "", false
}

func shorten(text string) string {
	if len(text) <= strLimit {
		return text
	}
	cut := strLimit
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return fmt.Sprintf("%s... (%d bytes)", text[:cut], len(text))
}

// printer writes nested values.
type printer struct {
	out  strings.Builder
	path []uintptr // pointers being printed, to see cycles
}

// value prints v inside of depth collections. Values of unexported fields do
// not give their methods, as in fmt.
func (p *printer) value(v reflect.Value, depth int) {
	if depth > 0 && v.IsValid() && v.CanInterface() && v.Kind() != reflect.Interface {
		if text, ok := ownText(v.Interface()); ok {
			p.out.WriteString(text)
			return
		}
	}
	if depth > deepest || p.out.Len() > textLimit {
		p.out.WriteString("...")
		return
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		p.list(v, depth)
	case reflect.Map:
		p.mapping(v, depth)
	case reflect.Struct:
		p.structure(v, depth)
	case reflect.Pointer:
		p.pointer(v, depth)
	case reflect.Interface:
		p.value(v.Elem(), depth+1)
	default:
		p.scalar(v)
	}
}

func (p *printer) scalar(v reflect.Value) {
	switch v.Kind() {
	case reflect.Invalid:
		p.out.WriteString("<nil>")
	case reflect.Float64:
		p.out.WriteString(floatText(v.Float(), 64))
	case reflect.Float32:
		p.out.WriteString(floatText(v.Float(), 32))
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		if v.IsZero() {
			p.out.WriteString("<nil>")
			return
		}
		p.out.WriteString(v.Type().String())
	default:
		fmt.Fprintf(&p.out, "%v", v)
	}
}

// floatText is the shortest exact form if that is short, six digits otherwise.
func floatText(x float64, bits int) string {
	exact := strconv.FormatFloat(x, 'g', -1, bits)
	if len(exact) <= 8 {
		return exact
	}
	return strconv.FormatFloat(x, 'g', 6, bits)
}

func (p *printer) list(v reflect.Value, depth int) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 && printable(v.Bytes()) {
		p.out.WriteString(shorten(strconv.Quote(string(v.Bytes()))))
		return
	}
	p.out.WriteByte('[')
	n := v.Len()
	for i := 0; i < n; i++ {
		if n > longest && i == headShown {
			p.out.WriteString(" ...")
			i = n - tailShown
		}
		if i > 0 {
			p.out.WriteByte(' ')
		}
		p.value(v.Index(i), depth+1)
	}
	if n > longest {
		fmt.Fprintf(&p.out, " (%d values)", n)
	}
	p.out.WriteByte(']')
}

// printable reports whether bytes are text that a person can read.
func printable(raw []byte) bool {
	if len(raw) == 0 || !utf8.Valid(raw) {
		return false
	}
	for _, r := range string(raw) {
		if !unicode.IsPrint(r) && r != '\n' && r != '\t' && r != '\r' {
			return false
		}
	}
	return true
}

func (p *printer) mapping(v reflect.Value, depth int) {
	p.out.WriteString("map[")
	keys := v.MapKeys()
	slices.SortFunc(keys, compareKeys)
	for i, key := range keys {
		if len(keys) > longest && i == headShown {
			fmt.Fprintf(&p.out, " ... (%d entries)", len(keys))
			break
		}
		if i > 0 {
			p.out.WriteByte(' ')
		}
		p.value(key, depth+1)
		p.out.WriteByte(':')
		p.value(v.MapIndex(key), depth+1)
	}
	p.out.WriteByte(']')
}

// compareKeys orders numbers by value and everything else by its text, so that
// a map always prints the same.
func compareKeys(a, b reflect.Value) int {
	for a.Kind() == reflect.Interface && b.Kind() == reflect.Interface {
		a, b = a.Elem(), b.Elem()
	}
	switch {
	case a.CanInt() && b.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint() && b.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat() && b.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	}
	return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

func (p *printer) structure(v reflect.Value, depth int) {
	p.out.WriteByte('{')
	for i := range v.NumField() {
		if i > 0 {
			p.out.WriteByte(' ')
		}
		p.value(v.Field(i), depth+1)
	}
	p.out.WriteByte('}')
}

// pointer follows pointers to composite values; fmt prints the address of a
// nested one, which says nothing and changes from run to run.
func (p *printer) pointer(v reflect.Value, depth int) {
	if v.IsNil() {
		p.out.WriteString("<nil>")
		return
	}
	if slices.Contains(p.path, v.Pointer()) {
		p.out.WriteString("&...")
		return
	}
	p.path = append(p.path, v.Pointer())
	p.out.WriteByte('&')
	p.value(v.Elem(), depth+1)
	p.path = p.path[:len(p.path)-1]
}

package value

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Printed is text that the built-in print writes as it is.
type Printed string

// Words is how print writes an interface value.
func Words(v any) Printed {
	v = Plain(v)
	if v == nil {
		return "(0x0,0x0)"
	}
	r := reflect.ValueOf(v)
	return Printed(fmt.Sprintf("(%#x,%#x)", reflect.ValueOf(r.Type()).Pointer(), word(r)))
}

// word is the address in a value that holds one.
func word(r reflect.Value) uintptr {
	switch r.Kind() {
	case reflect.Chan, reflect.Func, reflect.Map, reflect.Pointer, reflect.Slice, reflect.UnsafePointer:
		return r.Pointer()
	}
	return 0
}

// PrintText writes values as the built-in print does, with sep between.
func PrintText(values []any, sep string) string {
	var texts []string
	for _, v := range values {
		texts = append(texts, printedValue(Plain(v)))
	}
	return strings.Join(texts, sep)
}

func printedValue(v any) string {
	if text, ok := v.(Printed); ok {
		return string(text)
	}
	r := reflect.ValueOf(v)
	switch {
	case v == nil:
		return "0x0"
	case r.CanInt():
		return strconv.FormatInt(r.Int(), 10)
	case r.CanUint():
		return strconv.FormatUint(r.Uint(), 10)
	case r.CanFloat():
		return strconv.FormatFloat(r.Float(), 'g', -1, r.Type().Bits())
	case r.CanComplex():
		return strconv.FormatComplex(r.Complex(), 'g', -1, r.Type().Bits())
	}
	switch r.Kind() {
	case reflect.Bool, reflect.String:
		return fmt.Sprint(r)
	case reflect.Slice:
		return fmt.Sprintf("[%d/%d]%#x", r.Len(), r.Cap(), r.Pointer())
	}
	return fmt.Sprintf("%#x", word(r))
}

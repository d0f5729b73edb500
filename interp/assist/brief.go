package assist

import (
	"cmp"
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossbook/interp/syntax"
	"crossbook/interp/value"
)

// Bounds of a value in short.
const (
	briefLength = 200 // characters
	briefItems  = 8   // elements or fields
	briefDepth  = 3
	sortedKeys  = 1000 // largest map whose keys are put in order
)

// brief writes a value in a line. It calls no code of a cell, and of compiled
// packages only String methods of numbers and strings.
func brief(v reflect.Value, t types.Type) (text string) {
	defer func() {
		if recover() != nil { // a value that the interpreter holds in a form of its own
			text = ""
		}
	}()
	var b strings.Builder
	writeBrief(&b, v, t, 0)
	text = syntax.Shorten(b.String(), briefLength)
	if n := lengthOf(v); n > briefItems {
		text += fmt.Sprintf(" (%d)", n)
	}
	return text
}

func lengthOf(v reflect.Value) int {
	switch v.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map:
		return v.Len()
	}
	return 0
}

// writeBrief writes a value; t is its static type, nil if it is not known.
func writeBrief(b *strings.Builder, v reflect.Value, t types.Type, depth int) {
	v = value.Inner(v)
	if text, ok := stringed(v); ok {
		b.WriteString(text)
		return
	}
	switch v.Kind() {
	case reflect.String:
		b.WriteString(strconv.Quote(syntax.Shorten(v.String()[:min(v.Len(), briefLength)], briefLength)))
	case reflect.Slice, reflect.Array:
		writeList(b, v, t, depth)
	case reflect.Map:
		writeMap(b, v, t, depth)
	case reflect.Struct:
		writeStruct(b, v, t, depth)
	case reflect.Pointer:
		writePointer(b, v, t, depth)
	case reflect.Interface:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		writeDynamic(b, v, depth)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		b.WriteString(v.Kind().String())
	case reflect.Invalid:
		b.WriteString("nil")
	default:
		fmt.Fprint(b, number(v))
	}
}

// number returns a value of a basic kind without its methods.
func number(v reflect.Value) any {
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return v.Uint()
	case v.CanFloat():
		if v.Kind() == reflect.Float32 {
			return float32(v.Float())
		}
		return v.Float()
	case v.CanComplex():
		return v.Complex()
	}
	return v.Bool()
}

// stringed returns what a value of a compiled type says of itself, where that is
// safe: numbers and strings with a String method, points in time, plain errors.
func stringed(v reflect.Value) (string, bool) {
	if !v.IsValid() || !v.CanInterface() {
		return "", false
	}
	switch v.Kind() {
	case reflect.Struct:
		if t, ok := v.Interface().(time.Time); ok {
			return t.String(), true
		}
	case reflect.Pointer:
		if err, ok := v.Interface().(error); ok && !v.IsNil() && v.Type().String() == "*errors.errorString" {
			return strconv.Quote(err.Error()), true
		}
	case reflect.Map, reflect.Slice, reflect.Array, reflect.Interface, reflect.Func, reflect.Chan:
	default:
		if s, ok := v.Interface().(fmt.Stringer); ok && v.Type().PkgPath() != "" {
			return s.String(), true
		}
	}
	return "", false
}

func writeList(b *strings.Builder, v reflect.Value, t types.Type, depth int) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		b.WriteString("nil")
		return
	}
	b.WriteString("[")
	for i := range v.Len() {
		if i > 0 {
			b.WriteString(" ")
		}
		if i == briefItems || depth == briefDepth {
			b.WriteString("…")
			break
		}
		writeBrief(b, v.Index(i), staticElem(t), depth+1)
	}
	b.WriteString("]")
}

func writeMap(b *strings.Builder, v reflect.Value, t types.Type, depth int) {
	if v.IsNil() {
		b.WriteString("nil")
		return
	}
	b.WriteString("map[")
	for i, key := range briefKeys(v) {
		if i > 0 {
			b.WriteString(" ")
		}
		if i == briefItems || depth == briefDepth {
			b.WriteString("…")
			break
		}
		writeBrief(b, key, nil, depth+1)
		b.WriteString(":")
		writeBrief(b, v.MapIndex(key), staticElem(t), depth+1)
	}
	b.WriteString("]")
}

// briefKeys returns the keys of a map in order; of a large one just as many as are
// written, in any order, because going through all of them takes time.
func briefKeys(v reflect.Value) []reflect.Value {
	if v.Len() <= sortedKeys {
		keys := v.MapKeys()
		slices.SortFunc(keys, compareKeys)
		return keys
	}
	var keys []reflect.Value
	for it := v.MapRange(); len(keys) <= briefItems && it.Next(); {
		keys = append(keys, it.Key())
	}
	return keys
}

// compareKeys orders numbers by size, and all else by its text.
func compareKeys(a, b reflect.Value) int {
	switch {
	case a.CanInt() && b.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint() && b.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat() && b.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	}
	var left, right strings.Builder
	writeBrief(&left, a, nil, briefDepth-1)
	writeBrief(&right, b, nil, briefDepth-1)
	return strings.Compare(left.String(), right.String())
}

// writeStruct names the fields as the cell does; the interpreter has names of
// its own for unexported ones.
func writeStruct(b *strings.Builder, v reflect.Value, t types.Type, depth int) {
	if v.Type().String() == "interp.valueInterface" {
		writeDynamic(b, v, depth)
		return
	}
	var static *types.Struct
	if t != nil {
		if st, ok := t.Underlying().(*types.Struct); ok && st.NumFields() == v.NumField() {
			static = st
		}
	}
	b.WriteString("{")
	for i := range v.NumField() {
		if i > 0 {
			b.WriteString(" ")
		}
		if i == briefItems || depth == briefDepth {
			b.WriteString("…")
			break
		}
		if static == nil {
			b.WriteString(v.Type().Field(i).Name + ":")
			writeBrief(b, v.Field(i), nil, depth+1)
			continue
		}
		b.WriteString(static.Field(i).Name() + ":")
		writeBrief(b, v.Field(i), static.Field(i).Type(), depth+1)
	}
	b.WriteString("}")
}

func writePointer(b *strings.Builder, v reflect.Value, t types.Type, depth int) {
	switch {
	case v.IsNil():
		b.WriteString("nil")
	case depth > 0 || v.Elem().Kind() != reflect.Struct:
		b.WriteString("pointer")
	default:
		b.WriteString("&")
		writeBrief(b, v.Elem(), staticElem(t), depth+1)
	}
}

// writeDynamic writes what is in an interface.
func writeDynamic(b *strings.Builder, v reflect.Value, depth int) {
	if !v.CanInterface() {
		b.WriteString("…")
		return
	}
	inner := value.Plain(v.Interface())
	if own, ok := value.Wrapped(inner); ok {
		inner = value.Plain(own)
	}
	writeBrief(b, reflect.ValueOf(inner), nil, depth+1)
}

// staticElem returns the element type of a slice, array, map or pointer, nil if t is
// none.
func staticElem(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if e, ok := t.Underlying().(interface{ Elem() types.Type }); ok {
		return e.Elem()
	}
	return nil
}

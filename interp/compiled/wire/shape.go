package wire

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// shape is what the codec knows of a type.
type shape struct {
	flat   bool   // its values are bytes: nothing in it refers to other memory
	errors bool   // it has errors in it
	text   string // its structure, the same on both sides
}

var shapes sync.Map // of types

func shapeOf(t reflect.Type) shape {
	if s, ok := shapes.Load(t); ok {
		return s.(shape)
	}
	s := shape{flat: flatType(t), text: shapeText(t, nil)}
	s.errors = strings.Contains(s.text, errorText)
	shapes.Store(t, s)
	return s
}

// Shape writes the structure of a type, by which two sides can tell that they mean
// the same: kinds, sizes and places of fields, without names.
func Shape(t reflect.Type) string { return shapeOf(t).text }

func flatType(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Array:
		return t.Len() == 0 || flatType(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !flatType(t.Field(i).Type) {
				return false
			}
		}
		return true
	}
	return t.Kind() >= reflect.Bool && t.Kind() <= reflect.Complex128
}

// errorText stands for an error in the text of a shape.
const errorText = "error"

var errorType = reflect.TypeFor[error]()

// shapeText writes a type inside those of path; a type that occurs in itself is
// written as how far up it stands.
func shapeText(t reflect.Type, path []reflect.Type) string {
	if t.Size() == 0 && flatType(t) {
		return "0"
	}
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == t {
			return "^" + strconv.Itoa(len(path)-i)
		}
	}
	path = append(path, t)
	switch t.Kind() {
	case reflect.Struct:
		text := "{"
		for i := range t.NumField() {
			f := t.Field(i)
			text += strconv.FormatUint(uint64(f.Offset), 10) + ":" + shapeText(f.Type, path) + " "
		}
		return text + strconv.FormatUint(uint64(t.Size()), 10) + "}"
	case reflect.Array:
		return "[" + strconv.Itoa(t.Len()) + "]" + shapeText(t.Elem(), path)
	case reflect.Slice:
		return "[]" + shapeText(t.Elem(), path)
	case reflect.Pointer:
		return "*" + shapeText(t.Elem(), path)
	case reflect.Map:
		return "map[" + shapeText(t.Key(), path) + "]" + shapeText(t.Elem(), path)
	}
	if t == errorType {
		return errorText
	}
	return t.Kind().String()
}

// Check returns an error that says what in a type cannot cross; nil if all can.
func Check(t reflect.Type) error { return check(t, map[reflect.Type]bool{}) }

func check(t reflect.Type, seen map[reflect.Type]bool) error {
	if seen[t] {
		return nil
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			if err := check(t.Field(i).Type, seen); err != nil {
				return fmt.Errorf("field %s: %w", t.Field(i).Name, err)
			}
		}
		return nil
	case reflect.Map:
		if hasInterface(t.Key()) {
			return fmt.Errorf("interface in the key of %s cannot cross", t)
		}
		if err := check(t.Key(), seen); err != nil {
			return err
		}
		return check(t.Elem(), seen)
	case reflect.Array, reflect.Slice, reflect.Pointer:
		return check(t.Elem(), seen)
	case reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Invalid:
		return fmt.Errorf("%s cannot cross", t)
	case reflect.Interface:
		if t != errorType {
			return fmt.Errorf("interface %s cannot cross", t)
		}
	}
	return nil
}

func hasInterface(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Array:
		return hasInterface(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if hasInterface(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}

// elements is the type whose values memory of a type consists of, and how many a
// value has: those of an array.
func elements(t reflect.Type) (elem reflect.Type, count int) {
	count = 1
	for t.Kind() == reflect.Array {
		count *= t.Len()
		t = t.Elem()
	}
	return t, count
}

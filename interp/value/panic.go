package value

import (
	"fmt"
	"reflect"
	"regexp"
	"runtime"
	"strings"
)

// GoError is a run-time error in Go's words.
type GoError string

// Error begins with "runtime error", as Go has it.
func (e GoError) Error() string { return "runtime error: " + string(e) }

// RuntimeError makes a goError a runtime.Error.
func (GoError) RuntimeError() {}

// ConversionError is a run-time error whose text Go does not begin with "runtime
// error".
type ConversionError string

// Error is the text alone.
func (e ConversionError) Error() string { return string(e) }

// RuntimeError makes a ConversionError a runtime.Error.
func (ConversionError) RuntimeError() {}

// goTexts gives Go's words for the panics of package reflect, of which yaegi is
// made.
var goTexts = []struct{ begins, text string }{
	{"reflect: slice index out of range", "index out of range"},
	{"reflect: array index out of range", "index out of range"},
	{"reflect: string index out of range", "index out of range"},
	{"reflect.Value.Slice", "slice bounds out of range"},
	{"reflect.Value.Slice3", "slice bounds out of range"},
	{"reflect: call of reflect.Value.Field on zero Value", "invalid memory address or nil pointer dereference"},
	{"reflect: call of reflect.Value.Elem on zero Value", "invalid memory address or nil pointer dereference"},
	{"reflect: call of reflect.Value.Set on zero Value", "invalid memory address or nil pointer dereference"},
	{"reflect: call of reflect.Value.", "invalid memory address or nil pointer dereference"},
	{"reflect: Call using zero Value argument", "invalid memory address or nil pointer dereference"},
	{"reflect: Method on nil interface value", "invalid memory address or nil pointer dereference"},
	{"reflect.MakeSlice: negative len", "makeslice: len out of range"},
	{"reflect.MakeSlice: negative cap", "makeslice: cap out of range"},
	{"reflect.MakeSlice: len > cap", "makeslice: cap out of range"},
	{"reflect.MakeChan: negative buffer size", "makechan: size out of range"},
	{"reflect.Value.Grow: ", "growslice: len out of range"},
	{"reflect.Append: slice overflow", "growslice: len out of range"},
	{"reflect.Value.Call: call of nil function", "invalid memory address or nil pointer dereference"},
}

// RuntimeError turns a panic of package reflect into the run-time error that it
// stands for.
func RuntimeError(v any) any {
	text, isString := v.(string)
	switch e := v.(type) {
	case *reflect.ValueError:
		text, isString = e.Error(), true
	case runtime.Error:
		if strings.HasPrefix(e.Error(), "runtime: allocation size out of range") {
			return GoError("makeslice: len out of range")
		}
		if rest, found := strings.CutPrefix(e.Error(), "hash of unhashable type: "); found {
			return GoError("hash of unhashable type " + plainTypes(rest))
		}
		if plain := plainTypes(e.Error()); plain != e.Error() {
			return ConversionError(plain)
		}
	case error:
		if rest := Place.ReplaceAllString(e.Error(), ""); strings.HasPrefix(rest, "interface conversion: ") {
			return ConversionError(conversionText(plainTypes(rest)))
		}
	}
	if !isString {
		return v
	}
	for _, t := range goTexts {
		if strings.HasPrefix(text, t.begins) {
			return GoError(t.text)
		}
	}
	if rest, found := strings.CutPrefix(text, "reflect: cannot convert slice with length "); found {
		length, want, _ := strings.Cut(rest, " to ")
		want = want[strings.LastIndex(want, " ")+1:]
		return GoError(fmt.Sprintf("cannot convert slice with length %s to array or pointer to array with length %s", length, want))
	}
	if strings.HasPrefix(text, "reflect: ") || strings.HasPrefix(text, "reflect.") {
		return ConversionError(text)
	}
	return v
}

// PanicText writes the value of a panic as Go would.
func PanicText(v any) string {
	switch v := RuntimeError(Plain(v)).(type) {
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	default:
		return fmt.Sprint(v)
	}
}

// Place is the position that yaegi puts before a message; it is one in the
// lowered cell, which nobody sees.
var Place = regexp.MustCompile(`^((\S+:)?\d+:\d+|-): `)

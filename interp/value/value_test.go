package value

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
)

// point is a struct type of a cell, as the interpreter has it.
type point = struct {
	X      int    `cell:"Point__t3"`
	Xinner string `json:"-" xml:"-"`
}

func TestPrinter(t *testing.T) {
	var p Printer
	p.Describe("Celsius", "main.Celsius", &Shape{Tag: "Celsius"})
	v := point{1, "a"}
	for _, c := range []struct {
		format string
		arg    any
		want   string
	}{
		{"%v", v, "{1 a}"},
		{"%+v", v, "{X:1 inner:a}"},
		{"%#v", v, `main.Point{X:1, inner:"a"}`},
		{"%v", &v, "&{1 a}"},
		{"%v", []point{v}, "[{1 a}]"},
		{"%v", map[string]point{"k": v, "a": v}, "map[a:{1 a} k:{1 a}]"},
		{"%T", v, "main.Point"},
		{"%T", p.Box("Celsius", 3.5), "main.Celsius"},
		{"%6.2f", p.Box("Celsius", 3.5), "  3.50"},
		{"%5d", 3, "    3"},
	} {
		format, args := p.Form(c.format, []any{c.arg})
		if got := fmt.Sprintf(format, p.FormatArgs(format, args)...); got != c.want {
			t.Errorf("%s of %v is %q, want %q", c.format, c.arg, got, c.want)
		}
	}
	p.Register("Point__t3", func(v any) string { return fmt.Sprint("at ", v.(point).X) })
	if got := fmt.Sprint(p.Args([]any{[]*point{&v}, v})...); got != "[at 1] at 1" {
		t.Errorf("with a String method: %q", got)
	}
}

func TestVerbs(t *testing.T) {
	for format, want := range map[string]string{"%d and %+v%%": "dv", "%*.2f|%q": "*fq", "%[1]d": "", "none": ""} {
		if got := Verbs(format); got != want {
			t.Errorf("Verbs(%q) = %q, want %q", format, got, want)
		}
	}
}

// wrapper stands for a value of an interpreted type in compiled code.
type wrapper struct {
	IValue any
	WError func() string
}

func (w wrapper) Error() string { return w.WError() }

func TestDynamic(t *testing.T) {
	inner := &point{X: 2}
	wrapped := wrapper{IValue: reflect.ValueOf(inner), WError: func() string { return "wrapped" }}
	if got := Dynamic(reflect.ValueOf(any(wrapped))); got != any(inner) {
		t.Errorf("Dynamic = %#v, want the value inside", got)
	}
	var p Printer
	if !p.Equal(wrapped, inner) || p.Equal(wrapped, &point{X: 2}) || !IsNil(reflect.Value{}) {
		t.Error("values are compared with their shells")
	}
	chain := ErrorChain(fmt.Errorf("outer: %w", wrapped))
	if len(chain) != 2 || chain[1] != any(inner) {
		t.Errorf("chain of errors %v", chain)
	}
}

func TestPanicText(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string
	}{
		{"reflect: slice index out of range", "runtime error: index out of range"},
		{"reflect: call of reflect.Value.Elem on zero Value", "runtime error: invalid memory address or nil pointer dereference"},
		{errors.New("cell.go:3:4: interface conversion: interface {} is struct { X int \"cell:\\\"Point__t3\\\"\" }, not int"), "interface conversion: interface {} is main.Point, not int"},
		{reflect.ValueOf("plain"), "plain"},
		{42, "42"},
	} {
		if got := PanicText(c.v); got != c.want {
			t.Errorf("panic of %v reads %q, want %q", c.v, got, c.want)
		}
	}
}

// TestBoxes checks that values of types that are the same at run time differ.
func TestBoxes(t *testing.T) {
	var p Printer
	p.Describe("Celsius", "main.Celsius", &Shape{Tag: "Celsius"})
	p.Describe("Kelvin", "main.Kelvin", &Shape{Tag: "Kelvin"})
	c, k := p.Box("Celsius", 1.0), p.Box("Kelvin", 1.0)
	if p.Equal(c, k) || p.Equal(c, 1.0) || !p.Equal(c, p.Box("Celsius", 1.0)) {
		t.Error("boxes are equal by value alone")
	}
	if v, ok := p.Unbox("Celsius", c); !ok || v != 1.0 {
		t.Errorf("Celsius(1) unboxed is %v, %v", v, ok)
	}
	if v, ok := p.Unbox("Kelvin", c); ok || v != nil {
		t.Errorf("Celsius(1) unboxed as Kelvin is %v, %v", v, ok)
	}
	p.Register("Kelvin", func(v any) string { return fmt.Sprint(v, " K") })
	if got := fmt.Sprint(k, c); got != "1 K 1" {
		t.Errorf("boxes print %q", got)
	}
	if text, err := json.Marshal(map[string]any{"k": k}); err != nil || string(text) != `{"k":1}` {
		t.Errorf("a box encodes as %s, %v", text, err)
	}
	defer func() {
		if got := fmt.Sprint(recover()); got != "interface conversion: interface {} is main.Celsius, not main.Kelvin" {
			t.Error(got)
		}
	}()
	p.MustUnbox("Kelvin", c, "interface {}")
}

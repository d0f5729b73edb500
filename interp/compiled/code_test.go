package compiled

import (
	"context"
	"os"
	"reflect"
	"testing"
)

func build(t testing.TB, text string, functions ...string) *Code {
	t.Helper()
	b := &Builder{Cache: t.TempDir()}
	c, err := b.Build(context.Background(), Program{Files: []File{{"c0", "package main\n" + text}}, Functions: functions}, os.Stdout, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Retire)
	return c
}

func pointers(v ...any) (out []reflect.Value) {
	for _, x := range v {
		out = append(out, reflect.ValueOf(x))
	}
	return out
}

func TestSum(t *testing.T) {
	c := build(t, "/*line c0:1:1*/func Sum(x []float64) (s float64) { for i, v := range x { s += v; x[i] = 2*v }; return }", "Sum")
	x, s := []float64{1, 2, 3}, 0.0
	if err := c.Call(Invocation{Args: pointers(&x), Results: pointers(&s)}); err != nil {
		t.Fatal(err)
	}
	t.Log(x, s)
}

func BenchmarkCall(b *testing.B) {
	c := build(b, "func F(x float64) float64 { return x+1 }\nfunc G(x []float64) float64 { return x[0] }\nfunc H(x []float64) { for i := range x { x[i]++ } }", "F", "G", "H")
	x, y := 1.0, 0.0
	b.Run("scalar", func(b *testing.B) {
		for range b.N {
			if err := c.Call(Invocation{Args: pointers(&x), Results: pointers(&y)}); err != nil {
				b.Fatal(err)
			}
		}
	})
	a := make([]float64, 1_000_000)
	b.Run("in", func(b *testing.B) {
		b.SetBytes(8e6)
		for range b.N {
			if err := c.Call(Invocation{Function: 1, Args: pointers(&a), Results: pointers(&y)}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("both", func(b *testing.B) {
		b.SetBytes(8e6)
		for range b.N {
			if err := c.Call(Invocation{Function: 2, Args: pointers(&a)}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// Package lib is a compiled package that the probes use from cells.
package lib

import (
	"errors"
	"fmt"
	"iter"
	"strings"
)

// XYer is an interface that cells implement.
type XYer interface {
	Len() int
	XY(int) (x, y float64)
}

// SumXY adds all coordinates.
func SumXY(x XYer) float64 {
	s := 0.0
	for i := range x.Len() {
		a, b := x.XY(i)
		s += a + b
	}
	return s
}

// IsNil tells whether there is no value.
func IsNil(x XYer) bool { return x == nil }

// Canvas keeps what is drawn on it.
type Canvas struct{ Log []string }

// Draw adds to the log.
func (c *Canvas) Draw(s string) { c.Log = append(c.Log, s) }

// Plotter may also be a Thumbnailer and a DataRanger.
type Plotter interface{ Plot(c *Canvas) }

// Thumbnailer is optional.
type Thumbnailer interface{ Thumbnail() string }

// DataRanger is optional.
type DataRanger interface{ DataRange() (lo, hi float64) }

// Render plots with all abilities of the plotters.
func Render(ps ...Plotter) string {
	c := &Canvas{}
	for _, p := range ps {
		p.Plot(c)
		if d, ok := p.(DataRanger); ok {
			lo, hi := d.DataRange()
			c.Draw(fmt.Sprintf("[%g,%g]", lo, hi))
		}
		if t, ok := p.(Thumbnailer); ok {
			c.Draw("thumb=" + t.Thumbnail())
		}
	}
	return strings.Join(c.Log, " ")
}

// Sum is generic, so that there is no compiled instance for cells.
func Sum[T ~int | ~float64](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return t
}

// Pair is a generic type.
type Pair[K comparable, V any] struct {
	Key K
	Val V
}

// Show writes a pair.
func (p Pair[K, V]) Show() string { return fmt.Sprint(p.Key, "=", p.Val) }

// MakePair returns an instance of a generic type.
func MakePair(k string, v int) Pair[string, int] { return Pair[string, int]{k, v} }

// Options is a small struct.
type Options struct{ Level int }

// Config has fields of many types, one of them unexported.
type Config struct {
	A      int
	B      string
	F      func(float64) float64
	Opt    *Options
	Tags   map[string]float64
	hidden int
}

// Run calls the function in a field.
func (c *Config) Run(x float64) float64 { return c.F(x) * float64(c.A+c.hidden) }

// Thing is made with options.
type Thing struct{ n int }

// Option changes a Thing.
type Option func(*Thing)

// NewThing applies options.
func NewThing(o ...Option) *Thing {
	t := &Thing{}
	for _, f := range o {
		f(t)
	}
	return t
}

// N returns the number.
func (t Thing) N() int { return t.n }

// Chain adds and returns the same Thing.
func (t *Thing) Chain(n int) *Thing { t.n += n; return t }

// Default is a variable.
var Default = 3

// Constants, one of them larger than any integer type.
const (
	Pi2  = 6.28
	Huge = 1 << 100
)

// Base is a type to embed.
type Base struct{ ID int }

// SetID has a pointer receiver.
func (b *Base) SetID(i int) { b.ID = i }

// GetID has a value receiver.
func (b Base) GetID() int { return b.ID }

// IDer is what a type has that embeds Base.
type IDer interface{ GetID() int }

// UseID calls the method.
func UseID(x IDer) int { return x.GetID() }

// Call calls back.
func Call(f func() error) error { return f() }

// CallN calls back n times.
func CallN(n int, f func(i int) float64) (s float64) {
	for i := range n {
		s += f(i)
	}
	return s
}

// InGoroutine calls back on a goroutine of its own.
func InGoroutine(f func()) {
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	<-done
}

// PrintOut prints past the session.
func PrintOut(s string) { fmt.Println(s) }

// ShowPlus formats a value.
func ShowPlus(v any) string { return fmt.Sprintf("%+v", v) }

// Count is an iterator.
func Count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// Identity returns what it gets.
func Identity(v any) any { return v }

// ErrX is a sentinel.
var ErrX = errors.New("lib: x")

// Fail wraps ErrX.
func Fail() error { return fmt.Errorf("wrapped: %w", ErrX) }

// TwoErr returns a value and ErrX.
func TwoErr() (int, error) { return 0, ErrX }

// Mutate doubles in place.
func Mutate(s []float64) {
	for i := range s {
		s[i] *= 2
	}
}

// SendTo sends n numbers.
func SendTo(c chan<- int, n int) {
	for i := range n {
		c <- i
	}
	close(c)
}

// Arr returns an array.
func Arr() [3]int { return [3]int{1, 2, 3} }

// Layer is an interface of three methods.
type Layer interface {
	Forward(x []float64) []float64
	Backward(g []float64) []float64
	Name() string
}

// RunLayers goes through layers and joins their names.
func RunLayers(x []float64, ls ...Layer) ([]float64, string) {
	var names []string
	for _, l := range ls {
		x = l.Forward(x)
		names = append(names, l.Name())
	}
	return x, strings.Join(names, ",")
}

// Relu is a compiled Layer.
type Relu struct{ Neg float64 }

// Forward scales what is negative.
func (r *Relu) Forward(x []float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		if v < 0 {
			v *= r.Neg
		}
		y[i] = v
	}
	return y
}

// Backward returns the gradient.
func (r *Relu) Backward(g []float64) []float64 { return g }

// Name is relu.
func (r *Relu) Name() string { return "relu" }

// NewLayer returns a compiled Layer.
func NewLayer(string) Layer { return &Relu{} }

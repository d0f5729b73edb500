package interp_test

import (
	"context"
	"image"
	"testing"

	"crossbook/interp"
	"crossbook/interp/symbols"
)

// TestDisplay: a value of an interpreted type reaches the host as the interface
// that Options.Display names, before fmt.Stringer.
func TestDisplay(t *testing.T) {
	library := symbols.Library()
	s, err := interp.New(interp.Options{Library: library, Prelude: library.Prelude(), Display: []string{"image.Image", "no/such.Interface"}})
	if err != nil {
		t.Fatal(err)
	}
	values, err := s.Run(context.Background(), 1, `import ("image"; "image/color")
type dot struct{ w int }
func (d dot) ColorModel() color.Model { return color.GrayModel }
func (d dot) Bounds() image.Rectangle { return image.Rect(0, 0, d.w, 1) }
func (d dot) At(x, y int) color.Color { return color.Gray{Y: uint8(x)} }
func (d dot) String() string          { return "a dot" }
dot{3}`)
	if err != nil {
		t.Fatal(err)
	}
	if len(values) != 1 {
		t.Fatalf("values %v, want one", values)
	}
	m, ok := values[0].(image.Image)
	if !ok {
		t.Fatalf("value is a %T, want an image.Image", values[0])
	}
	if m.Bounds().Dx() != 3 {
		t.Errorf("bounds %v, want a width of 3", m.Bounds())
	}
}

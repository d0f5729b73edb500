package plots

import (
	"math"
	"strings"
	"testing"
)

func TestAir(t *testing.T) {
	for _, test := range []struct{ in, want span }{
		{span{low: 10, high: 20}, span{low: 9.6, high: 20.4}},
		{span{low: 0, high: 100}, span{low: 0, high: 104}}, // not across zero
		{span{low: 0.1, high: 100}, span{low: 0, high: 103.996}},
		{span{low: -100, high: -1}, span{low: -103.96, high: 0}},
		{span{low: 5, high: 5}, span{low: 4.5, high: 5.5}},
		{span{low: -5, high: -5}, span{low: -5.5, high: -4.5}},
		{span{low: 0, high: 0}, span{low: -1, high: 1}},
		{span{low: 3, high: 3, whole: true}, span{low: 2, high: 4, whole: true}},
	} {
		got := test.in.air()
		if math.Abs(got.low-test.want.low) > 1e-9 || math.Abs(got.high-test.want.high) > 1e-9 || got.whole != test.want.whole {
			t.Errorf("%+v with air is %+v, want %+v", test.in, got, test.want)
		}
	}
}

func TestWrap(t *testing.T) {
	sty := textStyle(10, ink)
	width := sty.Width("one two three")
	for in, want := range map[string]string{
		"":                           "",
		"one two three":              "one two three",
		"one  two\nthree four":       "one two three|four",
		"G_{on off} G_{on off} a b":  "G_{on off} G_{on off}|a b",
		"incomprehensibilities here": "incompreh…|here",
	} {
		lines := wrap(in, sty, width)
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("%q is broken into %q, want %q", in, got, want)
		}
		for _, l := range lines {
			if sty.Width(l) > width {
				t.Errorf("%q is wider than the lines", l)
			}
		}
	}
}

// Without a size the plot itself is always as high, whatever stands around it.
func TestHeightGrowsWithTexts(t *testing.T) {
	plain, err := Curves(accuracy("", 90, 5)).compose()
	if err != nil {
		t.Fatal(err)
	}
	rich, err := Curves(many(20, 5)...).Titled(longTitle).compose()
	if err != nil {
		t.Fatal(err)
	}
	inner := func(d *drawing) float64 { return float64((d.height - d.top() - d.bottom()) / pointsPerPixel) }
	if math.Abs(inner(plain)-defaultPlot) > 1 || math.Abs(inner(rich)-defaultPlot) > 1 || rich.height <= plain.height {
		t.Errorf("plots %g and %g pixels high, want %d", inner(plain), inner(rich), defaultPlot)
	}
}

package plots

import (
	"math"
	"strings"
	"testing"
)

func TestFigureErrors(t *testing.T) {
	for _, test := range []struct {
		change func(*Figure) *Figure
		want   string
	}{
		{func(f *Figure) *Figure { return f.YRange(1, 1) }, "plots: YRange: from 1 to 1: the first must be below the second"},
		{func(f *Figure) *Figure { return f.XRange(0, math.NaN()) }, "plots: XRange: from 0 to NaN"},
		{func(f *Figure) *Figure { return f.YRange(-1, 1).LogY() }, "plots: YRange: from -1 to 1: a logarithmic axis starts above 0"},
		{func(f *Figure) *Figure { return f.Size(10, 400) }, "plots: Size: 10 x 400 pixels: allowed are 240..4000 x 150..4000"},
		{func(f *Figure) *Figure { return f.Size(240, 150).Titled(longTitle) }, "plots: Size: 150 pixels are too low for this title, legend and notes; at this width the figure needs 2"},
	} {
		f := test.change(Curves(accuracy("BP", 90, 5)))
		err := f.Err()
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %q", err, test.want)
			continue
		}
		if f.String() != err.Error() {
			t.Errorf("the figure tells %q, not its error", f)
		}
	}
}

func TestFigureString(t *testing.T) {
	ltp, ltd := pulses()
	for _, test := range []struct {
		f    *Figure
		want string
	}{
		{
			Curves(ltp, ltd).Titled("A device"),
			"A device\nconductance (μS) against pulse number\n  LTP: 65 points, from 10 to 100, last 100 at 64\n  LTD: 65 points, from 10 to 100, last 10 at 64",
		},
		{
			Curves(Series{Y: []float64{0.5, math.NaN()}}),
			"y against x\n  1 point, 0.5 at 1\n1 of 2 points left out (not finite).",
		},
		{
			Curves(Series{Name: "漢", Y: []float64{1, 2}}),
			"y against x\n  漢: 2 points, from 1 to 2, last 2 at 2\n□ stands for characters that the font lacks: U+6F22.",
		},
	} {
		if got := test.f.String(); got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
	}
}

// Every method returns the figure, so that they can be chained in a cell.
func TestChaining(t *testing.T) {
	f := Lines(repeated(), "Device.LTP", "accuracy (%)")
	chained := f.By("rule").Band().Titled("t").Labels("x", "y").XRange(1, 6).YRange(1, 100).LogX().LogY().Size(640, 400).AsSVG()
	if chained != f || f.Err() != nil {
		t.Errorf("chained %p, started with %p, error %v", chained, f, f.Err())
	}
}

// A range within an epoch has ticks although epochs are whole numbers.
func TestRangeBetweenWholeNumbers(t *testing.T) {
	d, err := Curves(accuracy("BP", 90, 10)).XRange(2.1, 2.9).compose()
	if err != nil || len(d.axes[0].ticks) < 3 {
		t.Errorf("ticks %v, error %v", d.axes[0].ticks, err)
	}
}

func TestRangesAreKept(t *testing.T) {
	d, err := Curves(accuracy("BP", 90, 10)).YRange(0, 100).XRange(2, 5).compose()
	if err != nil || d.axes[1].low != 0 || d.axes[1].high != 100 || d.axes[0].low != 2 || d.axes[0].high != 5 {
		t.Errorf("axes %+v, error %v", d.axes, err)
	}
}

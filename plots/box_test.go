package plots

import (
	"fmt"
	"math"
	"testing"
)

func TestSummary(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   string
	}{
		{[]float64{3, 1, 2, 5, 4}, "[2 3 4] [1 5]"},
		{[]float64{7}, "[7 7 7] [7 7]"},
		{[]float64{1, 2}, "[1.25 1.5 1.75] [1 2]"},
		{[]float64{1, 2, 3, 4, 100}, "[2 3 4] [1 4]"}, // 100 lies beyond 4 + 1.5 x 2
		{[]float64{5, 5, 5, 5, 5, 6}, "[5 5 5] [5 5]"},
	} {
		s := summary(test.values)
		if got := fmt.Sprint(s.quartiles, s.whiskers); got != test.want {
			t.Errorf("%v: quartiles and whiskers %s, want %s", test.values, got, test.want)
		}
	}
}

// The density of many values of a normal distribution is its own: at one
// standard deviation, exp(-1/2) of that in the middle, but for the kernel's width.
func TestDensity(t *testing.T) {
	var values []float64
	for i := range 999 { // evenly spaced by probability
		values = append(values, math.Sqrt2*math.Erfinv(2*float64(i+1)/1000-1))
	}
	width := 0.9 * math.Pow(999, -0.2) // of the kernel, whose variance adds
	want := math.Exp(-0.5 / (1 + width*width))
	for _, at := range []float64{-1, 1} {
		if got := density(values, at) / density(values, 0); math.Abs(got-want) > 0.01 {
			t.Errorf("density at %g is %.4f of that in the middle, want %.4f", at, got, want)
		}
	}
}

func TestBox(t *testing.T) {
	table := Columns{"device": []string{"a", "a", "a", "a", "a", "b", "b"}, "accuracy": []float64{3, 1, 2, 5, 4, 7, math.NaN()}}
	const spreads = `accuracy against device
  a: median 3, quartiles 2 and 4, from 1 to 5 (5 values)
  b: median 7, quartiles 7 and 7, from 7 to 7 (1 values)
1 of 7 rows left out (not finite).
`
	told(t, Box(table, "device", "accuracy"), spreads+`Boxes: quartiles and median of 1 to 5 values. Whiskers: outermost within 1.5 box heights.
Fewer than 5 values at 1 of 2 places: only dots and the median.`)
	told(t, Violin(table, "device", "accuracy"), spreads+`Violins: density of 1 to 5 values. Bars: quartiles. Dots: median.
Fewer than 5 values at 1 of 2 places: only dots and the median.`)
	data, err := Box(table, "device", "accuracy").Data()
	if want := "device,accuracy\na,1\na,2\na,3\na,4\na,5\nb,7\n"; err != nil || data != want {
		t.Errorf("data %q, error %v", data, err)
	}
}

func TestBoxErrors(t *testing.T) {
	table := Columns{"x": []string{"a"}, "y": []float64{1}, "nan": []float64{math.NaN()}}
	faults(t, map[string]*Figure{
		`plots: Box: no column "q"`:                         Box(table, "x", "q"),
		`plots: Violin: column "x": row 0 holds a`:          Violin(table, "y", "x"),
		`plots: Box: no finite value of "nan" in 1 rows`:    Box(table, "x", "nan"),
		`plots: LogX: the x axis of a Violin figure has na`: Violin(table, "x", "y").LogX(),
		`plots: Violin: the table is nil`:                   Violin(nil, "x", "y").By("q"),
	})
}

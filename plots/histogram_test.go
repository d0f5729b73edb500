package plots

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestHistogram(t *testing.T) {
	table := Columns{"g": []float64{0, 1, 1, 2.5, 4, 4, math.Inf(1)}, "state": []string{"set", "set", "reset", "set", "set", "reset", "set"}}
	f := Histogram(table, "g").Bins(2).By("state")
	told(t, f, `6 values of g in 2 bins
  set: 4 values, from 0 to 4, median 1.75
  reset: 2 values, from 1 to 4, median 2.5
1 of 7 rows left out (not finite).`)
	data, err := f.Data()
	if want := "from,to,set,reset\n0,2,2,1\n2,4,2,1\n"; err != nil || data != want {
		t.Errorf("data %q, error %v", data, err)
	}
	told(t, Histogram(Columns{"level": []int{1, 1, 3}}, "level"), "3 values of level in 3 bins\n  3 values, from 1 to 3, median 1")
}

// A hundred values evenly from 0 to 1 have an interquartile range of a half:
// 2 x 0.5 / 100^(1/3) is 0.215, which makes 5 bins.
func TestFreedmanDiaconis(t *testing.T) {
	var values []float64
	for i := range 1000 {
		values = append(values, float64(i)/999)
	}
	d := &histogramData{}
	if n := len(d.edges(values, false)) - 1; n != 10 { // 2 x 0.5 / 10
		t.Errorf("%d bins of 1000 even values, want 10", n)
	}
	if n := len(d.edges([]float64{0.5, 0.5, 0.5}, false)) - 1; n != 1 {
		t.Errorf("%d bins of equal values, want one", n)
	}
}

// Every value is counted once, whatever the bins, and edges rise.
func TestHistogramProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(1e-6, 1e6), 1, 60).Draw(t, "values")
		log := rapid.Bool().Draw(t, "log")
		f := Histogram(Columns{"v": values}, "v")
		if n := rapid.IntRange(0, 50).Draw(t, "bins"); n > 0 {
			f.Bins(n)
		}
		if log {
			f.LogX()
		}
		p, err := f.content()
		if err != nil {
			t.Fatal(err)
		}
		l := p.layers[0].(binLayer)
		sum := 0
		for i, n := range l.counts {
			sum += n
			if l.edges[i+1] <= l.edges[i] {
				t.Fatalf("edges %v", l.edges)
			}
		}
		if sum != len(values) {
			t.Fatalf("%d of %d values counted", sum, len(values))
		}
	})
}

func TestCountsIn(t *testing.T) {
	if got := fmt.Sprint(countsIn([]float64{0, 1, 2}, []float64{0, 0.5, 1, 2})); got != "[2 2]" {
		t.Errorf("counts %s, want [2 2]", got)
	}
}

func TestHistogramErrors(t *testing.T) {
	table := Columns{"x": []string{"a"}, "nan": []float64{math.NaN()}, "wide": []float64{1}}
	faults(t, map[string]*Figure{
		`plots: Histogram: no column "q"`:                       Histogram(table, "q"),
		`plots: Histogram: column "x": row 0 holds a`:           Histogram(table, "x"),
		`plots: Histogram: no finite value of "nan" in 1 rows`:  Histogram(table, "nan"),
		`plots: Bins: 0 bins: allowed are 1 to 1000`:            Histogram(table, "wide").Bins(0),
		`plots: Bins: only a figure made by Histogram has bins`: Curves(accuracy("a", 90, 3)).Bins(3),
		`values reach beyond what can be drawn`:                 Histogram(Columns{"v": []float64{-1.7e308, 1.7e308}}, "v"),
	})
}

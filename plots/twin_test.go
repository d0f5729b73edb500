package plots

import (
	"math"
	"testing"
)

func TestTwin(t *testing.T) {
	table := Columns{"V": []int{1, 1, 2, 2, 3}, "chip": []float64{1, 3, 5, 5.5, math.NaN()}, "twin": []float64{2.5, 2.5, 7.25, 7.25, 9}}
	// Differences of 0.5 and 2: the root of (0.25 + 4) / 2.
	told(t, Twin(table, "V", "chip", "twin").Labels("", "current"), `current against V
  chip: 2 points, from 2 to 5.25, last 5.25 at 2
  twin: 3 points, from 2.5 to 9, last 9 at 3
Marks: mean of 2 repeats. Error bars: minimum to maximum.
1 of 10 values left out (not finite).
Root-mean-square difference 1.46 at 2 points; the model lies within 1 of 2 error bars.`)
}

// scaled is a table whose columns have the units of their names.
type scaled struct{ Columns }

func (scaled) Unit(name string) string { return name }

func TestTwinErrors(t *testing.T) {
	table := Columns{"x": []int{1}, "a": []float64{1}, "b": []float64{2}, "nan": []float64{math.NaN()}}
	faults(t, map[string]*Figure{
		`plots: Twin: no column "q"`:                                     Twin(table, "x", "q", "b"),
		`plots: Twin: no finite value of "nan" and "nan" against "x" in`: Twin(table, "x", "nan", "nan"),
		`plots: Twin: only "b" has values that can be drawn`:             Twin(table, "x", "nan", "b"),
		`plots: By: "x": a twin figure cannot be divided`:                Twin(table, "x", "a", "b").By("x"),
		`plots: Twin: "a" is in "a" and "b" in "b"; they must have the`:  Twin(scaled{table}, "x", "a", "b"),
	})
}

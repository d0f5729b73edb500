package plots

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
)

// measured is a table that knows units and fails on one column.
type measured struct{ Columns }

func (measured) Unit(name string) string { return map[string]string{"energy": "pJ"}[name] }

func (m measured) Floats(name string) ([]float64, error) {
	if name == "broken" {
		return nil, errors.New("disk on fire")
	}
	return m.Columns.Floats(name)
}

func TestLinesErrors(t *testing.T) {
	table := Columns{"x": []int{1, 2}, "y": []float64{3, 4}, "rule": []string{"BP", "DFA"}, "short": []int{1}, "nan": []float64{math.NaN(), math.NaN()}, "broken": []int{1, 2}}
	ids := make([]int, 50)
	for i := range ids {
		ids[i] = i
	}
	for _, test := range []struct {
		name string
		f    *Figure
		want string
	}{
		{"unknown", Lines(table, "x", "acc"), `plots: Lines: no column "acc"; the table has broken, nan, rule, short, x, y`},
		{"both unknown", Lines(table, "p", "q"), `no column "q"`},
		{"text", Lines(table, "rule", "y"), `column "rule": row 0 holds BP, which is no number; Lines needs numbers, By takes text`},
		{"unequal", Lines(table, "x", "short"), `plots: Lines: column "x" has 2 rows, column "short" has 1`},
		{"unequal by", Lines(table, "x", "y").By("short"), `plots: By: column "short" has 1 rows, column "x" has 2`},
		{"unknown by", Lines(table, "x", "y").By("seed"), `plots: By: no column "seed"`},
		{"nil", Lines(nil, "x", "y"), "plots: Lines: the table is nil"},
		{"nil map", Lines(Columns(nil), "x", "y"), "plots: Lines: the table is nil"},
		{"no columns", Lines(Columns{}, "x", "y"), `no column "x": the table has none`},
		{"no rows", Lines(Columns{"x": []int{}, "y": []int{}}, "x", "y"), `no finite value of "y" against "x" in 0 rows`},
		{"not finite", Lines(table, "x", "nan"), `no finite value of "nan" against "x" in 2 rows`},
		{"broken", Lines(measured{table}, "x", "broken"), "disk on fire"},
		{"too many", Lines(Columns{"x": ids, "y": ids, "id": ids}, "x", "y").By("id"), `column "id" has 50 values; a figure holds at most 40 lines`},
		{"by of curves", Curves(bare{[]float64{1}}).By("rule"), `plots: By: "rule": this kind of figure cannot be divided by a column`},
		{"band of curves", Curves(bare{[]float64{1}}).Band(), "plots: Band: only a figure made by Lines has repeats"},
	} {
		if err := test.f.Err(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.want)
		}
	}
}

// drawn writes lines as name: x=y ... with low..high of bands.
func drawn(t *testing.T, f *Figure) string {
	t.Helper()
	d, err := f.compose()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range d.all {
		fmt.Fprintf(&b, "%s:", s.name)
		for _, p := range s.points {
			fmt.Fprintf(&b, " %g=%.4g", p.x, p.y)
			if p.banded() {
				fmt.Fprintf(&b, "(%.4g..%.4g)", p.low, p.high)
			}
		}
		b.WriteString("; ")
	}
	return b.String() + strings.Join(d.notes, " ")
}

func TestLines(t *testing.T) {
	table := Columns{
		"x":    []int{2, 1, 2, 1, 2, 1},
		"y":    []float64{5, 1, 7, 3, 6, math.NaN()},
		"rule": []string{"DFA", "BP", "DFA", "BP", "DFA", "BP"},
		"node": []float64{22, 7, 22, 7, 22, 7},
		"id":   []int{1, 1, 2, 2, 3, 3},
	}
	// 6 -/+ t(2) x 1/sqrt(3) = 6 -/+ 2.484
	for _, test := range []struct {
		f    *Figure
		want string
	}{
		{Lines(table, "x", "y"), ": 1=2 2=6; Lines: mean of 2 to 3 repeats. 1 of 6 rows left out (not finite)."},
		{Lines(table, "x", "y").Band(), ": 1=2(1..3) 2=6(3.516..8.484); Lines: mean of 2 to 3 repeats. Bands: 95 % confidence interval of the mean (Student's t); minimum to maximum where there are two. 1 of 6 rows left out (not finite)."},
		{Lines(table, "x", "y").By("rule"), "DFA: 2=6; BP: 1=2; Lines: mean of 2 to 3 repeats. 1 of 6 rows left out (not finite)."},
		{Lines(table, "x", "y").By("node"), "node = 7: 1=2; node = 22: 2=6; Lines: mean of 2 to 3 repeats. 1 of 6 rows left out (not finite)."},
		{Lines(table, "x", "y").By("id"), "id = 1: 1=1 2=5; id = 2: 1=3 2=7; id = 3: 2=6; 1 of 6 rows left out (not finite)."},
		{Lines(table, "x", "y").By("id").Band(), "id = 1: 1=1 2=5; id = 2: 1=3 2=7; id = 3: 2=6; No bands: one value at every point. 1 of 6 rows left out (not finite)."},
		{Lines(Columns{"x": []int{1, 1}, "y": []int{3, 5}}, "x", "y").Band(), ": 1=4(3..5); Lines: mean of 2 repeats. Bands: minimum to maximum."},
		{Lines(Columns{"x": []int{1, 1, 2}, "y": []int{3, 5, 6}}, "x", "y").Band(), ": 1=4(3..5) 2=6; Lines: mean of 1 to 2 repeats. Bands: minimum to maximum; none where there is one."},
		{Lines(Columns{"x": []int{1, 1, 1, 2}, "y": []int{4, 4, 4, 5}}, "x", "y").Band(), ": 1=4(4..4) 2=5; Lines: mean of 1 to 3 repeats. Bands: 95 % confidence interval of the mean (Student's t); none where there is one."},
	} {
		if got := drawn(t, test.f); got != test.want {
			t.Errorf("drawn:\n%s\nwant:\n%s", got, test.want)
		}
	}
}

func TestLinesUnits(t *testing.T) {
	table := measured{Columns{"node": []int{1}, "energy": []int{2}}}
	d, err := Lines(table, "node", "energy").compose()
	if err != nil || d.labels != [2]string{"node", "energy (pJ)"} {
		t.Errorf("labels %q, error %v", d.labels, err)
	}
}

func TestLinesCopies(t *testing.T) {
	x := []float64{1, 2}
	f := Lines(Columns{"x": x}, "x", "x").By("x")
	before := f.String()
	x[0] = 9
	if after := f.String(); after != before {
		t.Errorf("the figure changed from %q to %q", before, after)
	}
}

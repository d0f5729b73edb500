package plots

import (
	"math"
	"strings"
	"testing"
)

// bare is a curve that says nothing about its axes.
type bare struct{ y []float64 }

func (b bare) Label() string               { return "bare" }
func (b bare) Len() int                    { return len(b.y) }
func (b bare) XY(i int) (float64, float64) { return float64(i), b.y[i] }

func TestCurveErrors(t *testing.T) {
	loss := Series{Name: "loss", Y: []float64{1}, YLabel: "loss"}
	for _, test := range []struct {
		name string
		f    *Figure
		want []string
	}{
		{"none", Curves(), []string{"plots: Curves: no curve given"}},
		{"nil", Curves(nil), []string{"plots: Curves: curve 1: it is nil"}},
		{"nil pointer", Curves(loss, (*Series)(nil)), []string{"curve 2: it is nil"}},
		{"unequal", Curves(Series{Name: "a", X: []float64{1}, Y: []float64{1, 2}}), []string{`curve 1: series "a": 1 values of X and 2 of Y`}},
		{"no points", Curves(Series{Name: "a"}, bare{}), []string{`no finite point to draw: "a" has 0, "bare" has 0`}},
		{"all NaN", Curves(bare{[]float64{math.NaN(), math.Inf(1)}}), []string{`"bare" has 2`}},
		{"two meanings", Curves(accuracy("BP", 90, 3), loss), []string{`the y axis is "test accuracy (%)" for "BP" and "loss" for "loss"`, "Labels(x, y)"}},
		{"added", Curves(loss).Add(nil), []string{"plots: Curves: curve 2: it is nil"}},
		{"added to lines", Lines(repeated(), "Device.LTP", "accuracy (%)").Add(loss), []string{"plots: Add: only a figure made by Curves takes curves"}},
		{"empty", &Figure{}, []string{"plots: an empty Figure"}},
		{"several", Curves(nil, nil).YRange(2, 1), []string{"curve 1", "curve 2", "YRange"}},
	} {
		err := test.f.Err()
		if err == nil {
			t.Errorf("%s: no error", test.name)
			continue
		}
		for _, part := range test.want {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: error %q lacks %q", test.name, err, part)
			}
		}
	}
}

func TestAxisLabels(t *testing.T) {
	loss := Series{Name: "loss", Y: []float64{1}, YLabel: "loss"}
	for _, test := range []struct {
		f    *Figure
		want [2]string
	}{
		{Curves(accuracy("BP", 90, 3)), [2]string{"epoch", "test accuracy (%)"}},
		{Curves(bare{[]float64{1}}, accuracy("BP", 90, 3)), [2]string{"epoch", "test accuracy (%)"}},
		{Curves(bare{[]float64{1}}), [2]string{}},
		{Curves(accuracy("BP", 90, 3), loss).Labels("", "both"), [2]string{"epoch", "both"}},
	} {
		d, err := test.f.compose()
		if err != nil || d.labels != test.want {
			t.Errorf("labels %q, error %v, want %q", d.labels, err, test.want)
		}
	}
}

func TestPointsLeftOut(t *testing.T) {
	y := []float64{1, math.NaN(), 3, 4, math.Inf(1), -5}
	for _, test := range []struct {
		f    *Figure
		want string // piece starts marked by |
		note string
	}{
		{Curves(bare{y}), "|1|3 4|-5", "bare: 2 of 6 points left out (not finite)."},
		{Curves(bare{y}).LogY(), "|1|3 4", "bare: 3 of 6 points left out (not finite, or not positive on a logarithmic axis)."},
		{Curves(bare{[]float64{math.NaN(), 2}}), "|2", "bare: 1 of 2 points left out (not finite)."},
	} {
		d, err := test.f.compose()
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for i, p := range d.all[0].points {
			switch {
			case i == 0 || p.gap:
				got.WriteString("|")
			default:
				got.WriteString(" ")
			}
			got.WriteString(decimal(p.y, 0))
		}
		if s := strings.ReplaceAll(got.String(), "−", "-"); s != test.want {
			t.Errorf("lines %s, want %s", s, test.want)
		}
		if len(d.notes) != 1 || d.notes[0] != test.note {
			t.Errorf("notes %q, want %q", d.notes, test.note)
		}
	}
}

// A figure does not change when its data do.
func TestCurvesCopies(t *testing.T) {
	y := []float64{1, 2}
	f := Curves(bare{y})
	before := f.String()
	y[1] = 5
	if after := f.String(); after != before {
		t.Errorf("the figure changed from %q to %q", before, after)
	}
}

func TestAdd(t *testing.T) {
	f := Curves()
	for _, c := range many(3, 5) {
		f.Add(c)
	}
	if want := Curves(many(3, 5)...).String(); f.String() != want {
		t.Errorf("added one by one:\n%s\nwant\n%s", f, want)
	}
}

func TestUnnamedCurvesAreNumbered(t *testing.T) {
	d, err := Curves(Series{Y: []float64{1}}, Series{Name: "b", Y: []float64{2}}).compose()
	if err != nil || d.all[0].name != "curve 1" || d.all[1].name != "b" {
		t.Errorf("names of %+v, error %v", d.all, err)
	}
}

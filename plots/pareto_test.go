package plots

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPareto(t *testing.T) {
	table := Columns{"energy": []float64{1, 2, 3, 4, 3, 9, math.NaN()}, "accuracy": []float64{10, 80, 85, 70, 85, 90, 1}, "bits": []int{2, 3, 4, 5, 6, 7, 8}}
	f := Pareto(table, "energy", "accuracy").Mark("bits")
	told(t, f, `accuracy against energy
  4 of 6 points on the front, knee at (2, 80) with bits = 3
1 of 7 rows left out (not finite).
Lines: best trade-offs, lower x and higher y being better; faint: beaten in both.
At the points: bits; rings: knees.`)
	data, err := f.Data()
	if want := "energy,accuracy,front,bits\n1,10,yes,2\n2,80,knee,3\n3,85,yes,4\n9,90,yes,7\n3,85,no,6\n4,70,no,5\n"; err != nil || data != want {
		t.Errorf("data %q, error %v", data, err)
	}
}

func TestParetoErrors(t *testing.T) {
	table := Columns{"x": []int{1}, "y": []int{2}, "short": []int{}, "nan": []float64{math.NaN()}}
	faults(t, map[string]*Figure{
		`plots: Pareto: no column "q"`:                                        Pareto(table, "x", "q").Mark("x"),
		`plots: Pareto: no finite value of "nan" against "x" in 1 rows`:       Pareto(table, "x", "nan"),
		`plots: Mark: no column "q"`:                                          Pareto(table, "x", "y").Mark("q"),
		`plots: Mark: column "short" has 0 rows, the others have 1`:           Pareto(table, "x", "y").Mark("short"),
		`plots: Mark: "q": only a figure made by Pareto has points to mark`:   Curves(accuracy("a", 90, 3)).Mark("q"),
		`plots: Better: "more" for y: allowed are lower and higher`:           Pareto(table, "x", "y").Better("lower", "more"),
		`plots: Better: only a figure made by Pareto`:                         Curves(accuracy("a", 90, 3)).Better("lower", "lower"),
		`plots: By: column "short" has 0 rows, the others have 1`:             Pareto(table, "x", "y").By("short"),
		`plots: By: "rule": this kind of figure cannot be divided by a colum`: Curves(accuracy("a", 90, 3)).By("rule"),
	})
}

// No point of a front is beaten by any other, every other one is beaten or
// equalled by one of the front, and no point is lost, whatever is better.
func TestFrontProperties(t *testing.T) {
	signs := []float64{-1, 1}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "n")
		var spots []spot
		for i := range n {
			spots = append(spots, spot{float64(rapid.IntRange(0, 6).Draw(t, "x")), float64(rapid.IntRange(0, 6).Draw(t, "y")), i})
		}
		d := &paretoData{sign: [2]float64{rapid.SampledFrom(signs).Draw(t, "better x"), rapid.SampledFrom(signs).Draw(t, "better y")}}
		f := d.front(slices.Clone(spots))
		if len(f.best)+len(f.dominated) != n {
			t.Fatalf("%d + %d points of %d", len(f.best), len(f.dominated), n)
		}
		atLeast := func(a, b spot) bool { return d.sign[0]*a.x >= d.sign[0]*b.x && d.sign[1]*a.y >= d.sign[1]*b.y }
		for _, b := range f.best {
			for _, s := range spots {
				if atLeast(s, b) && (s.x != b.x || s.y != b.y) {
					t.Fatalf("%v of the front is beaten by %v", b, s)
				}
			}
		}
		for _, s := range f.dominated {
			if !slices.ContainsFunc(f.best, func(b spot) bool { return atLeast(b, s) }) {
				t.Fatalf("%v is beaten by none of the front", s)
			}
		}
	})
}

func TestKnee(t *testing.T) {
	for _, test := range []struct {
		xs, ys []float64
		log    [2]bool
		want   int
	}{
		{[]float64{1, 2, 10}, []float64{1, 9, 10}, [2]bool{}, 1},
		{[]float64{1, 10, 100}, []float64{1, 2, 3}, [2]bool{true, false}, -1}, // a straight line there
		{[]float64{1, 10, 100}, []float64{1, 2, 3}, [2]bool{}, 1},
		{[]float64{1, 2}, []float64{1, 2}, [2]bool{}, -1},
		{[]float64{0, 1, 2, 3, 4}, []float64{0, 5, 9, 9.5, 10}, [2]bool{}, 2},
		{[]float64{0, 1, 2}, []float64{10, 2, 0}, [2]bool{}, 1},
	} {
		var best []spot
		for i := range test.xs {
			best = append(best, spot{test.xs[i], test.ys[i], i})
		}
		if got := knee(best, test.log); got != test.want {
			t.Errorf("the knee of %v, %v is %d, want %d", test.xs, test.ys, got, test.want)
		}
	}
}

// Between two points of a front lies the corner that is worse in both.
func TestSteps(t *testing.T) {
	up := front{best: []spot{{x: 1, y: 1}, {x: 2, y: 3}}}
	down := front{best: []spot{{x: 1, y: 3}, {x: 2, y: 1}}}
	for _, test := range []struct {
		f    front
		sign [2]float64
		want string
	}{
		{up, [2]float64{-1, 1}, "[{1 1} {2 1} {2 3}]"},
		{up, [2]float64{1, -1}, "[{1 1} {1 3} {2 3}]"},
		{down, [2]float64{1, 1}, "[{1 3} {1 1} {2 1}]"},
		{down, [2]float64{-1, -1}, "[{1 3} {2 3} {2 1}]"},
	} {
		if got := fmt.Sprint(frontLayer{sign: test.sign}.steps(test.f, pointOf)); got != test.want {
			t.Errorf("better %v: steps %s, want %s", test.sign, got, test.want)
		}
	}
}

package plots

import (
	"fmt"
	"math"
	"testing"
)

func TestHeatmap(t *testing.T) {
	table := Columns{"bits": []int{1, 1, 2, 2, 2}, "levels": []int{4, 8, 4, 4, 16}, "accuracy": []float64{1, 2, 3, 5, math.NaN()}}
	f := Heatmap(table, "bits", "levels", "accuracy")
	told(t, f, `accuracy over bits and levels
  2 x 2 cells, from 1 to 4, highest at (2, 4)
1 of 5 rows left out (not finite).
Cells: mean of up to 2 repeats.
Grey: no value in 1 of 4 cells.`)
	data, err := f.Data()
	if want := "bits,levels,accuracy\n1,4,1\n1,8,2\n2,4,4\n2,8,\n"; err != nil || data != want {
		t.Errorf("data %q, error %v", data, err)
	}
}

func TestEdges(t *testing.T) {
	for _, test := range []struct {
		middles []float64
		log     bool
		want    string
	}{
		{[]float64{1, 2, 4}, false, "[0.5 1.5 3 5]"},
		{[]float64{3}, false, "[2.5 3.5]"},
		{[]float64{3}, true, "[1.5 6]"},
		{[]float64{1, 100}, true, "[0.1 10 1000]"},
	} {
		got := edgesOf(test.middles, test.log)
		for i := range got {
			got[i] = math.Round(got[i]*1e9) / 1e9
		}
		if fmt.Sprint(got) != test.want {
			t.Errorf("edges of %v are %v, want %s", test.middles, got, test.want)
		}
	}
}

func TestHeatmapErrors(t *testing.T) {
	many := make([]int, 300)
	for i := range many {
		many[i] = i
	}
	table := Columns{"x": []int{1, 2}, "y": []int{3, 4}, "z": []float64{0, 2}, "text": []string{"a", "b"}, "nan": []float64{math.NaN(), math.NaN()}}
	faults(t, map[string]*Figure{
		`plots: Heatmap: no column "q"`:                                      Heatmap(table, "x", "q", "z"),
		`plots: Heatmap: column "text": row 0 holds a, which is no number`:   Heatmap(table, "text", "y", "z"),
		`plots: Heatmap: no finite value of "nan" over "x" and "y" in 2`:     Heatmap(table, "x", "y", "nan"),
		`plots: Heatmap: column "x" has 300 values; a heat map holds`:        Heatmap(Columns{"x": many, "y": many, "z": many}, "x", "y", "z"),
		`plots: LogColor: "z" has values of 0 or less`:                       Heatmap(table, "x", "y", "z").LogColor(),
		`plots: Contour: level NaN: levels must be finite`:                   Heatmap(table, "x", "y", "z").Contour(1, math.NaN()),
		`plots: Contour: only a figure made by Heatmap`:                      Curves(accuracy("a", 90, 3)).Contour(),
		`plots: LogColor: only a figure made by Heatmap`:                     Curves(accuracy("a", 90, 3)).LogColor(),
		`plots: By: "x": a heat map cannot be divided; put several into a G`: Heatmap(table, "x", "y", "z").By("x"),
		`plots: Interactive: only a figure of lines`:                         Heatmap(table, "x", "y", "z").Interactive(),
	})
}

// bowl is x^2 + y^2 on whole numbers from -n to n.
func bowl(n int) *cellGrid {
	c := &cellGrid{}
	for i := -n; i <= n; i++ {
		c.middles[0], c.middles[1] = append(c.middles[0], float64(i)), append(c.middles[1], float64(i))
		var column []float64
		for j := -n; j <= n; j++ {
			column = append(column, float64(i*i+j*j))
		}
		c.values = append(c.values, column)
	}
	return c
}

// The contours of a bowl are circles: one closed line each, near its radius.
func TestIsolines(t *testing.T) {
	for _, radius := range []float64{2.5, 5.3, 8.7} {
		lines := bowl(10).isolines(radius * radius)
		if len(lines) != 1 {
			t.Errorf("radius %g: %d lines, want one", radius, len(lines))
			continue
		}
		line := lines[0]
		if line[0] != line[len(line)-1] {
			t.Errorf("radius %g: the line is not closed: from %v to %v", radius, line[0], line[len(line)-1])
		}
		for _, p := range line {
			// Between whole numbers, linear interpolation of a square is too
			// high by at most a quarter.
			if sum := p[0]*p[0] + p[1]*p[1]; sum > radius*radius+1e-9 || sum < radius*radius-0.25-1e-9 {
				t.Errorf("radius %g: a point at %g", radius, math.Sqrt(sum))
			}
		}
	}
	if lines := bowl(3).isolines(1e6); len(lines) != 0 {
		t.Errorf("%d lines outside the values", len(lines))
	}
}

func TestIsolinesOfSaddles(t *testing.T) {
	saddle := func(values ...float64) *cellGrid {
		return &cellGrid{middles: [2][]float64{{0, 1}, {0, 1}}, values: [][]float64{values[:2], values[2:]}}
	}
	if n := len(saddle(1, 0, 0, 1).isolines(0.5)); n != 2 {
		t.Errorf("%d lines of a saddle, want 2", n)
	}
	if n := len(saddle(1, 0, 0, math.NaN()).isolines(0.5)); n != 0 {
		t.Errorf("%d lines beside a hole, want none", n)
	}
}

func TestWeights(t *testing.T) {
	told(t, Weights(weights{4, 3}), `matrix of 4 rows and 3 columns
  3 x 4 cells, from 0 to 0.5871, highest at (1, 3)`)
	p, err := Weights(weights{400, 784}).content()
	if err != nil {
		t.Fatal(err)
	}
	if p.bar.span.low != -p.bar.span.high || len(p.layers[0].(cellLayer).values) != 112 || p.notes[0] != "Cells: mean of 4 x 7 weights." {
		t.Errorf("colours %+v, %d columns, notes %v", p.bar.span, len(p.layers[0].(cellLayer).values), p.notes)
	}
	faults(t, map[string]*Figure{
		"plots: Weights: the matrix is nil":                   Weights(nil),
		"plots: Weights: 0 x 3: the matrix is empty":          Weights(weights{0, 3}),
		"plots: LogX, LogY: a matrix has no logarithmic axes": Weights(weights{2, 2}).LogX(),
	})
}

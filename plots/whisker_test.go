package plots

import "testing"

// Three repeats of 3, 4, 5 have a standard deviation of 1.
func TestSpread(t *testing.T) {
	table := Columns{"x": []int{1, 1, 1, 2}, "y": []float64{3, 4, 5, 6}, "device": []int{1, 2, 3, 1}, "short": []int{1}}
	const want = ": 1=4(3..5) 2=6; Lines: mean of 1 to 3 repeats. Bands: one standard deviation on either side; none where there is one."
	if got := drawn(t, Lines(table, "x", "y").Spread()); got != want {
		t.Errorf("drawn:\n%s\nwant:\n%s", got, want)
	}
	p, err := Lines(table, "x", "y").Each("device").content()
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, l := range p.layers {
		if f, ok := l.(faint); ok {
			lines++
			if f.points[0].y == 3 && len(f.points) != 2 {
				t.Errorf("the first device has %v", f.points)
			}
		}
	}
	if lines != 3 {
		t.Errorf("%d faint lines, want one per device", lines)
	}
	many := make([]int, 600)
	for i := range many {
		many[i] = i
	}
	curve := Curves(accuracy("a", 90, 3))
	faults(t, map[string]*Figure{
		`plots: Each: no column "q"`:                                       Lines(table, "x", "y").Each("q"),
		`plots: Each: column "short" has 1 rows, column "x" has 4`:         Lines(table, "x", "y").Each("short"),
		`plots: Each: column "n" has 600 values; a figure holds at most 5`: Lines(Columns{"n": many}, "n", "n").Each("n"),
		`plots: Spread: only a figure made by Lines has repeats`:           curve.Spread(),
		`plots: Each: "q": only a figure made by Lines has repeats`:        Curves(accuracy("a", 90, 3)).Each("q"),
	})
}

func TestErrorBars(t *testing.T) {
	table := Columns{"x": []int{1, 1}, "y": []float64{3, 5}}
	if got := drawn(t, Lines(table, "x", "y").ErrorBars()); got != ": 1=4(3..5); Lines: mean of 2 repeats. Error bars: minimum to maximum." {
		t.Errorf("drawn %s", got)
	}
	p, err := Lines(table, "x", "y").ErrorBars().content()
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := p.layers[0].(whiskers); !ok {
		t.Errorf("layers %T", p.layers[0])
	}
}

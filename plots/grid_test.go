package plots

import (
	"math"
	"strings"
	"testing"
)

// Panels stand in rows on the page, do not overlap, and are equally wide.
func TestGridPlaces(t *testing.T) {
	for name, f := range map[string]*Figure{"two": multiples(), "three": multiples().Across(3), "sized": multiples().Across(4).Size(1200, 400), "print": multiples().Width(ACSPage)} {
		d, err := f.compose()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, p := range d.panels {
			box := rectangle(p.at, p.at.Add(rectangleSize(p.drawing)))
			if box.Min.X < 0 || box.Min.Y < 0 || box.Max.X > d.width || box.Max.Y > d.height-d.top()+margin {
				t.Errorf("%s: panel %d at %v leaves the page of %v x %v", name, i, box, d.width, d.height)
			}
			if p.width != d.panels[0].width {
				t.Errorf("%s: panel %d is %v wide, the first %v", name, i, p.width, d.panels[0].width)
			}
			for j, q := range d.panels[:i] {
				if overlap(box, rectangle(q.at, q.at.Add(rectangleSize(q.drawing)))) {
					t.Errorf("%s: panels %d and %d overlap", name, i, j)
				}
			}
		}
	}
}

func TestSameAxes(t *testing.T) {
	d, err := Grid(Curves(accuracy("", 90, 5)), Curves(accuracy("", 10, 50)), Curves(accuracy("", 50, 9)).YRange(0, 1)).SameAxes().compose()
	if err != nil {
		t.Fatal(err)
	}
	a, b, c := d.panels[0].axes, d.panels[1].axes, d.panels[2].axes
	if a[0].low != b[0].low || a[0].high != b[0].high || a[1].high != b[1].high || a[0].high < 50 || a[1].high < 85 {
		t.Errorf("axes %+v and %+v", a, b)
	}
	if c[1].high != 1 || c[0].high != a[0].high {
		t.Errorf("a panel's own range became %+v", c)
	}
}

// A legend that all panels share stands once; one that differs stays with them.
func TestGridLegend(t *testing.T) {
	d, err := multiples().compose()
	if err != nil || len(d.legend.names) != 2 || len(d.panels[0].legend.names) != 0 {
		t.Errorf("legends %v and %v, error %v", d.legend.names, d.panels[0].legend.names, err)
	}
	d, err = Grid(Curves(many(2, 3)...), Curves(many(3, 3)...)).compose()
	if err != nil || len(d.legend.names) != 0 || len(d.panels[1].legend.names) != 3 {
		t.Errorf("legends %v and %v, error %v", d.legend.names, d.panels[1].legend.names, err)
	}
}

func TestGridTells(t *testing.T) {
	f := Grid(Curves(Series{Name: "a", Y: []float64{1, 2}}).Titled("first"), Curves(Series{Name: "a", Y: []float64{3, 4}})).Titled("both")
	told(t, f, `both
2 panels
  first
  y against x
    a: 2 points, from 1 to 2, last 2 at 2
  y against x
    a: 2 points, from 3 to 4, last 4 at 2`)
	data, err := f.Data()
	if want := "series,x,y\na,1,1\na,2,2\n\nseries,x,y\na,1,3\na,2,4\n"; err != nil || data != want {
		t.Errorf("data %q, error %v", data, err)
	}
}

// A grid leaves its figures as they are.
func TestGridCopies(t *testing.T) {
	f := Curves(many(2, 3)...)
	if err := Grid(f, f).SameAxes().Err(); err != nil {
		t.Fatal(err)
	}
	d, err := f.compose()
	if err != nil || len(d.legend.names) != 2 || f.ranges[0] != nil {
		t.Errorf("legend %v, ranges %v, error %v", d.legend.names, f.ranges, err)
	}
}

func TestGridErrors(t *testing.T) {
	a := Curves(accuracy("a", 90, 3))
	faults(t, map[string]*Figure{
		"plots: Grid: no figure given":                                         Grid(),
		"plots: Grid: figure 2 is nil":                                         Grid(a, nil),
		"plots: Grid: figure 1 is a grid itself":                               Grid(multiples()),
		"plots: Grid: 40 figures; allowed are at most 36":                      Grid(make([]*Figure, 40)...),
		"panel 2: plots: Curves: no curve given":                               Grid(a, Curves()),
		"plots: Across: 0 columns: allowed are 1 to 12":                        Grid(a).Across(0),
		"plots: Across: only a figure made by Grid":                            Curves(accuracy("a", 90, 3)).Across(2),
		"plots: SameAxes: only a figure made by Grid":                          Curves(accuracy("a", 90, 3)).SameAxes(),
		"plots: SameAxes: the y axis of panel 2 and that of panel 1 differ":    Grid(a, Curves(accuracy("b", 9, 3)).LogY()).SameAxes(),
		"plots: Labels: a figure made by Grid has no axes of its own":          Grid(a).Labels("x", "y"),
		"plots: Across: 8 columns of 78 pixels each are too narrow; at least ": Grid(a, a, a, a, a, a, a, a).Across(8),
		"panel 1: plots: Size: ":                                               Grid(a, a, a, a, a, a).Across(1).Size(400, 300),
	})
}

// The same figures through the whole: every kind as a panel at three sizes.
func TestKindsAtSizes(t *testing.T) {
	for name, f := range kinds() {
		if _, grid := f.data.(*gridData); grid {
			continue
		}
		for _, size := range [][2]int{{300, 420}, {900, 300}, {500, 900}} {
			d, err := f.Size(size[0], size[1]).compose()
			if err != nil {
				if !strings.Contains(err.Error(), "too low for this title") {
					t.Errorf("%s at %v: %v", name, size, err)
				}
				continue
			}
			checkLayout(t, name, d)
		}
		for _, width := range []float64{leastPrint, IEEEColumn} {
			d, err := f.Width(width).compose()
			if err != nil {
				t.Errorf("%s at %g mm: %v", name, width, err)
				continue
			}
			checkLayout(t, name, d)
		}
	}
}

// Whatever the numbers, a figure is drawn in order or tells what is wrong.
func TestKindsWithOddNumbers(t *testing.T) {
	odd := Columns{
		"x": []float64{1, 2, 3, 4, 5, 6, 7}, "s": []string{"", " ", "a_{", "漢", "x^", "\\", "%"},
		"y": []float64{math.MaxFloat64 / 1e9, -1e-300, 0, math.NaN(), math.Inf(-1), 5e-324, 3},
	}
	for name, f := range map[string]*Figure{
		"bars": Bars(odd, "s", "y"), "log bars": Bars(odd, "s", "y").LogY().By("s"), "box": Box(odd, "s", "y"), "violin": Violin(odd, "x", "y").LogY(),
		"histogram": Histogram(odd, "y"), "log histogram": Histogram(odd, "y").LogX(), "heat": Heatmap(odd, "x", "x", "y").Contour(),
		"pareto": Pareto(odd, "x", "y").Mark("s").By("s"), "log pareto": Pareto(odd, "y", "x").Mark("s").LogX(), "twin": Twin(odd, "x", "y", "x"),
		"error bars": Lines(odd, "x", "y").By("s").ErrorBars().Each("x"),
	} {
		d, err := f.compose()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkLayout(t, name, d)
	}
}

package plots_test

import (
	"fmt"

	"crossbook/plots"
)

func ExampleCurves() {
	bp := plots.Series{Name: "BP", Y: []float64{71.2, 80.4, 84.1}, XLabel: "epoch", YLabel: "test accuracy (%)"}
	dfa := plots.Series{Name: "DFA", Y: []float64{65.0, 77.3, 80.9}}
	fmt.Println(plots.Curves(bp, dfa).Titled("Training on ideal devices"))
	// Output:
	// Training on ideal devices
	// test accuracy (%) against epoch
	//   BP: 3 points, from 71.2 to 84.1, last 84.1 at 3
	//   DFA: 3 points, from 65 to 80.9, last 80.9 at 3
}

func ExampleLines() {
	table := plots.Columns{
		"LTP":          []float64{0, 0, 0, 6, 6, 6},
		"accuracy (%)": []float64{84.0, 84.5, 85.0, 41, 38, 44},
	}
	fmt.Println(plots.Lines(table, "LTP", "accuracy (%)").Band())
	// Output:
	// accuracy (%) against LTP
	//   2 points, from 41 to 84.5, last 41 at 6
	// Lines: mean of 3 repeats. Bands: 95 % confidence interval of the mean (Student's t).
}

func ExampleBars() {
	table := plots.Columns{
		"device":       []string{"Ag:a-Si", "Ag:a-Si", "EpiRAM", "EpiRAM"},
		"rule":         []string{"BP", "DFA", "BP", "DFA"},
		"accuracy (%)": []float64{72.5, 68.1, 91.0, 88.2},
	}
	fmt.Println(plots.Bars(table, "device", "accuracy (%)").By("rule"))
	// Output:
	// accuracy (%) against device
	//   Ag:a-Si, BP: 72.5
	//   Ag:a-Si, DFA: 68.1
	//   EpiRAM, BP: 91
	//   EpiRAM, DFA: 88.2
}

// report is a whole with two parts.
type report struct{}

func (report) Parts() []string { return []string{"array", "ADC"} }

func (report) Quantity(name string) (values []float64, unit string, err error) {
	switch name {
	case "area":
		return []float64{0.75, 2.25}, "mm^2", nil
	case "energy":
		return []float64{40, 60}, "pJ", nil
	}
	return nil, "", fmt.Errorf("no such quantity; there are area and energy")
}

func ExampleBreakdown() {
	fmt.Println(plots.Breakdown(report{}, "area", "energy"))
	// Output:
	// share of area, energy
	//   area: 3 mm² = array 25.0 % + ADC 75.0 %
	//   energy: 100 pJ = array 40.0 % + ADC 60.0 %
}

// designs is a small design space.
var designs = plots.Columns{
	"ADC bits":     []int{3, 4, 5, 6, 3, 4, 5, 6},
	"rows":         []int{64, 64, 64, 64, 128, 128, 128, 128},
	"energy (pJ)":  []float64{4, 7, 13, 25, 3, 5, 9, 17},
	"accuracy (%)": []float64{71, 86, 90, 91, 55, 80, 88, 89},
}

func ExamplePareto() {
	fmt.Println(plots.Pareto(designs, "energy (pJ)", "accuracy (%)").Mark("ADC bits"))
	// Output:
	// accuracy (%) against energy (pJ)
	//   7 of 8 points on the front, knee at (7, 86) with ADC bits = 4
	// Lines: best trade-offs, lower x and higher y being better; faint: beaten in both.
	// At the points: ADC bits; rings: knees.
}

func ExampleHeatmap() {
	fmt.Println(plots.Heatmap(designs, "ADC bits", "rows", "accuracy (%)").LogY().Contour(80))
	// Output:
	// accuracy (%) over ADC bits and rows
	//   4 x 2 cells, from 55 to 91, highest at (6, 64)
}

func ExampleBox() {
	table := plots.Columns{"rule": []string{"BP", "BP", "BP", "BP", "BP"}, "accuracy (%)": []float64{91, 92, 90, 93, 94}}
	fmt.Println(plots.Box(table, "rule", "accuracy (%)"))
	// Output:
	// accuracy (%) against rule
	//   BP: median 92, quartiles 91 and 93, from 90 to 94 (5 values)
	// Boxes: quartiles and median of 5 values. Whiskers: outermost within 1.5 box heights.
}

func ExampleHistogram() {
	table := plots.Columns{"level": []int{0, 1, 1, 2, 2, 2, 3}}
	fmt.Println(plots.Histogram(table, "level"))
	// Output:
	// 7 values of level in 4 bins
	//   7 values, from 0 to 3, median 2
}

func ExampleGrid() {
	a := plots.Curves(plots.Series{Y: []float64{1, 2}}).Titled("one layer")
	b := plots.Curves(plots.Series{Y: []float64{2, 3}}).Titled("two layers")
	fmt.Println(plots.Grid(a, b).SameAxes())
	// Output:
	// 2 panels
	//   one layer
	//   y against x
	//     2 points, from 1 to 2, last 2 at 2
	//   two layers
	//   y against x
	//     2 points, from 2 to 3, last 3 at 2
}

func ExampleTwin() {
	table := plots.Columns{"voltage (V)": []int{1, 2}, "chip": []float64{2.1, 3.9}, "model": []float64{2, 4}}
	fmt.Println(plots.Twin(table, "voltage (V)", "chip", "model").Labels("", "current (μA)"))
	// Output:
	// current (μA) against voltage (V)
	//   chip: 2 points, from 2.1 to 3.9, last 3.9 at 2
	//   model: 2 points, from 2 to 4, last 4 at 2
	// Root-mean-square difference 0.1 at 2 points.
}

func ExampleFigure_Data() {
	text, err := plots.Curves(plots.Series{Name: "BP", Y: []float64{71.5, 80.25}, XLabel: "epoch", YLabel: "accuracy (%)"}).Data()
	fmt.Print(text, err)
	// Output:
	// series,epoch,accuracy (%)
	// BP,1,71.5
	// BP,2,80.25
	// <nil>
}

func ExampleFigure_Width() {
	f := plots.Pareto(designs, "energy (pJ)", "accuracy (%)").Width(plots.IEEEColumn)
	_, metadata := f.MIMEBundle()
	fmt.Println(metadata["image/png"])
	// Output: map[height:237 width:336]
}

// layout is a plan of two blocks.
type layout struct{}

func (layout) Blocks() int { return 2 }

func (layout) Block(i int) (name, kind string) {
	kind = []string{"tile", "buffer"}[i]
	return kind, kind
}

func (layout) Bounds(i int) (x, y, width, height float64) {
	return []float64{0, 1e-3}[i], 0, []float64{1e-3, 0.2e-3}[i], 0.8e-3
}

func ExampleFloorplan() {
	fmt.Println(plots.Floorplan(layout{}))
	// Output:
	// floorplan, 1.2 × 0.8 mm
	//   tile: 1 of 0.8 mm^2 in all (83.3 %)
	//   buffer: 1 of 0.16 mm^2 in all (16.7 %)
	// 1.2 × 0.8 mm; blocks together 0.96 mm^2.
}

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

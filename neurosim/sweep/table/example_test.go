package table_test

import (
	"fmt"

	"crossbook/neurosim/sweep/table"
)

func Example() {
	t := table.New(
		table.Column{Name: "rule", Values: []string{"BP", "BP", "DFA", "DFA"}},
		table.Column{Name: "accuracy", Unit: "%", Values: []float64{84, 86, 77, 79}},
		table.Column{Name: "energy", Unit: "J", Values: []float64{0.0019, 0.0021, 0.0017, 0.0017}},
	)
	fmt.Println(t.Sort("-accuracy").Head(2))
	fmt.Println(t.Group("rule"))
	fmt.Println(t.Group("rule").Summary("accuracy"))
	// Output:
	// rule  accuracy (%)  energy (mJ)
	// BP              86          2.1
	// BP              84          1.9
	// 2 rows
	// rule  n
	// BP    2
	// DFA   2
	// 2 rows; groups: Mean, Std, CI, Summary, Min, Max or Count of them is a table
	// rule  accuracy (%)  accuracy std (%)  accuracy ci (%)  accuracy n
	// BP              85             1.414            12.71           2
	// DFA             78             1.414            12.71           2
	// 2 rows
}

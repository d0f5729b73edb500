package cost_test

import (
	"fmt"

	"crossbook/neurosim/cost"
)

func Example() {
	chip := cost.Chip{Node: 22, Cell: cost.RRAM, Subarray: 128, ADCBits: 5}
	report, err := chip.Estimate(cost.Layers(cost.Dense(784, 500), cost.Dense(500, 10)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(report)
	// Output:
	// area 2.825 mm² in 3 tiles; leakage 3.681 µW
	// forward             71.1 ms     4.391 mJ
	// error              7.341 ms       1.6 mJ
	// gradient            1.359 s      1.871 J
	// update              60.9 ms     172.4 µJ
	// total               1.498 s      1.877 J
	// 0.05333 TOPS, 0.04256 TOPS/W
}

func ExampleChip_Validate() {
	fmt.Println(cost.Chip{Node: 28, ADCBits: 12, Subarray: 100}.Validate())
	// Output:
	// Subarray: 100 is not allowed; allowed: a power of two, 16 to 1024
	// ADCBits: 12 is not allowed; allowed: 1 to 10
	// Technology: tech: node 28 nm is not known; known: 130 90 65 45 32 22 14 10 7
}

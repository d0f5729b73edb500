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
	fmt.Println(report.Areas.Total, "in", report.Tiles, "tiles")
	fmt.Println(report.LatencyPerImage(), "and", report.EnergyPerImage(), "an image")
	fmt.Println(report.Phases.Gradient.Energy, "of", report.Energy(), "for the weight gradient")
	// Output:
	// 2.825 mm² in 3 tiles
	// 29.96 µs and 37.54 µJ an image
	// 1.871 J of 1.877 J for the weight gradient
}

func ExampleChip_Validate() {
	fmt.Println(cost.Chip{Node: 28, ADCBits: 12, Subarray: 100}.Validate())
	// Output:
	// Node: 28 is not allowed; allowed: 130 90 65 45 32 22 14 10 7
	// Subarray: 100 is not allowed; allowed: a power of two, 16 to 1024
	// ADCBits: 12 is not allowed; allowed: 1 to 10
}

package cost_test

import (
	"fmt"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/nn"
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

// A rule is priced by what it declares: here direct feedback, whose hidden layers
// wait for the output alone, each with feedback weights of its own.
func ExampleWorkload() {
	layers := cost.Layers(cost.Dense(784, 512), cost.Dense(512, 512), cost.Dense(512, 512), cost.Dense(512, 10))
	star := nn.Star(4)
	star.Feedback = []int{5120, 5120, 5120, 0}
	bp := cost.Chip{}.MustEstimate(layers)
	dfa := cost.Chip{}.MustEstimate(cost.Workload{Layers: layers, Schedule: star})
	fmt.Printf("%.1f times as fast on %.1f times the area\n", bp.Latency()/dfa.Latency(), dfa.Areas.Total/bp.Areas.Total)
	fmt.Println(dfa.FeedbackTiles, "tiles of feedback weights,", dfa.GradientUnits, "gradient units")
	// Output:
	// 2.3 times as fast on 2.6 times the area
	// 3 tiles of feedback weights, 4 gradient units
}

func ExampleChip_Validate() {
	fmt.Println(cost.Chip{Node: 28, ADCBits: 12, Subarray: 100}.Validate())
	// Output:
	// Node: 28 is not allowed; allowed: 130 90 65 45 32 22 14 10 7
	// Subarray: 100 is not allowed; allowed: a power of two, 16 to 1024
	// ADCBits: 12 is not allowed; allowed: 1 to 10
}

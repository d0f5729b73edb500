package cost_test

import (
	"fmt"
	"slices"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/tech"
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

// Designs are tried by the hundred; those that no other one beats in both area and
// peak latency are the Pareto front.
func ExampleChip_Estimate_space() {
	layers := cost.Layers(cost.Dense(784, 128), cost.Dense(128, 10))
	var tried []*cost.Report
	for _, node := range []int{45, 22, 7} {
		for _, cell := range []tech.Kind{cost.RRAM, cost.SRAM} {
			for _, size := range []int{64, 128} {
				for _, bits := range []int{4, 6} {
					for _, shared := range []int{4, 16} {
						chip := cost.Chip{Node: node, Cell: cell, Subarray: size, ADCBits: bits, Shared: shared}
						tried = append(tried, chip.MustEstimate(layers))
					}
				}
			}
		}
	}
	fmt.Println(len(tried), "designs")
	for _, r := range tried {
		if !slices.ContainsFunc(tried, func(other *cost.Report) bool {
			return other.Areas.Total < r.Areas.Total && other.Peak.Total().Latency < r.Peak.Total().Latency
		}) {
			c := r.Chip
			fmt.Printf("%d nm %s, %d rows, %d bits, 1:%d: %v, %v\n", c.Node, c.Cell, c.Subarray, c.ADCBits, c.Shared, r.Areas.Total, r.Peak.Total().Latency)
		}
	}
	// Output:
	// 48 designs
	// 7 nm RRAM, 64 rows, 4 bits, 1:4: 199800 µm², 65.73 ms
	// 7 nm RRAM, 64 rows, 4 bits, 1:16: 134900 µm², 72 ms
	// 7 nm RRAM, 128 rows, 4 bits, 1:4: 395700 µm², 48.25 ms
	// 7 nm RRAM, 128 rows, 4 bits, 1:16: 328700 µm², 51.52 ms
	// 7 nm SRAM, 64 rows, 4 bits, 1:4: 844000 µm², 35.63 ms
	// 7 nm SRAM, 64 rows, 4 bits, 1:16: 632500 µm², 43.8 ms
	// 7 nm SRAM, 128 rows, 4 bits, 1:4: 1.963 mm², 27.7 ms
	// 7 nm SRAM, 128 rows, 4 bits, 1:16: 1.817 mm², 35.32 ms
}

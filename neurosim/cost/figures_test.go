package cost_test

import (
	"fmt"
	"testing"

	"crossbook/neurosim/cost"
	"crossbook/plots"
)

// What the figures of package plots ask for.
var (
	_ plots.Parts = (*cost.Report)(nil)
	_ plots.Parts = cost.Shares{}
	_ plots.Roof  = (*cost.Report)(nil)
	_ plots.Plan  = cost.Floorplan{}
	_ plots.Table = cost.Comparison{}
)

func TestFiguresOfAReport(t *testing.T) {
	layers := cost.Layers(cost.Dense(784, 500), cost.Dense(500, 10))
	r := cost.Chip{}.MustEstimate(layers)
	plan, err := r.Floorplan()
	if err != nil {
		t.Fatal(err)
	}
	designs := cost.Comparison{{Name: "22 nm", Report: r}, {Name: "7 nm", Report: cost.Chip{Node: 7}.MustEstimate(layers)}}
	for name, f := range map[string]*plots.Figure{
		"breakdown": plots.Breakdown(r, cost.Area, cost.Latency, cost.Energy, cost.Leakage),
		"phases":    plots.Breakdown(r.ByPhase(), cost.Latency, cost.Energy),
		"layers":    plots.Breakdown(r.ByLayer(), cost.Area, cost.Latency, cost.Energy, cost.Leakage),
		"floorplan": plots.Floorplan(plan),
		"roofline":  plots.Roofline(r),
		"designs":   plots.Bars(designs, "design", cost.Energy).By("component").Stacked(),
	} {
		if err := f.Err(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func ExampleReport_Explain() {
	chip := cost.Chip{Node: 22, Cell: cost.RRAM, Subarray: 128, ADCBits: 5}
	report := chip.MustEstimate(cost.Layers(cost.Dense(784, 500), cost.Dense(500, 10)))
	x, err := report.Explain("ADC energy, activation gradient, layer 2")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(x)
	// Output:
	// ADC energy, error phase, layer 2 = 6.691 µJ
	//   subarray: flash ADC, all columns: 691.6 nJ (10.3 %) = 3 subarrays × 8 × 576.3 fJ × 200 images × 250 batches
	//   subarray: ADC encoder: 3.636 µJ (54.3 %) = 4 subarrays × 64 × 284.1 fJ × 200 images × 250 batches
	//   subarray: cells and rows: 2.135 µJ (31.9 %) = 4 subarrays × 64 × 166.8 fJ × 200 images × 250 batches
	//   subarray: flash ADC, all columns: 228.7 nJ (3.4 %) = 8 × 571.7 fJ × 200 images × 250 batches
}

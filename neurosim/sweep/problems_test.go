package sweep_test

import (
	"strings"
	"testing"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/sweep"
	"crossbook/neurosim/train"
)

// TestProblemsAreToldBeforeAnythingRuns: with the field, the value and what is
// allowed.
func TestProblemsAreToldBeforeAnythingRuns(t *testing.T) {
	axes := func(list ...sweep.Axis) sweep.Grid { return sweep.Grid{Base: tiny(), Axes: list} }
	for want, grid := range map[string]sweep.Grid{
		"Axes[0] (Device.LPT): Device.LPT: unknown field; did you mean Device.LTP, Device.LTD":          axes(sweep.Field("Device.LPT", 1)),
		"unknown field; did you mean Device.LTP":                                                        axes(sweep.Field("ltp", 1)),
		"did you mean Train.Epochs":                                                                     axes(sweep.Field("Epochs", 1)),
		"did you mean Rule.Feedback":                                                                    axes(sweep.Field("Rule", train.DFA{}), sweep.Field("Rule.Fedback", "x")),
		"Device.LTP: 12 is not allowed; allowed: -9 to 9 (axis Device.LTP, 2 of 6 points)":              axes(sweep.Field("Device.LTP", 0, 6, 12), sweep.Rules("BP", "DFA")),
		`Device.LTP: "six" (string) is not allowed; allowed: a number (axis Device.LTP, 1 of 1 points)`: axes(sweep.Field("Device.LTP", "six")),
		"Device.Levels: 2.5 (float64) is not allowed; allowed: a whole number":                          axes(sweep.Field("Device.Levels", 2.5)),
		"Seed: -1 (int) is not allowed; allowed: a whole number that is not negative":                   axes(sweep.Field("Seed", -1)),
		"Net: true (bool) is not allowed; allowed: a nn.Net":                                            axes(sweep.Field("Net", true)),
		"Data: <nil> (<nil>) is not allowed":                                                            axes(sweep.Field("Data", nil)),
		`Rule: "Magic" is not allowed; allowed: BP,`:                                                    axes(sweep.Rules("Magic")),
		"Rule: 3 (int) is not allowed; allowed: a rule, or the name of one: BP,":                        axes(sweep.Field("Rule", 3)),
		`Rule.Feedback: "zeros" is not allowed`:                                                         axes(sweep.Rules("DFA"), sweep.Field("Rule.Feedback", "zeros")),
		"Chip.ADCBits: 12 is not allowed; allowed: 1 to 10 (axis Chip.ADCBits, 1 of 2 points)":          axes(sweep.Field("Chip.ADCBits", 5, 12)),
		"Chip.Subarray: 100 is not allowed":                                                             {Base: tiny(), Chip: cost.Chip{Subarray: 100}},
		"it has no value; allowed: 1 and more":                                                          axes(sweep.Field("Device.LTP")),
		"Axes[1] (Device.LTP): Device.LTP would undo Device.LTP":                                        axes(sweep.Field("Device.LTP", 1), sweep.Field("Device.LTP", 2)),
		"Axes[1] (device): Device would undo Device.LTP":                                                axes(sweep.Field("Device.LTP", 1), sweep.Devices(device.Analog{})),
		"Zip: \"Device.LTP\" has 2 values, \"Device.LTD\" has 3":                                        axes(sweep.Zip(sweep.Field("Device.LTP", 1, 2), sweep.Field("Device.LTD", 1, 2, 3))),
		"Labels: 1 labels for 2 values":                                                                 axes(sweep.Nets(nn.MLP(784, 10), nn.MLP(784, 9, 10)).Labels("a")),
		`Column "n": 1 values for the axis' 2`:                                                          axes(sweep.Rules("BP", "DFA").Column("n", 1)),
		`Column "n": a []int is not allowed`:                                                            axes(sweep.Rules("BP").Column("n", []int{1})),
		"Along: 784-10 relu is no number":                                                               axes(sweep.Nets(nn.MLP(784, 10)).Along("Device.LTP", 1)),
		"Span from 3 to 1: the first must be below the second":                                          axes(sweep.Span("Device.LTP", 3, 1)),
		"LogSpan from 0 to 1: the first must be above 0":                                                axes(sweep.LogSpan("Device.LTP", 0, 1)),
		"a span needs Sample.Points":                                                                    axes(sweep.Span("Device.LTP", 0, 1)),
		"Axes: 1e+08 runs; allowed: 1 to 100000":                                                        {Base: tiny(), Axes: []sweep.Axis{sweep.Field("Device.LTP", sweep.Linspace(0, 1, 1e4)...), sweep.Field("Device.LTD", sweep.Linspace(0, 1, 1e4)...)}},
		"Repeats: -1 is not allowed; allowed: 0 to 100000":                                              {Base: tiny(), Repeats: -1},
		"Workers: -2 is not allowed":                                                                    {Base: tiny(), Workers: -2},
		"Sample.Points: -1 is not allowed":                                                              {Base: tiny(), Sample: sweep.Sample{Points: -1}},
		`Base.Checkpoint: "x" is not allowed`:                                                           {Base: tiny().Named(""), Axes: nil, Repeats: 0, Sample: sweep.Sample{}},
		"Net.Sizes: \"\" names no layer":                                                                {},
	} {
		if strings.HasPrefix(want, "Base.Checkpoint") {
			grid.Base.Checkpoint = "x"
		}
		err := grid.Validate()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %s", err, want)
			continue
		}
		if !strings.HasPrefix(err.Error(), "sweep: grid: ") {
			t.Errorf("%v does not say where it comes from", err)
		}
		if _, runErr := grid.Run(t.Context()); runErr == nil || runErr.Error() != err.Error() {
			t.Errorf("Run says %v, Validate %v", runErr, err)
		}
	}
}

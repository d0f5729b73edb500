package sweep_test

import (
	"strings"
	"testing"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/sweep"
	"crossbook/plots"
)

// TestFiguresDrawTables: every kind of figure takes a sweep's table as it is.
func TestFiguresDrawTables(t *testing.T) {
	tab := sweep.Grid{
		Store:   sweep.NoStore,
		Base:    tiny(),
		Chip:    cost.Chip{Node: 22},
		Axes:    []sweep.Axis{sweep.Field("Device.LTP", 0, 3), sweep.Rules("BP", "DFA"), sweep.Field("Chip.ADCBits", 4, 6)},
		Repeats: 3,
	}.MustRun(t.Context())
	for want, figure := range map[string]*plots.Figure{
		"accuracy (%) against Device.LTP\n  BP: 2 points": plots.Lines(tab, "Device.LTP", "accuracy").By("rule").Band(),
		"accuracy (%) against energy (J)":                 plots.Pareto(tab.Group("rule", "Chip.ADCBits").Mean("energy", "accuracy"), "energy", "accuracy").By("rule").Mark("Chip.ADCBits"),
		"accuracy (%) over Device.LTP and Chip.ADCBits":   plots.Heatmap(tab, "Device.LTP", "Chip.ADCBits", "accuracy"),
		"accuracy (%) against rule\n  BP: median":         plots.Box(tab, "rule", "accuracy"),
		"area (mm²) against Chip.ADCBits":                 plots.Bars(tab, "Chip.ADCBits", "area"),
	} {
		if err := figure.Err(); err != nil {
			t.Error(err)
			continue
		}
		if text := figure.String(); !strings.HasPrefix(text, want) {
			t.Errorf("%s\nwant %s", text, want)
		}
	}
}

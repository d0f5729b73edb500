package cost

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/internal/strict"
)

// ReadReport decodes a report from JSON, as encoding/json writes one. An unknown
// field is an error with its path. Such a report can be explained unless a layer
// had a trace, which is not written.
func ReadReport(data []byte) (*Report, error) {
	r := new(Report)
	if err := strict.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("cost: report: %w", err)
	}
	if err := r.Chip.Validate(); err != nil {
		return nil, fmt.Errorf("cost: report: Chip: %w", err)
	}
	return r, nil
}

// SaveCSV writes the report to a file of comma-separated values.
func (r *Report) SaveCSV(path string) error {
	if err := os.WriteFile(path, []byte(r.CSV()), 0o644); err != nil {
		return fmt.Errorf("cost: report: %w", err)
	}
	return nil
}

// CSV is every figure of the report as comma-separated values (RFC 4180) with a
// line of names first: of which layer (0: the chip), phase and component, what
// quantity, its value in SI units and the unit.
func (r *Report) CSV() string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"layer", "phase", "component", "quantity", "value", "unit"}) // a Builder takes all
	for _, line := range r.lines() {
		_ = w.Write(line)
	}
	w.Flush()
	return b.String()
}

// lines are those of the file.
func (r *Report) lines() [][]string {
	var list [][]string
	add := func(layer int, where [2]string, what string, value float64, unit string) {
		list = append(list, []string{
			strconv.Itoa(layer), where[0], where[1], what, strconv.FormatFloat(value, 'g', -1, 64), unit,
		})
	}
	for part := range partKinds {
		if part != inMemory {
			add(0, [2]string{"", partNames[part]}, Area, r.Areas.of(part), "m²")
		}
	}
	add(0, [2]string{}, Area, float64(r.Areas.Total), "m²")
	add(0, [2]string{}, Leakage, float64(r.Leakage), "W")
	add(0, [2]string{}, "leakage energy", float64(r.LeakageEnergy), "J")
	add(0, [2]string{}, "operations", r.Operations, "")
	prices := func(layer int, where [2]string, a circuit.Action, suffix string) {
		add(layer, where, Latency+suffix, float64(a.Latency), "s")
		add(layer, where, Energy+suffix, float64(a.Energy), "J")
	}
	share := func(layer int, phases, peak Phases, components Components) {
		for p := forwardPhase; p <= updatePhase; p++ {
			prices(layer, [2]string{phaseNames[p], ""}, phases.of(p), "")
			prices(layer, [2]string{phaseNames[p], ""}, peak.of(p), " at peak")
		}
		for part := range inGradient {
			prices(layer, [2]string{"", partNames[part]}, components.of(part), "")
		}
		prices(layer, [2]string{}, phases.Total(), "")
	}
	share(0, r.Phases, r.Peak, r.Components)
	for i, l := range r.Layers {
		share(i+1, l.Phases, l.Peak, l.Components)
	}
	return list
}

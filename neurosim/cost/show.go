package cost

import (
	"fmt"
	"html"
	"strings"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// String is the report as tables of text: the whole chip, then phase by phase,
// component by component and layer by layer.
func (r *Report) String() string {
	var b strings.Builder
	b.WriteString(r.Chip.describe() + "\n")
	for _, s := range r.sheets() {
		b.WriteString("\n")
		s.text(&b)
	}
	return b.String()
}

// MIMEBundle shows the report in a notebook: HTML tables, of which those of
// components and layers unfold, and plain text.
func (r *Report) MIMEBundle() (data, metadata map[string]any) {
	var b strings.Builder
	fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(r.Chip.describe()))
	for i, s := range r.sheets() {
		if i < 2 {
			s.html(&b)
			continue
		}
		fmt.Fprintf(&b, "<details><summary>%s</summary>\n", html.EscapeString(s.title))
		s.html(&b)
		b.WriteString("</details>\n")
	}
	return map[string]any{"text/html": b.String(), "text/plain": r.String()}, map[string]any{}
}

// describe is the design in one line.
func (c Chip) describe() string {
	c = c.whole()
	converter := "flash"
	if c.SAR {
		converter = "SAR"
	}
	task := fmt.Sprintf("an epoch of %d batches of %d images", c.Iterations, c.Batch)
	if c.Inference {
		task = "inference of one image"
	}
	text := fmt.Sprintf(
		"%d nm %v, %s, %d bits a weight, %d × %d cells a subarray, %d-bit %s ADC for %d columns; %s",
		c.Node, c.Roadmap, c.Cell, c.SynapseBits, c.Subarray, c.Subarray, c.ADCBits, converter, c.Shared, task,
	)
	if c.Reference != "" {
		text += fmt.Sprintf("; as reference %s", c.Reference)
	}
	return text
}

func (r *Report) sheets() []sheet {
	return []sheet{r.wholeSheet(), r.phaseSheet(), r.componentSheet(), r.layerSheet()}
}

// wholeSheet has the figures of the chip.
func (r *Report) wholeSheet() sheet {
	s := sheet{title: "Chip", head: []string{"chip", "with data movement", "peak"}}
	peak := r.Peak.Total()
	images := r.Images()
	s.row("area", r.Areas.Total, "")
	s.row("leakage", r.Leakage, "")
	if !r.Chip.Inference {
		s.row("latency per epoch", r.Latency(), peak.Latency)
		s.row("energy per epoch", r.Energy(), peak.Energy)
	}
	s.row("latency per image", r.LatencyPerImage(), peak.Latency/units.Second(images))
	s.row("energy per image", r.EnergyPerImage(), peak.Energy/units.Joule(images))
	s.row("TOPS", fmt.Sprintf("%.4g", r.TOPS()), fmt.Sprintf("%.4g", r.PeakTOPS()))
	s.row("TOPS/W", fmt.Sprintf("%.4g", r.TOPSPerWatt()), fmt.Sprintf("%.4g", r.PeakTOPSPerWatt()))
	s.row("power", r.Power(), "")
	s.row("power density", r.PowerDensity(), "")
	s.row("energy-delay per image", r.EnergyDelay(), "")
	return s
}

func (r *Report) phaseSheet() sheet {
	s := sheet{title: "Phases", head: []string{"phase", "latency", "", "energy", "", "peak latency", "peak energy"}}
	total := circuit.Action{Latency: r.Latency(), Energy: r.Energy()}
	row := func(name string, a circuit.Action, peak ...any) {
		s.row(append([]any{name, a.Latency, percent(a.Latency / total.Latency), a.Energy, percent(a.Energy / total.Energy)}, peak...)...)
	}
	for p := forwardPhase; p <= updatePhase; p++ {
		if p == forwardPhase || !r.Chip.Inference {
			peak := r.Peak.of(p)
			row(phaseNames[p], r.Phases.of(p), peak.Latency, peak.Energy)
		}
	}
	s.row("leakage", "", "", r.LeakageEnergy, percent(r.LeakageEnergy/total.Energy), "", "")
	peak := r.Peak.Total()
	row("total", total, peak.Latency, peak.Energy)
	return s
}

// percent is a share; nothing for 0.
func percent[T ~float64](share T) string {
	if share == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f %%", 100*float64(share))
}

// componentSheet divides area, latency and energy among the components.
func (r *Report) componentSheet() sheet {
	s := sheet{title: "Components", head: []string{"component", "area", "", "latency", "", "energy", "", "leakage"}}
	columns := map[quantity][]float64{}
	parts := r.byComponent()
	for _, q := range []quantity{ofArea, ofLatency, ofEnergy, ofLeakage} {
		values, err := parts.of(q)
		if err != nil {
			s.head, s.rows = []string{"component"}, [][]string{{err.Error()}}
			return s
		}
		columns[q] = values
	}
	for i, name := range append(parts.names, "total") {
		row, empty := []any{name}, true
		for _, q := range []quantity{ofArea, ofLatency, ofEnergy, ofLeakage} {
			whole := total(columns[q])
			v := append(columns[q], whole)[i]
			empty = empty && v == 0
			if row = append(row, inUnitOf(v, whole, q.unit())); q != ofLeakage {
				row = append(row, percent(v/whole))
			}
		}
		if !empty {
			s.row(row...)
		}
	}
	return s
}

// inUnitOf is an area with the prefix that suits a whole, so that a column of them
// can be compared, and other values each with its own; nothing for 0.
func inUnitOf(v, whole float64, unit string) string {
	if v == 0 {
		return ""
	}
	if unit != "m²" {
		return quantityText(v, unit)
	}
	divisor, unit := units.Prefixed(whole, unit)
	return fmt.Sprintf("%.4g %s", v/divisor, unit)
}

func total(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

func (r *Report) layerSheet() sheet {
	s := sheet{title: "Layers", head: []string{"layer", "inputs", "weights", "tiles", "copies", "latency", "", "energy", ""}}
	all := r.Phases.Total()
	for i, l := range r.Layers {
		t := l.Phases.Total()
		s.row(
			i+1, fmt.Sprintf("%d × %d × %d", l.Shape.Height, l.Shape.Width, l.Shape.Channels),
			fmt.Sprintf("%d × %d", l.Shape.rows(), l.Shape.Kernels), l.Tiles, l.Copies,
			t.Latency, percent(t.Latency/all.Latency), t.Energy, percent(t.Energy/all.Energy),
		)
	}
	return s
}

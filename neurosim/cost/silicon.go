package cost

import (
	"fmt"
	"strings"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// Silicon is a published macro: the design that comes closest to it, what was
// measured, and the calibration with which the design has the measured figures.
// The design itself is not calibrated, so that its own figures can be compared:
//
//	chip := s.Chip
//	chip.Calibration = s.Calibration
type Silicon struct {
	Name        string
	Source      string
	Chip        Chip
	Activity    Activity
	Published   Macro // figures that are 0 were not published, or could not be verified
	Calibration Calibration
}

// Published returns three macros of the literature. The model was not made for any
// of them: its converters are fits to other circuits, and its layouts have no
// control, test or repair. Its own figures beside the published ones:
//
//	                          published     here
//	NeuRRAM   4-bit inputs    15.95 TOPS/W  14.37 TOPS/W  -10 %
//	          area            0.708 mm²     1.749 mm²     +147 %
//	Sinangil                  351 TOPS/W    222 TOPS/W    -37 %
//	                          0.3724 TOPS   0.0678 TOPS   -82 %
//	          area            2556 µm²      447 µm²       -83 %
//	Spetalnick area           0.02637 mm²   0.01797 mm²   -32 %
//
// NeuRRAM (W. Wan et al., "A compute-in-memory chip based on resistive
// random-access memory", Nature 608, 504-512, 2022): 130 nm, cores of 256 × 256 1T1R
// cells, two of them a weight, with 256 neurons. Efficiency at 4-bit inputs and 6-bit
// outputs, and area of neurons (28 % of a core), drivers (21 %) and cells (12 %), as
// CiMLoop (T. Andrulis, J. Emer and V. Sze, ISPASS 2024) reads them from the paper's
// figures; the other 39 % of a core are left out. Its neurons convert by removing
// charge step by step, for which successive approximation stands here; the range of
// conductances, 1 to 40 µS, is recalled, not verified.
//
// Sinangil (M. E. Sinangil et al., "A 7-nm compute-in-memory SRAM macro supporting
// multi-bit input, weight and output and achieving 351 TOPS/W and 372.4 GOPS", IEEE
// JSSC 56(1), 2021): 64 × 64 cells at 0.8 V, weights, inputs and outputs of 4 bits.
// Areas as CiMLoop has them. It adds the four bits of a weight as charge, at once,
// where this model converts them one after the other and adds digits; and the
// model's feature size is the 7 nm of the node's name, which no edge of a cell is.
//
// Spetalnick (S. D. Spetalnick et al., "A 40nm 64kb 26.56TOPS/W 2.37Mb/mm² RRAM
// binary/compute-in-memory macro with 4.23x improvement in density and >75% use of
// sensing dynamic range", ISSCC 2022): the area is that of the title's density. What
// 26.56 TOPS/W count could not be verified, so that they are left out; 4-bit
// converters for eight columns each are assumed. The node is the model's 45 nm one,
// shrunk to 40 nm.
//
// What data the measurements were taken with is not known here; the model's have
// [Typical] activity.
func Published() []Silicon {
	return []Silicon{neuRRAM(), sinangil(), spetalnick()}
}

func neuRRAM() Silicon {
	cell, _ := tech.FindCell(RRAM) // is known
	cell.On, cell.Off, cell.ReadVoltage = 25e3, 1e6, 0.5
	const operations = 2 * 256 * 128
	return Silicon{
		Name:     "NeuRRAM, 130 nm RRAM",
		Source:   "W. Wan et al., Nature 608, 2022",
		Activity: Typical(),
		Chip: Chip{
			Node: 130, Device: cell, Subarray: 256, SynapseBits: 4, CellBits: 2, InputBits: 4,
			ADCBits: 6, Shared: 1, SAR: true,
		},
		Published: Macro{
			Area: 0.708e-6, Cells: 0.1393e-6, Operations: operations,
			Read: circuit.Action{Energy: operations / 15.95409517e12},
		},
		Calibration: Calibration{
			Name:   "NeuRRAM",
			Area:   Factors{Cells: 7.861, ADC: 0.191, Accumulation: 0.191, Periphery: 8.36},
			Energy: all(0.9009),
		},
	}
}

func sinangil() Silicon {
	const operations = 2 * 64 * 16
	return Silicon{
		Name:     "Sinangil, 7 nm SRAM",
		Source:   "M. E. Sinangil et al., IEEE JSSC 56(1), 2021",
		Activity: Typical(),
		Chip: Chip{
			Node: 7, Cell: SRAM, Subarray: 64, SynapseBits: 4, InputBits: 4, ADCBits: 4, Shared: 4,
		},
		Published: Macro{
			Area: (1596 + 800 + 160) * 1e-12, Operations: operations,
			Read: circuit.Action{Latency: operations / 372.4e9, Energy: operations / 351e12},
		},
		Calibration: Calibration{
			Name:    "Sinangil",
			Area:    Factors{Cells: 15.8, ADC: 4.129, Accumulation: 4.129, Periphery: 15.8},
			Energy:  all(0.6329),
			Latency: all(0.1822),
		},
	}
}

func spetalnick() Silicon {
	node, _ := tech.FindNode(45, tech.LSTP) // is known
	node.Transistor.Node = 40
	const bits = 64 * 1024
	return Silicon{
		Name:     "Spetalnick, 40 nm RRAM",
		Source:   "S. D. Spetalnick et al., ISSCC 2022",
		Activity: Typical(),
		Chip: Chip{
			Technology: node, Subarray: 256, SynapseBits: 1, CellBits: 1, InputBits: 1, ADCBits: 4, Shared: 8,
		},
		Published:   Macro{Area: units.SquareMetre(bits / (2.37 * 1024 * 1024) * 1e-6), Operations: 2 * bits},
		Calibration: Calibration{Name: "Spetalnick", Area: all(1.4683)},
	}
}

// all are equal factors.
func all(f float64) Factors { return Factors{f, f, f, f} }

// String is the published figures beside the model's own, in a few lines.
func (s Silicon) String() string {
	ours, err := s.Chip.Macro(s.Activity)
	if err != nil {
		return fmt.Sprintf("%s: %v", s.Name, err)
	}
	lines := []string{s.Name + " (" + s.Source + ")"}
	add := func(what string, published, here float64, text func(float64) string) {
		if published > 0 {
			lines = append(lines, fmt.Sprintf("  %s: %s published, %s here (%+.0f %%)", what, text(published), text(here), 100*(here/published-1)))
		}
	}
	number := func(v float64) string { return fmt.Sprintf("%.4g", v) }
	p := s.Published
	if p.Read.Energy > 0 {
		add("TOPS/W", p.TOPSPerWatt(), ours.TOPSPerWatt(), number)
	}
	if p.Read.Latency > 0 {
		add("TOPS", p.TOPS(), ours.TOPS(), number)
	}
	add("area", float64(p.Area), float64(ours.Area), func(v float64) string { return quantityText(v, "m²") })
	return strings.Join(lines, "\n")
}

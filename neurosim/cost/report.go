package cost

import (
	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/units"
)

// Phases is the price of the four phases of training. In inference only Forward
// has one.
type Phases struct {
	Forward  circuit.Action
	Error    circuit.Action // activation gradient, back through the transposed arrays
	Gradient circuit.Action // weight gradient, with its way to memory and back
	Update   circuit.Action // writing the weights
}

// Components is the price of what circuits do over all phases but the gradient's
// products and the writing of cells. Those that work at the same time each count
// their own latency, so that these do not add up to a phase's; in a pipeline it is
// that of the slowest layer but for the memory's.
type Components struct {
	ADC, Accumulation, Other circuit.Action
	Buffer, Wires, DRAM      circuit.Action
}

// LayerReport is one layer's share.
type LayerReport struct {
	Shape  Shape
	Tiles  int // that hold its weights
	Copies int // of its weights, to be read in parallel

	Operations float64 // multiplications and additions

	Activity Activity // that it was priced with, unless it had a trace
	Traced   bool
	Phases   Phases
	Peak     Phases // without the movement of data

	Components Components

	// Feedback is the share of Phases.Error that a memory of feedback weights takes.
	Feedback circuit.Action
}

// Report is what a network costs on a chip: for one image in inference, for all
// batches of an epoch in training.
type Report struct {
	Chip                    Chip        // with what the workload says
	Schedule                nn.Schedule // of the learning rule; zero: that of back-propagation
	Areas                   Areas
	Tiles                   int
	FeedbackTiles           int     // of them, those that hold feedback weights
	GradientUnits           int     // one, or as many as layers that may work at the same time need
	Utilisation             float64 // share of the tiles' cells that hold weights, 0 to 1
	TileCells, ElementCells int     // cells along an edge of a tile and of a processing element
	Phases                  Phases
	Peak                    Phases // without the movement of data
	Components              Components
	Leakage                 units.Watt // of all tiles
	LeakageEnergy           units.Joule
	Operations              float64 // multiplications and additions
	Layers                  []LayerReport

	path, peakPath counted      // whose latencies count
	staged         []int        // in a pipeline: the slowest layer of each component
	waiting        units.Second // of layers for each other, at the memory
	from           *source
}

// Latency of all phases.
func (r *Report) Latency() units.Second { return r.Phases.Total().Latency }

// Energy of all phases and of leakage.
func (r *Report) Energy() units.Joule { return r.Phases.Total().Energy + r.LeakageEnergy }

// EnergyPerImage is Energy by image.
func (r *Report) EnergyPerImage() units.Joule { return r.Energy() / units.Joule(r.Images()) }

// TOPS is the throughput in 10^12 operations a second.
func (r *Report) TOPS() float64 { return r.Operations / float64(r.Latency()) * 1e-12 }

// TOPSPerWatt is the efficiency in 10^12 operations a joule.
func (r *Report) TOPSPerWatt() float64 { return r.Operations / float64(r.Energy()) * 1e-12 }

// PeakTOPS is TOPS without the movement of data.
func (r *Report) PeakTOPS() float64 {
	return r.Operations / float64(r.Peak.Total().Latency) * 1e-12
}

// PeakTOPSPerWatt is TOPSPerWatt without the movement of data and leakage.
func (r *Report) PeakTOPSPerWatt() float64 {
	return r.Operations / float64(r.Peak.Total().Energy) * 1e-12
}

package cost

import (
	"math"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// design is a chip with every choice made.
type design struct {
	kit        *circuit.Kit
	rows, cols int // cells of a subarray

	synapseBits, cellBits, inputBits int
	cells                            int // that make up a synapse, side by side
	levels, backLevels               int // of a converter, forward and in the error phase
	shared, backShared               int // lines that share a converter
	sequential, backSequential       bool
	sar, voltage                     bool
	relaxedHeight, relaxedWidth      bool
	conductanceLevels                int

	training          bool
	transposed        bool // has circuits that read the arrays backwards
	pipelined         bool
	speedUp           int  // of the first stages of a pipeline
	wolters           bool // what the study of Wolters et al. does beside V21
	batch, iterations int

	tileActivation, sigmoid     bool
	novel                       bool
	globalCore, tileCore        core
	busTolerance, treeTolerance float64
	folded                      float64
	widestBus                   int
	overhead                    int
	gradient                    circuit.GradientUnit
	dram                        circuit.DRAM

	calibration *Calibration // nil: none

	explain bool // keeps the charges of every sum
}

// core is one block of a buffer.
type core struct {
	rows, cols int
	sram       bool
}

func (c core) bits() int { return c.rows * c.cols }

func (d *design) v21() bool { return d.kit.Reference == circuit.V21 }

func (d *design) sram() bool { return d.kit.Cell.Kind == tech.SRAM }

// outputs is how many columns of a subarray are read at a time.
func (d *design) outputs() int { return d.cols / min(d.shared, d.cols) }

// sumBits is the width of a subarray's result before the bits of inputs and
// synapses are added: that of a converter, or of a sum over the rows.
func (d *design) sumBits() float64 {
	if d.sequential {
		return math.Log2(float64(d.rows)) + float64(d.cellBits-1)
	}
	return math.Log2(float64(d.levels))
}

// steps is how many results of a subarray come one after the other.
func (d *design) steps() int { return d.results(d.shared) }

// results is how many synapses so many columns are, one after the other.
func (d *design) results(columns int) int {
	if d.v21() {
		return columns / d.cells
	}
	return ceilDiv(columns, d.cells)
}

func log2(n int) float64 { return math.Log2(float64(n)) }

func ceil(x float64) int { return int(math.Ceil(x)) }

func ceilDiv(a, b int) int { return (a + b - 1) / b }

func area(sizes ...circuit.Size) units.SquareMetre {
	var sum units.SquareMetre
	for _, s := range sizes {
		sum += s.Area
	}
	return sum
}

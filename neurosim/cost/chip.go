package cost

import (
	"fmt"
	"slices"
	"strings"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// The kinds of memory cells of a synaptic array.
const (
	RRAM  = tech.RRAM
	FeFET = tech.FeFET
	SRAM  = tech.SRAM
)

// The references whose figures Chip.Reference can ask for.
const (
	V21 = circuit.V21 // DNN+NeuroSim V2.1

	// Wolters is the fork of it with which C. Wolters et al. compared BP and DFA
	// ("Biologically plausible learning on neuromorphic hardware architectures",
	// MWSCAS 2023).
	Wolters circuit.Reference = "wolters"
)

// Limits of the fields of [Chip].
const (
	mostBits   = 16
	mostLevels = 65536
)

// Chip is the design of a compute-in-memory chip: plain data that can be compared
// and changed field by field. The zero value of a field is the default that is
// named with it.
type Chip struct {
	Node        int          // nm, see tech.Nodes. 0: 22, or that of Technology
	Roadmap     tech.Roadmap // zero: low standby power
	Temperature units.Kelvin // 300 to 400. 0: 300
	Clock       units.Hertz  // 1e6 to 1e11. 0: 1 GHz
	Technology  tech.Node    // a node of one's own, see tech.LoadNode. Zero: that of Node and Roadmap

	Cell        tech.Kind // RRAM, FeFET or SRAM. "": that of Device, or RRAM
	Device      tech.Cell // the cell's own figures, see tech.LoadCell. Zero: the typical ones of its kind
	CellBits    int       // of a cell, 1 to SynapseBits; SRAM has 1. 0: SynapseBits
	Levels      int       // conductance levels that pulses step through, 2 to 65536. 0: 64
	SynapseBits int       // of a weight, 1 to 16. 0: 6
	InputBits   int       // of activations and errors, 1 to 16. 0: 8

	Subarray      int  // rows and columns of a subarray: 16, 32 ... 1024. 0: 128
	Shared        int  // columns that share a converter: 1, 2, 4 ... Subarray. 0: 8
	ADCBits       int  // 1 to 10. 0: 5
	RowByRow      bool // reads the rows one after the other
	SAR           bool // successive approximation instead of flash converters
	VoltageSense  bool // flash converters sense a voltage
	ErrorRowByRow bool // reads errors one after the other
	ErrorShared   int  // rows that share a converter in the error phase. 0: Shared
	ErrorADCBits  int  // 0: ADCBits

	Inference  bool // of one image, instead of training
	Pipelined  bool // layers work on images of their own at the same time
	SpeedUp    int  // of a pipeline's first stages by more tiles, as far as maps shrink: 1 to 64. 0: 1
	Batch      int  // images, 1 to 1e6. 0: 200
	Iterations int  // batches of an epoch, 1 to 1e6. 0: 250

	GradientSubarray int // rows and columns of the weight-gradient unit's arrays. 0: 128
	GradientShared   int // columns of it that share a converter. 0: 8
	GradientADCBits  int // 1 to 10. 0: 4

	NovelMapping   bool // spreads the positions of a kernel over the elements of a tile
	TileActivation bool // activation in every tile instead of once on the chip
	Sigmoid        bool // a table instead of a ReLU
	SRAMBuffers    bool // instead of register files
	GDDR5          bool // memory beside the chip, instead of HBM2

	// Calibration scales the circuits of subarrays to measured silicon. Zero: off.
	Calibration Calibration

	// Reference asks for the figures of another estimator, defects included: V21
	// or Wolters.
	// "" is the circuits as physics has them.
	Reference circuit.Reference
}

// pick is a field, or its default where it is zero.
func pick[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// whole fills the defaults in.
func (c Chip) whole() Chip {
	if c.Technology != (tech.Node{}) {
		c.Node = pick(c.Node, c.Technology.Transistor.Node)
		c.Roadmap = pick(c.Roadmap, c.Technology.Transistor.Roadmap)
	}
	c.Node = pick(c.Node, 22)
	c.Temperature = pick(c.Temperature, 300)
	c.Clock = pick(c.Clock, 1e9)
	c.Cell = pick(pick(c.Cell, c.Device.Kind), RRAM)
	c.SynapseBits = pick(c.SynapseBits, 6)
	if c.CellBits == 0 {
		c.CellBits = c.SynapseBits
		if c.Cell == SRAM {
			c.CellBits = 1
		}
	}
	c.Levels = pick(c.Levels, 64)
	c.InputBits = pick(c.InputBits, 8)
	c.Subarray = pick(c.Subarray, 128)
	c.Shared = pick(c.Shared, 8)
	c.ADCBits = pick(c.ADCBits, 5)
	c.ErrorShared = pick(c.ErrorShared, c.Shared)
	c.ErrorADCBits = pick(c.ErrorADCBits, c.ADCBits)
	c.Batch = pick(c.Batch, 200)
	c.SpeedUp = pick(c.SpeedUp, 1)
	c.Iterations = pick(c.Iterations, 250)
	c.GradientSubarray = pick(c.GradientSubarray, 128)
	c.GradientShared = pick(c.GradientShared, 8)
	c.GradientADCBits = pick(c.GradientADCBits, 4)
	return c
}

// Validate returns every field outside its range, nil when there is none.
func (c Chip) Validate() error {
	_, err := c.design()
	return err
}

func (c Chip) problems() check.Problems {
	var p check.Problems
	c.technologyProblems(&p)
	p.Under("Calibration", c.Calibration.validate())
	p.Float("Clock", float64(c.Clock), 1e6, 1e11)
	p.Int("SynapseBits", c.SynapseBits, 1, mostBits)
	p.Int("InputBits", c.InputBits, 1, mostBits)
	if c.Cell == SRAM {
		p.Int("CellBits", c.CellBits, 1, 1)
	} else {
		p.Int("CellBits", c.CellBits, 1, max(1, c.SynapseBits))
	}
	p.Int("Levels", c.Levels, 2, mostLevels)
	power(&p, "Subarray", c.Subarray, [2]int{16, 1024})
	lines := c.Subarray
	if lines < 16 || lines > 1024 {
		lines = 1024 // told already; others are not to be blamed for it
	}
	power(&p, "Shared", c.Shared, [2]int{1, lines})
	if c.ErrorShared != c.Shared {
		power(&p, "ErrorShared", c.ErrorShared, [2]int{1, lines})
	}
	p.Int("ADCBits", c.ADCBits, 1, 10)
	if c.ErrorADCBits != c.ADCBits {
		p.Int("ErrorADCBits", c.ErrorADCBits, 1, 10)
	}
	p.Int("Batch", c.Batch, 1, 1e6)
	p.Int("Iterations", c.Iterations, 1, 1e6)
	power(&p, "GradientSubarray", c.GradientSubarray, [2]int{16, 1024})
	power(&p, "GradientShared", c.GradientShared, [2]int{1, c.GradientSubarray})
	p.Int("GradientADCBits", c.GradientADCBits, 1, 10)
	p.Int("SpeedUp", c.SpeedUp, 1, 64)
	p.OneOf("Reference", string(c.Reference), string(V21), string(Wolters))
	return p
}

// power adds a problem unless the value is a power of two in a range; the range
// itself may come from a field that is wrong.
func power(p *check.Problems, field string, value int, within [2]int) {
	if value < within[0] || value > within[1] || value&(value-1) != 0 {
		*p = append(*p, check.Problem{
			Field: field, Value: value, Allowed: fmt.Sprintf("a power of two, %d to %d", within[0], within[1]),
		})
	}
}

// design fills the defaults in and makes every choice.
func (c Chip) design() (*design, error) {
	c = c.whole()
	if p := c.problems(); len(p) > 0 {
		return nil, p.Err()
	}
	kit, err := c.kit()
	if err != nil {
		return nil, err
	}
	d := &design{
		kit: kit, rows: c.Subarray, cols: c.Subarray,
		synapseBits: c.SynapseBits, cellBits: c.CellBits, inputBits: c.InputBits,
		cells:  ceilDiv(c.SynapseBits, c.CellBits),
		levels: 1 << c.ADCBits, backLevels: 1 << c.ErrorADCBits,
		shared: c.Shared, backShared: c.ErrorShared,
		sequential: c.RowByRow, backSequential: c.ErrorRowByRow,
		sar: c.SAR, voltage: c.VoltageSense, conductanceLevels: c.Levels,
		wolters: c.Reference == Wolters, pipelined: c.Pipelined, speedUp: c.SpeedUp,
		training: !c.Inference, batch: c.Batch, iterations: c.Iterations,
		tileActivation: c.TileActivation, sigmoid: c.Sigmoid, novel: c.NovelMapping,
		globalCore: core{128, 128, c.SRAMBuffers}, tileCore: core{32, 32, c.SRAMBuffers},
		busTolerance: 0.1, treeTolerance: 0.1, folded: 4, widestBus: 8192, overhead: 1,
		dram: c.memory(),
	}
	d.gradient = circuit.GradientUnit{
		Kit: kit, Rows: c.GradientSubarray, Cols: c.GradientSubarray,
		Shared: c.GradientShared, Levels: 1 << c.GradientADCBits, Bits: c.InputBits,
		Sequential: c.ErrorRowByRow, SAR: c.SAR, Voltage: c.VoltageSense,
		MainRows: d.rows, MainShared: d.shared,
	}
	if factors := c.Calibration; factors != (Calibration{Name: factors.Name}) {
		d.calibration = &factors
	}
	return d, d.fits()
}

// memory is that beside the chip.
func (c Chip) memory() circuit.DRAM {
	if c.GDDR5 {
		return circuit.GDDR5()
	}
	return circuit.HBM2()
}

// kit is the technology.
func (c Chip) kit() (*circuit.Kit, error) {
	node, err := c.node()
	if err != nil {
		return nil, err
	}
	process, err := node.Transistor.At(c.Temperature)
	if err != nil {
		return nil, err
	}
	cell, err := tech.FindCell(c.Cell)
	if err != nil {
		return nil, err
	}
	sram, err := tech.FindCell(tech.SRAM)
	if err != nil {
		return nil, err
	}
	if c.Device != (tech.Cell{}) {
		cell = c.Device
	}
	reference := c.Reference
	if reference == Wolters {
		reference = V21
	}
	kit := &circuit.Kit{
		Process: process, Wire: node.Wire, Clock: c.Clock,
		Cell: cell, SRAM: sram, Reference: reference,
	}
	kit.Remember()
	return kit, nil
}

// node is the transistors and wires.
func (c Chip) node() (tech.Node, error) {
	switch {
	case c.Technology != (tech.Node{}):
		return c.Technology, nil
	case c.Reference != "":
		transistor, err := tech.AsPrinted(c.Node, c.Roadmap)
		if err != nil {
			return tech.Node{}, err
		}
		wire, err := tech.LocalWire(c.Node)
		return tech.Node{Transistor: transistor, Wire: wire}, err
	}
	return tech.FindNode(c.Node, c.Roadmap)
}

// technologyProblems are those of node, temperature and cell.
func (c Chip) technologyProblems(p *check.Problems) {
	t := c.Technology.Transistor
	switch {
	case c.Roadmap != tech.LSTP && c.Roadmap != tech.HP:
		p.Add("Roadmap", int(c.Roadmap), "tech.LSTP, tech.HP")
	case c.Technology == (tech.Node{}):
		if !slices.Contains(tech.Nodes(), c.Node) {
			p.Add("Node", c.Node, strings.Trim(fmt.Sprint(tech.Nodes()), "[]"))
		}
	case t.Node > 0 && (c.Node != t.Node || c.Roadmap != t.Roadmap):
		p.Add("Node", fmt.Sprintf("%d nm %v", c.Node, c.Roadmap), fmt.Sprintf("0, or that of Technology, %d nm %v", t.Node, t.Roadmap))
	default:
		p.Under("Technology", c.Technology.Validate())
	}
	p.Float("Temperature", float64(c.Temperature), 300, 400)
	p.OneOf("Cell", string(c.Cell), string(RRAM), string(FeFET), string(SRAM))
	if c.Device == (tech.Cell{}) {
		return
	}
	if c.Device.Kind != c.Cell {
		p.Add("Device.Kind", string(c.Device.Kind), fmt.Sprintf("that of Cell, %s", c.Cell))
	}
	p.Under("Device", c.Device.Validate())
}

// fits says whether the cell's transistor has room in the cell.
func (d *design) fits() error {
	a := circuit.Array{Kit: d.kit, Cell: d.kit.Cell}
	if w := a.AccessWidth(); w > d.kit.Cell.Width {
		var p check.Problems
		p.Add("Device.On", d.kit.Cell.On, fmt.Sprintf("a selecting transistor that fits: this one needs %.3g F, the cell has %.3g F", w, d.kit.Cell.Width))
		return p.Err()
	}
	return nil
}

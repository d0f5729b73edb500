package cost

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// tolerance of levels above the blocks against DNN+NeuroSim V2.1: sums are taken
// in another order.
const tolerance = 1e-6

// networks are those of the reference's runs.
var networks = map[string][]Shape{
	"mlp_500":     mlp(784, 500, 10),
	"mlp_800_800": mlp(784, 800, 800, 10),
	"mlp_4x256":   mlp(784, 256, 256, 256, 256, 10),
	"mlp_1024nm":  mlp(1024, 512, 512, 10),
	"vgg8": {
		{32, 32, 3, 3, 3, 128, false, 1},
		{32, 32, 128, 3, 3, 128, true, 1},
		{16, 16, 128, 3, 3, 256, false, 1},
		{16, 16, 256, 3, 3, 256, true, 1},
		{8, 8, 256, 3, 3, 512, false, 1},
		{8, 8, 512, 3, 3, 512, true, 1},
		Dense(8192, 1024), Dense(1024, 10),
	},
	"cnn4": {
		{16, 16, 32, 3, 3, 128, true, 1},
		{7, 7, 128, 3, 3, 256, false, 1},
		Dense(6400, 512), Dense(512, 10),
	},
}

func mlp(widths ...int) []Shape {
	var layers []Shape
	for i := range widths[1:] {
		layers = append(layers, Dense(widths[i], widths[i+1]))
	}
	return layers
}

// run is one configuration of the reference.
type run struct {
	t   *testing.T
	row map[string]string
}

func (r run) param(name string) float64 { return oracle.Number(r.t, r.row["param."+name]) }

func (r run) count(name string) int { return int(r.param(name)) }

func (r run) yes(name string) bool { return r.param(name) != 0 }

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (r run) workload() Workload { return Workload{Layers: Layers(networks[r.row["net"]]...)} }

func (r run) kit() *circuit.Kit {
	roadmap := tech.LSTP
	if r.count("deviceroadmap") == 1 {
		roadmap = tech.HP
	}
	transistor := must(tech.AsPrinted(r.count("technode"), roadmap))(r.t)
	sram := must(tech.FindCell(tech.SRAM))(r.t)
	sram.Height, sram.Width = r.param("heightInFeatureSizeSRAM"), r.param("widthInFeatureSizeSRAM")
	sram.SenseVoltage = units.Volt(r.param("minSenseVoltage"))
	return &circuit.Kit{
		Process:   must(transistor.At(units.Kelvin(r.param("temp"))))(r.t),
		Wire:      must(tech.FindWire(r.count("wireWidth")))(r.t),
		Clock:     units.Hertz(r.param("clkFreq")),
		Cell:      r.cell(sram),
		SRAM:      sram,
		Reference: circuit.V21,
	}
}

func (r run) cell(sram tech.Cell) tech.Cell {
	kinds := map[int]tech.Kind{1: tech.SRAM, 2: tech.RRAM, 3: tech.FeFET}
	c := must(tech.FindCell(kinds[r.count("memcelltype")]))(r.t)
	if c.Kind == tech.SRAM {
		c = sram
	}
	c.CrossPoint = r.count("accesstype") != 1
	switch {
	case c.Kind == tech.SRAM:
	case c.CrossPoint:
		c.Height, c.Width = r.param("heightInFeatureSizeCrossbar"), r.param("widthInFeatureSizeCrossbar")
	default:
		c.Height, c.Width = r.param("heightInFeatureSize1T1R"), r.param("widthInFeatureSize1T1R")
	}
	c.On, c.Off = units.Ohm(r.param("resistanceOn")), units.Ohm(r.param("resistanceOff"))
	c.ReadVoltage, c.WriteVoltage = units.Volt(r.param("readVoltage")), units.Volt(r.param("writeVoltage"))
	c.ReadPulse, c.WritePulse = units.Second(r.param("readPulseWidth")), units.Second(r.param("writePulseWidth"))
	c.AccessVoltage = units.Volt(r.param("accessVoltage"))
	c.AccessResistance = units.Ohm(r.param("resistanceAccess"))
	c.GateCap, c.Polarization = units.Farad(r.param("gateCapFeFET")), r.param("polarization")/100
	return c
}

func (r run) design() *design {
	kit := r.kit()
	bits := int(oracle.Number(r.t, r.row["synapseBit"]))
	d := &design{
		kit: kit, rows: r.count("numRowSubArray"), cols: r.count("numColSubArray"),
		synapseBits: bits, cellBits: r.count("cellBit"), inputBits: r.count("numBitInput"),
		levels: r.count("levelOutput"), backLevels: r.count("levelOutputAG"),
		shared: r.count("numColMuxed"), backShared: r.count("numRowMuxedAG"),
		sequential: r.count("operationmode") == 1, backSequential: !r.yes("parallelBP"),
		sar: r.yes("SARADC"), voltage: !r.yes("currentMode"),
		relaxedHeight: r.yes("relaxArrayCellHeight"), relaxedWidth: r.yes("relaxArrayCellWidth"),
		conductanceLevels: max(r.count("maxNumLevelLTP"), r.count("maxNumLevelLTD")),
		pipelined:         r.yes("pipeline"), speedUp: r.count("speedUpDegree"),
		training: r.yes("trainingEstimation"), batch: r.count("batchSize"), iterations: r.count("numIteration"),
		tileActivation: !r.yes("chipActivation"), sigmoid: !r.yes("reLu"),
		novel:        r.yes("novelMapping"),
		globalCore:   core{r.count("globalBufferCoreSizeRow"), r.count("globalBufferCoreSizeCol"), r.yes("globalBufferType")},
		tileCore:     core{r.count("tileBufferCoreSizeRow"), r.count("tileBufferCoreSizeCol"), r.yes("peBufferType")},
		busTolerance: r.param("globalBusDelayTolerance"), treeTolerance: r.param("localBusDelayTolerance"),
		folded: r.param("treeFoldedRatio"), widestBus: r.count("maxGlobalBusWidth"),
		overhead: r.count("bufferOverHeadConstraint"), dram: circuit.GDDR5(),
	}
	if r.count("dramType") == 2 {
		d.dram = circuit.HBM2()
	}
	d.cells = ceilDiv(bits, d.cellBits)
	d.gradient = circuit.GradientUnit{
		Kit: kit, Rows: r.count("numRowSubArrayWG"), Cols: r.count("numColSubArrayWG"),
		Shared: r.count("numRowMuxedWG"), Levels: r.count("levelOutputWG"), Bits: d.inputBits,
		Sequential: d.backSequential, SAR: d.sar, Voltage: d.voltage,
		MainRows: d.rows, MainShared: d.shared,
	}
	return d
}

// stream is the reference's uniform number of a tensor's element.
func stream(seed, layer, tensor, at uint64) float64 {
	z := (seed&255<<56 | layer&255<<48 | tensor&15<<44 | at) + 0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return float64((z^z>>31)>>11) / (1 << 53)
}

// trace draws a layer's weights and inputs as the reference's run had them.
type trace struct {
	seed, layer uint64
	bits        int
	spec        map[string][]string
}

func (r run) trace(layer int) trace {
	spec := map[string][]string{}
	for _, name := range []string{"weights", "oldWeights", "inputs"} {
		spec[name] = strings.Split(r.row[name], ":")
	}
	return trace{uint64(oracle.Number(r.t, r.row["seed"])), uint64(layer), int(oracle.Number(r.t, r.row["synapseBit"])), spec}
}

func (tr trace) u(tensor, row, col int) float64 {
	return stream(tr.seed, tr.layer, uint64(tensor), uint64(row)<<24|uint64(col))
}

func (tr trace) argument(name string, i int) float64 {
	v, err := strconv.ParseFloat(tr.spec[name][i], 64)
	if err != nil {
		panic(err)
	}
	return v
}

func (tr trace) quantised(w float64) float64 {
	d := math.Pow(2, float64(1-tr.bits))
	return max(-(1 - d), min(1-d, math.Floor(w/d+0.5)*d))
}

func (tr trace) weight(row, col int) float64 {
	switch tr.spec["weights"][0] {
	case "uni":
		return tr.quantised(2*tr.u(0, row, col) - 1)
	case "gau":
		sum := tr.u(0, row, col) + tr.u(1, row, col) + tr.u(2, row, col) + tr.u(3, row, col) - 2
		return tr.quantised(tr.argument("weights", 1) * math.Sqrt(3) * sum)
	}
	return tr.quantised(tr.argument("weights", 1))
}

func (tr trace) oldWeight(now float64, row, col int) float64 {
	switch tr.spec["oldWeights"][0] {
	case "none":
		return now
	case "const":
		return tr.quantised(tr.argument("oldWeights", 1))
	}
	if tr.u(4, row, col) >= tr.argument("oldWeights", 1) {
		return now
	}
	d := math.Pow(2, float64(1-tr.bits))
	steps := math.Floor(tr.u(5, row, col)*tr.argument("oldWeights", 2)) + 1
	if tr.u(6, row, col) < 0.5 {
		steps = -steps
	}
	return max(-(1 - d), min(1-d, now-steps*d))
}

func (tr trace) bit(row, col, rows int) uint8 {
	one := false
	switch tr.spec["inputs"][0] {
	case "rnd":
		one = tr.u(7, row, col) < tr.argument("inputs", 1)
	case "ones":
		one = true
	case "first":
		one = row < int(math.Floor(tr.argument("inputs", 1)*float64(rows)))
	}
	if one {
		return 1
	}
	return 0
}

// draw is a layer's trace.
func (r run) draw(inputBits, at int, l Shape) Trace {
	tr := r.trace(at)
	rows, columns := l.rows(), l.allWindows()*inputBits
	var t Trace
	for row := range rows {
		for col := range l.Kernels {
			w := tr.weight(row, col)
			t.Weights = append(t.Weights, w)
			t.Before = append(t.Before, tr.oldWeight(w, row, col))
		}
		for col := range columns {
			t.Inputs = append(t.Inputs, tr.bit(row, col, rows))
		}
	}
	return t
}

// operand maps a layer's trace to cells, and gives the share of its active bits.
func (r run) operand(d *design, at int, l Shape) (*operand, float64) {
	return d.operand(Layer{Shape: l, Trace: r.draw(d.inputBits, at, l)})
}

func same(got, want float64) bool {
	return math.Abs(got-want) <= tolerance*math.Abs(want)
}

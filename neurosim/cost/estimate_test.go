package cost

import (
	"math"
	"strings"
	"testing"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/tech"
)

// designs are of every kind that there is.
var designs = map[string]Chip{
	"default":      {},
	"SRAM":         {Cell: SRAM},
	"row by row":   {Cell: FeFET, RowByRow: true},
	"SRAM rows":    {Cell: SRAM, RowByRow: true},
	"SAR":          {SAR: true},
	"inference":    {Inference: true},
	"novel":        {NovelMapping: true},
	"single bits":  {CellBits: 1},
	"error rows":   {ErrorRowByRow: true},
	"SRAM errors":  {Cell: SRAM, ErrorRowByRow: true},
	"sigmoid":      {Sigmoid: true},
	"tiles":        {TileActivation: true},
	"batch of one": {Batch: 1},
	"large":        {Subarray: 512},
	"7 nm":         {Node: 7},
	"SRAM buffers": {SRAMBuffers: true},
	"no sharing":   {Shared: 1},
}

// corners are networks that a chip may meet at its edges.
var corners = map[string]Network{
	"one neuron":  Layers(Dense(1, 1)),
	"two layers":  Layers(Dense(784, 500), Dense(500, 10)),
	"odd layers":  Layers(Dense(785, 513), Dense(513, 7)),
	"one pixel":   Layers(Shape{1, 1, 1, 1, 1, 1, false, 0}),
	"four pixels": Layers(Shape{2, 2, 1, 2, 2, 1, true, 1}),
	"images": Layers(
		Shape{32, 32, 3, 3, 3, 128, true, 1}, Shape{16, 16, 128, 3, 3, 256, false, 0}, Dense(4096, 10),
	),
}

func TestEveryDesignHasFiniteFigures(t *testing.T) {
	for design, chip := range designs {
		for network, layers := range corners {
			r, err := chip.Estimate(layers)
			if err != nil {
				t.Errorf("%s, %s: %v", design, network, err)
				continue
			}
			for i, v := range r.figures() {
				if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
					t.Errorf("%s, %s: figure %d is %g", design, network, i, v)
				}
			}
			if r.TOPS() <= 0 || r.TOPSPerWatt() <= 0 || r.EnergyPerImage() <= 0 {
				t.Errorf("%s, %s: no throughput", design, network)
			}
		}
	}
}

func (r *Report) figures() []float64 {
	a := r.Areas
	list := []float64{
		float64(a.Total), float64(a.Array), float64(a.ADC), float64(a.Accumulation),
		float64(a.Wires), float64(a.Buffers), float64(a.Other), float64(a.Gradient), float64(r.Leakage), float64(r.LeakageEnergy),
	}
	for _, p := range []circuit.Action{
		r.Phases.Forward, r.Phases.Error, r.Phases.Gradient, r.Phases.Update,
		r.Peak.Forward, r.Peak.Error, r.Peak.Gradient, r.Peak.Update,
		r.Components.ADC, r.Components.Accumulation, r.Components.Other, r.Components.Buffer, r.Components.Wires, r.Components.DRAM,
	} {
		list = append(list, float64(p.Latency), float64(p.Energy))
	}
	return list
}

func TestTotalsAreTheSumOfTheirParts(t *testing.T) {
	for name, chip := range designs {
		r := chip.MustEstimate(corners["images"])
		var layers circuit.Action
		for _, l := range r.Layers {
			layers = layers.Plus(l.Phases.Total())
		}
		total := r.Phases.Total()
		if !same(float64(layers.Energy), float64(total.Energy)) || !same(float64(layers.Latency), float64(total.Latency)) {
			t.Errorf("%s: layers %v, total %v", name, layers, total)
		}
		a := r.Areas
		if sum := a.Array + a.ADC + a.Accumulation + a.Wires + a.Buffers + a.Other + a.Gradient; !same(float64(sum), float64(a.Total)) {
			t.Errorf("%s: parts %v, total %v", name, sum, a.Total)
		}
	}
}

func TestMoreADCBitsAreNeverCheaper(t *testing.T) {
	for _, sar := range []bool{false, true} {
		before := Chip{SAR: sar, ADCBits: 3}.MustEstimate(corners["two layers"])
		for bits := 4; bits <= 8; bits++ {
			r := Chip{SAR: sar, ADCBits: bits}.MustEstimate(corners["two layers"])
			if r.Areas.ADC < before.Areas.ADC || r.Components.ADC.Energy < before.Components.ADC.Energy {
				t.Errorf("SAR %v, %d bits: %v, %v after %v, %v", sar, bits, r.Areas.ADC, r.Components.ADC.Energy, before.Areas.ADC, before.Components.ADC.Energy)
			}
			before = r
		}
	}
}

func TestReferenceAsAUserAsksForIt(t *testing.T) {
	for _, r := range runs(t) {
		if r.row["id"] != "mlp_500__0000_default" {
			continue
		}
		r.t = t
		chip := Chip{Node: 32, Cell: FeFET, SynapseBits: 5, Levels: 60, ADCBits: 6, Reference: V21}
		layers := Layers(networks["mlp_500"]...)
		for i := range layers {
			layers[i].Trace = r.draw(8, i, layers[i].Shape)
		}
		report, err := chip.Estimate(layers)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, r.row, "", report.columns())
	}
}

func TestBadInputNamesFieldValueAndRange(t *testing.T) {
	for want, estimate := range map[string]func() error{
		"Batch: -1 is not allowed; allowed: 1 to 1000000": Chip{Batch: -1}.Validate,
		"CellBits: 2 is not allowed; allowed: 1 to 1":     Chip{Cell: SRAM, CellBits: 2}.Validate,
		"Temperature: 77 is not allowed; allowed: 300 to": Chip{Temperature: 77}.Validate,
		`Reference: "v3" is not allowed`:                  Chip{Reference: "v3"}.Validate,
		"Layers[1].Kernels: 0 is not allowed": func() error {
			_, err := Chip{}.Estimate(Layers(Dense(4, 2), Dense(2, 0)))
			return err
		},
		"Layers[0].Trace.Inputs: has 3 elements; allowed: 32": func() error {
			layers := Layers(Dense(4, 1))
			layers[0].Trace = Trace{Weights: make([]float64, 4), Inputs: make([]uint8, 3)}
			_, err := Chip{}.Estimate(layers)
			return err
		},
		"Layers: there are none": func() error {
			_, err := Chip{}.Estimate(Layers())
			return err
		},
		"workload: there is none": func() error {
			_, err := Chip{}.Estimate(nil)
			return err
		},
		"Schedule.Feedback: has 0 layers; allowed: 1": func() error {
			_, err := Chip{}.Estimate(Workload{Layers: Layers(Dense(4, 2)), Schedule: nn.Schedule{WaitsFor: [][]int{nil}, Transposed: []bool{false}}})
			return err
		},
	} {
		if err := estimate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestTypicalActivityIsCloseToATrace(t *testing.T) {
	chip := Chip{SynapseBits: 5, Levels: 32, Node: 32}
	layers := Layers(networks["mlp_500"]...)
	typical := chip.MustEstimate(layers)
	for _, r := range runs(t) {
		if r.row["id"] == "mlp_500__0000_default" {
			for i := range layers {
				layers[i].Trace = r.draw(8, i, layers[i].Shape)
			}
		}
	}
	traced := chip.MustEstimate(layers)
	for _, p := range [][2]circuit.Action{
		{typical.Phases.Forward, traced.Phases.Forward},
		{typical.Phases.Error, traced.Phases.Error},
		{typical.Phases.Gradient, traced.Phases.Gradient},
	} {
		if ratio := float64(p[0].Energy / p[1].Energy); ratio < 0.9 || ratio > 1.1 {
			t.Errorf("energy %v, with the trace %v", p[0].Energy, p[1].Energy)
		}
	}
}

// withPlanes is a network with the activity of a result.
func withPlanes(shapes []Shape) Network {
	layers := Layers(shapes...)
	for i := range layers {
		planes := []float64{0, 0.05, 0.1, 0.2, 0.3, 0.35, 0.4, 0.45}
		layers[i].Activity = Activity{Ones: 0.23, Planes: planes, Changed: 0.2, Steps: 2.5}
	}
	return layers
}

// One training of VGG-8, as from a result.
func BenchmarkVGG8(b *testing.B) {
	layers := withPlanes(networks["vgg8"])
	b.ReportAllocs()
	for b.Loop() {
		Chip{}.MustEstimate(layers)
	}
}

// One design after the other for a small network; the time is that of one.
func BenchmarkDesignsOfAnMLP(b *testing.B) {
	layers := withPlanes(mlp(784, 500, 10))
	nodes, cells := []int{7, 14, 22, 32, 45}, []tech.Kind{RRAM, FeFET, SRAM}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c := Chip{Node: nodes[i%5], Cell: cells[i%3], ADCBits: 4 + i%4, Subarray: 64 << (i % 2), SAR: i%7 == 0}
		c.MustEstimate(layers)
	}
}

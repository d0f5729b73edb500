package cost

import (
	"compress/gzip"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/tech"
)

// study is the chip of the study by its defaults: FeFET cells with an on/off ratio
// of 10, errors read by converters of six bits.
func study(node, bits int, training bool) Chip {
	cell, err := tech.FindCell(tech.FeFET)
	if err != nil {
		panic(err)
	}
	cell.Off = cell.On * 10
	return Chip{
		Node: node, Cell: FeFET, Device: cell, SynapseBits: bits, ErrorADCBits: 6,
		Inference: !training, Reference: Wolters,
	}
}

// direct is the schedule of direct feedback.
func direct(shapes []Shape) nn.Schedule {
	s := nn.Star(len(shapes))
	for i, l := range shapes[:len(shapes)-1] {
		s.Feedback[i] = l.Kernels * shapes[len(shapes)-1].Kernels
	}
	return s
}

// studied is a workload of the study.
func studied(t *testing.T, row map[string]string) Workload {
	t.Helper()
	var widths []int
	for _, n := range strings.Split(row["sizes"], "-") {
		widths = append(widths, must(strconv.Atoi(n))(t))
	}
	w := Workload{Layers: Layers(mlp(widths...)...)}
	if row["rule"] == "dfa" {
		w.Schedule = direct(w.Layers.shapes())
	}
	return w
}

// printed are the figures of a report as the study prints them. Its counts of
// operations are for an epoch in inference, too.
func (r *Report) printed(training bool) map[string]float64 {
	a, p, peak, parts := r.Areas, r.Phases, r.Peak, r.Components
	updates := peak
	updates.Update.Latency, updates.Update.Energy = 0, 0
	total, most := p.Total(), updates.Total()
	energy := float64(total.Energy + r.LeakageEnergy)
	operations := r.Operations
	if !training {
		operations *= 200 * 250
	}
	const mm2, ms, mJ = 1e6, 1e3, 1e3
	return map[string]float64{
		"# of DFA Tiles": float64(r.FeedbackTiles), "Memory Utilization (%)": 100 * r.Utilisation,
		"Chip Area (mm^2)": float64(a.Total) * mm2, "Chip total CIM array (mm^2)": float64(a.Array) * mm2,
		"Total IC Area on chip (mm^2)": float64(a.Wires) * mm2, "Total ADC Area on chip (mm^2)": float64(a.ADC) * mm2,
		"Total Accumulation Circuits on chip (mm^2)": float64(a.Accumulation) * mm2,
		"Other Peripheries (mm^2)":                   float64(a.Other+a.Buffers) * mm2, "Weight Gradient Calculation (mm^2)": float64(a.Gradient) * mm2,
		"Chip Read Latency of Forward (ms)":                         float64(p.Forward.Latency) * ms,
		"Chip Read Dynamic Energy of Forward (mJ)":                  float64(p.Forward.Energy) * mJ,
		"Chip Read Latency of Activation Gradient (ms)":             float64(p.Error.Latency) * ms,
		"Chip Read Dynamic Energy of Activation Gradient (mJ)":      float64(p.Error.Energy) * mJ,
		"Chip Read Latency of Weight Gradient(ms)":                  float64(p.Gradient.Latency) * ms,
		"Chip Read Dynamic Energy of Weight Gradient (mJ)":          float64(p.Gradient.Energy) * mJ,
		"Chip Write Latency of Weight Update (ms)":                  float64(p.Update.Latency) * ms,
		"Chip Write Dynamic Energy of Weight Update (mJ)":           float64(p.Update.Energy) * mJ,
		"Chip total Latency (s)":                                    float64(total.Latency),
		"Chip total Energy (J)":                                     float64(total.Energy), // without leakage
		"Chip PEAK Read Latency of Forward (ms)":                    float64(peak.Forward.Latency) * ms,
		"Chip PEAK Read Dynamic Energy of Forward (ms)":             float64(peak.Forward.Energy) * mJ,
		"Chip PEAK Read Latency of Activation Gradient (ms)":        float64(peak.Error.Latency) * ms,
		"Chip PEAK Read Dynamic Energy of Activation Gradient (mJ)": float64(peak.Error.Energy) * mJ,
		"Chip PEAK Read Latency of Weight Gradient (ms)":            float64(peak.Gradient.Latency) * ms,
		"Chip PEAK Read Dynamic Energy of Weight Gradient (mJ)":     float64(peak.Gradient.Energy) * mJ,
		"Chip PEAK writeLatency of Weight Update (ms)":              float64(peak.Update.Latency) * ms,
		"Chip PEAK writeDynamicEnergy of Weight Update (mJ)":        float64(peak.Update.Energy) * mJ,
		"Chip PEAK total Latency (s)":                               float64(most.Latency),
		"Chip PEAK total Energy (J)":                                float64(most.Energy),
		"Chip leakage Energy (mJ)":                                  float64(r.LeakageEnergy) * mJ,
		"Chip leakage Power (uW)":                                   float64(r.Leakage) * 1e6,
		"ADC Read Latency (ms)":                                     float64(parts.ADC.Latency) * ms,
		"Accumulation Circuits Read Latency (ms)":                   float64(parts.Accumulation.Latency) * ms,
		"Synaptic Array w/o ADC Read Latency (ms)":                  float64(parts.Other.Latency) * ms,
		"Buffer Read Latency (ms)":                                  float64(parts.Buffer.Latency) * ms,
		"Interconnect Read Latency (ms)":                            float64(parts.Wires.Latency) * ms,
		"DRAM data tramsfer Latency (ns)":                           float64(parts.DRAM.Latency) * ms, // says ns
		"ADC Read Dynamic Energy (mJ)":                              float64(parts.ADC.Energy) * mJ,
		"Accumulation Circuits Read Dynamic Energy (mJ)":            float64(parts.Accumulation.Energy) * mJ,
		"Synaptic Array w/o ADC Read Dynamic Energy (mJ)":           float64(parts.Other.Energy) * mJ,
		"Buffer Read Dynamic Energy (mJ)":                           float64(parts.Buffer.Energy) * mJ,
		"Interconnect Read Dynamic Energy (mJ)":                     float64(parts.Wires.Energy) * mJ,
		"Weight Gradient Calculation Read Latency (ms)":             float64(peak.Gradient.Latency) * ms,
		"Weight Gradient Calculation Read Dynamic Energy (mJ)":      float64(peak.Gradient.Energy) * mJ,
		"Weight Update Write Latency (ms)":                          float64(peak.Update.Latency) * ms,
		"Weight Update Write Dynamic Energy (mJ)":                   float64(peak.Update.Energy) * mJ,
		"DRAM data transfer Dynamic Energy (mJ)":                    float64(parts.DRAM.Energy) * mJ,
		"Energy Efficiency TOPS/W":                                  operations / energy * 1e-12,
		"Throughput TOPS":                                           operations / float64(total.Latency) * 1e-12,
		"Throughput FPS":                                            1 / float64(total.Latency),
		"Peak Energy Efficiency TOPS/W":                             operations / float64(most.Energy) * 1e-12,
		"Peak Throughput TOPS":                                      operations / float64(most.Latency) * 1e-12,
		"Peak Throughput FPS":                                       1 / float64(most.Latency),
	}
}

// TestStudyWithItsTraces compares a network whose weights and inputs were recorded,
// with BP and DFA and in inference. Figures have six digits.
func TestStudyWithItsTraces(t *testing.T) {
	for _, row := range oracle.Rows(t, "testdata/wolters_trace.csv.gz") {
		w := studied(t, row)
		traced(t, w.Layers)
		training := row["rule"] != "bp/inference-only"
		r, err := study(22, 6, training).Estimate(w)
		if err != nil {
			t.Fatal(err)
		}
		for name, got := range r.printed(training) {
			want := oracle.Number(t, row[name])
			digit := math.Pow(10, math.Floor(math.Log10(math.Max(want, 1e-300)))-5)
			if math.Abs(got-want) > 0.5*digit+1e-6*want {
				t.Errorf("%s: %s is %.8g, want %.6g", row["rule"], name, got, want)
			}
		}
	}
}

// TestStudyWithItsDraws compares networks whose weights and inputs were drawn and
// not kept: with the recorded case's activity, to 3 %, and the ratios of DFA to BP to 2 %.
func TestStudyWithItsDraws(t *testing.T) {
	recorded := Layers(mlp(784, 512, 512, 10)...)
	traced(t, recorded)
	image, hidden := onesOf(recorded[0]), onesOf(recorded[1])
	before := map[string]float64{}
	for _, row := range oracle.Rows(t, "testdata/wolters.csv.gz") {
		node, bits := must(strconv.Atoi(row["tech"]))(t), must(strconv.Atoi(row["bits"]))(t)
		w := studied(t, row)
		for i := range w.Layers {
			w.Layers[i].Activity = hidden
		}
		w.Layers[0].Activity = image
		r, err := study(node, bits, true).Estimate(w)
		if err != nil {
			t.Fatal(err)
		}
		for name, got := range r.printed(true) {
			want, key := oracle.Number(t, row[name]), row["tag"]+name
			if math.Abs(got-want) > 0.03*want {
				t.Errorf("%s %s: %s is %.6g, want %.6g", row["tag"], row["rule"], name, got, want)
			}
			if row["rule"] == "bp" {
				before[key], before[key+" of ours"] = want, got
			} else if ratio := want / before[key]; want > 0 && math.Abs(got/before[key+" of ours"]-ratio) > 0.02*ratio {
				t.Errorf("%s: %s of DFA to BP is %.4g, want %.4g", row["tag"], name, got/before[key+" of ours"], ratio)
			}
		}
	}
}

// onesOf is the share of ones in the bit planes of a recorded layer of dense
// inputs.
func onesOf(l Layer) Activity {
	a := Activity{Planes: make([]float64, 8)}
	for i, b := range l.Trace.Inputs {
		share := float64(b) / float64(len(l.Trace.Inputs))
		a.Ones += share
		a.Planes[i%8] += 8 * share
	}
	return a
}

// traced gives the layers the recorded weights (32 steps to 1) and inputs, for each
// layer in turn and row-major.
func traced(t *testing.T, layers Network) {
	t.Helper()
	file := must(os.Open("testdata/wolters_trace.bin.gz"))(t)
	defer file.Close()
	data := must(io.ReadAll(must(gzip.NewReader(file))(t)))(t)
	for i := range layers {
		l := &layers[i]
		weights := data[:l.rows()*l.Kernels]
		for _, b := range weights {
			l.Trace.Weights = append(l.Trace.Weights, float64(int8(b))/32)
		}
		data = data[len(weights):]
		for _, b := range data[:l.rows()] {
			for bit := 7; bit >= 0; bit-- {
				l.Trace.Inputs = append(l.Trace.Inputs, b>>bit&1)
			}
		}
		data = data[l.rows():]
	}
}

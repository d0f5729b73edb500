package neurosim

import (
	"context"
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// trainedWeights writes the weights of a network that was trained without devices.
func trainedWeights(t *testing.T) (Experiment, string) {
	t.Helper()
	e := study()
	e.Device, e.Train = device.Analog{}, train.Settings{Epochs: 3, Batch: 50, Rate: 0.05}
	e.Checkpoint = filepath.Join(t.TempDir(), "ideal.checkpoint")
	e.MustRun(context.Background())
	network, err := e.Network(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "weights.npz")
	if err := nn.WriteTensors(path, network.Tensors()); err != nil {
		t.Fatal(err)
	}
	e.Checkpoint = ""
	return e, path
}

// Weights that were trained freely are programmed on devices, and forgotten over time.
func TestProgrammedInference(t *testing.T) {
	ideal, path := trainedWeights(t)
	want := ideal.MustRun(context.Background())
	e := ideal
	e.Weights, e.Train.Epochs = path, -1
	if got := e.MustRun(context.Background()); got.Accuracy() != want.Accuracy() || got.Epochs[0].TestLoss != want.Epochs[2].TestLoss {
		t.Errorf("the file gives %v, the training gave %v", got.Epochs, want.Epochs[2])
	} else if got.Provenance.Weights == "" || got.Len() != 1 {
		t.Errorf("%+v", got.Provenance)
	}

	e.Precision.Activation = nn.Float // a free network has sums beyond 1
	e.Device = device.Analog{Levels: 256, OnOff: 20, Program: device.Programming{Pulses: 1000}}
	programmed := e.MustRun(context.Background())
	if math.Abs(programmed.Accuracy()-want.Accuracy()) > 5 || len(programmed.Programmed) != 2 || programmed.Programmed[0].Failed != 0 {
		t.Errorf("%v after programming, %v before; %v", programmed.Accuracy(), want.Accuracy(), programmed.Programmed)
	}
	e.Device.Program = device.Programming{Error: 0.2}
	if spoiled := e.MustRun(context.Background()); spoiled.Accuracy() > want.Accuracy()-10 {
		t.Errorf("an error of 20 %% leaves %v of %v", spoiled.Accuracy(), want.Accuracy())
	}

	e.Device.Program = device.Programming{}
	e.Device.Drift = device.Drift{Exponent: 0.05, Variation: 0.03, Pair: true}
	curve := e.MustRetention(context.Background(), 0, 1, 1e10)
	x, y := curve.XY(2)
	if curve.Len() != 3 || x != 1e10 || curve.Accuracy[0] < want.Accuracy()-5 || y > curve.Accuracy[0]-5 || len(curve.Loss) != 3 {
		t.Errorf("%v", curve)
	}
	if _, err := e.Retention(context.Background(), 1e13); err == nil || !strings.Contains(err.Error(), "1e+13 seconds are not allowed; allowed: 0 to 1e+12") {
		t.Errorf("%v", err)
	}
	e.Train.Epochs = 1
	if trained := e.MustRetention(context.Background(), 0); trained.Accuracy[0] != e.MustRun(context.Background()).Accuracy() {
		t.Errorf("%v", trained)
	}
}

func TestWeightsAreNamedAndSummed(t *testing.T) {
	e := study()
	e.Weights = "weights.bin"
	if err := e.Validate(); err == nil || !strings.Contains(err.Error(), `Weights: "weights.bin" is not allowed; allowed: "" or a name that ends in .safetensors or .npz`) {
		t.Errorf("%v", err)
	}
	e.Weights = filepath.Join(t.TempDir(), "none.npz")
	if _, err := e.Run(context.Background()); err == nil || !strings.Contains(err.Error(), "neurosim: experiment: Weights: ") {
		t.Errorf("%v", err)
	}
	data, err := json.Marshal(e)
	var back Experiment
	if err != nil || json.Unmarshal(data, &back) != nil || back != e {
		t.Errorf("%s comes back as %+v, %v", data, back, err)
	}
	if e.Hash() == study().Hash() {
		t.Error("weights to begin with change no hash")
	}
}

// What the references do not have is refused, with its field.
func TestReferencesRefuseNewCells(t *testing.T) {
	e := study()
	e.Reference = V21
	e.Device.StepNoise, e.Device.Asymmetry, e.Device.WriteNoise = 0.1, 0.1, 1
	e.Device.Drift, e.Device.Program = device.Drift{Exponent: 0.1}, device.Programming{Error: 0.1}
	err := e.Validate()
	for _, field := range []string{"StepNoise: 0.1 is", "Asymmetry: 0.1 is", "WriteNoise: 1 is", "Drift: nothing", "Program: nothing"} {
		if err == nil || !strings.Contains(err.Error(), "Device."+field) {
			t.Errorf("nothing on %s in %v", field, err)
		}
	}
}

// Verified updates are priced by the pulses that they took.
func TestVerifiedUpdatesArePriced(t *testing.T) {
	e := brief()
	e.Device.CycleToCycle = 0.02
	e.Device.Program = device.Programming{Pulses: 100, Tolerance: 0.005, Updates: true}
	r := e.MustRun(context.Background())
	w, err := r.Workload()
	if err != nil {
		t.Fatal(err)
	}
	last := r.Programmed[len(r.Programmed)-1]
	if steps := w.Layers[2].Activity.Steps; !(steps > 1.5*last.Pulses()/2 && steps < 3*last.Pulses()) || last.Pulses() < 2 {
		t.Errorf("%g steps a written weight, %v", steps, last)
	}
	if report := (cost.Chip{}).MustEstimate(r); !(report.Latency() > 0) {
		t.Error("no latency")
	}
}

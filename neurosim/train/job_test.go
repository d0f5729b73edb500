package train

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"crossbook/kernel/display"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// smallJob is a network on three classes of noisy points that a line cannot part.
func smallJob(t testing.TB) Job {
	t.Helper()
	return Job{Net: nn.MLP(16, 40, 30, 3).Activation("tanh"), Seed: 1, Data: &dataset.Data{
		Name: "points", Classes: 3, Shape: [3]int{1, 4, 4}, Train: points(600, 0), Test: points(200, 1),
	}}
}

func points(n, layer int) dataset.Split {
	s := dataset.Split{Images: make([]float32, 16*n), Labels: make([]uint8, n)}
	centres := make([]float32, 6*16)
	rng.New(1, "centres", 0, 0).FillRange(centres, 0, 1)
	rng.New(1, "points", layer, 0).FillNormal(s.Images, 0)
	for i := range n {
		centre := rng.New(1, "labels", layer, 0).Intn(uint64(i), 6)
		s.Labels[i] = uint8(centre % 3)
		for j, c := range centres[16*centre : 16*centre+16] {
			s.Images[16*i+j] = c + 0.15*s.Images[16*i+j]
		}
	}
	return s
}

var usual = device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, DeviceToDevice: 0.1, CycleToCycle: 0.003}

func TestEveryWayLearns(t *testing.T) {
	for name, change := range map[string]func(*Job){
		"BP, ideal":            func(j *Job) { j.Settings.Rate = 0.1 },
		"BP with bias":         func(j *Job) { j.Settings.Rate = 0.1; j.Net = j.Net.WithBias() },
		"DFA, ideal":           func(j *Job) { j.Settings.Rate = 0.1; j.Rule = DFA{Feedback: Classes} },
		"BP, ideal, 8 bits":    func(j *Job) { j.Settings.Rate = 0.01; j.Precision.Weight = 8 },
		"BP on devices":        func(j *Job) { j.Device = usual },
		"DFA on devices":       directOnDevices,
		"continuous device":    func(j *Job) { j.Device = device.Analog{LTP: 1, LTD: -1} },
		"6-bit gradients only": func(j *Job) { j.Precision.Gradient = 6 },
		"as V2.1":              func(j *Job) { j.Device = usual; j.Reference = V21 },
		"constant steps":       func(j *Job) { j.Device = device.GokmenVlasov() },
		"linear steps":         func(j *Job) { j.Device = device.Capacitor() },
		"soft bounds, DFA":     func(j *Job) { j.Device = device.Analog{Law: device.SoftBounds, Levels: 200}; j.Rule = DFA{} },
		"power steps":          func(j *Job) { j.Device = device.Analog{Law: device.PowerStep, Levels: 200, LTP: 1, LTD: 1} },
		"stuck cells":          func(j *Job) { j.Device = usual; j.Device.StuckLow = 0.05; j.Device.StuckHigh = 0.05 },
		"cells of their own": func(j *Job) {
			j.Device = usual
			j.Device.StepVariation = 0.2
			j.Device.RangeVariation = 0.1
			j.Device.AsymmetryVariation = 0.1
		},
		"noise of all kinds": func(j *Job) { j.Device = usual; j.Device.StepNoise = 1; j.Device.WriteNoise = 1 },
		"steps that differ": func(j *Job) {
			j.Device = device.Capacitor()
			j.Device.DeviceToDevice = 0.02
			j.Device.CycleToCycle = 0.003
		},
		"verified updates": func(j *Job) { j.Device = usual; j.Device.Program = device.Programming{Pulses: 100, Updates: true} },
		"cells that drift": func(j *Job) {
			j.Device = usual
			j.Device.Drift = device.Drift{Exponent: 0.05, Variation: 0.01, Pair: true}
			j.Settings.StepTime = 1
		},
		"plain momentum":      func(j *Job) { j.Device = usual; j.Settings.PlainMomentum = true },
		"rate that goes down": func(j *Job) { j.Settings.Rate = 0.1; j.Settings.Decay = Decay{Kind: Cosine, Warmup: 1} },
		"FA, ideal":           func(j *Job) { j.Settings.Rate = 0.1; j.Rule = FA{} },
		"uSF, ideal":          func(j *Job) { j.Settings.Rate = 0.1; j.Rule = USF{} },
		"brSF, ideal":         func(j *Job) { j.Settings.Rate = 0.1; j.Rule = BRSF{} },
		"frSF, ideal":         func(j *Job) { j.Settings.Rate = 0.1; j.Rule = FRSF{} },
		"KP with bias":        func(j *Job) { j.Settings.Rate = 0.1; j.Rule = KP{}; j.Net = j.Net.WithBias() },
		"sDFA, ideal":         func(j *Job) { j.Settings.Rate = 0.1; j.Rule = SDFA{} },
		"DRTP, ideal":         func(j *Job) { j.Settings.Rate = 0.1; j.Rule = DRTP{} },
		"FA on devices":       func(j *Job) { j.Device = usual; j.Rule = FA{} },
		"uSF on devices":      func(j *Job) { j.Device = usual; j.Rule = USF{} },
		"brSF on devices":     func(j *Job) { j.Device = usual; j.Rule = BRSF{} },
		"frSF on devices":     func(j *Job) { j.Device = usual; j.Rule = FRSF{} },
		"KP on devices":       func(j *Job) { j.Device = usual; j.Rule = KP{} },
		"sDFA on devices":     func(j *Job) { directOnDevices(j); j.Rule = SDFA{} },
	} {
		t.Run(name, func(t *testing.T) {
			j := smallJob(t)
			j.Settings = Settings{Epochs: 15, Batch: 20}
			change(&j)
			epochs, err := j.Run(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			first, last := epochs[0], epochs[len(epochs)-1]
			if last.Accuracy < 90 || last.TrainLoss >= first.TrainLoss {
				t.Errorf("%+v after %+v", last, first)
			}
		})
	}
}

// directOnDevices needs larger batches than BP: its errors are noisier.
func directOnDevices(j *Job) {
	j.Device, j.Rule, j.Net = usual, DFA{}, j.Net.Activation("relu")
	j.Settings = Settings{Epochs: 30, Batch: 100}
}

func TestBitsDoNotDependOnProcessors(t *testing.T) {
	for _, c := range []struct {
		device device.Analog
		rule   Rule
	}{{device.Analog{}, DFA{}}, {usual, DFA{}}, {device.Analog{}, BRSF{}}, {usual, KP{}}, {device.ReRAM(), KP{}}} {
		var one []Epoch
		for _, procs := range []int{1, 4} {
			func() {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
				j := smallJob(t)
				// Wide enough for pieces and blocks to run side by side.
				j.Net, j.Device, j.Rule = nn.MLP(16, 200, 200, 3), c.device, c.rule
				j.Settings = Settings{Epochs: 2, Batch: 150}
				epochs, err := j.Run(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				if one == nil {
					one = epochs
				}
				if !slices.Equal(epochs, one) {
					t.Errorf("%v, %s: %d processors give %+v, one gives %+v", c.device, c.rule.Name(), procs, epochs, one)
				}
			}()
		}
	}
}

func TestSeedsMatter(t *testing.T) {
	j := smallJob(t)
	j.Settings.Epochs = 1
	a, _ := j.Run(context.Background())
	j.Seed = 2
	b, _ := j.Run(context.Background())
	if slices.Equal(a, b) {
		t.Error("two seeds give one result")
	}
}

// An interrupt in the middle of an epoch ends a training on a large network soon,
// with the epochs before it.
func TestInterrupt(t *testing.T) {
	j := smallJob(t)
	j.Settings = Settings{Epochs: 100_000, Batch: 50}
	var cancelled time.Time
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ctx = display.WithSink(ctx, func(e display.Event) {
		p, ok := e.(display.Progress)
		if ok && p.Done > 0 && cancelled.IsZero() {
			if !strings.HasPrefix(p.Note, "test accuracy ") || p.Title != "training BP" || p.Total != 100_000 {
				t.Errorf("progress %+v", p)
			}
			cancelled = time.Now()
			cancel()
		}
	})
	epochs, err := j.Run(ctx)
	if !errors.Is(err, context.Canceled) || len(epochs) == 0 {
		t.Errorf("%d epochs and %v", len(epochs), err)
	}
	if took := time.Since(cancelled); took > time.Second {
		t.Errorf("ended %v after the interrupt", took)
	}
}

// Networks as wide as the study's heed an interrupt between layers.
func TestInterruptOfAWideNetwork(t *testing.T) {
	j := smallJob(t)
	j.Net, j.Device = nn.MLP(16, 1024, 1024, 3), usual
	const deadline = 100 * time.Millisecond
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	start := time.Now()
	if _, err := j.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	late := time.Since(start) - deadline
	t.Logf("ended %v after the deadline", late)
	if late > 2*time.Second { // about 30 ms on a free machine
		t.Errorf("ended %v after the deadline", late)
	}
}

func TestDivergenceIsAnError(t *testing.T) {
	j := smallJob(t)
	j.Net = j.Net.Activation("relu")
	j.Settings = Settings{Epochs: 100, Batch: 50, Rate: 1000, Loss: Squares}
	if _, err := j.Run(context.Background()); !errors.Is(err, ErrDiverged) {
		t.Errorf("%v", err)
	}
}

// The reference's weights beyond the range of the conductances end in NaN.
func TestV21Diverges(t *testing.T) {
	j := smallJob(t)
	j.Device = device.Analog{Levels: 32, LTP: 3, LTD: -3}
	j.Settings.Epochs = 2
	if _, err := j.Run(context.Background()); err != nil {
		t.Errorf("by default: %v", err)
	}
	j.Reference = V21
	if _, err := j.Run(context.Background()); !errors.Is(err, ErrDiverged) {
		t.Errorf("as V2.1: %v", err)
	}
}

// A batch that no usual machine holds is told before it is asked for.
func TestBatchMustFit(t *testing.T) {
	j := smallJob(t)
	inputs := j.Data.Shape[0] * j.Data.Shape[1] * j.Data.Shape[2]
	j.Net, j.Settings.Batch = nn.MLP(inputs, 1<<16, j.Data.Classes), 1<<16
	images := dataset.Split{Images: make([]float32, 1<<15*inputs), Labels: make([]uint8, 1<<15)}
	data := *j.Data
	data.Train, j.Data = images, &data
	_, err := j.Run(context.Background())
	if err == nil || !strings.Contains(err.Error(), "Train.Batch: 65536 is not allowed; allowed: 1 to ") {
		t.Errorf("%v", err)
	}
}

func TestDataMustFit(t *testing.T) {
	for sizes, want := range map[*nn.Net]string{
		{Sizes: "15-3"}: "15 units", {Sizes: "16-2"}: "3 classes", {Sizes: "16-0-3"}: "layer 1",
	} {
		j := smallJob(t)
		j.Net = *sizes
		if _, err := j.Run(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", sizes.Sizes, err)
		}
	}
}

package train

import (
	"context"
	"runtime"
	"slices"
	"testing"

	"crossbook/neurosim/array"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// maps is a network of every kind of layer on images of 2 x 8 x 8.
var maps = nn.Sequential(nn.Image(2, 8, 8),
	nn.Conv(6, 3).Pad(1), nn.BatchNorm(), nn.ReLU(),
	nn.Residual(nn.Conv(6, 3).Pad(1), nn.BatchNorm(), nn.ReLU(), nn.Conv(6, 3).Pad(1), nn.BatchNorm()), nn.ReLU(),
	nn.Residual(nn.Conv(8, 3).Pad(1).Stride(2).Groups(2), nn.Tanh()).Shortcut(nn.Conv(8, 1).Stride(2)),
	nn.MaxPool(2), nn.Dropout(0.1), nn.Dense(12), nn.Tanh(), nn.Dense(4))

// plain is a chain of convolutions.
var plain = nn.Sequential(nn.Image(2, 8, 8),
	nn.Conv(8, 3).Pad(1), nn.ReLU(), nn.MaxPool(2), nn.Conv(12, 3).Pad(1), nn.ReLU(), nn.MaxPool(2), nn.Dense(20), nn.ReLU(), nn.Dense(4))

// bars is images with a bar in one of four directions and places at random.
func bars(images, layer int) dataset.Split {
	s := dataset.Split{Images: make([]float32, images*128), Labels: make([]uint8, images)}
	rng.New(1, "noise", layer, 0).FillRange(s.Images, -0.3, 0.3)
	places := rng.New(1, "places", layer, 0)
	for i := range images {
		s.Labels[i] = uint8(i % 4)
		at := places.Intn(uint64(i), 6) + 1
		for k := range 8 {
			row, column := [4]int{at, k, k, k}[i%4], [4]int{k, at, k, 7 - k}[i%4]
			s.Images[i*128+i/4%2*64+row*8+column]++
		}
	}
	return s
}

func barsJob(net nn.Net) Job {
	return Job{Net: net, Seed: 1, Settings: Settings{Epochs: 4, Batch: 20}, Data: &dataset.Data{
		Name: "bars", Classes: 4, Shape: [3]int{2, 8, 8}, Train: bars(400, 0), Test: bars(200, 1),
	}}
}

func TestEveryRuleLearnsConvolutions(t *testing.T) {
	cells := device.Analog{Levels: 64, LTP: 1, LTD: -1, CycleToCycle: 0.001}
	for _, c := range []struct {
		name   string
		net    nn.Net
		rule   Rule
		device device.Analog
		least  float64
	}{
		{"BP", plain, BP{}, device.Analog{}, 90},
		{"BP with bias", plain.WithBias(), BP{}, device.Analog{}, 90},
		{"BP, every layer", maps, BP{}, device.Analog{}, 90},
		{"DFA", plain, DFA{}, device.Analog{}, 60},
		{"FA", plain, FA{}, device.Analog{}, 60},
		{"uSF", plain, USF{}, device.Analog{}, 80},
		{"brSF", plain, BRSF{}, device.Analog{}, 80},
		{"frSF", plain, FRSF{}, device.Analog{}, 80},
		{"KP", plain, KP{}, device.Analog{}, 60},
		{"sDFA", plain, SDFA{}, device.Analog{}, 60},
		{"DRTP", plain.Activation("tanh"), DRTP{}, device.Analog{}, 50},
		{"BP on devices", plain, BP{}, cells, 80},
		{"BP on devices, every layer", maps, BP{}, cells, 60},
		{"FA on devices", plain, FA{}, cells, 50},
		{"KP on devices", plain, KP{}, cells, 50},
		{"DFA on devices", plain, DFA{}, cells, 50},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := barsJob(c.net)
			j.Rule, j.Device = c.rule, c.device
			if j.Settings.Rate = 0.05; c.device != (device.Analog{}) {
				j.Settings.Rate, j.Settings.Gain = 0, 0.25
			}
			j.Settings.Epochs = 10
			epochs, err := j.Run(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			t.Log(epochs[9].Accuracy)
			if got := epochs[9].Accuracy; got < c.least {
				t.Errorf("%.1f %%, want %g", got, c.least)
			}
		})
	}
}

// Feedback weights that equal the weights make feedback alignment back-propagation
// through convolutions, residuals and norms too.
func TestFAWithTheWeightsIsBPOverConvolutions(t *testing.T) {
	for name, build := range map[string]nn.Build{
		"float": {Precision: unrounded},
		"on devices": {
			Precision: nn.Precision{Weight: 6, Gradient: 6, Activation: 8, Error: 8}, Bounded: true, Normalised: true,
		},
	} {
		build.Net, build.Seed = maps, 3
		b := buildBench(t, build)
		want := b.gradients(t, BP{}.Start(b.net, 0))
		backward := FA{}.Start(b.net, 1).(chainFeedback)
		for i, l := range b.net.Layers {
			if i > 0 {
				copy(backward[i].W.Data, l.W.Data)
				backward[i].Refresh()
			}
		}
		for i, got := range b.gradients(t, backward) {
			oracle.Exact.Same(t, name+": gradient", got.Data, want[i].Data)
		}
	}
}

// On a linear network direct feedback through the product of all that is above is
// back-propagation; of convolutions the product is what the errors of the classes,
// one after the other, come back as.
func TestDFAWithTheRightFeedbackIsBPOverConvolutions(t *testing.T) {
	b := newBench(t, nn.Sequential(nn.Image(2, 8, 8),
		nn.Conv(3, 3).Pad(1), nn.AvgPool(2), nn.Conv(4, 3).Stride(2), nn.Conv(5, 1), nn.Dense(3)))
	b.forward(t)
	last := len(b.net.Layers) - 1
	var feedback directFeedback
	for _, l := range b.net.Layers[:last] {
		feedback = append(feedback, nn.NewMatrix(l.Units(), 3))
	}
	for class := range 3 {
		e := b.pass.Layers[last].E
		clear(e.Data)
		e.Row(0)[class] = 1
		if err := (BP{}).Start(b.net, 0).Errors(context.Background(), b.net, b.pass); err != nil {
			t.Fatal(err)
		}
		for i, f := range feedback {
			for unit, v := range b.pass.Layers[i].E.Row(0) {
				f.Row(unit)[class] = v
			}
		}
	}
	want := b.gradients(t, BP{}.Start(b.net, 0))
	for i, got := range b.gradients(t, feedback) {
		oracle.Tolerance(1e-6).Same(t, "gradient", got.Data, want[i].Data)
	}
}

func TestConvolutionsLearnTheSameOnAnyNumberOfProcessors(t *testing.T) {
	var first []Epoch
	for _, procs := range []int{1, 3} {
		func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
			j := barsJob(maps)
			j.Device, j.Settings.Epochs = usual, 2
			epochs, err := j.Run(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = epochs
			}
			if !slices.Equal(epochs, first) {
				t.Errorf("%d processors: %v, want %v", procs, epochs, first)
			}
		}()
	}
}

// A training that goes on from a state has the bits of one that never stopped, those
// of the normalisations too.
func TestConvolutionsGoOn(t *testing.T) {
	for _, d := range []device.Analog{{}, usual} {
		var half State
		j := barsJob(maps)
		j.Device = d
		j.Keep = func(s State) error {
			if len(s.Log.Epochs) == 2 {
				half = s
			}
			return nil
		}
		want, err := j.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		j.From = &half
		if got, err := j.Run(context.Background()); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v: %v (%v), want %v", d, got, err, want)
		}
	}
}

// A step allocates nothing once its buffers are there.
func TestStepsAllocateNothing(t *testing.T) {
	for name, change := range map[string]func(*Job){
		"perceptron":            func(j *Job) { j.Net = nn.MLP(128, 30, 4).WithBias() },
		"perceptron on devices": func(j *Job) { j.Net = nn.MLP(128, 30, 4); j.Device = usual },
		"as V2.1":               func(j *Job) { j.Net = nn.MLP(128, 30, 4); j.Device = usual; j.Reference = V21 },
		"linear steps":          func(j *Job) { j.Net = nn.MLP(128, 30, 4); j.Device = device.Capacitor() },
		"convolutions":          func(j *Job) {},
		"on devices":            func(j *Job) { j.Device = usual },
		"DFA":                   func(j *Job) { j.Device, j.Rule = usual, DFA{} },
		"KP":                    func(j *Job) { j.Device, j.Rule = usual, KP{} },
		"brSF":                  func(j *Job) { j.Rule = BRSF{} },
		"sDFA":                  func(j *Job) { j.Rule = SDFA{} },
		"DRTP":                  func(j *Job) { j.Rule = DRTP{} },
		"recorded":              func(j *Job) { j.Device = usual; j.Settings.Record = Record{Updates: true} },
	} {
		t.Run(name, func(t *testing.T) {
			j := barsJob(maps)
			change(&j)
			training, err := j.start(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			x, labels := training.batch(j.Data.Train, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
			n := testing.AllocsPerRun(5, func() {
				if _, err := training.step(context.Background(), x, labels); err != nil {
					t.Fatal(err)
				}
			})
			if n != 0 {
				t.Errorf("%g allocations a step", n)
			}
		})
	}
}

// The same on two processors, on which testing.AllocsPerRun does not run.
func TestStepsOnTwoProcessorsAllocateNothing(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	j := barsJob(maps)
	j.Device = usual
	training, err := j.start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	x, labels := training.batch(j.Data.Train, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	steps := func(count int) {
		for range count {
			if _, err := training.step(context.Background(), x, labels); err != nil {
				t.Fatal(err)
			}
		}
	}
	steps(20)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const measured = 100
	steps(measured)
	runtime.ReadMemStats(&after)
	if n := after.Mallocs - before.Mallocs; n > measured/2 { // the runtime may make a goroutine
		t.Errorf("%d allocations in %d steps", n, measured)
	}
}

// Convolutions in groups, residuals and dense layers on arrays in every phase.
func TestConvolutionsLearnOnArrays(t *testing.T) {
	c := array.Config{Rows: 64, Cols: 64, ADCBits: 8, Phases: "all"}
	j := barsJob(plain)
	j.Settings.Epochs, j.Settings.Rate, j.Array = 4, 0.05, c
	epochs, err := j.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if a := epochs[3].Accuracy; a < 85 {
		t.Errorf("%.1f %%", a)
	}
	j = barsJob(maps)
	j.Data.Train, j.Data.Test = bars(40, 0), bars(20, 1)
	j.Settings.Epochs, j.Array = 1, c
	many, err := j.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if one, err := j.Run(context.Background()); err != nil || one[0] != many[0] {
		t.Errorf("on one processor %v, %v, on several %v", one, err, many[0])
	}
}

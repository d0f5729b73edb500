package train

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
)

// digest is a hash of all bits of a record and of the weights at its end.
func digest(t *testing.T, j Job) string {
	t.Helper()
	h := fnv.New64a()
	put := func(values ...float64) {
		for _, v := range values {
			fmt.Fprintf(h, "%x ", math.Float64bits(v))
		}
	}
	j.Keep = func(s State) error {
		for _, l := range append(s.Layers, s.Feedback...) {
			for _, list := range append([][]float32{l.W, l.Bias}, l.Memory...) {
				for _, v := range list {
					put(float64(v))
				}
			}
		}
		return nil
	}
	log, err := j.Train(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range log.Epochs {
		put(e.TrainLoss, e.TestLoss, e.Accuracy)
	}
	for _, l := range log.Layers {
		put(l.Angle, l.Weights.Mean, l.Updates.Size, l.Updates.LTP)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// The bits of trainings of perceptrons, as an experiment's hash promises them.
func TestPerceptronsKeepTheirBits(t *testing.T) {
	cells := device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003}
	for name, change := range map[string]func(*Job){
		"ideal":       func(j *Job) { j.Settings.Rate = 0.1; j.Net = j.Net.WithBias() },
		"devices":     func(j *Job) { j.Device = cells },
		"relu":        func(j *Job) { j.Device = cells; j.Net = nn.MLP(16, 40, 30, 3) },
		"v2.1":        func(j *Job) { j.Device = cells; j.Reference = V21; j.Net = nn.MLP(16, 40, 30, 3) },
		"DFA":         func(j *Job) { j.Device = cells; j.Rule = DFA{}; j.Reference = Wolters },
		"KP":          func(j *Job) { j.Device = cells; j.Rule = KP{} },
		"brSF":        func(j *Job) { j.Device = cells; j.Rule = BRSF{} },
		"sDFA":        func(j *Job) { j.Settings.Rate = 0.1; j.Rule = SDFA{}; j.Net.Hidden = "sigmoid" },
		"DRTP, 8 bit": func(j *Job) { j.Rule = DRTP{}; j.Precision = nn.Precision{Weight: 8, Activation: 8, Error: 8} },
		"soft bounds": func(j *Job) { j.Device = device.Analog{Law: device.SoftBounds, Levels: 200}; j.Settings.Gain = 0.5 },
	} {
		j := smallJob(t)
		j.Settings = Settings{Epochs: 2, Batch: 64, Record: Record{Angle: true, Weights: true, Updates: true}}
		change(&j)
		if got, want := digest(t, j), pinned[name]; got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// pinned is for processors whose exponential is that of amd64.
var pinned = map[string]string{
	"devices":     "ab046bc604ea834f",
	"relu":        "8045d2b3dc128ebd",
	"v2.1":        "8045d2b3dc128ebd",
	"DFA":         "5636291648d0da3a",
	"KP":          "73dccccbfc4622a7",
	"soft bounds": "24744e5b66e3a44e",
	"ideal":       "13eec7d918136827",
	"brSF":        "fd51cba05d6a5016",
	"sDFA":        "259e5ccac57901c7",
	"DRTP, 8 bit": "9d2797d13685254b",
}

package train

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"crossbook/neurosim/device"
)

// A training that stops after any epoch, or in the middle of one, and goes on from
// what it kept has the bits of one that was never disturbed.
func TestResumeIsExact(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Job)
	}{
		{"BP with bias", func(j *Job) { j.Net = j.Net.WithBias() }},
		{"brSF", func(j *Job) { j.Rule = BRSF{} }},
		{"KP", func(j *Job) { j.Rule = KP{Decay: 0.01} }},
		{"DFA on devices", func(j *Job) { j.Rule, j.Device = DFA{}, usual }},
		{"KP on devices", func(j *Job) { j.Rule, j.Device = KP{}, usual }},
		{"step law", func(j *Job) { j.Device = device.ReRAM() }},
		{"aging cells", func(j *Job) {
			j.Device, j.Rule = device.ReRAM(), KP{}
			j.Device.Drift, j.Settings.StepTime = device.Drift{Exponent: 0.05, Variation: 0.02}, 10
		}},
		{"verified updates", func(j *Job) {
			j.Device = device.Analog{Levels: 64, StepNoise: 0.5, WriteNoise: 0.3, Program: device.Programming{Pulses: 20, Updates: true}}
		}},
		{"plain momentum", func(j *Job) {
			j.Device, j.Settings.PlainMomentum = usual, true
			j.Settings.Decay = Decay{Kind: Steps, At: "2 4", Factor: 0.5, Warmup: 1}
		}},
		{"rate of its own", func(j *Job) { j.Settings.Decay = Decay{Kind: Cosine} }},
		{"stuck cells", func(j *Job) { j.Device = device.Analog{Levels: 64, StuckLow: 0.1} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := smallJob(t)
			j.Settings = Settings{Epochs: 4, Batch: 50, Record: everything}
			c.change(&j)
			var states []State
			j.Keep = func(s State) error {
				states = append(states, s)
				return nil
			}
			want, err := j.Train(context.Background())
			if err != nil || len(states) != 4 {
				t.Fatalf("%d states and %v", len(states), err)
			}
			undisturbed := states
			for stop := range 4 {
				j.From, states = &undisturbed[stop], nil
				got, err := j.Train(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("from epoch %d on: %v, want %v", stop+1, got, want)
				}
				if stop < 3 && !reflect.DeepEqual(states[len(states)-1], undisturbed[3]) {
					t.Errorf("from epoch %d on: other weights", stop+1)
				}
			}
		})
	}
}

// A state of more epochs than are asked for gives those.
func TestStateOfALongerTraining(t *testing.T) {
	j := smallJob(t)
	j.Settings = Settings{Epochs: 3, Record: everything}
	var last State
	j.Keep = func(s State) error { last = s; return nil }
	if _, err := j.Train(context.Background()); err != nil {
		t.Fatal(err)
	}
	j.Keep, j.Settings.Epochs = nil, 2
	want, err := j.Train(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	j.From = &last
	if got, err := j.Train(context.Background()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v and %v, want %v", got, err, want)
	}
}

func TestStatesThatDoNotFit(t *testing.T) {
	kept := func(change func(*Job)) *State {
		var state State
		j := smallJob(t)
		j.Settings.Epochs = 1
		change(&j)
		j.Keep = func(s State) error { state = s; return nil }
		if _, err := j.Train(context.Background()); err != nil {
			t.Fatal(err)
		}
		return &state
	}
	for want, state := range map[string]*State{
		"it has 0 layers, the network 3":                    {},
		"layer 1 was trained in another way":                kept(func(j *Job) { j.Device = usual }),
		"feedback: it has 3 layers, the network 0":          kept(func(j *Job) { j.Rule = KP{} }),
		"layer 1 has 40 numbers where the network has 0":    kept(func(j *Job) { j.Net = j.Net.WithBias() }),
		"layer 1 has 320 numbers where the network has 640": kept(func(j *Job) { j.Net.Sizes = "16-20-30-3" }),
	} {
		j := smallJob(t)
		j.From = state
		if _, err := j.Train(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestKeepMayFail(t *testing.T) {
	j := smallJob(t)
	full := errors.New("disk full")
	j.Keep = func(State) error { return full }
	if log, err := j.Train(context.Background()); !errors.Is(err, full) || len(log.Epochs) != 1 {
		t.Errorf("%d epochs and %v", len(log.Epochs), err)
	}
}

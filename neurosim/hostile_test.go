package neurosim

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"crossbook/neurosim/array"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// extremes are ends of ranges, in which many fields still are; beyond is what hardly
// any may be.
var (
	extremes = []float64{
		1, 2, 3, 6, 9, -9, 16, 100, 1000, 65536, 1e12, 0.1, 0.5, -0.9, 0.9, 0.999999, 1e-6, 1e-30, 1e-300,
		math.SmallestNonzeroFloat64,
	}
	beyond = []float64{-1, -1e12, 1e30, 1e300, math.MaxFloat64, math.NaN(), math.Inf(1), math.Inf(-1)}
)

var hostileTexts = []string{
	"", "x", "all", "test", "train", "error", "gradient", array.Offset, array.Pair, array.Difference, array.Flash,
	array.Full, array.Calibrated, array.Exact, array.Fast, device.ConstantStep, device.LinearStep, device.SoftBounds,
	device.PowerStep, device.ExponentialStep, device.PiecewiseStep, "0 0.5 1", train.Squares, train.CrossEntropy,
}

// spoil sets a field of a struct, at any depth, to a hostile value.
func spoil(r *rand.Rand, v reflect.Value) {
	var fields []reflect.Value
	var collect func(v reflect.Value)
	collect = func(v reflect.Value) {
		for i := range v.NumField() {
			switch f := v.Field(i); {
			case f.Kind() == reflect.Struct:
				collect(f)
			case f.CanSet():
				fields = append(fields, f)
			}
		}
	}
	collect(v)
	f, number := fields[r.IntN(len(fields))], extremes[r.IntN(len(extremes))]
	if r.IntN(12) == 0 {
		number = beyond[r.IntN(len(beyond))]
	}
	switch f.Kind() {
	case reflect.Bool:
		f.SetBool(r.IntN(2) == 0)
	case reflect.Float64:
		f.SetFloat(number)
	case reflect.Int:
		f.SetInt(int64(max(min(number, 1<<40), -1<<40))) // NaN is what the processor makes of it
	case reflect.String:
		f.SetString(hostileTexts[r.IntN(len(hostileTexts))])
	}
}

// hostile is a small experiment with extreme values in some fields.
func hostile(r *rand.Rand) Experiment {
	e := Experiment{
		Net:  nn.MLP(64, 12, 10, 10).Activation([]string{"relu", "tanh", "sigmoid", "linear"}[r.IntN(4)]),
		Data: dataset.Set{Name: "digits", Train: 60, Test: 20},
		Seed: r.Uint64(),
	}
	if r.IntN(4) == 0 {
		e.Net = nn.Sequential(nn.Image(1, 8, 8), nn.Conv(3, 3), nn.BatchNorm(), nn.ReLU(), nn.MaxPool(2), nn.Dense(10))
	}
	rules := []train.Rule{
		nil,
		train.BP{},
		train.DFA{},
		train.DFA{Bound: 1000},
		train.FA{Bound: 1000},
		train.USF{Magnitude: 1000},
		train.FRSF{Bound: 1e-30},
		train.BRSF{},
		train.KP{},
		train.SDFA{},
		train.DRTP{Bound: 1000},
	}
	e.Rule = rules[r.IntN(len(rules))]
	if r.IntN(3) > 0 {
		e.Device = device.Analog{Levels: 64, LTP: 1.75, LTD: -1.46, OnOff: 10}
	}
	if r.IntN(4) == 0 {
		e.Reference = []train.Reference{V21, Wolters}[r.IntN(2)]
	}
	for _, part := range []any{&e.Device, &e.Array, &e.Precision, &e.Train} {
		for range r.IntN(4) {
			before := e
			spoil(r, reflect.ValueOf(part).Elem())
			if r.IntN(16) > 0 && e.Validate() != nil {
				e = before // or else nearly all are refused
			}
		}
	}
	if e.Train.Epochs >= 0 && e.Train.Epochs <= 100_000 {
		e.Train.Epochs = 2
	}
	return e
}

// Whatever an experiment asks for, it is refused before it runs, by field and allowed
// range; or it ends with finite numbers; or in the step in which a number is no longer
// finite, with the layer and the cause.
func TestHostileExperiments(t *testing.T) {
	r, count := rand.New(rand.NewPCG(1, 2)), 600
	if testing.Short() {
		count = 150
	}
	ends := map[string]int{}
	for range count {
		e := hostile(r)
		ends[howItEnds(t, e)]++
	}
	t.Log(ends)
	rare := testing.Short() || ends["diverged"] > 0 // of few experiments none may diverge
	if least := count / 10; ends["refused"] < least || ends["finished"] < least || !rare {
		t.Errorf("too few of a kind: %v", ends)
	}
}

func howItEnds(t *testing.T, e Experiment) (end string) {
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%+v\npanics: %v", e, p)
		}
	}()
	invalid := e.Validate()
	result, err := e.Run(context.Background())
	switch {
	case invalid != nil:
		for _, line := range strings.Split(invalid.Error(), "\n") {
			if !strings.Contains(line, "allowed") {
				t.Errorf("%+v\nis refused by %q, which names nothing that is allowed", e, line)
			}
		}
		return "refused"
	case err == nil:
		for _, epoch := range result.Epochs {
			if sum := epoch.TrainLoss + epoch.TestLoss + epoch.Accuracy; sum-sum != 0 {
				t.Errorf("%+v\nends with %+v", e, epoch)
			}
		}
		return "finished"
	case errors.Is(err, train.ErrDiverged):
		told := false
		for _, place := range []string{"layer ", "normalisation ", "the loss is"} {
			told = told || strings.Contains(err.Error(), place)
		}
		if !told || !strings.Contains(err.Error(), "epoch ") {
			t.Errorf("%+v\ndiverges with %q, which names no place", e, err)
		}
		return "diverged"
	}
	if !strings.Contains(err.Error(), "Augment.Pad") || !strings.Contains(err.Error(), "allowed") {
		t.Errorf("%+v\nis found invalid only when it runs: %v", e, err)
	}
	return "refused by the data" // which know the size of an image
}

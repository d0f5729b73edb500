// Package ruletest checks that a learning rule keeps what package train asks of
// one. Call [Check] from a test of the rule.
package ruletest

import (
	"bytes"
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
	"crossbook/neurosim/train"
)

// Check tries a rule on perceptrons of several depths and on convolutions: its name, that it is plain
// comparable data that survives JSON, its schedule, the shapes and the finiteness
// of its errors on ideal and on imperfect devices, that they follow from the seed
// alone, and that it heeds an ended context.
func Check(t *testing.T, rule train.Rule) {
	t.Helper()
	t.Run("data", func(t *testing.T) { checkData(t, rule) })
	nets := []nn.Net{convolutions}
	for _, sizes := range [][]int{{7, 3}, {7, 6, 3}, {7, 6, 5, 4, 3}} {
		nets = append(nets, nn.MLP(sizes...).Activation("tanh"))
	}
	for _, net := range nets {
		name := net.Sizes
		if name == "" {
			name = "convolutions"
		}
		t.Run(name, func(t *testing.T) {
			checkSchedule(t, rule, net)
			checkErrors(t, rule, freely(net))
			checkErrors(t, rule, onDevices(net))
			checkContext(t, rule, net)
			checkFeedback(t, rule, net)
		})
	}
}

// convolutions is a network with a residual and a shortcut.
var convolutions = nn.Sequential(nn.Image(1, 1, 7),
	nn.Conv(4, 1).Kernel(1, 3).PadBy(0, 1), nn.BatchNorm(), nn.Tanh(),
	nn.Residual(nn.Conv(6, 1).Kernel(1, 3).PadBy(0, 1), nn.Tanh()).Shortcut(nn.Conv(6, 1)), nn.Tanh(),
	nn.AvgPool(1).Kernel(1, 2), nn.Dense(5), nn.Tanh(), nn.Dense(3))

func checkData(t *testing.T, rule train.Rule) {
	if rule.Name() == "" {
		t.Error("no name")
	}
	if !reflect.TypeOf(rule).Comparable() {
		t.Errorf("%T is not comparable", rule)
	}
	data, err := train.EncodeRule(rule)
	if err != nil {
		t.Fatal(err)
	}
	back, err := train.DecodeRule(data)
	if err != nil {
		t.Fatalf("%s does not come back: %v (is the rule registered?)", data, err)
	}
	if back != rule {
		t.Errorf("%#v comes back as %#v", rule, back)
	}
	unknown := bytes.Replace(data, []byte(`{"`+rule.Name()+`":{`), []byte(`{"`+rule.Name()+`":{"NoSuchField":1,`), 1)
	unknown = bytes.Replace(unknown, []byte(",}"), []byte("}"), 1)
	if _, err := train.DecodeRule(unknown); err == nil {
		t.Errorf("accepted %s", unknown)
	}
}

func checkSchedule(t *testing.T, rule train.Rule, net nn.Net) {
	shapes := net.Shapes()
	s := rule.Schedule(shapes)
	if err := s.Validate(len(shapes)); err != nil {
		t.Errorf("schedule %+v: %v", s, err)
	}
}

func checkErrors(t *testing.T, rule train.Rule, build nn.Build) {
	first, again, other := errorsOf(t, rule, build, 1), errorsOf(t, rule, build, 1), errorsOf(t, rule, build, 2)
	for i, e := range first {
		if !slices.Equal(e.Data, again[i].Data) {
			t.Errorf("layer %d: one seed gives two errors", i)
		}
		if nn.MaxAbs(e.Data) == 0 {
			t.Errorf("layer %d gets no error", i)
		}
		for _, v := range e.Data {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Fatalf("layer %d gets the error %g", i, v)
			}
		}
		if e.Rows != other[i].Rows || e.Cols != other[i].Cols {
			t.Errorf("layer %d: the seed changes the shape", i)
		}
	}
}

func checkContext(t *testing.T, rule train.Rule, net nn.Net) {
	network, pass := forward(t, freely(net))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := rule.Start(network, 1).Errors(ctx, network, pass)
	if len(network.Layers) > 1 && !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context gives %v", err)
	}
}

// checkFeedback looks at the weights that learn with the network, if there are any.
func checkFeedback(t *testing.T, rule train.Rule, net nn.Net) {
	network, _ := forward(t, freely(net))
	learner, ok := rule.Start(network, 1).(train.Learner)
	if trained := rule.Schedule(network.Shapes()).Trained; trained != ok {
		t.Errorf("feedback weights learn: %v; the schedule says %v", ok, trained)
	}
	if !ok {
		return
	}
	if d := learner.Decay(); !(d >= 0 && d < 1) {
		t.Errorf("decay %g; allowed: 0 to below 1", d)
	}
	feedback := learner.Feedback()
	if len(feedback) != len(network.Layers) {
		t.Fatalf("feedback of %d layers, want %d", len(feedback), len(network.Layers))
	}
	for i, l := range feedback {
		if l != nil && l.Shape != network.Layers[i].Shape {
			t.Errorf("layer %d: feedback weights of %v, want %v", i, l.Shape, network.Layers[i].Shape)
		}
	}
}

// Errors returns the errors that a rule gives the layers of a network in a batch
// of five random images. Weights, images and the error of the last layer are
// always the same; the seed is the rule's.
func Errors(t *testing.T, rule train.Rule, net nn.Net, seed uint64) []nn.Matrix {
	t.Helper()
	return errorsOf(t, rule, freely(net), seed)
}

func errorsOf(t *testing.T, rule train.Rule, build nn.Build, seed uint64) []nn.Matrix {
	t.Helper()
	network, pass := forward(t, build)
	last := len(network.Layers) - 1
	output := slices.Clone(pass.Layers[last].E.Data)
	if err := rule.Start(network, seed).Errors(context.Background(), network, pass); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(pass.Layers[last].E.Data, output) {
		t.Error("the rule changes the error of the last layer")
	}
	found := make([]nn.Matrix, last+1)
	for i, layer := range pass.Layers {
		found[i] = layer.E
	}
	return found
}

// freely is a network on ideal devices, in single precision.
func freely(net nn.Net) nn.Build {
	float := nn.Precision{Weight: nn.Float, Gradient: nn.Float, Activation: nn.Float, Error: nn.Float}
	return nn.Build{Net: net, Precision: float, Seed: 1}
}

// onDevices is a network on cells with 64 levels.
func onDevices(net nn.Net) nn.Build {
	p := nn.Precision{Weight: 6, Gradient: 6, Activation: 8, Error: 8}
	return nn.Build{Net: net, Precision: p, Seed: 1, Bounded: true, Normalised: true}
}

// forward makes a network, runs a batch through it and sets the output error.
func forward(t *testing.T, build nn.Build) (*nn.Network, *nn.Pass) {
	t.Helper()
	const batch = 5
	network, err := build.New()
	if err != nil {
		t.Fatal(err)
	}
	pass, x := network.NewPass(batch), nn.NewMatrix(batch, network.Inputs())
	rng.New(1, "images", 0, 0).FillRange(x.Data, 0, 1)
	if err := network.Forward(context.Background(), pass, x); err != nil {
		t.Fatal(err)
	}
	pass.Labels, pass.Share = []uint8{0, 2, 1, 2, 0}, 1.0/batch
	rng.New(1, "errors", 0, 0).FillRange(pass.Layers[len(pass.Layers)-1].E.Data, -1, 1)
	return network, pass
}

package train

import (
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/nn"
)

// feedbackOf is the feedback weights of layer 1 after a batch of a step.
func (b bench) feedbackOf(t *testing.T, backward Backward, step int) []float32 {
	t.Helper()
	b.pass.Step = step
	b.gradients(t, backward)
	return slices.Clone(backward.(*signFeedback).twins[1].W.Data)
}

func TestFeedbackHasTheSignsOfTheWeights(t *testing.T) {
	for _, rule := range []Rule{USF{}, USF{Magnitude: 0.2}, FRSF{}, BRSF{}, BRSF{Bound: 2}} {
		b := newBench(t, nn.MLP(6, 7, 5, 3).Activation("tanh"))
		backward := rule.Start(b.net, 1)
		w := b.net.Layers[1].W.Data
		for range 2 { // the second time with other signs
			f := b.feedbackOf(t, backward, 0)
			for k, v := range f {
				if v*w[k] <= 0 {
					t.Errorf("%v: feedback weight %g for the weight %g", rule, v, w[k])
				}
			}
			for k := range w {
				w[k] = -w[k]
			}
		}
		w[3] = 0
		if f := b.feedbackOf(t, backward, 0); f[3] != 0 {
			t.Errorf("%v: feedback weight %g for the weight 0", rule, f[3])
		}
	}
}

func TestMagnitudesOfFeedback(t *testing.T) {
	b := newBench(t, nn.MLP(6, 70, 50, 3).Activation("tanh"))
	for k, v := range b.feedbackOf(t, USF{}.Start(b.net, 1), 0) {
		// The standard deviation of numbers uniform in ±1/sqrt(70).
		if want := 1 / math.Sqrt(3*70); math.Abs(math.Abs(float64(v))-want) > 1e-7 {
			t.Fatalf("uSF: feedback weight %d is %g, want ±%g", k, v, want)
		}
	}
	fixed, fresh := FRSF{Bound: 2}.Start(b.net, 1), BRSF{Bound: 2}.Start(b.net, 1)
	oracle.Exact.Same(t, "frSF in another step", b.feedbackOf(t, fixed, 1), b.feedbackOf(t, fixed, 0))
	first, second := b.feedbackOf(t, fresh, 0), b.feedbackOf(t, fresh, 1)
	if equal(first, second) {
		t.Error("brSF: two steps have the same magnitudes")
	}
	oracle.Exact.Same(t, "brSF back in the first step", b.feedbackOf(t, fresh, 0), first)
	for name, f := range map[string][]float32{"frSF": b.feedbackOf(t, fixed, 0), "brSF": first} {
		var sum float64
		for _, v := range f {
			sum += math.Abs(float64(v))
		}
		// 3500 numbers uniform in [0,2): their mean is 1, give or take 0.01.
		if mean := sum / float64(len(f)); math.Abs(mean-1) > 0.05 || nn.MaxAbs(f) > 2 {
			t.Errorf("%s: mean magnitude %g, largest %g; want 1 and 2", name, mean, nn.MaxAbs(f))
		}
	}
}

// A uniform magnitude is back-propagation on a network whose weights have it.
func TestUSFIsBPOnBinaryWeights(t *testing.T) {
	b := newBench(t, nn.MLP(6, 7, 5, 3).Activation("tanh"))
	for _, l := range b.net.Layers {
		nn.Quantise(l.W.Data, l.W.Data, 1)
		for k := range l.W.Data {
			l.W.Data[k] *= 0.25
		}
		l.Refresh()
	}
	want := b.gradients(t, BP{}.Start(b.net, 0))
	for i, got := range b.gradients(t, USF{Magnitude: 0.25}.Start(b.net, 0)) {
		oracle.Exact.Same(t, "gradient", got.Data, want[i].Data)
	}
}

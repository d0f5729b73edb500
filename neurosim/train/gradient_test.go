package train

import (
	"context"
	"math"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

var unrounded = nn.Precision{Weight: nn.Float, Gradient: nn.Float, Activation: nn.Float, Error: nn.Float}

// bench is a small network with a batch.
type bench struct {
	net    *nn.Network
	pass   *nn.Pass
	x      nn.Matrix
	labels []uint8
}

func newBench(t *testing.T, net nn.Net) bench {
	t.Helper()
	return buildBench(t, nn.Build{Net: net, Precision: unrounded, Seed: 3})
}

func buildBench(t *testing.T, build nn.Build) bench {
	t.Helper()
	network, err := build.New()
	if err != nil {
		t.Fatal(err)
	}
	b := bench{network, network.NewPass(4), nn.NewMatrix(4, network.Inputs()), []uint8{0, 2, 1, 2}}
	rng.New(3, "images", 0, 0).FillRange(b.x.Data, -1, 1)
	return b
}

// forward returns the summed loss and sets the output error.
func (b bench) forward(t *testing.T) float64 {
	t.Helper()
	if err := b.net.Forward(context.Background(), b.pass, b.x); err != nil {
		t.Fatal(err)
	}
	b.pass.Labels, b.pass.Share = b.labels, 1
	return nn.CrossEntropy(b.pass.Layers[len(b.net.Layers)-1].E, b.pass.Output(), b.labels)
}

// gradients returns what a rule makes of the batch.
func (b bench) gradients(t *testing.T, backward Backward) []nn.Matrix {
	t.Helper()
	b.forward(t)
	if err := backward.Errors(context.Background(), b.net, b.pass); err != nil {
		t.Fatal(err)
	}
	var all []nn.Matrix
	for i, l := range b.net.Layers {
		g := nn.NewMatrix(l.Out, l.In)
		b.net.Gradient(g, b.pass, i)
		all = append(all, g)
	}
	return all
}

// Back-propagation is the slope of the loss, by central differences.
func TestBPIsTheGradient(t *testing.T) {
	for _, activation := range []string{"tanh", "sigmoid", "linear", "relu"} {
		b := newBench(t, nn.MLP(6, 7, 5, 3).Activation(activation))
		for i, g := range b.gradients(t, BP{}.Start(b.net, 0)) {
			w := b.net.Layers[i].W.Data
			for k := range w {
				const h = 2e-3
				keep := w[k]
				at := func(x float32) float64 {
					w[k] = x
					b.net.Layers[i].Refresh()
					return b.forward(t)
				}
				up, down := at(keep+h), at(keep-h)
				at(keep)
				slope := (up - down) / (2 * h)
				// What single precision leaves of a difference of losses.
				if math.Abs(slope-float64(g.Data[k])) > 2e-3+2e-2*math.Abs(slope) {
					t.Errorf("%s, layer %d, weight %d: gradient %g, slope %g", activation, i, k, g.Data[k], slope)
				}
			}
		}
	}
}

// With B the product of the transposed weights above, direct feedback is
// back-propagation on a linear network.
func TestDFAWithTheRightFeedbackIsBP(t *testing.T) {
	b := newBench(t, nn.MLP(6, 7, 5, 3).Activation("linear"))
	feedback := make(directFeedback, 2)
	feedback[1] = nn.NewMatrix(5, 3)
	feedback[1].TProduct(b.net.Layers[2].W, identity(3))
	feedback[0] = nn.NewMatrix(7, 3)
	feedback[0].TProduct(b.net.Layers[1].W, feedback[1])
	want := b.gradients(t, BP{}.Start(b.net, 0))
	for i, got := range b.gradients(t, feedback) {
		oracle.Tolerance(1e-6).Same(t, "gradient", got.Data, want[i].Data)
	}
}

func TestDFAAlignsWithBP(t *testing.T) {
	job := smallJob(t)
	job.Settings = Settings{Epochs: 1, Batch: 50, Rate: 0.05}
	job.Rule = DFA{}
	training, err := job.start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	start := training.alignment(t)
	for number := 1; number <= 8; number++ {
		if _, err := training.epoch(context.Background(), number); err != nil {
			t.Fatal(err)
		}
	}
	if end := training.alignment(t); math.Abs(start) > 0.3 || end < 0.3 {
		t.Errorf("cosine of DFA's and BP's gradient: %.2f at the start, %.2f at the end", start, end)
	}
}

// alignment is the cosine between what the training's rule and BP give the first
// layer on some images.
func (t *training) alignment(tb testing.TB) float64 {
	tb.Helper()
	gradient := func(b Backward) []float32 {
		x, labels := t.batch(t.Data.Train, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
		if err := t.net.Forward(context.Background(), t.pass, x); err != nil {
			tb.Fatal(err)
		}
		t.outputError(labels)
		if err := b.Errors(context.Background(), t.net, t.pass); err != nil {
			tb.Fatal(err)
		}
		g := nn.NewMatrix(t.net.Layers[0].Out, t.net.Layers[0].In)
		t.net.Gradient(g, t.pass, 0)
		return g.Data
	}
	a, b := gradient(t.backward), gradient(BP{}.Start(t.net, 0))
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

func identity(n int) nn.Matrix {
	m := nn.NewMatrix(n, n)
	for i := range n {
		m.Row(i)[i] = 1
	}
	return m
}

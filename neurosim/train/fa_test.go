package train

import (
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/nn"
)

// Feedback weights that equal the weights make feedback alignment
// back-propagation, to the bit, with every precision.
func TestFAWithTheWeightsIsBP(t *testing.T) {
	for _, c := range []struct {
		name  string
		build nn.Build
	}{
		{"float", nn.Build{Precision: unrounded}},
		{"on devices", nn.Build{
			Precision: nn.Precision{Weight: 6, Gradient: 6, Activation: 8, Error: 8}, Bounded: true, Normalised: true,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.build.Net, c.build.Seed = nn.MLP(6, 7, 5, 3).Activation("tanh"), 3
			b := buildBench(t, c.build)
			want := b.gradients(t, BP{}.Start(b.net, 0))
			backward := FA{}.Start(b.net, 1).(chainFeedback)
			if same := equal(b.gradients(t, backward)[0].Data, want[0].Data); same {
				t.Error("random feedback gives the gradient of back-propagation")
			}
			for i, l := range b.net.Layers {
				if i > 0 {
					copy(backward[i].W.Data, l.W.Data)
					backward[i].Refresh()
				}
			}
			for i, got := range b.gradients(t, backward) {
				oracle.Exact.Same(t, "gradient", got.Data, want[i].Data)
			}
		})
	}
}

// Feedback weights have the range, the scale and the grid of the weights in whose
// place they stand.
func TestTwinsAreLikeTheirLayers(t *testing.T) {
	p := nn.Precision{Weight: 5, Gradient: 5, Activation: 8, Error: 8}
	b := buildBench(t, nn.Build{Net: nn.MLP(6, 40, 50, 3), Precision: p, Seed: 3, Bounded: true})
	for i, twin := range twins(b.net, 1, 0)[1:] {
		l := b.net.Layers[i+1]
		if twin.Shape != l.Shape || twin.Scale != l.Scale || twin.Range != l.Range {
			t.Errorf("layer %d: feedback weights of %v, scale %g, range %g; want %v, %g, %g",
				i+1, twin.Shape, twin.Scale, twin.Range, l.Shape, l.Scale, l.Range)
		}
		if m := nn.MaxAbs(twin.W.Data); m != nn.Limit(5) { // 1.5 before it is clipped
			t.Errorf("layer %d: the largest feedback weight is %g, want %g", i+1, m, nn.Limit(5))
		}
		grid := make([]float32, len(twin.W.Data))
		nn.Quantise(grid, twin.W.Data, 5)
		oracle.Exact.Same(t, "feedback weights as read", twin.Seen().Data, grid)
	}
	free := buildBench(t, nn.Build{Net: nn.MLP(6, 40, 50, 3), Precision: unrounded, Seed: 3})
	if m := nn.MaxAbs(twins(free.net, 1, 3)[1].W.Data); m > 3 || m < 2.9 {
		t.Errorf("the largest of many weights in ±3 is %g", m)
	}
}

func equal(a, b []float32) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

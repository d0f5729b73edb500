package nn

import (
	"context"
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/rng"
)

// Products in whole numbers leave the bits of a pass as they are.
func TestGridsLeaveTheBits(t *testing.T) {
	for name, bits := range map[string]int{"five bits": 5, "six bits": 6} {
		t.Run(name, func(t *testing.T) {
			b := Build{
				Net: Sequential(Image(3, 8, 8), Conv(32, 3).Pad(1), ReLU(), Conv(48, 3).Pad(1), HardTanh(), MaxPool(2),
					Conv(16, 3).Stride(2), ReLU(), Dense(64), ReLU(), Dense(10)),
				Precision: Precision{Weight: bits, Gradient: bits, Activation: 8, Error: 8}, Bounded: true, Normalised: true, Seed: 3,
			}
			whole, plain := signals(t, b, false), signals(t, b, true)
			for i := range whole {
				if !slices.EqualFunc(whole[i], plain[i], func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) }) {
					t.Errorf("signals %d differ", i)
				}
			}
		})
	}
}

// signals returns sums and errors of all layers of a network; plain ones come of products
// in floating point.
func signals(t *testing.T, b Build, plain bool) (all [][]float32) {
	t.Helper()
	n, err := b.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range n.Layers {
		if plain {
			l.grids.precision = Precision{Weight: Float}
		}
	}
	const images = 30
	p, x := n.NewPass(images), NewMatrix(images, n.Inputs())
	rng.New(1, "images", 0, 0).FillRange(x.Data, -1, 1)
	if err := n.Forward(context.Background(), p, x); err != nil {
		t.Fatal(err)
	}
	rng.New(2, "errors", 0, 0).FillRange(p.OutputError().Data, -1, 1)
	n.QuantiseError(p.OutputError().Data)
	n.BackOutput(p)
	for i := len(n.Layers) - 2; i >= 0; i-- {
		n.Back(p, i)
	}
	for i, l := range p.Layers {
		all = append(all, l.A.Data, l.E.Data)
		if MaxAbs(l.A.Data) == 0 || MaxAbs(l.E.Data) == 0 {
			t.Errorf("layer %d: nothing but zeros", i+1)
		}
	}
	return all
}

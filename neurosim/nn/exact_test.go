package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// gradientOf is the gradient by its definition, in whole numbers: rounded once.
func gradientOf(l *Weights, e, x Matrix, bits int) []float32 {
	steps := float64(Steps(bits))
	w := l.Window
	depth, kernels := w.depth(), l.Out/w.Groups
	sums := make([]int64, l.Out*l.In)
	for image := range e.Rows {
		for at := range w.OutHeight() * w.OutWidth() {
			for k := range l.Out {
				factor := int64(float64(e.Row(image)[at*l.Out+k]) * steps)
				for i := range l.In {
					c, pixel := i%depth, i/depth
					y := at/w.OutWidth()*w.Stride + pixel/w.KernelWidth - w.PadHeight
					z := at%w.OutWidth()*w.Stride + pixel%w.KernelWidth - w.PadWidth
					if y < 0 || y >= w.Height || z < 0 || z >= w.Width {
						continue
					}
					v := x.Row(image)[(y*w.Width+z)*w.Channels+k/kernels*depth+c]
					sums[k*l.In+i] += factor * int64(float64(v)*steps)
				}
			}
		}
	}
	list := make([]float32, len(sums))
	for i, s := range sums {
		list[i] = float32(float64(float32(s)) / (steps * steps))
	}
	return list
}

// deepLayers are convolutions over many positions: with kernels of their own for whole
// numbers and without.
func deepLayers() map[string]Layer {
	return map[string]Layer{
		"of sixteens": Conv(32, 3).Pad(1), "with a stride": Conv(16, 3).Stride(2), "of pixels": Conv(32, 1),
		"in groups": Conv(32, 3).Groups(2), "odd kernels": Conv(5, 3), "tall kernels": Conv(16, 1).Kernel(5, 1).PadBy(2, 0),
	}
}

// deepTrial returns a pass with so many images whose inputs and errors are close to the
// largest that 8 bits hold.
func deepTrial(t *testing.T, layer Layer, channels, images int) (*Network, *Pass) {
	t.Helper()
	n, err := Build{
		Net: Sequential(Image(channels, 20, 20), layer, Dense(4)), Bounded: true, Normalised: true, Seed: 3,
		Precision: Precision{Weight: 5, Gradient: 5, Activation: 8, Error: 8},
	}.New()
	if err != nil {
		t.Fatal(err)
	}
	p := n.NewPass(images)
	at := &p.Layers[0]
	at.X, at.E = NewMatrix(images, n.Inputs()), NewMatrix(images, n.Layers[0].Units())
	r := rand.New(rand.NewPCG(1, 1))
	for _, m := range []Matrix{at.X, at.E} {
		for i := range m.Data {
			m.Data[i] = float32(127-r.IntN(20)) / 128
		}
	}
	return n, p
}

// Sums of a gradient that single precision would have rounded on the way are rounded once,
// whatever they are made by.
func TestGradientsAreExact(t *testing.T) {
	const images = 4
	for name, layer := range deepLayers() {
		for _, channels := range []int{16, 32, 6} {
			t.Run(fmt.Sprintf("%s, %d channels", name, channels), func(t *testing.T) {
				n, p := deepTrial(t, layer, channels, images)
				l, at := n.Layers[0], p.Layers[0]
				want := gradientOf(l, at.E, at.X, 8)
				got, chains := NewMatrix(l.Out, l.In), NewMatrix(l.Out, l.In)
				n.Gradient(got, p, 0)
				p.nodes[n.layers[0]].step.(*weighing).gradientByShortChains(chains, at.E, at.X)
				for i, v := range want {
					if got.Data[i] != v || chains.Data[i] != v {
						t.Fatalf("sum %d is %x, by chains %x, want %x", i, got.Data[i], chains.Data[i], v)
					}
				}
			})
		}
	}
}

// What lies on no grid is summed in chains, from the first position to the last.
func TestGradientsOffTheGridAreChains(t *testing.T) {
	const images = 4
	for _, spoil := range []func(at *LayerPass){
		func(at *LayerPass) { at.X.Data[len(at.X.Data)-1] = 0.3 },
		func(at *LayerPass) { at.E.Data[len(at.E.Data)-1] = 0.3 },
	} {
		n, p := deepTrial(t, Conv(32, 1), 16, images)
		l, at := n.Layers[0], &p.Layers[0]
		spoil(at)
		got, want := NewMatrix(l.Out, l.In), NewMatrix(l.Out, l.In)
		n.Gradient(got, p, 0)
		want.TProduct(at.E.by(l.Out), at.X.by(l.In))
		for i, v := range want.Data {
			if math.Float32bits(got.Data[i]) != math.Float32bits(v) {
				t.Fatalf("sum %d is %x, want %x", i, got.Data[i], v)
			}
		}
	}
}

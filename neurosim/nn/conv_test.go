package nn

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"

	"crossbook/neurosim/internal/oracle"
)

// naive is a convolution by its definition, on images channel by channel.
func naive(l *Weights, weights, x []float32) []float32 {
	w := l.Window
	var y []float32
	kernels, depth := l.Out/w.Groups, w.Channels/w.Groups
	for k := range l.Out {
		for i := range w.OutHeight() {
			for j := range w.OutWidth() {
				var sum float64
				for c := range depth {
					for a := range w.KernelHeight {
						for b := range w.KernelWidth {
							row, column := i*w.Stride+a-w.PadHeight, j*w.Stride+b-w.PadWidth
							if row < 0 || row >= w.Height || column < 0 || column >= w.Width {
								continue
							}
							channel := k/kernels*depth + c
							sum += float64(weights[((k*depth+c)*w.KernelHeight+a)*w.KernelWidth+b]) *
								float64(x[(channel*w.Height+row)*w.Width+column])
						}
					}
				}
				y = append(y, float32(sum))
			}
		}
	}
	return y
}

func TestConvolutionByItsDefinition(t *testing.T) {
	for _, layer := range []Layer{
		Conv(5, 3), Conv(5, 1), Conv(8, 3).Pad(1), Conv(8, 3).Pad(2).Stride(2), Conv(8, 5).Pad(2).Stride(3),
		Conv(8, 3).Groups(2), Conv(8, 3).Groups(4).Pad(1).Stride(2), Conv(4, 1).Groups(4), Conv(3, 1).Stride(2),
		Conv(3, 1).Kernel(1, 7).PadBy(0, 3), Conv(3, 1).Kernel(9, 2),
	} {
		tr := newTrial(t, Sequential(Image(4, 9, 7), layer, Dense(1)), 3)
		tr.forward(t)
		l, y := tr.Layers[0], tr.pass.Layers[0].A
		for image := range 3 {
			want := naive(l, tr.ChannelsFirst(0, l.W.Data), tr.x.Row(image))
			pixels := make([]float32, len(want))
			toPixels(pixels, want, tr.nodes[1].to)
			oracle.Tolerance(2e-6).Same(t, fmt.Sprintf("%v, image %d", layer, image), y.Row(image), pixels)
		}
	}
}

// The pieces in which maps are worked on, and the processors that do so, leave no
// trace in the bits.
func TestConvolutionsDoNotDependOnProcessors(t *testing.T) {
	net := Sequential(Image(3, 40, 40),
		Conv(16, 3).Pad(1), BatchNorm(), ReLU(), MaxPool(2), Dropout(0.5), Conv(32, 3).Groups(2), GlobalPool(), Dense(4))
	var first []float32
	for _, procs := range []int{1, 2, 5} {
		func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
			tr := newTrial(t, net, 17)
			tr.backward(t)
			bits := slices.Clone(tr.pass.Output().Data)
			for i, l := range tr.Layers {
				g := NewMatrix(l.Out, l.In)
				tr.Gradient(g, tr.pass, i)
				bits = append(append(bits, g.Data...), tr.pass.Layers[i].E.Data...)
			}
			if first == nil {
				first = bits
			}
			if !slices.Equal(bits, first) {
				t.Errorf("%d processors give other bits than one", procs)
			}
		}()
	}
}

func TestSmallerPiecesGiveTheSameBits(t *testing.T) {
	var first []float32
	for _, capacity := range []int{1, 3, 8, 1000} {
		tr := newTrial(t, Sequential(Image(2, 12, 10), Conv(4, 3).Pad(1), Tanh(), Conv(6, 3).Stride(2), Dense(2)), 5)
		for _, k := range tr.layers[:2] {
			p := tr.pass.nodes[k].step.(*weighing).patches
			p.capacity = min(capacity, p.lines(5))
			p.rows = NewMatrix(p.capacity*p.OutWidth(), p.patch())
		}
		tr.backward(t)
		bits := slices.Clone(tr.pass.Output().Data)
		for i, l := range tr.Layers {
			g := NewMatrix(l.Out, l.In)
			tr.Gradient(g, tr.pass, i)
			bits = append(append(bits, g.Data...), tr.pass.Layers[i].E.Data...)
		}
		if first == nil {
			first = bits
		}
		if !slices.Equal(bits, first) {
			t.Errorf("pieces of %d lines give other bits than of one", capacity)
		}
	}
}

// The same perceptron as sizes and as layers.
func TestLayersOfAPerceptronGiveItsBits(t *testing.T) {
	a := newTrial(t, MLP(12, 9, 7, 4).Activation("tanh"), 3)
	b := newTrial(t, Sequential(Vector(12), Dense(9), Tanh(), Dense(7), Tanh(), Dense(4)), 3)
	a.backward(t)
	b.backward(t)
	if !slices.Equal(a.pass.Output().Data, b.pass.Output().Data) || !slices.Equal(a.pass.Layers[0].E.Data, b.pass.Layers[0].E.Data) {
		t.Error("they differ")
	}
}

func TestBatchesShrink(t *testing.T) {
	tr := newTrial(t, Sequential(Image(2, 6, 6), Conv(3, 3), ReLU(), MaxPool(2), Dense(2)), 5)
	tr.forward(t)
	whole := slices.Clone(tr.pass.Output().Row(1))
	for _, images := range []int{2, 5} {
		if err := tr.Forward(context.Background(), tr.pass, tr.x.Top(images)); err != nil {
			t.Fatal(err)
		}
		if got := tr.pass.Output(); got.Rows != images || !slices.Equal(got.Row(1), whole) {
			t.Errorf("%d images: %v, want %v", images, got, whole)
		}
	}
}

package nn

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/array"
	"crossbook/neurosim/rng"
)

// mixed has layers of every kind with weights: convolutions with a stride, in groups,
// of one pixel, and dense ones.
var mixed = Sequential(Image(2, 8, 8),
	Conv(6, 3).Pad(1), ReLU(), Conv(4, 3).Stride(2).Groups(2), Tanh(), Conv(5, 1), Dense(7), ReLU(), Dense(3))

// products are all that a pass multiplies: outputs, errors and gradients.
func products(t *testing.T, r Reads, training bool) (list [][]float32) {
	t.Helper()
	float := Precision{Float, Float, Float, Float}
	n, err := Build{Net: mixed, Precision: float, Seed: 5, Bounded: true, Reads: r}.New()
	if err != nil {
		t.Fatal(err)
	}
	p, x := n.NewPass(3), NewMatrix(3, n.Inputs())
	rng.New(1, "images", 0, 0).FillRange(x.Data, -1, 1)
	p.Training = training
	if err := n.Forward(context.Background(), p, x); err != nil {
		t.Fatal(err)
	}
	rng.New(1, "loss", 0, 0).FillRange(p.OutputError().Data, -1, 1)
	for i := len(n.Layers) - 2; i >= 0; i-- {
		n.Back(p, i)
	}
	for i, l := range n.Layers {
		dw := NewMatrix(l.Out, l.In)
		n.Gradient(dw, p, i)
		list = append(list, p.Layers[i].A.Data, p.Layers[i].E.Data, dw.Data)
	}
	return list
}

// The reference makes NaN of sums that are all the same: the error says so, and the same
// arrays without the reference read on.
func TestSumsThatAreAllTheSame(t *testing.T) {
	for reference, want := range map[array.Reference]string{
		"": "<nil>",
		array.V21: `nn: layer 1, "dense 3": a number is not finite: output 0 of image 0 is NaN: inputs and weights are finite; ` +
			`reads by Reference "v2.1" make NaN of a converter's sums that are all the same, reads without it do not`,
	} {
		reads := Reads{Array: array.Config{Rows: 4, WeightBits: 6, InputBits: 8, ADCBits: 4, Phases: "test"}, OnOff: 10, Reference: reference}
		n, err := Build{Net: MLP(4, 3), Seed: 1, Bounded: true, Reads: reads}.New()
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(n.Forward(context.Background(), n.NewPass(2), NewMatrix(2, 4))); got != want {
			t.Errorf("Reference %q: %s, want %s", reference, got, want)
		}
	}
}

// difference is the largest between two lists, in units of the largest of each part.
func difference(a, b [][]float32) (largest float64) {
	for i := range a {
		for j, v := range a[i] {
			largest = max(largest, math.Abs(float64(v-b[i][j]))/float64(MaxAbs(b[i])))
		}
	}
	return largest
}

// Arrays that only divide the sums give the products of matrices in every phase, of
// dense layers and of convolutions in groups; converters change them in their phases.
func TestProductsOnArrays(t *testing.T) {
	want := products(t, Reads{}, true)
	sums := array.Config{Rows: 10, Cols: 3, Phases: "all"}
	if d := difference(products(t, Reads{Array: sums, OnOff: 10}, true), want); d > 1e-5 || d == 0 {
		t.Errorf("divided sums are %g off", d)
	}
	for _, c := range []struct {
		phases   string
		training bool
		same     []int // of outputs, errors, gradients
	}{
		{"train", false, []int{0, 1, 2}},
		{"test", true, []int{0, 1, 2}},
		{"error", true, []int{0}},
		{"gradient", true, []int{0, 1}},
		{"train", true, nil},
	} {
		got := products(t, Reads{Array: array.Config{ADCBits: 4, Phases: c.phases}}, c.training)
		for kind, name := range []string{"outputs", "errors", "gradients"} {
			same, differ := true, false
			for i := kind; i < len(got); i += 3 {
				d := difference(got[i:i+1], want[i:i+1])
				same, differ = same && d == 0, differ || d > 1e-3
			}
			if unchanged := slices.Contains(c.same, kind); unchanged && !same || !unchanged && !differ {
				t.Errorf("converters in %q, training %v: %s the same %v, differ %v", c.phases, c.training, name, same, differ)
			}
		}
	}
}

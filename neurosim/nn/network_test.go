package nn

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/rng"
)

// The activation quantiser forward and backward, in the four settings of the
// reference: 8/8, off/8, 4/4 and 8/off bits.
func TestActivationQuantiserAgainstReference(t *testing.T) {
	ref := oracle.Load(t, "testdata/act_error.json.gz")
	for i, p := range []Precision{{Activation: 8, Error: 8}, {Activation: Float, Error: 8}, {Activation: 4, Error: 4}, {Activation: 8, Error: Float}} {
		name := func(what string) string { return fmt.Sprintf("a%d_%s", i, what) }
		x := ref.Float32(t, name("x"))
		rows, cols := 9, 13
		// Two layers: the identity, so that x itself is quantised, and the
		// identity again, so that the upstream gradient reaches it unchanged.
		p.Weight = Float
		net, err := Build{
			Net: MLP(cols, cols, cols).Activation("linear"), Precision: p, Normalised: p.Error < Float,
		}.New()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range net.Layers {
			clear(l.W.Data)
			for j := range cols {
				l.W.Row(j)[j] = 1
			}
			l.Refresh()
		}
		pass := net.NewPass(rows)
		if err := net.Forward(context.Background(), pass, Matrix{rows, cols, x}); err != nil {
			t.Fatal(err)
		}
		oracle.Exact.Same(t, name("y"), pass.Layers[0].A.Data, ref.Float32(t, name("y")))
		copy(pass.Layers[1].E.Data, ref.Float32(t, name("up")))
		net.Back(pass, 0)
		oracle.Exact.Same(t, name("grad"), pass.Layers[0].E.Data, ref.Float32(t, name("grad")))
	}
}

func TestInitialRangeAgainstReference(t *testing.T) {
	count := 0
	for _, row := range oracle.Rows(t, "testdata/init_scale.csv") {
		count++
		fanIn, bits := int(oracle.Number(t, row["fan_in"])), int(oracle.Number(t, row["bits"]))
		of := map[string]func(fanIn, bits int) (limit, scale float32){"V2.1": InitialRange, "V1.4": InitialRangeV14}
		limit, scale := of[row["version"]](fanIn, bits)
		wantLimit, wantScale := float32(oracle.Number(t, row["uniform_limit"])), float32(oracle.Number(t, row["scale"]))
		if math.Abs(float64(limit-wantLimit)) > 1e-6*float64(wantLimit) || scale != wantScale {
			t.Errorf("%s, fan-in %d, %d bits: %g, scale %g; want %g, scale %g", row["version"], fanIn, bits, limit, scale, wantLimit, wantScale)
		}
	}
	if count < 100 {
		t.Errorf("only %d cases", count)
	}
}

func TestInitialWeightsStayInRange(t *testing.T) {
	for _, unclipped := range []bool{false, true} {
		net, err := Build{
			Net: MLP(100, 50, 10), Seed: 1, Bounded: true, Unclipped: unclipped,
			Precision: Precision{Weight: 5, Gradient: 5, Activation: 8, Error: 8},
		}.New()
		if err != nil {
			t.Fatal(err)
		}
		largest := MaxAbs(net.Layers[0].W.Data)
		if unclipped && largest < 1.4 || !unclipped && largest != 15.0/16 {
			t.Errorf("unclipped %v: weights to %g", unclipped, largest)
		}
	}
}

func TestProducts(t *testing.T) {
	a, b := randomMatrix(70, 130, 1), randomMatrix(130, 90, 2)
	want := NewMatrix(70, 90)
	for i := range 70 {
		for j := range 90 {
			for k := range 130 {
				want.Row(i)[j] += a.Row(i)[k] * b.Row(k)[j]
			}
		}
	}
	got := NewMatrix(70, 90)
	got.Product(a, b)
	oracle.Tolerance(1e-5).Same(t, "a b", got.Data, want.Data)
	got.ProductT(a, transpose(b))
	oracle.Tolerance(1e-5).Same(t, "a bT", got.Data, want.Data)
	got.TProduct(transpose(a), b)
	oracle.Tolerance(1e-5).Same(t, "aT b", got.Data, want.Data)
}

func TestProductsDoNotDependOnProcessors(t *testing.T) {
	a, b := randomMatrix(200, 784, 1), randomMatrix(256, 784, 2)
	results := map[int][]float32{}
	for _, procs := range []int{1, 2, 4, 7} {
		func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
			c, d, e := NewMatrix(200, 256), NewMatrix(256, 784), NewMatrix(200, 784)
			c.ProductT(a, b)
			d.TProduct(c, a)
			e.Product(c, b)
			results[procs] = slices.Concat(c.Data, d.Data, e.Data)
		}()
		if !slices.Equal(results[procs], results[1]) {
			t.Errorf("%d processors give other bits than one", procs)
		}
	}
}

func TestLosses(t *testing.T) {
	o := Matrix{2, 3, []float32{1, 2, 3, 0.5, -0.25, 0}}
	labels := []uint8{2, 1}
	for name, loss := range map[string]func(e, o Matrix, labels []uint8) float64{"squares": Squares, "cross-entropy": CrossEntropy} {
		e, scratch := NewMatrix(2, 3), NewMatrix(2, 3)
		loss(e, o, labels)
		for i := range o.Data {
			const h = 1e-2
			keep := o.Data[i]
			o.Data[i] = keep + h
			up := loss(scratch, o, labels)
			o.Data[i] = keep - h
			down := loss(scratch, o, labels)
			o.Data[i] = keep
			if slope := (up - down) / (2 * h); math.Abs(slope-float64(e.Data[i])) > 1e-4 {
				t.Errorf("%s: gradient %d is %g, the slope %g", name, i, e.Data[i], slope)
			}
		}
	}
}

func TestSlopesOfActivations(t *testing.T) {
	for name, f := range activations {
		a := []float32{-2, -0.7, 0.3, 1.9}
		gate := []float32{1, 1, 1, 1}
		f.gate(gate, a)
		for i := range a {
			const h = 1e-2
			var y [2]float32
			f.apply(y[:], []float32{a[i] + h, a[i] - h})
			if slope := (y[0] - y[1]) / (2 * h); math.Abs(float64(slope-gate[i])) > 1e-3 {
				t.Errorf("%s at %g: %g, the slope is %g", name, a[i], gate[i], slope)
			}
		}
	}
}

func randomMatrix(rows, cols, layer int) Matrix {
	m := NewMatrix(rows, cols)
	rng.New(1, "test", layer, 0).FillRange(m.Data, -1, 1)
	for i := range m.Data {
		m.Data[i] /= 8
	}
	return m
}

func transpose(m Matrix) Matrix {
	t := NewMatrix(m.Cols, m.Rows)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			t.Row(j)[i] = v
		}
	}
	return t
}

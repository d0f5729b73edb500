package train

import (
	"context"
	"fmt"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// silent is errors or inputs of a batch, in which many columns are zero.
func silent(m nn.Matrix, what string, step int) {
	s := rng.New(5, what, 0, step)
	s.FillNormal(m.Data, 0)
	for j := range m.Cols {
		if s.Float32(uint64(len(m.Data)+j)) < 0.8 {
			for i := range m.Rows {
				m.Row(i)[j] = 0
			}
		}
	}
}

// Velocities that fade where there is no gradient are, to the bit, those that take it
// whole, with its zeros; and so are the weights. Rows of a gradient are parts, or several
// are one.
func TestVelocityFades(t *testing.T) {
	for _, s := range []struct {
		columns, rows int
		Settings
	}{
		{300, 97, Settings{}},
		{20, 450, Settings{}},
		{300, 97, Settings{PlainMomentum: true}},
		{300, 97, Settings{Momentum: 0.5}}, // which is soon below all normal numbers
	} {
		t.Run(fmt.Sprintf("%d x %d, momentum %g", s.rows, s.columns, s.Momentum), func(t *testing.T) {
			j := Job{
				Net: nn.MLP(s.columns, s.rows), Device: device.Analog{Levels: 64, CycleToCycle: 0.01},
				Data: random([3]int{1, 1, s.columns}, 16), Settings: s.Settings,
			}
			j.Data.Classes = s.rows
			train, err := j.start(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			l, o := lone(j, train.net.Layers[0].W.Data, s.columns)
			other := train.optimisers[0].(*inSitu)
			same := func(what string, a, b []float32) {
				t.Helper()
				oracle.Exact.Same(t, what, a, b)
			}
			left := 0
			for step := range 250 {
				pass := train.pass.Layers[0]
				silent(pass.E, "errors", step)
				silent(pass.X, "inputs", step)
				g, dw := nn.NewMatrix(s.rows, s.columns), nn.NewMatrix(s.rows, s.columns)
				train.net.Gradient(g, train.pass, 0)
				live := train.net.LiveGradient(dw, train.pass, 0)
				if err := other.step(train.net.Layers[0], &live, step); err != nil {
					t.Fatal(err)
				}
				if err := o.step(l, whole(g.Data), step); err != nil {
					t.Fatal(err)
				}
				for _, p := range other.velocity.parts {
					if p.faded < len(other.velocity.factors) {
						left++
					}
				}
				if step%100 == 50 { // as a state is kept
					same("velocities", other.velocity.settled(), o.velocity.settled())
				}
			}
			same("weights", train.net.Layers[0].W.Data, l.W.Data)
			same("weights as they are seen", train.net.Layers[0].Seen().Data, l.Seen().Data)
			same("velocities", other.velocity.settled(), o.velocity.settled())
			if left == 0 {
				t.Error("no part was ever left alone")
			}
		})
	}
}

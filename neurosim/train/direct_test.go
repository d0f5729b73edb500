package train

import (
	"context"
	"math"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/nn"
)

// The rules' equations, written out on a linear network, where f' is 1.
func TestDirectRulesByTheirEquations(t *testing.T) {
	b := newBench(t, nn.MLP(6, 7, 5, 3).Activation("linear"))
	b.forward(t)
	e := b.pass.Layers[2].E
	b.pass.Share = 0.25
	for _, c := range []struct {
		rule   Rule
		signal func(row, class int) float64 // what B projects
	}{
		{SDFA{}, func(row, class int) float64 { return math.Copysign(0.25, float64(e.Row(row)[class])) }},
		{DRTP{}, func(row, class int) float64 {
			if int(b.labels[row]) == class {
				return -0.25
			}
			return 0
		}},
	} {
		if err := c.rule.Start(b.net, 4).Errors(context.Background(), b.net, b.pass); err != nil {
			t.Fatal(err)
		}
		feedback := kaiming("", 0).draw(b.net, 4)
		for i, f := range feedback {
			want := make([]float32, 0, 4*f.Rows)
			for row := range 4 {
				for unit := range f.Rows {
					var sum float64
					for class, w := range f.Row(unit) {
						sum += float64(w) * c.signal(row, class)
					}
					want = append(want, float32(sum))
				}
			}
			oracle.Tolerance(1e-6).Same(t, c.rule.Name(), b.pass.Layers[i].E.Data, want)
		}
	}
}

// Errors of signs do not depend on the size of the output error, targets not on
// the error at all.
func TestWhatDirectRulesLookAt(t *testing.T) {
	for _, rule := range []Rule{SDFA{}, DRTP{}} {
		b := newBench(t, nn.MLP(6, 7, 3).Activation("tanh"))
		b.forward(t)
		hidden := func(change func(float32) float32) []float32 {
			e := b.pass.Layers[1].E.Data
			for k := range e {
				e[k] = change(e[k])
			}
			if err := rule.Start(b.net, 4).Errors(context.Background(), b.net, b.pass); err != nil {
				t.Fatal(err)
			}
			return append([]float32{}, b.pass.Layers[0].E.Data...)
		}
		plain := hidden(func(x float32) float32 { return x })
		oracle.Exact.Same(t, rule.Name()+": three times the error", hidden(func(x float32) float32 { return 3 * x }), plain)
		if blind := equal(hidden(func(x float32) float32 { return -x }), plain); blind != (rule == DRTP{}) {
			t.Errorf("%s: blind to the sign of the error: %v", rule.Name(), blind)
		}
	}
}

func TestRangesOfDirectFeedback(t *testing.T) {
	b := newBench(t, nn.MLP(20, 400, 3))
	for _, c := range []struct {
		rule DFA
		want float64
	}{
		{DFA{}, math.Sqrt(6.0 / 403)},
		{kaiming("", 0), math.Sqrt(6.0 / 400)},
		{kaiming(Xavier, 0), math.Sqrt(6.0 / 403)},
		{DFA{Feedback: Classes}, 1 / math.Sqrt(3)},
		{DFA{Feedback: FanIn}, 1 / math.Sqrt(20)},
		{kaiming("", 2), 2},
	} {
		m := float64(nn.MaxAbs(c.rule.draw(b.net, 1)[0].Data))
		// The largest of 1200 uniform numbers is within a hundredth of the bound.
		if m > c.want*(1+1e-6) || m < 0.99*c.want {
			t.Errorf("%+v: the largest feedback weight is %g, want %g", c.rule, m, c.want)
		}
	}
}

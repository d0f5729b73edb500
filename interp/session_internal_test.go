package interp

import (
	"context"
	"testing"
	"time"

	"crossbook/interp/symbols"
)

// TestDeadVersions runs the same cells over and over: the session must keep no
// entity that nothing refers to any more.
func TestDeadVersions(t *testing.T) {
	library := symbols.Library()
	s, err := New(Options{Library: library, Prelude: library.Prelude()})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	after := 0
	for i := range 30 {
		for _, code := range []string{
			"type Net struct{ w []float64 }\nfunc (n *Net) Sum() (s float64) { for _, w := range n.w { s += w }; return }",
			"func pair[T any](a, b T) []T { return []T{a, b} }",
			"const k = 3\nfunc use(n *Net) float64 { return k * n.Sum() }",
			"net := &Net{pair(1.0, 2.0)}\nx, err := use(net), error(nil)",
			"y := x + 1\nz := \"text\"",
			"z := 3\nz",
		} {
			if _, err := s.Run(ctx, i, code); err != nil {
				t.Fatal(err)
			}
		}
		if i == 1 {
			after = len(s.world.Entities)
		}
	}
	if len(s.world.Entities) > after {
		t.Errorf("%d entities after 2 rounds, %d after 30", after, len(s.world.Entities))
	}
	if len(s.world.Copies) > 4 {
		t.Errorf("%d instances of one generic function", len(s.world.Copies))
	}
}

package interp_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"crossbook/interp"
	"crossbook/interp/symbols"
	"crossbook/kernel/display"
)

// deliver has the session call what a cell has registered for a comm's target.
func deliver(ctx context.Context, s *interp.Session, target string) error {
	return s.Call(ctx, 7, display.Deliver(display.CommMessage{Kind: "open", ID: target, Target: target, Data: map[string]any{"n": 2.0}}))
}

func TestCall(t *testing.T) {
	library := symbols.Library()
	var out bytes.Buffer
	s, err := interp.New(interp.Options{Library: library, Prelude: library.Prelude(), Print: &out})
	if err != nil {
		t.Fatal(err)
	}
	const cell = `
total := 0.0
nb.OnComm("add", func(c *nb.Comm, m nb.CommMessage) {
	total += m.Data["n"].(float64)
	fmt.Println("total", total)
})
nb.OnComm("fail", func(c *nb.Comm, m nb.CommMessage) { panic("no " + m.Target) })
nb.OnComm("loop", func(c *nb.Comm, m nb.CommMessage) { for { total++ } })
`
	if _, err := s.Run(t.Context(), 1, cell); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := deliver(t.Context(), s, "add"); err != nil {
			t.Fatal(err)
		}
	}
	if got := out.String(); got != "total 2\ntotal 4\n" {
		t.Errorf("printed %q", got)
	}
	if err := deliver(t.Context(), s, "fail"); err == nil || !strings.Contains(err.Error(), "no fail") {
		t.Errorf("a panic: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := deliver(ctx, s, "loop"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("an endless loop: %v", err)
	}
	if err := deliver(t.Context(), s, "add"); err != nil {
		t.Errorf("after the interrupt: %v", err)
	}
	if _, err := s.Run(t.Context(), 2, "total = 1"); err != nil {
		t.Error(err)
	}
}

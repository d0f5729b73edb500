package interp_test

import (
	"context"
	"slices"
	"testing"
)

// TestWhileRunning asks what may be asked while a cell runs.
func TestWhileRunning(t *testing.T) {
	n := newNotebook(t)
	n.must(t, "func f() {}\nx, y := 1, 2\ntype T int\nconst k = 1")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	ended := make(chan error)
	go func() {
		_, err := n.Run(ctx, 2, "<-ctx.Done()")
		ended <- err
	}()
	if status, _ := n.IsComplete("x"); status != "complete" {
		t.Errorf("IsComplete while a cell runs: %s", status)
	}
	if names := n.Names(); !slices.Equal(names, []string{"T", "f", "k", "x", "y"}) {
		t.Errorf("Names() = %v", names)
	}
	cancel()
	<-ended
}

package interp_test

import (
	"context"
	"slices"
	"testing"
)

func TestIsComplete(t *testing.T) {
	cases := []struct{ code, status, indent string }{
		{"", "complete", ""},
		{"x := 1", "complete", ""},
		{"x := 1\nx + 2", "complete", ""},
		{"func f() {", "incomplete", "\t"},
		{"func f() {\n\tif x {", "incomplete", "\t\t"},
		{"func f() {\n}", "complete", ""},
		{"f(1,", "incomplete", "\t"},
		{"x := `abc", "incomplete", ""},
		{"/* comment", "incomplete", ""},
		{"x :=", "incomplete", ""},
		{"x +", "incomplete", ""},
		{"for i := 0; i < 3; i++", "incomplete", ""},
		{"import", "incomplete", ""},
		{"import \"fmt\"\nfmt.Println(1)", "complete", ""},
		{"x := \"abc", "invalid", ""},
		{"x := 1)", "invalid", ""},
		{"x := := 1", "invalid", ""},
		{"}", "invalid", ""},
	}
	n := newNotebook(t)
	for _, c := range cases {
		if status, indent := n.IsComplete(c.code); status != c.status || indent != c.indent {
			t.Errorf("IsComplete(%q) = %s, %q; want %s, %q", c.code, status, indent, c.status, c.indent)
		}
	}
}

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

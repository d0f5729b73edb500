package interp_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"crossbook/interp"
)

func TestTraceback(t *testing.T) {
	cases := []struct{ code, want string }{
		{"x := 1\n\tfoo(x)", "cell [1]:2:2: undefined: foo\n\tfoo(x)\n\t^"},
		{"var x int = \"a\"", "cell [1]:1:13: cannot use \"a\" (untyped string constant) as int value in variable declaration\nvar x int = \"a\"\n            ^"},
		{"if true {\n\tx := \n}", "cell [1]:3:1: expected operand, found '}'\n}\n^"},
		{"fmt.Printl(1)", "cell [1]:1:5: undefined: fmt.Printl\nfmt.Printl(1)\n    ^"},
		{"func f() {}\nfunc f() {}", "cell [1]:2:6: f redeclared in this block\nfunc f() {}\n     ^"},
	}
	for _, c := range cases {
		_, err := newNotebook(t).cell(c.code)
		var e *interp.Error
		if !errors.As(err, &e) || e.Kind() != interp.CompileError {
			t.Errorf("%s\nerror %v, want a CompileError", c.code, err)
			continue
		}
		if got := strings.Join(e.Traceback(), "\n"); got != c.want {
			t.Errorf("%s\n got\n%s\nwant\n%s", c.code, got, c.want)
		}
	}
}

// TestErrorChain: the error of a panic is in the chain of the cell's.
func TestErrorChain(t *testing.T) {
	n := newNotebook(t)
	if _, err := n.cell("panic(fmt.Errorf(\"in a cell: %w\", os.ErrNotExist))"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v has not os.ErrNotExist in its chain", err)
	}
}

// TestDeadline: a cell that runs out of time says so.
func TestDeadline(t *testing.T) {
	n := newNotebook(t)
	ctx, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()
	_, err := n.Run(ctx, 1, "for {}")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want context.DeadlineExceeded", err)
	}
}

func TestNoLibrary(t *testing.T) {
	if _, err := interp.New(interp.Options{}); err == nil {
		t.Error("New without a library gave no error")
	}
}

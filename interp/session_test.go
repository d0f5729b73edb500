package interp_test

import (
	"context"
	"io"
	"os"
	"testing"
	"time"

	"crossbook/interp"
	"crossbook/interp/symbols"
)

// notebook is a session whose output a test can read.
type notebook struct {
	*interp.Session
	out   *os.File
	count int
}

func newNotebook(t testing.TB) *notebook {
	t.Helper()
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	library := symbols.Library()
	s, err := interp.New(interp.Options{Library: library, Prelude: library.Prelude(), Stdout: out, Stderr: out})
	if err != nil {
		t.Fatal(err)
	}
	return &notebook{Session: s, out: out}
}

const patience = 20 * time.Second

// cell runs a cell, which must end in good time.
func (n *notebook) cell(code string) ([]any, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	n.count++
	return n.Run(ctx, n.count, code)
}

// must runs a cell that must not fail.
func (n *notebook) must(t testing.TB, code string) []any {
	t.Helper()
	values, err := n.cell(code)
	if err != nil {
		t.Fatalf("%s\n%v", code, err)
	}
	return values
}

// printed returns what the cells have printed since the last call.
func (n *notebook) printed(t testing.TB) string {
	t.Helper()
	if _, err := n.out.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(n.out)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.out.Truncate(0); err != nil {
		t.Fatal(err)
	}
	if _, err := n.out.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	return string(b)
}

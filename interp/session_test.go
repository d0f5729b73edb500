package interp_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"crossbook/interp"
	"crossbook/interp/packages"
	"crossbook/interp/symbols"
)

// notebook is a session whose output a test can read.
type notebook struct {
	*interp.Session
	out   *os.File
	read  int // bytes of out that printed has returned
	count int
}

func newNotebook(t testing.TB) *notebook {
	t.Helper()
	return openNotebook(t, symbols.Library())
}

func openNotebook(t testing.TB, library packages.Library) *notebook {
	t.Helper()
	out, err := os.OpenFile(filepath.Join(t.TempDir(), "out"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	s, err := interp.New(interp.Options{Library: library, Prelude: symbols.Library().Prelude(), Stdout: out, Stderr: out})
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
	text, err := os.ReadFile(n.out.Name())
	if err != nil {
		t.Fatal(err)
	}
	fresh := text[n.read:]
	n.read = len(text)
	return string(fresh)
}

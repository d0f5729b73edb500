package run_test

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"testing"
	"time"

	"crossbook/interp/naming"
	"crossbook/interp/packages"
	"crossbook/interp/run"
	"crossbook/interp/symbols"
)

const patience = 20 * time.Second

func newMachine(t *testing.T) *run.Machine {
	t.Helper()
	library := symbols.Library()
	m, err := run.New(run.Config{
		Library: library, Importer: packages.NewImporter(library, token.NewFileSet()), Stdout: os.Stdout, Stderr: os.Stderr,
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// cell is lowered declarations and statements.
type cell struct{ declarations, statements string }

func (c cell) execute(ctx context.Context, t *testing.T, m *run.Machine) ([]any, error) {
	t.Helper()
	text := "package main\n\n" + c.declarations + "\n\nfunc cell__() {\n" + c.statements + "\n}\n\nfunc init() { p_crossbook_session.Run(cell__) }\n"
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			id.NamePos = naming.EmittedPlace
		}
		return true
	})
	program, err := m.Load(file, map[string]bool{naming.Support: true, "time": true, "os": true})
	if err != nil {
		t.Fatal(err)
	}
	return m.Execute(ctx, program)
}

func TestExecute(t *testing.T) {
	m := newMachine(t)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	got, err := cell{"var x int", "x = 20\np_crossbook_session.Show(x+1, \"text\")"}.execute(ctx, t, m)
	if err != nil || !slices.Equal(got, []any{21, "text"}) {
		t.Errorf("shown %v, %v", got, err)
	}
	got, err = cell{"func twice(n int) int { return 2 * n }", "p_crossbook_session.ShowChecked(twice(x), nil)"}.execute(ctx, t, m)
	if err != nil || !slices.Equal(got, []any{40}) {
		t.Errorf("a later file shows %v, %v", got, err)
	}
	if v, ok := m.Globals()["x"]; !ok || v.Int() != 20 {
		t.Errorf("variable x is %v, %v", v, ok)
	}
}

func TestFailure(t *testing.T) {
	m := newMachine(t)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err := cell{"func index(s []int, i int) int {\n\tline__ = 7*1048576 + 3\n\treturn s[i]\n}", "step__ = 5\n_ = index([]int{1}, 2)"}.execute(ctx, t, m)
	var f *run.Failure
	if !errors.As(err, &f) {
		t.Fatalf("error %v, want a Failure", err)
	}
	if f.Error() != "panic: runtime error: index out of range [2] with length 1" || !slices.Equal(f.Calls, []string{"index", "cell__"}) || f.Cell != 7 || f.Line != 3 || f.Step != 5 {
		t.Errorf("%v in %v, marked %d:%d, statement at %d", f, f.Calls, f.Cell, f.Line, f.Step)
	}
	_, err = cell{"", "p_os.Exit(3)"}.execute(ctx, t, m)
	if !errors.As(err, &f) || f.Value != run.Exit(3) {
		t.Errorf("after os.Exit(3): %v", err)
	}
}

// TestInterrupt stops code that sleeps, waits for a channel or counts without end,
// after which other code runs.
func TestInterrupt(t *testing.T) {
	m := newMachine(t)
	for _, endless := range []string{"p_time.Sleep(1000000000000)", "<-make(chan int)", "for {\n}"} {
		ctx, cancel := context.WithCancelCause(context.Background())
		cause := errors.New("no more")
		time.AfterFunc(10*time.Millisecond, func() { cancel(cause) })
		_, err := cell{"", endless}.execute(ctx, t, m)
		var f *run.Failure
		if !errors.As(err, &f) || f.Cause != cause || f.Err != context.Canceled {
			t.Errorf("%s: %v", endless, err)
		}
		rest, done := context.WithTimeout(context.Background(), patience)
		if got, err := (cell{"", "p_crossbook_session.Show(1)"}).execute(rest, t, m); err != nil || len(got) != 1 {
			t.Errorf("after %s: %v, %v", endless, got, err)
		}
		done()
	}
}

// TestCall runs compiled code as if it were a cell's.
func TestCall(t *testing.T) {
	m := newMachine(t)
	ran := false
	if err := m.Call(context.Background(), func() { ran = true }); err != nil || !ran {
		t.Errorf("ran %v, %v", ran, err)
	}
	var f *run.Failure
	if err := m.Call(context.Background(), func() { panic("no") }); !errors.As(err, &f) || f.Value != any("no") {
		t.Errorf("panic in compiled code: %v", err)
	}
	if !m.Idle() {
		t.Error("a goroutine is left")
	}
}

package install

import (
	"strings"
	"testing"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// calculator answers every cell with one value, or one error.
type calculator struct {
	kernel.Interpreter
	value string
	err   *kernel.Error
}

func (c calculator) Execute(_ kernel.Cell, out display.Sink) kernel.Reply {
	out(display.Result{Bundle: display.Bundle{Data: map[string]any{"text/plain": c.value}}})
	return kernel.Reply{Err: c.err}
}

func (calculator) Close() error { return nil }

func TestEngineCheck(t *testing.T) {
	for _, c := range []struct {
		engine  calculator
		problem string
	}{
		{calculator{value: "42"}, ""},
		{calculator{value: "41"}, `6 * 7 is "41"`},
		{calculator{err: &kernel.Error{Name: "EngineFailed", Value: "no memory"}}, "EngineFailed: no memory"},
	} {
		_, err := EngineCheck(func() (kernel.Interpreter, error) { return c.engine, nil }).Run()
		if c.problem == "" && err != nil || c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)) {
			t.Errorf("error %v, want %q", err, c.problem)
		}
	}
}

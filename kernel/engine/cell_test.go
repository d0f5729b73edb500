package engine

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"crossbook/kernel"

	"github.com/google/go-cmp/cmp"
)

// interruptedError is how a language reports an interrupt with the place.
type interruptedError struct{ error }

func (interruptedError) Kind() string        { return "Interrupted" }
func (interruptedError) Traceback() []string { return []string{"In [3], line 2"} }
func (e interruptedError) Unwrap() error     { return e.error }

func TestCellError(t *testing.T) {
	alive := context.Background()
	cancelled, cancel := context.WithCancel(alive)
	cancel()
	partial := fmt.Errorf("train: epoch 3: %w", context.Canceled)
	for _, test := range []struct {
		name string
		ctx  context.Context
		err  error
		want *kernel.Error
	}{
		{"no error", cancelled, nil, nil},
		{"plain", alive, errors.New("bad"), &kernel.Error{Name: "Error", Value: "bad", Traceback: []string{"Error: bad"}}},
		{"interrupted", cancelled, context.Canceled, &kernel.Error{Name: "Interrupted", Value: "the cell was interrupted", Traceback: []string{"Interrupted: the cell was interrupted"}}},
		{"interrupted inside a call", cancelled, partial, &kernel.Error{Name: "Interrupted", Value: partial.Error(), Traceback: []string{"Interrupted: " + partial.Error()}}},
		{"told with its place", cancelled, interruptedError{partial}, &kernel.Error{Name: "Interrupted", Value: partial.Error(), Traceback: []string{"In [3], line 2"}}},
		{"another context's end", alive, context.Canceled, &kernel.Error{Name: "Error", Value: "context canceled", Traceback: []string{"Error: context canceled"}}},
		{"its own error after an interrupt", cancelled, errors.New("bad"), &kernel.Error{Name: "Error", Value: "bad", Traceback: []string{"Error: bad"}}},
	} {
		if diff := cmp.Diff(test.want, cellError(test.ctx, test.err)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// TestPanicError: what was thrown on purpose shows no stack, what broke does.
func TestPanicError(t *testing.T) {
	thrown := guarded(func() *kernel.Error { panic(errors.New("neurosim: no layers")) })
	if diff := cmp.Diff(&kernel.Error{Name: "Panic", Value: "neurosim: no layers", Traceback: []string{"Panic: neurosim: no layers"}}, thrown); diff != "" {
		t.Error(diff)
	}
	var list []int
	broken := guarded(func() *kernel.Error { list[3] = 1; return nil })
	if broken.Value != "runtime error: index out of range [3] with length 0" || len(broken.Traceback) < 3 || len(broken.Traceback) > 22 {
		t.Errorf("%+v", broken)
	}
}

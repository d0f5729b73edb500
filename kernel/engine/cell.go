package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// run executes one cell, or what a comm calls, in the child and sends its end, with
// the result: a frame of its own would wake the parent's readers once more.
func (s *server) run(f *frame, ctx context.Context) {
	s.origins.enter(f.ID, s.forget)
	s.stdin.renew()
	s.emit(&frame{Kind: kindBegin, ID: f.ID})
	ended := make(chan struct{})
	defer close(ended)
	go s.serveInput(ctx, ended, f.Input)
	end := &frame{Kind: kindEnd, ID: f.ID}
	end.Error = guarded(func() *kernel.Error {
		if f.Kind == kindComm {
			return s.deliver(ctx, f)
		}
		values, err := s.session.Run(ctx, f.Count, f.Code)
		if !f.Silent {
			end.Result = shown(values)
		}
		return cellError(ctx, err)
	})
	end.Names = s.names()
	s.emit(end)
}

// forget tells the parent that nothing more comes of a run.
func (s *server) forget(run uint64) {
	_ = s.events.write(&frame{Kind: kindForget, ID: run}) // fails only when the parent is gone
}

// shown is how the value of the cell is shown, nil when it is not. Several values, the
// results of one call, are one result: their texts in a row, or one below the other
// when one of them has several lines. Of those with more than a text the first is
// shown rich.
func shown(values []any) *display.Result {
	var texts []string
	result := display.Bundle{Data: map[string]any{}}
	for _, v := range values {
		bundle := display.Render(v)
		text, ok := bundle.Data["text/plain"].(string)
		if !ok {
			continue // it shows nothing
		}
		texts = append(texts, text)
		if len(result.Data) == 0 || len(bundle.Data) > 1 && len(result.Data) == 1 {
			result = bundle
		}
	}
	if len(texts) == 0 {
		return nil
	}
	between := " "
	if strings.Contains(strings.Join(texts, ""), "\n") {
		between = "\n"
	}
	result.Data["text/plain"] = strings.Join(texts, between)
	return &display.Result{Bundle: result}
}

// names asks the session what it holds; a failure there is no failure of the
// cell.
func (s *server) names() (names []string) {
	_ = guarded(func() *kernel.Error {
		names = s.session.Names()
		return nil
	})
	return names
}

// guarded calls what on a goroutine of its own and gives its error; a panic in
// it, or an end of the goroutine, is an error too.
func guarded(what func() *kernel.Error) (failure *kernel.Error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		returned := false
		defer func() {
			switch p := recover(); {
			case p != nil:
				failure = panicError(p, debug.Stack())
			case !returned:
				failure = &kernel.Error{Name: "Goexit", Value: "the cell ended its goroutine"}
				failure.Traceback = []string{failure.Name + ": " + failure.Value}
			}
		}()
		failure = what()
		returned = true
	}()
	<-done
	return failure
}

func panicError(p any, stack []byte) *kernel.Error {
	text := fmt.Sprint(p) // survives a String method that panics
	e := &kernel.Error{Name: "Panic", Value: oneLine(text)}
	e.Traceback = append([]string{"Panic: " + text}, frames(p, stack)...)
	return e
}

// frames are the calls that led to a panic. An error that was thrown on purpose
// has none to show.
func frames(p any, stack []byte) []string {
	_, broke := p.(runtime.Error)
	if _, thrown := p.(error); thrown && !broke {
		return nil
	}
	const most = 20
	lines := strings.Split(strings.TrimSpace(string(stack)), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") {
			lines = lines[min(i+2, len(lines)):] // what the recovery itself adds
			break
		}
	}
	if len(lines) > most {
		lines = append(lines[:most:most], "...")
	}
	return lines
}

// cellError is the error of a cell whose Run gave err; nil for nil.
func cellError(ctx context.Context, err error) *kernel.Error {
	if err == nil {
		return nil
	}
	e := &kernel.Error{Name: "Error", Value: oneLine(err.Error())}
	var told CellError
	if errors.As(err, &told) {
		e.Name, e.Traceback = told.Kind(), told.Traceback()
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		e.Name = "Interrupted"
		if err.Error() == context.Canceled.Error() {
			e.Value = "the cell was interrupted"
		}
	}
	if len(e.Traceback) == 0 {
		e.Traceback = []string{e.Name + ": " + e.Value}
	}
	return e
}

// oneLine joins the lines of text.
func oneLine(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "; ")
}

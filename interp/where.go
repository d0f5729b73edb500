package interp

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"slices"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/run"
	"crossbook/interp/split"
	"crossbook/interp/value"
)

// failed makes the error of a cell that did not end as it should.
func (s *Session) failed(src split.Source, err error) error {
	var f *run.Failure
	if !errors.As(err, &f) {
		return err
	}
	if f.Cause != nil {
		e := &Error{kind: Interrupted, message: "interrupted", cause: f.Cause}
		if f.Cause != context.Canceled {
			e.message += ": " + f.Cause.Error()
		}
		if f.Cause != f.Err {
			e.cause = fmt.Errorf("%w: %w", f.Err, f.Cause)
		}
		e.trace = append([]string{e.message}, s.where(src, f)...)
		return e
	}
	e := &Error{kind: Panic, message: naming.Plain(value.PanicText(f.Value))}
	e.cause, _ = f.Value.(error)
	head := "panic: " + e.message
	if _, exit := f.Value.(run.Exit); exit {
		e.kind, head = Exit, e.message
	}
	e.trace = append(strings.Split(head, "\n"), s.where(src, f)...)
	return e
}

// where returns the call chain of a panic and the line of the cell. The line of
// the innermost function is the one that it had reached; of its callers it is the
// one that calls the next, if there is only one, else that of the declaration.
func (s *Session) where(src split.Source, f *run.Failure) []string {
	var out []string
	var inner *entity
	for _, name := range f.Calls {
		e := s.called(name)
		if e == nil {
			continue
		}
		text := "\tin " + e.title()
		if e.body.src.Text != "" { // else an instance of a generic function
			at := e.firstLine()
			switch {
			case inner == nil && e.body.src.Count == f.Cell && e.hasLine(f.Line):
				at = f.Line
			case inner != nil && inner != e:
				at = s.callLine(e, inner, at)
			}
			text += fmt.Sprintf(", %s:%d", e.body.src.Name(), at)
		}
		if inner = e; !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	if at := f.Step; at > 0 {
		if inner == nil && f.Cell == src.Count && f.Line > at && src.Line(f.Line) != "" { // inside a statement of several lines
			at = f.Line
		}
		out = append(out, fmt.Sprintf("\t%s:%d: %s", src.Name(), at, strings.TrimSpace(src.Line(at))))
	}
	return out
}

// called returns the function that has a name in the interpreter.
func (s *Session) called(emit string) *entity {
	base := strings.TrimSuffix(emit, ".func")
	for _, e := range s.entities {
		if e.body != nil && e.emit == base {
			return e
		}
	}
	return nil
}

// title is a function's name with that of its type.
func (e *entity) title() string {
	if e.owner != nil {
		return naming.Plain(e.owner.name + "." + e.name)
	}
	return naming.Plain(e.name)
}

func (e *entity) firstLine() int {
	line, _ := e.body.src.Place(e.body.chunk.Start)
	return line
}

// hasLine tells whether a line of its cell is one of a function.
func (e *entity) hasLine(line int) bool {
	last, _ := e.body.src.Place(e.body.chunk.End)
	return line >= e.firstLine() && line <= last
}

// callLine returns the line on which a function calls another; otherwise, if it
// does so on several lines or through a variable.
func (s *Session) callLine(e, callee *entity, otherwise int) int {
	p, err := split.Parse(s.fset, e.body.src, e.body.chunk)
	if err != nil {
		return otherwise
	}
	found := 0
	for _, d := range p.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && calls(c, callee.name) {
				at := s.fset.Position(c.Pos()).Line
				if found != 0 && found != at {
					at = otherwise
				}
				found = at
			}
			return true
		})
	}
	if found == 0 {
		return otherwise
	}
	return found
}

func calls(c *ast.CallExpr, name string) bool {
	switch f := ast.Unparen(c.Fun).(type) {
	case *ast.Ident:
		return naming.Short(f.Name) == naming.Short(name)
	case *ast.SelectorExpr:
		return f.Sel.Name == naming.Short(name)
	}
	return false
}

package interp

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/run"
	"crossbook/interp/split"
	"crossbook/interp/value"
	"crossbook/interp/world"
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
	out := slices.Clone(f.Compiled)
	var inner *world.Entity
	for _, name := range f.Calls {
		e := s.called(name)
		if e == nil {
			continue
		}
		if s.native.Has(e) { // whose own lines are those of the compiled code
			inner = e
			continue
		}
		text := "\tin " + title(e)
		if e.Body.Src.Text != "" { // else an instance of a generic function
			at := e.Body.FirstLine()
			switch {
			case inner == nil && e.Body.Src.Count == f.Cell && e.Body.HasLine(f.Line):
				at = f.Line
			case inner != nil && inner != e:
				at = s.callLine(e, inner, at)
			}
			text += fmt.Sprintf(", %s:%d", e.Body.Src.Name(), at)
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
func (s *Session) called(emit string) *world.Entity {
	base := strings.TrimSuffix(emit, ".func")
	for _, e := range s.world.Entities {
		if e.Body != nil && e.Emit == base {
			return e
		}
	}
	return nil
}

// title is a function's name with that of its type.
func title(e *world.Entity) string {
	if e.Owner != nil {
		return naming.Plain(e.Owner.Name + "." + e.Name)
	}
	return naming.Plain(e.Name)
}

// callLine returns the line on which a function calls another; otherwise, if it
// does so on several lines or through a variable.
func (s *Session) callLine(e, callee *world.Entity, otherwise int) int {
	fset := token.NewFileSet()
	p, err := split.Parse(fset, e.Body.Src, e.Body.Chunk)
	if err != nil {
		return otherwise
	}
	found := 0
	for _, d := range p.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && calls(c, callee.Name) {
				at := fset.Position(c.Pos()).Line
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

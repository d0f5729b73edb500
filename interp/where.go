package interp

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// where returns the call chain of a panic and the line of the cell. The line of
// the innermost function is the one that it had reached; of its callers it is the
// one that calls the next, if there is only one, else that of the declaration.
func (s *Session) where(c *cell) []string {
	cell, line := *s.support.mark/markBase, *s.support.mark%markBase
	var out []string
	if lines := s.support.compiledLines.Load(); lines != nil {
		out = append(out, *lines...)
	}
	var inner *entity
	for _, name := range s.support.trace.list() {
		e := s.called(name)
		if e == nil {
			continue
		}
		if e.native != nil { // whose own lines are those of the compiled code
			inner = e
			continue
		}
		text := "\tin " + e.title()
		if e.body.src.text != "" { // else an instance of a generic function
			at := e.firstLine()
			switch {
			case inner == nil && e.body.src.count == cell && e.hasLine(line):
				at = line
			case inner != nil && inner != e:
				at = s.callLine(e, inner, at)
			}
			text += fmt.Sprintf(", %s:%d", e.body.src.name(), at)
		}
		if inner = e; !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	if at := int(s.support.line.Load()); at > 0 {
		if inner == nil && cell == c.count && line > at && c.line(line) != "" { // inside a statement of several lines
			at = line
		}
		out = append(out, fmt.Sprintf("\t%s:%d: %s", c.name(), at, strings.TrimSpace(c.line(at))))
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
		return plainNames(e.owner.name + "." + e.name)
	}
	return plainNames(e.name)
}

func (e *entity) firstLine() int {
	line, _ := e.body.src.place(e.body.chunk.start)
	return line
}

// hasLine tells whether a line of its cell is one of a function.
func (e *entity) hasLine(line int) bool {
	last, _ := e.body.src.place(e.body.chunk.end)
	return line >= e.firstLine() && line <= last
}

// callLine returns the line on which a function calls another; otherwise, if it
// does so on several lines or through a variable.
func (s *Session) callLine(e, callee *entity, otherwise int) int {
	p, err := parseChunk(s.fset, e.body.src, e.body.chunk)
	if err != nil {
		return otherwise
	}
	found := 0
	for _, d := range p.decls {
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
		return shortName(f.Name) == shortName(name)
	case *ast.SelectorExpr:
		return f.Sel.Name == shortName(name)
	}
	return false
}

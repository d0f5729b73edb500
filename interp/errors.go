package interp

import (
	"errors"
	"fmt"
	"go/scanner"
	"go/token"
	"go/types"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/split"
)

// Kinds of Error.
const (
	CompileError = "CompileError" // the cell was rejected and changed nothing
	Panic        = "Panic"        // the cell panicked; what it did before stays
	Interrupted  = "Interrupted"  // the cell's context was cancelled
	Exit         = "Exit"         // the cell called os.Exit or log.Fatal
)

// Error is how a cell failed.
type Error struct {
	kind    string
	message string
	trace   []string
	cause   error
}

// Error returns the message, which for a rejected cell begins with the place:
// cell [3]:2:5: undefined: foo.
func (e *Error) Error() string { return e.message }

// Kind is one of CompileError, Panic, Interrupted and Exit.
func (e *Error) Kind() string { return e.kind }

// Traceback returns the lines to show: the message, the source line with a
// caret, the call chain.
func (e *Error) Traceback() []string { return e.trace }

// Unwrap returns the error behind: the context's for an interrupted cell, the
// panic's value where that is an error.
func (e *Error) Unwrap() error { return e.cause }

// rejectAt makes the error of a cell that cannot be compiled.
func rejectAt(src split.Source, pos token.Position, msg string) *Error {
	msg = naming.Plain(strings.TrimSpace(msg))
	e := &Error{kind: CompileError, message: msg}
	if pos.Line > 0 {
		e.message = fmt.Sprintf("%s:%d:%d: %s", pos.Filename, pos.Line, pos.Column, msg)
	}
	e.trace = strings.Split(e.message, "\n")
	if pos.Filename == src.Name() {
		e.trace = append(e.trace, pointAt(src, pos)...)
	}
	return e
}

// pointAt returns the source line and a caret under the column.
func pointAt(src split.Source, pos token.Position) []string {
	line := src.Line(pos.Line)
	if line == "" {
		return nil
	}
	column := min(max(pos.Column-1, 0), len(line))
	blank := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, line[:column])
	return []string{line, blank + "^"}
}

// reject turns an error of the scanner, the parser or the type checker into the
// one that the cell shows.
func reject(src split.Source, err error) *Error {
	var own *Error
	var list scanner.ErrorList
	var typed types.Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &list) && len(list) > 0:
		pos := list[0].Pos
		pos.Filename = src.Name()
		return rejectAt(src, pos, list[0].Msg)
	case errors.As(err, &typed):
		return rejectAt(src, typed.Fset.Position(typed.Pos), typed.Msg)
	}
	return rejectAt(src, token.Position{}, err.Error())
}

package interp

import (
	"reflect"

	"crossbook/interp/assist"
)

// Variable is a variable of the session.
type Variable = assist.Variable

// Complete returns what may stand at the byte offset at, to replace what is
// between start and end: names in scope, members of packages and values, fields
// of struct literals, import paths, keys of maps. What begins with the typed
// letters comes first, what is local before what is not. Kind is one of
// "function", "instance", "class", "module", "property", "statement" and
// "keyword"; Signature is the Go type. The code may be incomplete, an offset
// outside it is moved to its nearest end. Complete does not wait for a running
// cell; only keys of maps are not found while one runs.
func (s *Session) Complete(code string, at int) (start, end int, found []struct{ Text, Kind, Signature string }) {
	return s.assist.Complete(code, at)
}

// Inspect explains what is at the byte offset at: the declaration of the word
// there with its package, its documentation, and the value of a variable in
// short, as plain text and as Markdown. Among the arguments of a call, where no
// word is, it explains the called function; in an import the package. A detail
// of 1 or more adds the source of functions that cells have declared. The code
// may be incomplete, an offset outside it is moved to its nearest end. Inspect
// runs no code of cells and does not wait for a running one; values are left out
// while one runs.
func (s *Session) Inspect(code string, at, detail int) (text, markdown string, found bool) {
	return s.assist.Inspect(code, at, detail)
}

// Variables lists the variables that the cells have declared, by name. It does
// not wait for a running cell: Size is 0 and Value empty then.
func (s *Session) Variables() []Variable { return s.assist.Variables() }

// peek calls f with the variables of the interpreter by their names there, if no
// code of a cell runs that could change them meanwhile; else it does nothing. A
// cell that comes while f looks waits for it, so f must be quick.
func (s *Session) peek(f func(globals map[string]reflect.Value)) {
	if !s.running.TryRLock() {
		return
	}
	defer s.running.RUnlock()
	if s.machine.Idle() {
		f(s.machine.Globals())
	}
}

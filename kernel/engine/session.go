package engine

import "context"

// Session is the language as the child's main loop sees it; interp.Session
// satisfies it.
type Session interface {
	// Run executes a cell and returns the values of its last expression, none
	// when it has no value to show. When ctx is cancelled it returns as soon as
	// the cell's code has stopped, with ctx's error in err's chain.
	Run(ctx context.Context, count int, code string) (values []any, err error)

	// IsComplete says whether code can run as it stands: "complete",
	// "incomplete" (with the indent of the next line) or "invalid". It may be
	// called while a cell runs.
	IsComplete(code string) (status, indent string)

	// Names lists the variables, functions and types that the cells have
	// declared, sorted: what is lost when the child dies.
	Names() []string
}

// CellError is what Run's error may tell beyond its message.
type CellError interface {
	error
	Kind() string        // "CompileError", "Panic", "Interrupted" ...
	Traceback() []string // lines to show: place, source with caret, call chain
}

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

// Completer is what a Session may do beyond running cells: propose how the name
// at byte offset at of code goes on. What is found takes the place of the bytes
// from start to end. It may be called while a cell runs.
type Completer interface {
	Complete(code string, at int) (start, end int, found []struct{ Text, Kind, Signature string })
}

// Inspector is what a Session may do beyond running cells: describe what stands
// at byte offset at of code, as plain text and in Markdown; detail 1 asks for
// more than 0. It may be called while a cell runs.
type Inspector interface {
	Inspect(code string, at, detail int) (text, markdown string, found bool)
}

// CellError is what Run's error may tell beyond its message.
type CellError interface {
	error
	Kind() string        // "CompileError", "Panic", "Interrupted" ...
	Traceback() []string // lines to show: place, source with caret, call chain
}

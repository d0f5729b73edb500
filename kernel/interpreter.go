package kernel

import (
	"context"

	"crossbook/kernel/display"
)

// Interpreter is a language behind the kernel. kernel/engine implements it with
// a child process that may die without harm; kerneltest has a mock.
type Interpreter interface {
	// Execute runs one cell and returns when it has ended; calls come one at a
	// time. Outputs go to out in the order in which they happened, all those of
	// the cell before Execute returns; a goroutine that outlives the cell may
	// still call out afterwards, also while the next cell runs.
	Execute(cell Cell, out display.Sink) Reply

	// Interrupt asks the running cell to end. It returns at once and is harmless
	// when nothing runs.
	Interrupt()

	// IsComplete says whether code can run as it stands; a front end asks it at
	// every line typed, so it must not wait for a running cell.
	IsComplete(code string) Completeness

	// Complete proposes how the code goes on at byte offset at, which lies
	// within it. Like IsComplete it does not wait for a running cell.
	Complete(code string, at int) Completion

	// Inspect describes what stands at byte offset at of code; detail is 0, or 1
	// for more. Like IsComplete it does not wait for a running cell.
	Inspect(code string, at, detail int) Inspection

	// Info describes the language.
	Info() Info

	// Restart drops the session's state and begins a new one.
	Restart() error

	// Close ends the interpreter and everything that it started.
	Close() error
}

// Cell is one request to run code.
type Cell struct {
	Count  int    // execution count, as in In [3]; errors name the cell by it
	Code   string // source as typed
	Silent bool   // show no result
	Input  Input  // asks the user; nil: there is nobody to ask
}

// Input asks the user for a line and returns it without its end; a password is
// not shown as it is typed. It ends with an error when the client cannot be asked
// or goes, and with ctx's when ctx ends. An interpreter calls it only while the
// cell runs.
type Input func(ctx context.Context, prompt string, password bool) (string, error)

// Reply is how a cell ended.
type Reply struct {
	Err *Error // nil: it ran to its end
}

// Error is the error of a cell, ready to be shown.
type Error struct {
	Name      string   // kind: "CompileError", "Panic", "Interrupted", "EngineDied" ...
	Value     string   // message in one line
	Traceback []string // lines to show, ANSI colours allowed, no HTML
}

// Completeness answers whether a piece of code can run as it stands.
type Completeness struct {
	Status string // "complete", "incomplete", "invalid" or "unknown"
	Indent string // what to indent the next line with, when incomplete
}

// Completion is a list of texts of which each may take the place of the bytes
// from Start to End of the code. The zero value proposes nothing.
type Completion struct {
	Start, End int // byte offsets, 0 <= Start <= End <= len(code)
	Items      []CompletionItem
}

// CompletionItem is one proposal.
type CompletionItem struct {
	Text      string // what to insert
	Kind      string // "function", "type", "variable", "field" ...; "" when unknown
	Signature string // what a list shows beside the text; "" when there is nothing
}

// Inspection describes a piece of code. The zero value says that nothing is
// known.
type Inspection struct {
	Found    bool
	Text     string // for terminals
	Markdown string // for notebooks; "" when there is only the text
}

// Info describes a language as kernel_info_reply needs it.
type Info struct {
	Name           string // "go"
	Version        string // "1.26"
	MIMEType       string // "text/x-go"
	FileExtension  string // ".go"
	PygmentsLexer  string // "go"
	CodeMirrorMode string // "go"
	Implementation string // "crossbook"
	ImplVersion    string
	Banner         string
}

package kerneltest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// Mock is an interpreter of lines, each a command and its argument:
//
//	print TEXT      a line on stdout
//	stderr TEXT     a line on stderr
//	raw TEXT        a Go string literal on stdout, without a newline
//	lines N         the lines 0 to N-1 on stdout, one event each
//	both N          the same, on stdout and stderr in turn
//	bulk N          N MiB of x on stdout, one event for each MiB
//	display TEXT    display data without an id
//	update ID TEXT  display data that updates ID; the first use shows it
//	result TEXT     the value of the last expression
//	clear           clear the output
//	progress N      a bar from 0 to N that ends
//	error NAME TEXT end with an error
//	wait            say "waiting", wait for the interrupt, end with the error Interrupted
//	gate            until a call of [Mock.Open]
//	later TEXT      a line on stdout, after the cell, at the next call of [Mock.Late]
//	ask PROMPT      ask the user and print the answer
//	secret PROMPT   ask the user for a password and print it
//	panic           a bug in the interpreter
//	comm ID TEXT    send TEXT by a comm
//
// A comm of the target "echo" sends back what it gets; the message "fail" fails,
// one on a subshell does not wait for a cell.
//
// Other lines are syntax errors. Code that ends in "..." is incomplete. The zero
// value is ready to use.
type Mock struct {
	mu        sync.Mutex
	interrupt chan struct{} // replaced for each cell that waits
	input     kernel.Input  // of the running cell
	gates     chan struct{}
	shown     map[string]bool
	late      []func()
	comms     map[string]string // target by id
	closed    bool
}

// Execute runs the lines of the cell until one fails.
func (m *Mock) Execute(cell kernel.Cell, out display.Sink) kernel.Reply {
	m.mu.Lock()
	m.input = cell.Input
	m.mu.Unlock()
	for i, line := range strings.Split(cell.Code, "\n") {
		name, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == "" {
			continue
		}
		run, ok := mockCommands[name]
		if !ok {
			return kernel.Reply{Err: &kernel.Error{
				Name:      "SyntaxError",
				Value:     "unknown command " + name,
				Traceback: []string{fmt.Sprintf("In [%d], line %d: %s", cell.Count, i+1, line)},
			}}
		}
		if err := run(m, arg, out); err != nil {
			return kernel.Reply{Err: err}
		}
	}
	return kernel.Reply{}
}

// mockCommand runs one line.
type mockCommand func(m *Mock, arg string, out display.Sink) *kernel.Error

var mockCommands = map[string]mockCommand{
	"print":    func(_ *Mock, arg string, out display.Sink) *kernel.Error { return printTo(out, "stdout", arg+"\n") },
	"stderr":   func(_ *Mock, arg string, out display.Sink) *kernel.Error { return printTo(out, "stderr", arg+"\n") },
	"raw":      mockRaw,
	"lines":    func(_ *Mock, arg string, out display.Sink) *kernel.Error { return lines(out, arg, "stdout") },
	"both":     func(_ *Mock, arg string, out display.Sink) *kernel.Error { return lines(out, arg, "stdout", "stderr") },
	"bulk":     mockBulk,
	"display":  mockDisplay,
	"update":   mockUpdate,
	"result":   mockResult,
	"clear":    mockClear,
	"progress": mockProgress,
	"error":    mockError,
	"wait":     mockWait,
	"gate":     mockGate,
	"later":    mockLater,
	"ask":      func(m *Mock, arg string, out display.Sink) *kernel.Error { return m.ask(arg, false, out) },
	"secret":   func(m *Mock, arg string, out display.Sink) *kernel.Error { return m.ask(arg, true, out) },
	"comm":     mockComm,
	"panic":    func(*Mock, string, display.Sink) *kernel.Error { panic("mock") },
}

func printTo(out display.Sink, name, text string) *kernel.Error {
	out(display.Stream{Name: name, Text: text})
	return nil
}

func lines(out display.Sink, arg string, names ...string) *kernel.Error {
	n, err := strconv.Atoi(arg)
	if err != nil {
		return &kernel.Error{Name: "SyntaxError", Value: err.Error()}
	}
	for i := range n {
		printTo(out, names[i%len(names)], strconv.Itoa(i)+"\n")
	}
	return nil
}

func mockRaw(_ *Mock, arg string, out display.Sink) *kernel.Error {
	text, err := strconv.Unquote(arg)
	if err != nil {
		return &kernel.Error{Name: "SyntaxError", Value: err.Error()}
	}
	return printTo(out, "stdout", text)
}

func mockBulk(_ *Mock, arg string, out display.Sink) *kernel.Error {
	n, err := strconv.Atoi(arg)
	if err != nil {
		return &kernel.Error{Name: "SyntaxError", Value: err.Error()}
	}
	piece := strings.Repeat("x", 1<<20)
	for range n {
		printTo(out, "stdout", piece)
	}
	return nil
}

// plain is a bundle of text.
func plain(text string) display.Bundle {
	return display.Bundle{Data: map[string]any{"text/plain": text}}
}

func mockDisplay(_ *Mock, arg string, out display.Sink) *kernel.Error {
	out(display.Data{Bundle: plain(arg)})
	return nil
}

func mockUpdate(m *Mock, arg string, out display.Sink) *kernel.Error {
	id, text, _ := strings.Cut(arg, " ")
	m.mu.Lock()
	update := m.shown[id]
	if m.shown == nil {
		m.shown = map[string]bool{}
	}
	m.shown[id] = true
	m.mu.Unlock()
	out(display.Data{Bundle: plain(text), ID: id, Update: update})
	return nil
}

func mockResult(_ *Mock, arg string, out display.Sink) *kernel.Error {
	out(display.Result{Bundle: plain(arg)})
	return nil
}

func mockClear(_ *Mock, _ string, out display.Sink) *kernel.Error {
	out(display.Clear{Wait: true})
	return nil
}

func mockProgress(_ *Mock, arg string, out display.Sink) *kernel.Error {
	n, err := strconv.Atoi(arg)
	if err != nil {
		return &kernel.Error{Name: "SyntaxError", Value: err.Error()}
	}
	for i := range n + 1 {
		out(display.Progress{ID: "bar", Title: "counting", Done: i, Total: n, Final: i == n})
	}
	return nil
}

func mockError(_ *Mock, arg string, _ display.Sink) *kernel.Error {
	name, text, _ := strings.Cut(arg, " ")
	return &kernel.Error{Name: name, Value: text, Traceback: []string{name + ": " + text}}
}

func mockWait(m *Mock, _ string, out display.Sink) *kernel.Error {
	m.mu.Lock()
	interrupt := make(chan struct{})
	m.interrupt = interrupt
	closed := m.closed
	m.mu.Unlock()
	printTo(out, "stdout", "waiting\n")
	if !closed {
		<-interrupt
	}
	return &kernel.Error{Name: "Interrupted", Value: "interrupted"}
}

func mockGate(m *Mock, _ string, _ display.Sink) *kernel.Error {
	<-m.gate()
	return nil
}

func mockLater(m *Mock, arg string, out display.Sink) *kernel.Error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.late = append(m.late, func() { printTo(out, "stdout", arg+"\n") })
	return nil
}

func (m *Mock) gate() chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gates == nil {
		m.gates = make(chan struct{})
	}
	return m.gates
}

// Open waits for a cell that stands at a gate and lets it go on.
func (m *Mock) Open() { m.gate() <- struct{}{} }

// Late prints what cells have left to be printed later.
func (m *Mock) Late() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, say := range m.late {
		say()
	}
	m.late = nil
}

// ask asks until the interrupt.
func (m *Mock) ask(prompt string, password bool, out display.Sink) *kernel.Error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	m.mu.Lock()
	interrupt := make(chan struct{})
	m.interrupt = interrupt
	input := m.input
	m.mu.Unlock()
	if input == nil {
		return &kernel.Error{Name: "InputError", Value: "nobody to ask"}
	}
	go func() {
		select {
		case <-interrupt:
			cancel()
		case <-ctx.Done():
		}
	}()
	answer, err := input(ctx, prompt, password)
	if err != nil {
		return &kernel.Error{Name: "InputError", Value: err.Error()}
	}
	return printTo(out, "stdout", answer+"\n")
}

// Interrupt ends a cell that waits.
func (m *Mock) Interrupt() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.interrupt != nil {
		close(m.interrupt)
		m.interrupt = nil
	}
}

// IsComplete calls code that ends in "..." incomplete.
func (m *Mock) IsComplete(code string) kernel.Completeness {
	switch {
	case strings.HasSuffix(code, "..."):
		return kernel.Completeness{Status: "incomplete", Indent: "  "}
	case strings.HasPrefix(code, "!"):
		return kernel.Completeness{Status: "invalid"}
	}
	return kernel.Completeness{Status: "complete"}
}

// Complete proposes the commands that begin with the word before the offset.
func (m *Mock) Complete(code string, at int) kernel.Completion {
	start := strings.LastIndexAny(code[:at], " \n") + 1
	c := kernel.Completion{Start: start, End: at}
	for _, name := range slices.Sorted(maps.Keys(mockCommands)) {
		if strings.HasPrefix(name, code[start:at]) {
			c.Items = append(c.Items, kernel.CompletionItem{Text: name, Kind: "command", Signature: name + " ARG"})
		}
	}
	return c
}

// Inspect knows the command that ends at the offset.
func (m *Mock) Inspect(code string, at, detail int) kernel.Inspection {
	name := code[strings.LastIndexAny(code[:at], " \n")+1 : at]
	if _, ok := mockCommands[name]; !ok {
		return kernel.Inspection{}
	}
	return kernel.Inspection{Found: true, Text: fmt.Sprintf("%s, detail %d", name, detail), Markdown: "*" + name + "*"}
}

// Info describes the language of the mock.
func (m *Mock) Info() kernel.Info {
	return kernel.Info{
		Name:           "mock",
		Version:        "1.0",
		MIMEType:       "text/plain",
		FileExtension:  ".mock",
		PygmentsLexer:  "text",
		CodeMirrorMode: "text",
		Implementation: "mock",
		ImplVersion:    "1.0",
		Banner:         "A kernel without a language",
	}
}

// Restart forgets the displays.
func (m *Mock) Restart() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shown = nil
	return nil
}

// Close ends a cell that waits.
func (m *Mock) Close() error {
	m.Interrupt()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	return nil
}

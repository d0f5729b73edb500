package notebooks

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// script is an interpreter whose cells are lists of orders, one a line:
//
//	out TEXT, err TEXT           print a line
//	show ID HTML, update ID HTML display
//	clear, clear-wait            clear the output
//	bar DONE TOTAL, bar-end      progress
//	fail MESSAGE                 end with an error
//	hang, stuck                  run until interrupted, or until restarted
//	flood N                      print N bytes
//	later TEXT                   print when the next cell begins
//	where                        print the working folder
//	count FILE                   print how often this was run, by a file
//	= TEXT                       result
type script struct {
	mu        sync.Mutex
	interrupt chan struct{}
	restart   chan struct{}
	later     []func()
	restarts  int
	closed    bool
	folder    string
	entered   func(cell kernel.Cell) // called before a cell hangs
	asked     func()                 // called at an interrupt
}

func newScript() *script {
	return &script{interrupt: make(chan struct{}, 1), restart: make(chan struct{}, 1)}
}

func (s *script) Execute(cell kernel.Cell, out display.Sink) kernel.Reply {
	for _, f := range s.later {
		f()
	}
	s.later = nil
	for line := range strings.Lines(cell.Code) {
		order, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if err := s.one(cell, order, rest, out); err != nil {
			return kernel.Reply{Err: err}
		}
	}
	return kernel.Reply{}
}

func (s *script) one(cell kernel.Cell, order, rest string, out display.Sink) *kernel.Error {
	first, second, _ := strings.Cut(rest, " ")
	switch order {
	case "out", "err":
		out(display.Stream{Name: "std" + order, Text: rest + "\n"})
	case "show", "update":
		out(display.Data{ID: first, Update: order == "update", Bundle: htmlBundle(second)})
	case "clear", "clear-wait":
		out(display.Clear{Wait: order == "clear-wait"})
	case "bar", "bar-end":
		p := display.Progress{ID: "p1", Title: "training", Total: 10, Done: 10, Final: order == "bar-end"}
		if !p.Final {
			_, _ = fmt.Sscan(rest, &p.Done, &p.Total)
		}
		p.Elapsed = time.Duration(time.Now().UnixNano() % 1e9)
		out(p)
	case "fail":
		return &kernel.Error{Name: "Panic", Value: rest, Traceback: []string{"\x1b[31mPanic\x1b[0m: " + rest}}
	case "hang":
		return s.hang(cell, s.interrupt)
	case "stuck":
		return s.hang(cell, s.restart)
	case "flood":
		n := 0
		_, _ = fmt.Sscan(rest, &n)
		out(display.Stream{Name: "stdout", Text: strings.Repeat("é", n/2)})
	case "where":
		out(display.Stream{Name: "stdout", Text: s.folder + "\n"})
	case "count":
		data, _ := os.ReadFile(rest)
		_ = os.WriteFile(rest, append(data, '.'), 0o600)
		out(display.Stream{Name: "stdout", Text: fmt.Sprintln("run", len(data)+1)})
	case "later":
		s.later = append(s.later, func() { out(display.Stream{Name: "stdout", Text: rest + "\n"}) })
	case "=":
		out(display.Result{Bundle: htmlBundle(rest)})
	}
	return nil
}

func (s *script) hang(cell kernel.Cell, until chan struct{}) *kernel.Error {
	if s.entered != nil {
		s.entered(cell)
	}
	<-until
	return &kernel.Error{Name: "Interrupted", Value: "context canceled"}
}

func htmlBundle(text string) display.Bundle {
	return display.Bundle{Data: map[string]any{"text/html": text, "text/plain": text}, Metadata: map[string]any{}}
}

func (s *script) Interrupt() {
	if s.asked != nil {
		s.asked()
	}
	select {
	case s.interrupt <- struct{}{}:
	default:
	}
}

func (s *script) Restart() error {
	s.mu.Lock()
	s.restarts++
	s.mu.Unlock()
	s.restart <- struct{}{}
	return nil
}

func (s *script) Close() error {
	s.closed = true
	return nil
}

func (s *script) IsComplete(string) kernel.Completeness {
	return kernel.Completeness{Status: "complete"}
}

func (s *script) Complete(string, int) kernel.Completion { return kernel.Completion{} }

func (s *script) Inspect(string, int, int) kernel.Inspection { return kernel.Inspection{} }

func (s *script) Info() kernel.Info {
	return kernel.Info{
		Name: "go", Version: "1.26", MIMEType: "text/x-go", FileExtension: ".go",
		PygmentsLexer: "go", CodeMirrorMode: "go", Implementation: "crossbook",
	}
}

// asProgram is the variable by which the test binary becomes the program:
// crossbook run, over a script.
const asProgram = "CROSSBOOK_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "" {
		os.Exit(m.Run())
	}
	args, command := os.Args[1:], Main
	if len(args) > 0 && args[0] == "check" {
		args, command = args[1:], CheckMain
	}
	err := command(args, func(folder string) (kernel.Interpreter, error) {
		if os.Getenv(asProgram) == "broken" {
			return nil, errors.New("no engine today")
		}
		s := newScript()
		s.folder = folder
		s.entered = func(kernel.Cell) { fmt.Println("hanging") }
		s.asked = func() { fmt.Println("interrupted") }
		return s, nil
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "crossbook:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// notebook makes a Go notebook of code cells.
func notebook(sources ...string) *Notebook {
	nb := &Notebook{Metadata: Metadata{}}
	for i, source := range sources {
		nb.Cells = append(nb.Cells, Cell{Type: Code, ID: fmt.Sprintf("c%d", i+1), Source: source, Metadata: Metadata{}})
	}
	return nb
}

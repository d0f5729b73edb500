package engine

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// TestMain lets the test binary be its own child process.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "engine":
			fail(Serve(func(stdout, _ io.Writer) (Session, error) { fakeOut = stdout; return &fakeSession{}, nil }))
		case "refuse":
			fail(Serve(func(_, _ io.Writer) (Session, error) { return nil, fmt.Errorf("no symbols") }))
		case "parent":
			helperParent()
		}
	}
	os.Exit(m.Run())
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// patience bounds whatever a test waits for; the machine may be busy.
const patience = 20 * time.Second

// recorder is a sink that remembers.
type recorder struct {
	mu     sync.Mutex
	events []display.Event
	more   chan struct{} // signalled at every event
}

func newRecorder() *recorder { return &recorder{more: make(chan struct{}, 1)} }

func (r *recorder) sink(e display.Event) {
	r.mu.Lock()
	r.events = append(r.events, e)
	r.mu.Unlock()
	select {
	case r.more <- struct{}{}:
	default:
	}
}

func (r *recorder) all() []display.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]display.Event(nil), r.events...)
}

// text is what was printed on one stream.
func (r *recorder) text(name string) string {
	var b strings.Builder
	for _, e := range r.all() {
		if s, ok := e.(display.Stream); ok && s.Name == name {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// await waits until a stream has a text.
func (r *recorder) await(t *testing.T, name, text string) {
	t.Helper()
	timeout := time.After(patience)
	for !strings.Contains(r.text(name), text) {
		select {
		case <-r.more:
		case <-timeout:
			t.Fatalf("%q did not come on %s; got %q", text, name, r.text(name))
		}
	}
}

// started gives a supervisor of fake children, closed at the end of the test.
func started(t *testing.T, command ...string) *Supervisor {
	t.Helper()
	options := Options{Info: kernel.Info{Name: "fake"}}
	if len(command) > 0 {
		options.Command = append([]string{os.Args[0]}, command...)
	}
	s, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// cell runs code and gives what it showed and its error; a cell that hangs fails
// the test.
func cell(t *testing.T, s *Supervisor, code string) (*recorder, *kernel.Error) {
	t.Helper()
	r := newRecorder()
	return r, await(t, begin(s, code, r))
}

func testCell(code string) kernel.Cell { return kernel.Cell{Count: 1, Code: code} }

// begin runs code in the background.
func begin(s *Supervisor, code string, r *recorder) <-chan *kernel.Error {
	done := make(chan *kernel.Error, 1)
	go func() { done <- s.Execute(testCell(code), r.sink).Err }()
	return done
}

func await(t *testing.T, done <-chan *kernel.Error) *kernel.Error {
	t.Helper()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		t.Fatal("the cell does not end")
		return nil
	}
}

// fine runs code that must end without an error.
func fine(t *testing.T, s *Supervisor, code string) *recorder {
	t.Helper()
	r, err := cell(t, s, code)
	if err != nil {
		t.Fatalf("%s: %v", code, *err)
	}
	return r
}

// vanished waits until no process has the id.
func vanished(t *testing.T, pid int) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if syscall.Kill(pid, 0) == syscall.ESRCH || zombie(pid) {
			return
		}
	}
	t.Fatalf("process %d lives on", pid)
}

func endProcess(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Error(err)
	}
}

// zombie reports whether a process is dead and not yet reaped by whoever
// inherited it.
func zombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && strings.Contains(string(stat), ") Z ")
}

func TestExecuteValue(t *testing.T) {
	s := started(t)
	events := fine(t, s, "value:hello").all()
	if len(events) != 1 {
		t.Fatalf("events: %v", events)
	}
	if got := events[0].(display.Result).Bundle.Data["text/plain"]; got != "hello" {
		t.Errorf("result %v", got)
	}
	if got := s.Info().Name; got != "fake" {
		t.Errorf("Info().Name = %q", got)
	}
}

func TestExecuteSeveralValues(t *testing.T) {
	events := fine(t, started(t), "values:").all()
	data := events[0].(display.Result).Bundle.Data
	if got := data["text/plain"]; got != "7 true image of 2 × 3 pixels" {
		t.Errorf("text %q", got)
	}
	if data["image/png"] == nil {
		t.Error("the image is lost")
	}
}

func TestExecuteSilent(t *testing.T) {
	s, r := started(t), newRecorder()
	if err := s.Execute(kernel.Cell{Code: "value:1", Silent: true}, r.sink).Err; err != nil {
		t.Fatal(err)
	}
	if got := r.all(); len(got) != 0 {
		t.Errorf("events %v", got)
	}
}

func TestExecuteErrors(t *testing.T) {
	s := started(t)
	for _, test := range []struct{ code, name, value, trace string }{
		{"error:bad\nworse", "Error", "bad; worse", "Error: bad; worse"},
		{"told:", "CompileError", "cell: undefined: x", "In [1], line 1|undefined: x"},
		{"panic:help", "Panic", "help", "Panic: help"},
		{"goexit:", "Goexit", "the cell ended its goroutine", "Goexit: "},
		{"unknown:", "Error", `no verb "unknown"`, "Error: "},
	} {
		_, err := cell(t, s, test.code)
		if err == nil || err.Name != test.name || err.Value != test.value {
			t.Errorf("%s: %v", test.code, err)
			continue
		}
		if trace := strings.Join(err.Traceback, "|"); !strings.HasPrefix(trace, test.trace) {
			t.Errorf("%s: traceback %q", test.code, trace)
		}
	}
	pid := s.PID()
	if r := fine(t, s, "badtext:"); !strings.Contains(fmt.Sprint(r.all()), "no text") {
		t.Errorf("a value that cannot be shown: %v", r.all())
	}
	if s.PID() != pid {
		t.Error("an error cost the child its life")
	}
}

func TestProgressAndDisplay(t *testing.T) {
	r := fine(t, started(t), "bar:training;;show:one")
	events := r.all()
	last := events[len(events)-2].(display.Progress)
	if !last.Final || last.Title != "training" || last.Note != "done" || last.Done != 3 {
		t.Errorf("progress %+v", last)
	}
	if data := events[len(events)-1].(display.Data); data.ID == "" || data.Bundle.Data["text/plain"] != "one" {
		t.Errorf("display %+v", data)
	}
}

func TestRestartDropsState(t *testing.T) {
	s := started(t)
	fine(t, s, "let:x")
	pid := s.PID()
	if err := s.Restart(); err != nil {
		t.Fatal(err)
	}
	vanished(t, pid)
	if got := s.names(); len(got) != 0 {
		t.Errorf("names after restart: %v", got)
	}
	if got := fine(t, s, "nothing:").all(); len(got) != 0 {
		t.Errorf("a restart on demand was told as a death: %v", got)
	}
}

func TestRestartWhileBusy(t *testing.T) {
	s, r := started(t), newRecorder()
	done := begin(s, "deaf:", r)
	r.await(t, "stdout", "deaf")
	if err := s.Restart(); err != nil {
		t.Fatal(err)
	}
	if err := await(t, done); err == nil || err.Value != "the engine was restarted" {
		t.Errorf("error of the running cell: %v", err)
	}
	fine(t, s, "nothing:")
}

func TestCloseWhileBusy(t *testing.T) {
	s, r := started(t), newRecorder()
	done := begin(s, "deaf:", r)
	r.await(t, "stdout", "deaf")
	pid := s.PID()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := await(t, done); err == nil || err.Value != closedByKernel {
		t.Errorf("error of the running cell: %v", err)
	}
	vanished(t, pid)
	if _, err := cell(t, s, "nothing:"); err == nil || err.Value != "engine: closed" {
		t.Errorf("a cell after Close: %v", err)
	}
}

func TestStartFails(t *testing.T) {
	for _, test := range []struct{ command, want string }{
		{"refuse", "engine: start: failed twice: no symbols"},
		{"-test.run=^$", "engine: start: failed twice: exit status 0"},
	} {
		_, err := cell(t, started(t, test.command), "nothing:")
		if err == nil || err.Name != "EngineFailed" || !strings.HasPrefix(err.Value, test.want) {
			t.Errorf("%s: %v", test.command, err)
		}
	}
	s, err := New(Options{Command: []string{"/no/such/program"}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := cell(t, s, "nothing:"); err == nil || !strings.Contains(err.Value, "no such file") {
		t.Errorf("no program: %v", err)
	}
}

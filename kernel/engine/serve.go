package engine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"

	"crossbook/kernel"
	"crossbook/kernel/display"

	"golang.org/x/sys/unix"
)

const (
	requestFD = 3
	eventFD   = 4

	// maxStack ends endless recursion early and cheaply: Go's own limit, 1 GB,
	// takes seconds to reach.
	maxStack = 256 << 20
	// gcPercent trades memory for speed: interpreted calls allocate their frames.
	gcPercent = 400
)

// server is the child's main loop.
type server struct {
	session  Session
	nonce    string
	out, err *os.File // own copies of 1 and 2: a cell may close those
	requests *bufio.Reader
	events   *frameWriter

	order sync.Mutex // makes a frame and its markers one
	seq   uint64

	origins origins
	latest  atomic.Uint64 // the run that began last

	mu        sync.Mutex
	running   uint64 // the latest run
	cancel    context.CancelFunc
	cancelled uint64 // a run cancelled before it came

	stdin      stdin
	ctx        context.Context // of the latest run; what follows is guarded by mu
	allowInput bool            // the latest run may ask
	question   uint64          // the latest one
	questions  map[uint64]chan<- *frame
}

// Serve is the child process: it makes a session and runs the cells that the
// Supervisor sends. What the session's cells print to stdout and stderr goes to
// the cell that started the printing goroutine, even if another one runs by then;
// what is written to the descriptors goes to the running cell. Serve returns only
// when it cannot begin; when the parent ends, so does the process, with all that
// it started.
func Serve(session func(stdout, stderr io.Writer) (Session, error)) error {
	debug.SetMaxStack(maxStack)
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	s, err := newServer()
	if err != nil {
		return err
	}
	failure := guarded(func() *kernel.Error {
		s.session, err = session(printer{s, "stdout", os.Stdout}, printer{s, "stderr", os.Stderr})
		return cellError(context.Background(), err)
	})
	if failure != nil {
		_ = s.events.write(&frame{Kind: kindReady, Error: failure})
		return fmt.Errorf("engine: session: %s", failure.Value)
	}
	log.SetOutput(printer{s, "stderr", os.Stderr})
	display.SetSink(s.sink)
	display.SetAsk(s.askUser)
	if err := s.events.write(&frame{Kind: kindReady, Names: s.names()}); err != nil {
		return err
	}
	kernel.Rest()
	s.loop()
	return nil
}

// newServer takes over the pipes and reads the first frame.
func newServer() (*server, error) {
	for _, fd := range []int{requestFD, eventFD} {
		var stat syscall.Stat_t
		if err := syscall.Fstat(fd, &stat); err != nil || stat.Mode&syscall.S_IFMT != syscall.S_IFIFO {
			return nil, fmt.Errorf("engine: descriptor %d is not a pipe: this command is the kernel's, not to be run by hand", fd)
		}
		syscall.CloseOnExec(fd)
	}
	s := &server{
		requests: bufio.NewReader(os.NewFile(requestFD, "requests")),
		events:   newFrameWriter(os.NewFile(eventFD, "events")),

		questions: map[uint64]chan<- *frame{},
	}
	for fd, file := range map[int]**os.File{1: &s.out, 2: &s.err} {
		_ = syscall.SetNonblock(fd, false) // programs that a cell starts expect that
		own, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 10)
		if err != nil {
			return nil, fmt.Errorf("engine: copy of descriptor %d: %w", fd, err)
		}
		*file = os.NewFile(uintptr(own), "marks")
	}
	f, err := readFrame(s.requests)
	if err != nil {
		return nil, fmt.Errorf("engine: first frame: %w", err)
	}
	if f.Kind != kindStart || !validNonce(f.Nonce) {
		return nil, fmt.Errorf("engine: first frame: kind %q, want %q with a nonce", f.Kind, kindStart)
	}
	s.nonce = f.Nonce
	return s, nil
}

// loop answers requests until the parent is gone. Nothing in it waits for a
// cell.
func (s *server) loop() {
	for {
		f, err := readFrame(s.requests)
		if err != nil {
			leave()
		}
		switch f.Kind {
		case kindRun, kindComm:
			go s.run(f, s.begin(f))
		case kindCommBeside:
			go s.beside(f)
		case kindCancel:
			s.interrupt(f.ID)
		case kindIsComplete, kindComplete, kindInspect, kindComms:
			go s.answer(f)
		case kindTold:
			s.told(f)
		}
	}
}

// leave ends this process and those that it started.
func leave() {
	if syscall.Getpgrp() == os.Getpid() {
		_ = syscall.Kill(0, syscall.SIGKILL)
	}
	os.Exit(1)
}

// begin makes the context of a run. It stays valid when the cell has ended, for
// the goroutines that the cell leaves behind.
func (s *server) begin(f *frame) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running, s.cancel = f.ID, cancel
	s.latest.Store(f.ID)
	s.ctx, s.allowInput = ctx, f.Input
	if s.cancelled == f.ID {
		cancel()
	}
	return display.WithSink(ctx, s.sink)
}

// interrupt cancels run id, also when its request has not come yet.
func (s *server) interrupt(id uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancelled = id
	if s.running == id {
		s.cancel()
	}
}

// sink sends what a cell shows to the parent.
func (s *server) sink(event display.Event) {
	switch event := event.(type) {
	case display.Stream:
		s.print(event)
	case display.Data:
		s.emit(&frame{Kind: kindData, Data: &event})
	case display.Result:
		s.emit(&frame{Kind: kindResult, Result: &event})
	case display.Clear:
		s.emit(&frame{Kind: kindClear, Clear: &event})
	case display.Progress:
		s.emit(&frame{Kind: kindProgress, Progress: &event})
	case display.CommMessage:
		s.emit(&frame{Kind: kindSent, Comm: &event})
	}
}

func (s *server) print(text display.Stream) {
	file := s.out
	if text.Name == "stderr" {
		file = s.err
	}
	_, _ = file.WriteString(text.Text)
}

// emit sends a frame in its place among the text: markers first. A frame that
// cannot be sent says so as text.
func (s *server) emit(f *frame) {
	s.order.Lock()
	defer s.order.Unlock()
	s.seq++
	f.Mark, f.Run = s.seq, s.origins.run()
	last := f.Kind == kindEnd
	_, _ = s.out.Write(marker(s.nonce, s.seq, last))
	_, _ = s.err.Write(marker(s.nonce, s.seq, last))
	err := s.events.write(f)
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return
	}
	s.print(display.Stream{Name: "stderr", Text: fmt.Sprintf("%v; it was left out\n", err)})
	small := &frame{Kind: f.Kind, ID: f.ID, Mark: f.Mark, Run: f.Run}
	if f.Error != nil {
		small.Error = &kernel.Error{Name: f.Error.Name, Value: "the error is too large to show"}
	}
	_ = s.events.write(small)
}

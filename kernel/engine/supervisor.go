package engine

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// Options says how a Supervisor starts its child.
type Options struct {
	Command []string    // program and arguments; nil: this program with "engine"
	Env     []string    // the child's environment; nil: this process's
	Dir     string      // its working folder; "": this process's
	Info    kernel.Info // what Info answers
}

// Supervisor runs cells in a child process and outlives it. It is safe for
// concurrent use.
type Supervisor struct {
	options Options
	lastID  atomic.Uint64

	executing sync.Mutex // held by the running cell
	starting  sync.Mutex // held while a child starts

	closing sync.Once
	closed  chan struct{} // closed by Close

	mu      sync.Mutex
	child   *child // the latest, dead or alive
	spare   *child // its successor, see park; nil: none yet
	parking *time.Timer
	running *running
	told    *child // the last child whose death was told, or needs no telling
	buried  *child // one that died between cells, to be told to the next
}

var _ kernel.Interpreter = (*Supervisor)(nil)

var errClosed = errors.New("engine: closed")

const closedByKernel = "the kernel closed it"

// New begins to start a child and returns at once; the first cell waits for it.
// A child that does not start is the error of the cells, not of New.
func New(options Options) (*Supervisor, error) {
	if len(options.Command) == 0 {
		path, err := selfPath()
		if err != nil {
			return nil, fmt.Errorf("engine: this program's own path: %w", err)
		}
		options.Command = []string{path, "engine"}
	}
	s := &Supervisor{options: options, closed: make(chan struct{})}
	go func() { _, _ = s.ensure() }() // the first cell sees the error again
	return s, nil
}

// Execute runs a cell on the child, on a fresh one if the last has died.
func (s *Supervisor) Execute(cell kernel.Cell, out display.Sink) kernel.Reply {
	return s.perform(job{
		frame: frame{Kind: kindRun, Count: cell.Count, Code: cell.Code, Silent: cell.Silent, Input: cell.Input != nil},
		input: cell.Input,
	}, out)
}

// job is what a child is asked to do, as a cell.
type job struct {
	frame frame
	input kernel.Input // nil: there is nobody to ask
}

// perform does a job on the child, on a fresh one if the last has died.
func (s *Supervisor) perform(j job, out display.Sink) kernel.Reply {
	s.executing.Lock()
	defer s.executing.Unlock()
	defer s.parkSoon()
	r := s.enter(out)
	defer s.leave(r)
	for again := false; ; again = true {
		c, err := s.ensure()
		if err != nil {
			return failed(err)
		}
		s.tellIdleDeath(out)
		run := s.runOn(c, r, j)
		select {
		case f := <-run.done:
			return kernel.Reply{Err: f.Error}
		default:
		}
		if run.begun || again || c.killed != "" {
			return s.died(c)
		}
		// It was dead before the cell began: the next one runs it.
	}
}

func failed(err error) kernel.Reply {
	e := &kernel.Error{Name: "EngineFailed", Value: oneLine(err.Error())}
	e.Traceback = []string{e.Name + ": " + e.Value}
	return kernel.Reply{Err: e}
}

// runOn sends a job to c and waits for its end, or for c's.
func (s *Supervisor) runOn(c *child, r *running, j job) *run {
	run := &run{id: s.lastID.Add(1), out: r.out, input: j.input, ctx: r.ctx, done: make(chan *frame, 1)}
	c.beginRun(run)
	s.mu.Lock()
	r.child, r.id = c, run.id
	interrupted := r.interrupted
	s.mu.Unlock()
	j.frame.ID = run.id
	err := c.in.write(&j.frame)
	if errors.Is(err, errTooLarge) {
		run.done <- &frame{Error: failed(err).Err}
		return run
	}
	if interrupted {
		s.cancel(r)
	}
	select { // after any other error of write the child is dying
	case f := <-run.done:
		run.done <- f
	case <-c.gone:
	}
	return run
}

// died answers a cell whose child is dead, with the next one up already.
func (s *Supervisor) died(c *child) kernel.Reply {
	s.mu.Lock()
	s.told = c
	s.mu.Unlock()
	begin := time.Now()
	_, err := s.ensure()
	return kernel.Reply{Err: diedError(c, freshLine(err, time.Since(begin)))}
}

// tellIdleDeath tells once, before a cell runs, that the child died after the
// end of the last cell.
func (s *Supervisor) tellIdleDeath(out display.Sink) {
	s.mu.Lock()
	dead := s.buried
	s.buried = nil
	s.mu.Unlock()
	if dead == nil {
		return
	}
	out(display.Stream{Name: "stderr", Text: fmt.Sprintf(
		"The engine, the process that holds your variables, ended after the last cell: %s.\n%s\n",
		dead.cause, lossOf(dead.declared()))})
}

// startWait bounds the start of a child; it takes some 20 ms on an idle machine.
const startWait = 30 * time.Second

// ensure gives a living child that is ready, and starts one if there is none. A
// start that fails is tried once more, no further.
func (s *Supervisor) ensure() (*child, error) {
	s.starting.Lock()
	defer s.starting.Unlock()
	var failure error
	for range 2 {
		c, err := s.latest()
		if err != nil || c != nil {
			return c, err
		}
		if c, failure = s.start(); failure == nil {
			return c, nil
		}
	}
	return nil, fmt.Errorf("engine: start: failed twice: %w", failure)
}

// latest gives the child if it lives. One that died untold is laid aside to be
// told to the next cell.
func (s *Supervisor) latest() (*child, error) {
	s.mu.Lock()
	c := s.child
	s.mu.Unlock()
	switch {
	case s.isClosed():
		return nil, errClosed
	case c == nil:
		return nil, nil
	case c.alive():
		return c, nil
	}
	select {
	case <-c.gone:
	case <-s.closed:
		return nil, errClosed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.told != c {
		s.told, s.buried = c, c
	}
	s.child = nil
	return nil, nil
}

// start takes the spare child, or starts one, and waits until it has a session.
func (s *Supervisor) start() (*child, error) {
	var err error
	c := s.takeSpare()
	if c == nil {
		if c, err = startChild(s.options); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	s.child = c
	s.mu.Unlock()
	c.begin()
	select {
	case <-c.ready:
		return c, nil
	case <-s.closed: // Close ends it
		return nil, errClosed
	case <-c.gone:
		err = errors.New(c.cause)
	case <-time.After(startWait):
		c.kill("it did not answer")
		<-c.gone
		err = fmt.Errorf("no answer within %v", startWait)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.child == c {
		s.child = nil
	}
	return nil, err
}

// Info describes the language.
func (s *Supervisor) Info() kernel.Info { return s.options.Info }

// PID is the process id of the child, 0 while there is none.
func (s *Supervisor) PID() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.child.livingPID()
}

// PIDs are the process ids of the child and of its spare, as far as there are any.
func (s *Supervisor) PIDs() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc([]int{s.child.livingPID(), s.spare.livingPID()}, func(pid int) bool { return pid == 0 })
}

// Restart ends the child, and with it a running cell and everything that the
// cells have declared, and starts another.
func (s *Supervisor) Restart() error {
	if err := s.end("the engine was restarted"); err != nil {
		return err
	}
	_, err := s.ensure()
	return err
}

// Close ends the child and everything that it started. A running cell ends with
// an error; later calls of Execute give one.
func (s *Supervisor) Close() error {
	s.closing.Do(func() { close(s.closed) })
	s.starting.Lock() // whatever was starting has seen closed
	defer s.starting.Unlock()
	s.dropSpare()
	return s.end(closedByKernel)
}

func (s *Supervisor) isClosed() bool {
	select {
	case <-s.closed:
		return true
	default:
		return false
	}
}

// endWait bounds the wait for a killed child: a sink that blocks holds its last
// words back.
const endWait = 5 * time.Second

// end kills the child and waits for its last words; its death needs no telling.
func (s *Supervisor) end(reason string) error {
	s.mu.Lock()
	c := s.child
	s.told, s.buried = c, nil
	s.mu.Unlock()
	if c == nil {
		return nil
	}
	c.kill(reason)
	select {
	case <-c.gone:
		return nil
	case <-time.After(endWait):
		return fmt.Errorf("engine: end: process %d, or the receiver of its output, does not end", c.pid())
	}
}

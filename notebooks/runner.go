package notebooks

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// Runner runs the code cells of a notebook from top to bottom, without sockets.
// The zero value stops at the first error and sets no limit of time.
type Runner struct {
	Timeout     time.Duration // for each cell; 0: none
	AllowErrors bool          // go on after a cell that failed
	Timings     bool          // note in the metadata when each cell ran, and by which build
	OutputLimit int           // bytes kept of one cell's outputs; 0 means 16 MiB

	// Started, when set, is told of each cell before it runs.
	Started func(cell int, source string)
	// Progress, when set, is told how far the long calls of a cell are. It may
	// be called from several goroutines at once.
	Progress func(cell int, p display.Progress)

	grace time.Duration // 0: stopGrace; tests wait less
}

// stopGrace is how long an interrupted cell has to end before the interpreter
// is restarted under it. The engine kills a cell that ignores an interrupt
// after a second, so that this limit is only met when the engine itself hangs.
const stopGrace = 5 * time.Second

// CellError says which cell ended a run, and why.
type CellError struct {
	Cell   int          // number in the notebook, from 1, all cells counted
	Count  int          // its execution count, as in In [3]
	Source string       // its code
	Reason string       // "failed", "was interrupted", "took longer than 10s"
	Err    kernel.Error // what the interpreter said
}

// Error says it in one line: "cell 4 (In [2]) failed: Panic: index out of range".
func (e *CellError) Error() string {
	return fmt.Sprintf("cell %d (In [%d]) %s: %s: %s", e.Cell, e.Count, e.Reason, e.Err.Name, e.Err.Value)
}

// Run replaces the outputs of the notebook's code cells by those of a new run.
// Cells after one that failed stay without outputs; a cell with the tag
// raises-exception may fail. The error is a *CellError when a cell failed, and
// the notebook then holds what had run. Cancelling ctx interrupts the cell that
// runs and ends the run.
func (r Runner) Run(ctx context.Context, nb *Notebook, interp kernel.Interpreter) error {
	if r.OutputLimit == 0 {
		r.OutputLimit = 16 << 20
	}
	if r.grace == 0 {
		r.grace = stopGrace
	}
	begin := time.Now()
	nb.stamp(interp.Info())
	pass := &pass{Runner: r, interp: interp, collector: &collector{limit: r.OutputLimit}}
	pass.reset(nb)
	var failed error
	for i := range nb.Cells {
		if c := &nb.Cells[i]; c.Type == Code && strings.TrimSpace(c.Source) != "" {
			if failed = pass.cell(ctx, i+1, c); failed != nil {
				break
			}
		}
	}
	pass.settle()
	if r.Timings {
		nb.circumstances(begin, time.Now())
	}
	return failed
}

// pass is one run over a notebook.
type pass struct {
	Runner
	interp    kernel.Interpreter
	collector *collector
	ran       []ranCell
}

// ranCell is a cell that ran, with what it put out.
type ranCell struct {
	*Cell
	*collected
	err *kernel.Error
}

// reset drops what an earlier run left in the code cells.
func (p *pass) reset(nb *Notebook) {
	for i := range nb.Cells {
		if c := &nb.Cells[i]; c.Type == Code {
			c.Count, c.Outputs = 0, nil
			delete(c.Metadata, "execution")
		}
	}
}

// settle writes the outputs into the cells: at the end of the run, because a
// later cell may update an earlier cell's display.
func (p *pass) settle() {
	p.collector.close()
	for _, c := range p.ran {
		c.Outputs = p.collector.finish(c.collected, c.Count)
		if c.err != nil {
			c.Outputs = append(c.Outputs, Output{
				Type: ErrorOutput, Error: c.err.Name, Message: c.err.Value, Traceback: c.err.Traceback,
			})
		}
	}
}

// cell runs one cell; its error ends the run.
func (p *pass) cell(ctx context.Context, number int, c *Cell) error {
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted before cell %d", number)
	}
	if p.Started != nil {
		p.Started(number, c.Source)
	}
	c.Count = len(p.ran) + 1
	cell, sink := p.collector.begin()
	begin := time.Now()
	reply, reason := p.execute(ctx, kernel.Cell{Count: c.Count, Code: c.Source}, p.watch(number, sink))
	p.ran = append(p.ran, ranCell{c, cell, reply.Err})
	if p.Timings {
		c.note(begin, time.Now())
	}
	if reply.Err == nil && reason == "failed" {
		return nil
	}
	if reply.Err == nil { // it ended by itself just as it was stopped
		reply.Err = &kernel.Error{Name: "Interrupted", Value: "the run was stopped"}
	}
	failed := &CellError{Cell: number, Count: c.Count, Source: c.Source, Reason: reason, Err: *reply.Err}
	expected := reason == "failed" && c.HasTag("raises-exception")
	if expected || p.AllowErrors && ctx.Err() == nil {
		return nil
	}
	return failed
}

// watch passes progress on to whoever watches the run.
func (p *pass) watch(number int, sink display.Sink) display.Sink {
	return func(event display.Event) {
		sink(event)
		if progress, ok := event.(display.Progress); ok && p.Progress != nil {
			p.Progress(number, progress)
		}
	}
}

// execute runs a cell within its limits. The reason says what ended it:
// "failed" stands for its own end, by an error or not.
func (p *pass) execute(ctx context.Context, cell kernel.Cell, sink display.Sink) (reply kernel.Reply, reason string) {
	done := make(chan kernel.Reply, 1)
	go func() { done <- p.interp.Execute(cell, sink) }()
	var late <-chan time.Time
	if p.Timeout > 0 {
		timer := time.NewTimer(p.Timeout)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case reply = <-done:
		return reply, "failed"
	case <-ctx.Done():
		reason = "was interrupted"
	case <-late:
		reason = "took longer than " + p.Timeout.String()
	}
	p.interp.Interrupt()
	return p.await(done), reason
}

// await waits for a cell that was told to stop, and takes its process away when
// it does not.
func (p *pass) await(done <-chan kernel.Reply) kernel.Reply {
	select {
	case reply := <-done:
		return reply
	case <-time.After(p.grace):
	}
	err := p.interp.Restart()
	select {
	case reply := <-done:
		return reply
	case <-time.After(p.grace):
		err = errors.Join(errors.New("the cell did not stop"), err)
		return kernel.Reply{Err: &kernel.Error{Name: "Interrupted", Value: err.Error()}}
	}
}

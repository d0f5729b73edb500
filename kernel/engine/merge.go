package engine

import (
	"context"
	"math"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// run is one cell on one child.
type run struct {
	id    uint64
	out   display.Sink
	input kernel.Input    // nil: there is nobody to ask
	ctx   context.Context // ends with the cell or by an interrupt
	begun bool            // the child has taken it up; valid once done or gone
	done  chan *frame     // its end frame
}

// merger brings the three pipes of a child into one order: text that was printed
// before an event is delivered before it, text printed after it after it. It
// reads on only as fast as the sink takes, so a child that prints more than that
// waits in its write.
type merger struct {
	child    *child
	out, err lane
	frames   <-chan *frame
	pending  *frame // an ordered frame whose markers have not both come
	released uint64 // the last frame delivered

	filter   dumpFilter
	run      *run
	early    []display.Event // before the first run
	patience <-chan time.Time
	quiet    <-chan time.Time
	held     time.Time // since when the filter holds something
}

// lane is one text stream.
type lane struct {
	name   string
	pieces <-chan piece // nil at its end
	mark   uint64       // the last marker seen
	deaf   bool         // its markers do not arrive
}

const (
	// markWait bounds the wait for a marker: both were written before their
	// frame, so one that is not in the pipe by now never comes.
	markWait = 500 * time.Millisecond
	// dumpWait is how long what looks like the dump of a dying child is held
	// back while nothing more comes of it, dumpMost while more does.
	dumpWait = time.Second
	dumpMost = 5 * time.Second
	// exitWait bounds the wait for the end of a process that has closed its
	// pipes.
	exitWait = time.Second
	// earlyKept bounds the events kept for the first cell.
	earlyKept = 64
)

func newMerger(c *child, out, err <-chan piece, frames <-chan *frame) *merger {
	return &merger{
		child: c, frames: frames,
		out: lane{name: "stdout", pieces: out}, err: lane{name: "stderr", pieces: err},
	}
}

func (m *merger) loop() {
	for m.out.pieces != nil || m.err.pieces != nil || m.frames != nil || m.pending != nil {
		if m.pending != nil && m.passed(&m.out) && m.passed(&m.err) {
			m.release()
			continue
		}
		frames := m.frames
		if m.pending != nil {
			frames = nil
		}
		select {
		case p, ok := <-m.input(&m.out):
			m.take(&m.out, p, ok)
		case p, ok := <-m.input(&m.err):
			m.take(&m.err, p, ok)
		case f, ok := <-frames:
			m.takeFrame(f, ok)
		case <-m.patience:
			m.out.deaf = !m.passed(&m.out)
			m.err.deaf = !m.passed(&m.err)
		case <-m.quiet:
			m.quiet = nil
			m.send(display.Stream{Name: m.err.name, Text: m.filter.release()})
		}
	}
	m.finish()
}

// input is where to read a lane; nowhere while it waits at a marker.
func (m *merger) input(l *lane) <-chan piece {
	if l.mark > m.released {
		return nil
	}
	return l.pieces
}

// passed reports whether all the text of l before the pending frame is out.
func (m *merger) passed(l *lane) bool {
	return l.pieces == nil || l.deaf || l.mark >= m.pending.Mark
}

func (m *merger) take(l *lane, p piece, ok bool) {
	switch {
	case !ok:
		l.pieces = nil
	case p.mark > 0:
		l.mark, l.deaf = p.mark, false
	case l == &m.err:
		m.send(display.Stream{Name: l.name, Text: m.filter.pass(p.text)})
		m.hold()
	default:
		m.send(display.Stream{Name: l.name, Text: p.text})
	}
	if m.pending != nil {
		m.patience = time.After(markWait)
	}
}

func (m *merger) takeFrame(f *frame, ok bool) {
	if !ok {
		m.frames = nil
		m.released = math.MaxUint64 // nothing to wait for any more
		return
	}
	m.pending = f
	m.patience = time.After(markWait)
}

// release delivers the pending frame.
func (m *merger) release() {
	f := m.pending
	m.pending, m.patience = nil, nil
	if m.frames != nil {
		m.released = max(m.released, f.Mark)
	}
	m.alive()
	switch {
	case f.Kind == kindBegin:
		m.begin(f.ID)
	case f.Kind == kindEnd:
		m.end(f)
	case f.Kind == kindForget:
		m.child.endRun(f.ID)
	case f.Kind == kindAsk && m.run != nil:
		go m.run.consult(m.child, f)
	default:
		if event := f.event(); event != nil {
			m.route(f.Run, event)
		}
	}
}

// hold sees to it that what the filter holds back is shown in time.
func (m *merger) hold() {
	if !m.filter.holding() {
		return
	}
	if m.quiet == nil {
		m.held = time.Now()
	}
	m.quiet = time.After(min(dumpWait, time.Until(m.held.Add(dumpMost))))
}

// alive shows what was held back as the dump of a dying child: this one lives.
func (m *merger) alive() {
	m.filter.outlived()
	if m.filter.holding() {
		m.send(display.Stream{Name: m.err.name, Text: m.filter.release()})
		m.quiet = nil
	}
}

func (m *merger) begin(id uint64) {
	m.child.mu.Lock()
	r := m.child.run
	m.child.mu.Unlock()
	if r == nil || r.id != id {
		return
	}
	m.run = r
	r.begun = true
	for _, event := range m.early {
		m.send(event)
	}
	m.early = nil
}

// end delivers the result of a run and its end.
func (m *merger) end(f *frame) {
	if f.Result != nil {
		m.route(f.Run, *f.Result)
	}
	m.child.mu.Lock()
	m.child.names = f.Names
	m.child.mu.Unlock()
	if r := m.child.runOf(f.ID); r != nil {
		r.done <- f
	}
}

// route delivers what a goroutine of run id shows: to that run, also when another
// one has begun.
func (m *merger) route(id uint64, event display.Event) {
	if m.run != nil && id != m.run.id && id != 0 {
		if r := m.child.runOf(id); r != nil {
			r.out(event)
			return
		}
	}
	m.send(event)
}

func (m *merger) send(event display.Event) {
	if text, ok := event.(display.Stream); ok && text.Text == "" {
		return
	}
	switch {
	case m.run != nil:
		m.run.out(event)
	case len(m.early) < earlyKept:
		m.early = append(m.early, event)
	}
}

// finish says how the child died, after the last of its output.
func (m *merger) finish() {
	select {
	case <-m.child.exited:
	case <-time.After(exitWait):
		m.child.kill("it closed its pipe to the kernel")
		<-m.child.exited
	}
	m.child.cause = causeOf(m.child, &m.filter)
	text := m.filter.release
	if fatal(m.child.cmd.ProcessState) {
		text = m.filter.drop
	}
	m.send(display.Stream{Name: m.err.name, Text: text()})
	close(m.child.gone)
}

package engine

import (
	"bufio"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// child is the parent's view of one child process.
type child struct {
	cmd   *exec.Cmd
	nonce string
	pipes pipes
	in    *frameWriter

	ready  chan struct{} // closed when it has a session
	exited chan struct{} // closed when the process was reaped
	gone   chan struct{} // closed when its last output was delivered as well

	mu      sync.Mutex
	refusal string // why it has no session
	reaped  bool
	killed  string          // why we killed it; "": we did not
	names   []string        // what the cells have declared
	run     *run            // the latest
	runs    map[uint64]*run // those of which something may still come
	asked   map[uint64]chan *frame
	cause   string // how it died; valid when gone
}

// pipes are the four between parent and child.
type pipes struct {
	inR, inW, outR, outW, errR, errW, eventR, eventW *os.File
}

func newPipes() (p pipes, err error) {
	for _, ends := range [][2]**os.File{
		{&p.inR, &p.inW}, {&p.outR, &p.outW}, {&p.errR, &p.errW}, {&p.eventR, &p.eventW},
	} {
		if *ends[0], *ends[1], err = os.Pipe(); err != nil {
			p.close(p.inR, p.inW, p.outR, p.outW, p.errR, p.errW, p.eventR, p.eventW)
			return p, err
		}
	}
	widen(p.outW)
	widen(p.errW)
	return p, nil
}

func (p *pipes) close(files ...*os.File) {
	for _, f := range files {
		if f != nil {
			_ = f.Close()
		}
	}
}

// startChild starts the process, which then waits for begin, and the goroutines
// that read from it. They all end by themselves when the process does.
func startChild(o Options) (*child, error) {
	p, err := newPipes()
	if err != nil {
		return nil, err
	}
	raw := make([]byte, nonceBytes)
	_, _ = rand.Read(raw) // never fails since Go 1.24
	c := &child{
		nonce: hex.EncodeToString(raw), pipes: p, in: newFrameWriter(p.inW),
		ready: make(chan struct{}), exited: make(chan struct{}), gone: make(chan struct{}),
		asked: map[uint64]chan *frame{}, runs: map[uint64]*run{},
	}
	c.cmd = exec.Command(o.Command[0], o.Command[1:]...)
	c.cmd.Env, c.cmd.Dir = o.Env, o.Dir
	c.cmd.Stdout, c.cmd.Stderr = p.outW, p.errW
	c.cmd.ExtraFiles = []*os.File{p.inR, p.eventW} // 3 and 4
	isolate(c.cmd)

	started := make(chan error, 1)
	go c.live(started)
	err = <-started
	p.close(p.inR, p.outW, p.errW, p.eventW)
	if err != nil {
		p.close(p.inW, p.outR, p.errR, p.eventR)
		return nil, err
	}
	c.listen()
	return c, nil
}

// begin lets the child make its session, for which it has waited since it started.
func (c *child) begin() {
	go func() { _ = c.in.write(&frame{Kind: kindStart, Nonce: c.nonce}) }() // fails when it has died
}

// live starts the process and stays until it is dead, all on one thread, see
// [isolate]. It ends whatever the child has started along with it.
func (c *child) live(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := c.cmd.Start(); err != nil {
		started <- err
		return
	}
	started <- nil
	pid := c.cmd.Process.Pid
	awaitExit(c.cmd)
	c.mu.Lock()
	_ = syscall.Kill(-pid, syscall.SIGKILL)
	if c.cmd.ProcessState == nil {
		_ = c.cmd.Wait() // its outcome is in ProcessState
	}
	c.reaped = true
	c.mu.Unlock()
	close(c.exited)
	_ = c.pipes.inW.Close()
	for _, f := range []*os.File{c.pipes.outR, c.pipes.errR, c.pipes.eventR} {
		_ = f.SetReadDeadline(time.Now()) // see lastWords
	}
}

func (c *child) pid() int { return c.cmd.Process.Pid }

// livingPID is the process id, 0 of no child and of a dead one.
func (c *child) livingPID() int {
	if c == nil || !c.alive() {
		return 0
	}
	return c.pid()
}

// isReady reports whether the child ever had a session.
func (c *child) isReady() bool {
	select {
	case <-c.ready:
		return true
	default:
		return false
	}
}

func (c *child) alive() bool {
	select {
	case <-c.exited:
		return false
	default:
		return true
	}
}

// kill ends the process and all that it started. The first reason stays.
func (c *child) kill(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reaped {
		return
	}
	if c.killed == "" {
		c.killed = reason
	}
	_ = syscall.Kill(-c.pid(), syscall.SIGKILL)
	_ = syscall.Kill(c.pid(), syscall.SIGKILL) // a cell may have left the group
}

// listen starts the readers of the child's three pipes and the merger of what
// they read.
func (c *child) listen() {
	out, errs, frames := make(chan piece), make(chan piece), make(chan *frame, 16)
	go readText(c.pipes.outR, c.nonce, out)
	go readText(c.pipes.errR, c.nonce, errs)
	go c.readFrames(frames)
	go newMerger(c, out, errs, frames).loop()
}

func readText(f *os.File, nonce string, to chan<- piece) {
	defer close(to)
	defer f.Close()
	emit := func(p piece) { to <- p }
	s := newSplitter(nonce)
	r := &lastWords{f: f}
	buffer := make([]byte, 128<<10)
	for {
		n, err := r.Read(buffer)
		s.split(buffer[:n], emit)
		if err != nil {
			s.end(emit)
			return
		}
	}
}

// readFrames passes ordered frames on and handles the others itself, so that
// they wait for nothing.
func (c *child) readFrames(ordered chan<- *frame) {
	defer close(ordered)
	defer c.pipes.eventR.Close()
	r := bufio.NewReader(&lastWords{f: c.pipes.eventR})
	for {
		f, err := readFrame(r)
		if err != nil {
			if !errors.Is(err, io.EOF) {
				c.kill(fmt.Sprintf("its messages could not be read (%v)", err))
			}
			return
		}
		switch f.Kind {
		case kindReady:
			c.setReady(f)
		case kindAnswer:
			c.answer(f)
		default:
			ordered <- f
		}
	}
}

func (c *child) setReady(f *frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.Error != nil {
		c.refusal = f.Error.Value
		return
	}
	select {
	case <-c.ready:
	default:
		c.names = f.Names
		close(c.ready)
	}
}

// beginRun makes r the run that is under way.
func (c *child) beginRun(r *run) {
	c.keepRun(r)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.run = r
}

// keepRun lets what comes of r find it.
func (c *child) keepRun(r *run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs[r.id] = r
}

// runOf is the run with the number, nil when it is unknown or forgotten.
func (c *child) runOf(id uint64) *run {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.runs[id]
}

func (c *child) endRun(id uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.runs, id)
}

// ask registers a question by number; its answer comes on the channel.
func (c *child) ask(id uint64) <-chan *frame {
	answer := make(chan *frame, 1)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[id] = answer
	return answer
}

func (c *child) answer(f *frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if answer, ok := c.asked[f.ID]; ok {
		answer <- f // has room for its one answer
		delete(c.asked, f.ID)
	}
}

func (c *child) forget(id uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.asked, id)
}

// declared lists what the cells have declared, as of the last reply.
func (c *child) declared() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.names
}

// lastWords reads a pipe to its end, or, once the child is dead and the deadline
// that says so has passed, until it is empty: a process that the child started
// and that left its group may hold the pipe open for ever.
type lastWords struct {
	f    *os.File
	dead bool
	read int // bytes since the death
}

// afterDeath bounds what is read from a dead child's pipe: more than a pipe can
// hold.
const afterDeath = 4 << 20

func (r *lastWords) Read(b []byte) (int, error) {
	for {
		if r.dead {
			if r.read > afterDeath {
				return 0, io.EOF
			}
			_ = r.f.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
		}
		n, err := r.f.Read(b)
		switch {
		case n > 0:
			if r.dead {
				r.read += n
			}
			return n, nil
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return n, err
		case r.dead:
			return 0, io.EOF
		}
		r.dead = true
	}
}

package compiled

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"crossbook/interp/compiled/wire"
)

// process runs a program.
type process struct {
	command *exec.Cmd
	in      *os.File // calls
	writer  *wire.Writer
	shapes  []string // of the functions' types
	buffers wire.Buffers
	crash   *bytes.Buffer
	read    chan struct{} // closed when crash is read
	dead    chan struct{} // closed when the process has ended

	mu      sync.Mutex
	calls   map[uint64]chan wire.Frame
	last    uint64
	err     error // how it ended
	stopped bool  // by a call that was stopped
	retired bool
	checked map[int]bool // functions whose types are known to agree
}

// errGone is the error of a call that came too late for a process.
var errGone = errors.New("the process has ended")

// start starts a program and waits until it is ready.
func start(file string, out [2]*os.File) (*process, error) {
	p := &process{
		crash: &bytes.Buffer{}, read: make(chan struct{}), dead: make(chan struct{}),
		calls: map[uint64]chan wire.Frame{}, checked: map[int]bool{},
	}
	var theirs, ours [3]*os.File // calls, answers, crash
	for i := range theirs {
		r, w, err := os.Pipe()
		if err != nil {
			closeAll(append(theirs[:], ours[:]...))
			return nil, err
		}
		if i == 0 {
			theirs[i], ours[i] = r, w
		} else {
			theirs[i], ours[i] = w, r
		}
		widen(w)
	}
	p.command = exec.Command(file)
	p.command.Stdout, p.command.Stderr = out[0], out[1]
	p.command.ExtraFiles = theirs[:]
	err := p.command.Start()
	closeAll(theirs[:])
	if err != nil {
		closeAll(ours[:])
		return nil, err
	}
	p.in, p.writer = ours[0], wire.NewWriter(ours[0])
	answers := wire.NewReader(ours[1])
	first, err := answers.Read(nil)
	if err == nil {
		p.shapes, err = wire.GetTexts(first.Payload)
	}
	go p.readCrash(ours[2])
	go p.receive(answers, ours[1])
	if err != nil {
		<-p.dead
		return nil, p.err
	}
	return p, nil
}

func closeAll(files []*os.File) {
	for _, f := range files {
		if f != nil {
			f.Close()
		}
	}
}

// readCrash reads what the runtime says as it dies: enough to tell why.
func (p *process) readCrash(from *os.File) {
	defer close(p.read)
	defer from.Close()
	const enough = 1 << 16
	_, _ = io.CopyN(p.crash, from, enough)
	_, _ = io.Copy(io.Discard, from)
}

// receive hands out the answers until there are no more.
func (p *process) receive(answers *wire.Reader, from *os.File) {
	defer from.Close()
	for {
		f, err := answers.Read(p.buffers.Get())
		if err != nil {
			p.bury()
			return
		}
		p.mu.Lock()
		to := p.calls[f.ID]
		delete(p.calls, f.ID)
		p.mu.Unlock()
		if to != nil {
			to <- f
		}
		p.rest()
	}
}

// bury waits for the end of the process and tells the calls of it.
func (p *process) bury() {
	_ = p.command.Process.Kill() // has ended, but for one that closed its descriptors
	err := p.command.Wait()
	<-p.read
	p.mu.Lock()
	defer p.mu.Unlock()
	p.in.Close()
	died := &Died{Reason: "exit status 0"}
	if err != nil {
		died.Reason = err.Error()
	}
	died.read(p.crash.String())
	p.err = died
	if p.stopped {
		p.err = ErrStopped
	}
	close(p.dead)
}

func (p *process) gone() bool {
	select {
	case <-p.dead:
		return true
	default:
		return false
	}
}

// retire ends the process as soon as it has nothing to do.
func (p *process) retire() {
	p.mu.Lock()
	p.retired = true
	p.mu.Unlock()
	p.rest()
}

// rest ends a process that is retired, unless a call is under way.
func (p *process) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.retired && len(p.calls) == 0 {
		p.in.Close()
	}
}

// open begins a call.
func (p *process) open() (id uint64, answer chan wire.Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last++
	answer = make(chan wire.Frame, 1)
	p.calls[p.last] = answer
	return p.last, answer
}

// close ends a call that was not sent.
func (p *process) close(id uint64) {
	p.mu.Lock()
	delete(p.calls, id)
	p.mu.Unlock()
	p.rest()
}

// agree tells whether the session means the same types as the process.
func (p *process) agree(v Invocation) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.checked[v.Function] {
		return nil
	}
	var text strings.Builder
	for _, a := range v.Args {
		text.WriteString(wire.Shape(a.Type().Elem()) + ",")
	}
	text.WriteString(")")
	for _, r := range v.Results {
		text.WriteString(wire.Shape(r.Type().Elem()) + ",")
	}
	if text.String() != p.shapes[v.Function] {
		return fmt.Errorf("types differ: %s here, %s in the compiled code", text.String(), p.shapes[v.Function])
	}
	p.checked[v.Function] = true
	return nil
}

// call makes a call. Meanwhile memory is locked for reading as the arguments are
// sent and for writing as what has changed comes back, so that calls may work on
// parts of one slice at once.
func (p *process) call(v Invocation, memory *sync.RWMutex) error {
	if err := p.agree(v); err != nil {
		return err
	}
	g := &wire.Graph{}
	id, answer := p.open()
	if err := p.send(v, g, id, memory); err != nil {
		return err
	}
	f, err := p.wait(v, id, answer)
	if err != nil {
		return err
	}
	defer p.buffers.Put(f.Payload)
	memory.Lock()
	defer memory.Unlock()
	return finish(g, f, v.Results)
}

// send sends the arguments of a call. An error in them runs code of the cells, which
// may call too, as its text is asked for; memory is not locked then.
func (p *process) send(v Invocation, g *wire.Graph, id uint64, memory *sync.RWMutex) error {
	lock := true
	args := slices.Clone(v.Args)
	for i, a := range args {
		if err, ok := a.Interface().(*error); ok {
			settled := wire.Settle(*err)
			args[i] = reflect.ValueOf(&settled)
		} else if wire.HasErrors(a.Type().Elem()) {
			lock = false
		}
	}
	if lock {
		memory.RLock()
		defer memory.RUnlock()
	}
	parts, err := g.Encode(args)
	if err != nil {
		p.close(id)
		return err
	}
	head := wire.CallHead{Function: v.Function}
	if v.Context != nil {
		head.Deadline, _ = v.Context.Deadline()
	}
	if err := p.writer.Write(wire.Call, id, append([][]byte{head.Put()}, parts...)...); err != nil {
		return p.lost(errGone)
	}
	return nil
}

// lost returns how the process ended; otherwise, if that says nothing about the
// call: it came when the process was at its end.
func (p *process) lost(otherwise error) error {
	<-p.dead
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.retired && otherwise != nil {
		return otherwise
	}
	return p.err
}

// patience is how long a function whose context has ended may take to return.
const patience = 500 * time.Millisecond

// wait waits for the answer to a call.
func (p *process) wait(v Invocation, id uint64, answer chan wire.Frame) (wire.Frame, error) {
	stop := v.Stop
	var cancelled <-chan struct{}
	if v.Context != nil {
		cancelled = v.Context.Done()
	}
	var late <-chan time.Time
	for {
		select {
		case f := <-answer:
			return f, nil
		case <-p.dead:
			select {
			case f := <-answer:
				return f, nil
			default:
				return wire.Frame{}, p.lost(nil)
			}
		case <-cancelled:
			cancelled = nil
			_ = p.writer.Write(wire.Cancel, id, wire.PutCause(context.Cause(v.Context))) // if it fails, the process has ended
		case <-stop:
			if stop = nil; v.Context != nil && v.Context.Err() != nil {
				late = time.After(patience)
				continue
			}
			return wire.Frame{}, p.kill()
		case <-late:
			return wire.Frame{}, p.kill()
		}
	}
}

// kill ends the process and with it all calls.
func (p *process) kill() error {
	p.mu.Lock()
	p.stopped = true
	p.mu.Unlock()
	_ = p.command.Process.Kill()
	<-p.dead
	return ErrStopped
}

// finish takes the answer to a call.
func finish(g *wire.Graph, f wire.Frame, results []reflect.Value) error {
	if f.Kind != wire.Panic {
		return g.DecodeReply(f.Payload, results)
	}
	failure, rest, err := wire.GetFailure(f.Payload)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		if err := g.DecodeReply(rest, nil); err != nil {
			return err
		}
	}
	return &Panic{failure}
}

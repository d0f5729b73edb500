package compiled

import (
	"context"
	"errors"
	"os"
	"reflect"
	"sync"
)

// Code is a built program and the process that runs it. Its methods may be called
// by several goroutines at once.
type Code struct {
	builder *Builder
	program Program
	out     [2]*os.File // stdout and stderr of the process

	// Fresh tells whether Build had to build the program.
	Fresh bool

	mu      sync.Mutex
	file    string
	process *process
	starts  int
	retired bool
}

// Build builds a program, or finds it built. Its process writes to stdout and
// stderr. An error of the compiler is a *BuildError; without Go, ErrNoToolchain is
// in the error's chain. When ctx ends, so does the build. Builds come one at a time;
// calls of all that one Builder has built do not read what another is changing.
func (b *Builder) Build(ctx context.Context, p Program, stdout, stderr *os.File) (*Code, error) {
	if b.memory == nil {
		b.memory = &sync.RWMutex{}
	}
	file, fresh, err := b.build(ctx, p)
	if err != nil {
		return nil, err
	}
	return &Code{builder: b, program: p, out: [2]*os.File{stdout, stderr}, Fresh: fresh, file: file}, nil
}

// Start starts the process, unless it runs; its variables have their first values
// then. again tells whether it has run before.
func (c *Code) Start(ctx context.Context) (again bool, err error) {
	_, again, err = c.running(ctx)
	return again, err
}

func (c *Code) running(ctx context.Context) (p *process, again bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process != nil && !c.process.gone() {
		return c.process, false, nil
	}
	p, err = start(c.file, c.out)
	if errors.Is(err, os.ErrNotExist) { // another session needed the room
		if c.file, _, err = c.builder.build(ctx, c.program); err == nil {
			p, err = start(c.file, c.out)
		}
	}
	if err != nil {
		return nil, false, err
	}
	c.process = p
	c.starts++
	return p, c.starts > 1, nil
}

// leave ends a process after a call, if no further is expected.
func (c *Code) leave(p *process) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.retired {
		p.retire()
	}
}

// Retire lets the process end when no call is under way: nobody is expected to
// call any more. A later call starts it again.
func (c *Code) Retire() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.retired = true
	if c.process != nil {
		c.process.retire()
	}
}

// Invocation is one call of a function.
type Invocation struct {
	Function int             // its place in Program.Functions
	Args     []reflect.Value // pointers to the arguments, those that are contexts left out
	Results  []reflect.Value // pointers to where the results go

	// Context is the argument that is a context, nil if the function takes none.
	// When it ends, the function's does.
	Context context.Context

	// Stop, when closed, ends the call: at once, or a moment later if the function
	// takes a context and that has ended.
	Stop <-chan struct{}

	// Restarted is called before a call that has to start the process again.
	Restarted func()
}

// ErrStopped is the error of a call that was stopped.
var ErrStopped = errors.New("stopped")

// Call calls a function. What it changes in the memory of its arguments is changed
// there when Call returns. A panic is a *Panic, the death of the process a *Died.
func (c *Code) Call(v Invocation) error {
	for {
		p, again, err := c.running(context.Background())
		if err != nil {
			return err
		}
		if again && v.Restarted != nil {
			v.Restarted()
		}
		err = p.call(v, c.builder.memory)
		c.leave(p)
		if !errors.Is(err, errGone) {
			return err
		}
	}
}

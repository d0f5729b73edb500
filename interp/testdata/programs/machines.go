package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

type State int

const (
	Idle State = iota
	Running
	Stopped
	numStates
)

var stateNames = map[State]string{Idle: "idle", Running: "running", Stopped: "stopped"}

func (s State) String() string {
	if n, ok := stateNames[s]; ok {
		return n
	}
	return fmt.Sprintf("State(%d)", int(s))
}

type Transition struct{ from, to State }
type Machine struct {
	State
	allowed map[Transition]func() error
	history [numStates]int
	hooks   []func(from, to State)
}

type TransitionError struct {
	Transition
	Cause error
}

func (e *TransitionError) Error() string {
	return fmt.Sprintf("%v to %v: %v", e.from, e.to, e.Cause)
}
func (e *TransitionError) Unwrap() error { return e.Cause }

var ErrForbidden = errors.New("forbidden")

func (m *Machine) Go(to State) (err error) {
	t := Transition{m.State, to}
	defer func() {
		if r := recover(); r != nil {
			err = &TransitionError{t, fmt.Errorf("panicked: %v", r)}
		}
		if err == nil {
			for _, h := range m.hooks {
				h(t.from, t.to)
			}
		}
	}()
	f, ok := m.allowed[t]
	if !ok {
		return &TransitionError{t, ErrForbidden}
	}
	if f != nil {
		if err := f(); err != nil {
			return &TransitionError{Transition: t, Cause: err}
		}
	}
	m.State = to
	m.history[to]++
	return nil
}

type Option func(*Config)
type Config struct {
	Name    string
	Retries int
	Timeout time.Duration
	nested  struct {
		A, B int
		C    []string
	}
}

func WithName(s string) Option { return func(c *Config) { c.Name = s } }
func WithRetries(n int) Option {
	return func(c *Config) { c.Retries = n; c.nested.C = append(c.nested.C, fmt.Sprint(n)) }
}
func New(opts ...Option) *Config {
	c := &Config{Timeout: time.Second}
	for _, o := range opts {
		o(c)
	}
	return c
}

type Handler interface{ Handle(string) (string, bool) }
type HandlerFunc func(string) (string, bool)

func (f HandlerFunc) Handle(s string) (string, bool) { return f(s) }

type Chain []Handler

func (c Chain) Handle(s string) (out string, ok bool) {
	out = s
	for _, h := range c {
		if out, ok = h.Handle(out); !ok {
			break
		}
	}
	return
}

type Middleware func(Handler) Handler

func Logged(log *[]string) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(s string) (string, bool) {
			*log = append(*log, "before "+s)
			defer func() { *log = append(*log, "after "+s) }()
			return next.Handle(s)
		})
	}
}

type Observer[T any] struct {
	mu   sync.RWMutex
	subs map[int]chan<- T
	next int
}

func (o *Observer[T]) Subscribe(n int) (<-chan T, func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.subs == nil {
		o.subs = make(map[int]chan<- T)
	}
	c, id := make(chan T, n), o.next
	o.subs[id] = c
	o.next++
	return c, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if _, ok := o.subs[id]; ok {
			delete(o.subs, id)
			close(c)
		}
	}
}
func (o *Observer[T]) Publish(v T) (n int) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	for _, c := range o.subs {
		select {
		case c <- v:
			n++
		default:
		}
	}
	return
}

type countingReader struct {
	io.Reader
	n int
}

func (c *countingReader) Read(p []byte) (n int, err error) {
	n, err = c.Reader.Read(p)
	c.n += n
	return
}

type Temp interface{ ~float64 }
type C float64
type F float64

func Convert[To, From Temp](x From, scale, shift float64) To { return To(float64(x)*scale + shift) }

func pipeline(n int) <-chan int {
	gen := func() <-chan int {
		c := make(chan int)
		go func() {
			defer close(c)
			for i := range n {
				c <- i
			}
		}()
		return c
	}
	sq := func(in <-chan int) <-chan int {
		out := make(chan int)
		go func() {
			for v := range in {
				out <- v * v
			}
			close(out)
		}()
		return out
	}
	return sq(sq(gen()))
}

func main() {
	m := &Machine{allowed: map[Transition]func() error{
		{Idle, Running}:    nil,
		{Running, Stopped}: func() error { return nil },
		{Stopped, Idle}:    func() error { return io.ErrUnexpectedEOF },
		{Stopped, Running}: func() error { var p *Config; p.Retries++; return nil },
	}}
	m.hooks = append(m.hooks, func(f, t State) { fmt.Print("[", f, "->", t, "]") })
	for _, to := range []State{Running, Idle, Stopped, Idle, Running, State(7)} {
		err := m.Go(to)
		var te *TransitionError
		fmt.Println(m, m.State, err, errors.Is(err, ErrForbidden), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &te) && te.to == to)
	}
	fmt.Println(m.history, m.String())
	c := New(WithName("x"), WithRetries(3), WithRetries(4))
	fmt.Printf("%+v\n", *c)
	d := *c
	d.nested.C[0] = "changed"
	d.nested.A = 5
	fmt.Println(c.nested, d.nested, c.Timeout)
	var log []string
	up := HandlerFunc(func(s string) (string, bool) { return strings.ToUpper(s), true })
	stop := HandlerFunc(func(s string) (string, bool) { return s + "!", s != "STOP" })
	h := Logged(&log)(Chain{up, stop, Chain{}, up})
	fmt.Println(h.Handle("go"))
	fmt.Println(h.Handle("stop"))
	fmt.Println(log, len(log))
	var o Observer[string]
	c1, cancel1 := o.Subscribe(1)
	c2, cancel2 := o.Subscribe(5)
	fmt.Println(o.Publish("a"), o.Publish("b"))
	cancel1()
	cancel1()
	fmt.Println(o.Publish("c"))
	cancel2()
	for v := range c1 {
		fmt.Print(v, " ")
	}
	for v := range c2 {
		fmt.Print(v, " ")
	}
	fmt.Println()
	cr := &countingReader{Reader: strings.NewReader("some text")}
	b, err := io.ReadAll(io.LimitReader(cr, 4))
	fmt.Println(string(b), err, cr.n)
	fmt.Printf("%.1f %T\n", Convert[F](C(100), 1.8, 32), Convert[F](C(100), 1.8, 32))
	for v := range pipeline(5) {
		fmt.Print(v, " ")
	}
	tick := time.NewTicker(time.Millisecond)
	n := 0
loop:
	for {
		select {
		case <-tick.C:
			if n++; n == 3 {
				tick.Stop()
				break loop
			}
		case <-time.After(time.Minute):
			fmt.Println("late")
		}
	}
	fmt.Println(n)
	cond := sync.NewCond(&sync.Mutex{})
	ready := false
	go func() { cond.L.Lock(); ready = true; cond.L.Unlock(); cond.Broadcast() }()
	cond.L.Lock()
	for !ready {
		cond.Wait()
	}
	cond.L.Unlock()
	var mm sync.Map
	mm.Store("k", 1)
	v, loaded := mm.LoadOrStore("k", 2)
	fmt.Println(v, loaded)
	pr, pw := io.Pipe()
	go func() { fmt.Fprint(pw, "through a pipe"); pw.CloseWithError(io.ErrClosedPipe) }()
	b, err = io.ReadAll(pr)
	fmt.Println(string(b), err)
}

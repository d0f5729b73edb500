package run

import (
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"crossbook/interp/value"
)

// unwinding is the deferred calls of one call of an interpreted function, and the
// panic that is on its way through them. Lowered code makes one at the beginning of
// a function that needs it, adds the calls, and runs them at the end (lower's
// deferStmt).
type unwinding struct {
	calls     []deferral
	panicking bool
	thrown    any // value of the panic
}

// deferral is a deferred call.
type deferral struct {
	make func()

	// depth is how many interpreted functions deep a recover is that sees the panic:
	// the one of the deferred function, but none of those that it calls.
	depth int
}

// deferCall adds a call.
func deferCall(u *unwinding, depth int, f func()) {
	u.calls = append(u.calls, deferral{f, depth})
}

// deferMethod adds a call of a compiled method without arguments and results.
func deferMethod(u *unwinding, receiver any, name string) {
	f, _ := reflect.ValueOf(value.Plain(receiver)).MethodByName(name).Interface().(func())
	deferCall(u, 0, f)
}

// unwound runs the calls at the end of a function; thrown is what its recover gives.
func (p *support) unwound(u *unwinding, thrown any) {
	u.panicking, u.thrown = value.Plain(thrown) != nil, p.trace.settled(thrown)
	p.unwindings.run(u)
	if u.panicking {
		panic(p.trace.settled(u.thrown))
	}
}

// abandoned runs the calls that an interrupt has left, because it stops all that is
// interpreted. Compiled functions still take effect.
func (p *support) abandoned(u *unwinding) { p.unwindings.run(u) }

// unwindings are those on whose behalf a deferred call is being made while a panic
// is on its way, by the number of the goroutine, the innermost last.
type unwindings struct {
	mu     sync.Mutex
	active map[string][]*deferring
	count  atomic.Int64
}

// deferring is a deferred call that is being made.
type deferring struct {
	*unwinding
	depth int
}

// run makes the calls of a function, the last first. One that panics takes the place
// of the panic before.
func (a *unwindings) run(u *unwinding) {
	for len(u.calls) > 0 {
		last := len(u.calls) - 1
		c := u.calls[last]
		u.calls = u.calls[:last]
		if u.panicking {
			a.panicking(u, c)
		} else {
			a.calm(u, c)
		}
	}
}

// calm makes a call while no panic is on its way. seenFrom knows it by its name.
//
//go:noinline
func (a *unwindings) calm(u *unwinding, c deferral) { a.call(u, c) }

// panicking makes a call while a panic is on its way, which the call may recover.
//
//go:noinline
func (a *unwindings) panicking(u *unwinding, c deferral) {
	id := goroutineNumber()
	a.enter(id, &deferring{u, c.depth})
	defer a.leave(id)
	a.call(u, c)
}

func (a *unwindings) call(u *unwinding, c deferral) {
	returned := false
	defer func() {
		if v := recover(); v != nil {
			u.panicking, u.thrown = true, v
		} else if !returned { // runtime.Goexit
			a.run(u)
		}
	}()
	c.make()
	returned = true
}

func (a *unwindings) enter(id string, d *deferring) {
	a.count.Add(1)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.active == nil {
		a.active = map[string][]*deferring{}
	}
	a.active[id] = append(a.active[id], d)
}

func (a *unwindings) leave(id string) {
	a.count.Add(-1)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.active[id] = a.active[id][:len(a.active[id])-1]; len(a.active[id]) == 0 {
		delete(a.active, id)
	}
}

// recover ends the panic on whose way the calling deferred function is and returns
// its value; nil if there is none.
func (a *unwindings) recover() any {
	if a.count.Load() == 0 {
		return nil
	}
	depth, panicking := deferralDepth()
	if !panicking {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	list := a.active[goroutineNumber()]
	if len(list) == 0 {
		return nil
	}
	d := list[len(list)-1]
	if !d.unwinding.panicking || depth > d.depth {
		return nil
	}
	v := d.thrown
	d.unwinding.panicking, d.thrown = false, nil
	return v
}

// deferralDepth counts the interpreted functions from the caller up to the deferred
// call that they are part of, and tells whether a panic is on its way through it.
func deferralDepth() (depth int, panicking bool) {
	const atOnce = 64
	pcs := make([]uintptr, atOnce)
	for skip := 0; ; skip += atOnce {
		n := runtime.Callers(skip, pcs)
		frames := runtime.CallersFrames(pcs[:n])
		for more := n > 0; more; {
			var f runtime.Frame
			f, more = frames.Next()
			switch name := f.Function; {
			case strings.HasSuffix(name, "yaegi/interp.runCfg"):
				depth++
			case strings.HasSuffix(name, "yaegi/interp.runCfg.func1"): // one of the interpreter's own deferred calls
				return depth, false
			case strings.HasSuffix(name, "(*unwindings).calm"):
				return depth, false
			case strings.HasSuffix(name, "(*unwindings).panicking"):
				return depth, true
			}
		}
		if n < atOnce {
			return depth, false
		}
	}
}

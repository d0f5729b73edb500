package run

import (
	"fmt"
	"reflect"
	"sync/atomic"
	"time"

	"crossbook/interp/value"

	yaegi "github.com/traefik/yaegi/interp"
)

// halter stops interpreted code wherever it is, and lets code run again. yaegi's
// own way out, ExecuteWithContext, is for good: a frame runs only while its number
// is the interpreter's, which a stop changes, and it waits for channels only until
// the channel closes that was the interpreter's done when it began. So a function
// literal of an earlier cell would return nothing after an interrupt, and its waits
// would not be interrupted. Here the number goes back once all code has stopped,
// and done is the same for ever: it is fed, not closed.
type halter struct {
	id   *uint64
	done chan struct{}
}

// newHalter looks into the interpreter; the error is for a version of yaegi that
// is made otherwise.
func newHalter(i *yaegi.Interpreter) (halter, error) {
	v := reflect.ValueOf(i).Elem()
	id, done, cancels := v.FieldByName("id"), v.FieldByName("done"), v.FieldByName("cancelChan")
	if !id.IsValid() || id.Kind() != reflect.Uint64 || !done.IsValid() || done.Type() != reflect.TypeFor[chan struct{}]() ||
		!cancels.IsValid() || cancels.Kind() != reflect.Bool {
		return halter{}, errYaegi
	}
	h := halter{id: unlocked(id).Addr().Interface().(*uint64), done: make(chan struct{})}
	unlocked(done).Set(reflect.ValueOf(h.done))
	unlocked(cancels).SetBool(true)
	return h, nil
}

// halt stops all code. What it returns lets code run again; until then all that
// begins to run stops too.
func (h halter) halt() (resume func()) {
	atomic.AddUint64(h.id, 1)
	resumed := make(chan struct{})
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		for {
			select {
			case h.done <- struct{}{}: // one that waited for a channel stops
			case <-resumed:
				return
			}
		}
	}()
	return func() {
		close(resumed)
		<-fed
		atomic.AddUint64(h.id, ^uint64(0))
	}
}

// goroutineEnd is how long the goroutines of cells have to stop after an
// interrupt. One that is inside compiled code for longer runs on.
const goroutineEnd = 250 * time.Millisecond

// resumeLater lets code run again once the goroutines have stopped. The next
// cell waits for that.
func (m *Machine) resumeLater(resume func()) {
	m.resumed = make(chan struct{})
	go func() {
		defer close(m.resumed)
		m.support.goroutines.await(goroutineEnd)
		resume()
	}()
}

// launch starts a goroutine of a cell. A panic in it is reported instead of
// ending the process.
func (p *support) launch(f func()) {
	life := p.goroutines.start()
	go func() {
		defer p.goroutines.end(life)
		defer p.goroutines.enter()()
		defer func() {
			if v := value.Plain(recover()); v != nil {
				v = p.trace.explained(v)
				fmt.Fprintf(p.stderr(), "panic in a goroutine: %s\n", value.PanicText(v))
			}
		}()
		f()
	}()
}

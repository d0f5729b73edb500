package engine

import (
	"context"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"
	"sync"
	"unsafe"

	"crossbook/kernel/display"
)

// origins tells which cell has started the running goroutine, directly or by
// others. The runtime hands the labels that it keeps for profiles from a goroutine
// to those that it starts; each cell begins with labels of its own, by whose
// address it is known here. A goroutine that sets its labels itself is not.
type origins struct{ runs sync.Map } // numbers of runs (uint64) by address (uintptr)

// profileLabels is the address of the labels of the running goroutine. The runtime
// keeps this function for packages such as this one, https://go.dev/issue/67401.
//
//go:linkname profileLabels runtime/pprof.runtime_getProfLabel
func profileLabels() unsafe.Pointer

// enter makes the calling goroutine, and those that it starts, the run's. When the
// last of them has ended, forgotten is called some time.
func (o *origins) enter(run uint64, forgotten func(run uint64)) {
	labels := pprof.WithLabels(context.Background(), pprof.Labels("cell", strconv.FormatUint(run, 10)))
	pprof.SetGoroutineLabels(labels)
	at := profileLabels()
	address := uintptr(at)
	o.runs.Store(address, run)
	runtime.AddCleanup((*byte)(at), func(run uint64) {
		o.runs.CompareAndDelete(address, run) // another run may have the address by now
		forgotten(run)
	}, run)
}

// run is the number of the run to which the calling goroutine belongs, 0 when that
// is not known.
func (o *origins) run() uint64 {
	run, ok := o.runs.Load(uintptr(profileLabels()))
	if !ok {
		return 0
	}
	return run.(uint64)
}

// printer is standard output or standard error as cells print to it: what a
// goroutine prints when the next cell runs goes to the cell that started it.
type printer struct {
	server *server
	name   string // of the stream
	file   *os.File
}

var _ io.Writer = printer{}

// Write writes p, or, for a cell that is over, sends it beside the text.
func (p printer) Write(text []byte) (int, error) {
	run := p.server.late()
	if run == 0 {
		return p.file.Write(text)
	}
	late := &display.Stream{Name: p.name, Text: string(text)}
	if err := p.server.events.write(&frame{Kind: kindLate, Run: run, Late: late}); err != nil {
		return 0, err
	}
	return len(text), nil
}

// WriteString is Write without a copy.
func (p printer) WriteString(text string) (int, error) {
	if p.server.late() == 0 {
		return p.file.WriteString(text)
	}
	return p.Write([]byte(text))
}

// late is the number of the run to which the calling goroutine belongs when a
// later run has begun, 0 otherwise.
func (s *server) late() uint64 {
	run := s.origins.run()
	if run == s.latest.Load() {
		return 0
	}
	return run
}

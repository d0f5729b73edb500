package display

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

var current atomic.Pointer[Sink]

// SetSink says where Show and the other functions of this package send what
// they show; nil means the text to standard output, as in a program outside of a
// notebook. The engine calls it once, before the first cell; a cell has no use
// for it.
func SetSink(sink Sink) {
	if sink == nil {
		current.Store(nil)
		return
	}
	current.Store(&sink)
}

func send(event Event) {
	if sink := current.Load(); sink != nil {
		(*sink)(event)
		return
	}
	if data, ok := event.(Data); ok {
		fmt.Fprintln(os.Stdout, data.Bundle.Data[textPlain])
	}
}

// Display is something shown that may change: in a notebook the new value takes
// the old one's place.
type Display struct{ id string }

// Show shows v at once, before the cell has ended, and gives a handle to change
// it by. A cell that ends in a call of Show shows v once, not twice.
func Show(v any) *Display {
	d := &Display{id: newID()}
	if bundle := Render(v); len(bundle.Data) > 0 {
		send(Data{Bundle: bundle, ID: d.id})
	}
	return d
}

// Update puts v in the place of what d shows.
func (d *Display) Update(v any) {
	if d == nil || d.id == "" {
		return
	}
	send(Data{Bundle: Render(v), ID: d.id, Update: true})
}

// MIMEBundle gives nothing: a Display has been shown already.
func (d *Display) MIMEBundle() (data, metadata map[string]any) { return nil, nil }

// ClearOutput drops what the cell has shown so far; with wait not before the
// next output arrives, so that an animation does not flicker.
func ClearOutput(wait bool) { send(Clear{Wait: wait}) }

var displayNumber atomic.Int64

// processID makes display ids differ between processes: a front end keeps those
// of an earlier engine on its page, and must not update them by accident.
var processID = sync.OnceValue(func() string {
	var raw [6]byte
	_, _ = rand.Read(raw[:]) // never fails since Go 1.24
	return hex.EncodeToString(raw[:])
})

func newID() string {
	return fmt.Sprintf("display-%s-%d", processID(), displayNumber.Add(1))
}

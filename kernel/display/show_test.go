package display

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// recorded gives what show sends.
func recorded(t *testing.T, show func()) []Event {
	t.Helper()
	var mu sync.Mutex
	var events []Event
	SetSink(func(e Event) {
		mu.Lock()
		defer mu.Unlock()
		events = append(events, e)
	})
	defer SetSink(nil)
	show()
	return events
}

func TestShowAndUpdate(t *testing.T) {
	events := recorded(t, func() {
		d := Show("one")
		d.Update("two")
		ClearOutput(true)
	})
	first := events[0].(Data)
	if first.ID == "" || first.Update {
		t.Errorf("first %+v", first)
	}
	want := []Event{
		Data{Bundle: plain("one"), ID: first.ID},
		Data{Bundle: plain("two"), ID: first.ID, Update: true},
		Clear{Wait: true},
	}
	if diff := cmp.Diff(want, events); diff != "" {
		t.Error(diff)
	}
}

func TestDisplaysDiffer(t *testing.T) {
	events := recorded(t, func() { Show(1); Show(1) })
	if a, b := events[0].(Data).ID, events[1].(Data).ID; a == b || !strings.HasPrefix(a, "display-"+processID()) {
		t.Errorf("ids %q and %q", a, b)
	}
}

// TestDisplayShowsItselfOnce: a cell whose last expression is a call of Show has
// no result besides.
func TestDisplayShowsItselfOnce(t *testing.T) {
	var d *Display
	events := recorded(t, func() { d = Show(1); Show(d) })
	if len(events) != 1 || len(Render(d).Data) != 0 {
		t.Errorf("events %v", events)
	}
	var none *Display
	if got := recorded(t, func() { none.Update(1); new(Display).Update(1) }); len(got) != 0 {
		t.Errorf("a Display that shows nothing: %v", got)
	}
}

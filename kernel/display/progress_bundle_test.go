package display

import (
	"strings"
	"testing"
	"time"
)

var states = []struct {
	name              string
	progress          Progress
	text, html, inOne string
}{
	{
		name:     "beginning",
		progress: Progress{Title: "training BP", Total: 200},
		text:     "training BP: 0/200 (0 %)",
		html:     `<div><b>training BP</b> <progress value="0" max="200"></progress> 0/200 (0 %)</div>`,
		inOne:    "training BP [....................] 0/200 (0 %), 0s",
	},
	{
		name:     "running",
		progress: Progress{Title: "training BP", Done: 50, Total: 200, Note: "test accuracy 85.3 %", Elapsed: 30 * time.Second},
		text:     "training BP: 50/200 (25 %), test accuracy 85.3 %, 1m30s left",
		html:     `<div><b>training BP</b> <progress value="50" max="200"></progress> 50/200 (25 %), test accuracy 85.3 %, 1m30s left</div>`,
		inOne:    "training BP [#####...............] 50/200 (25 %), test accuracy 85.3 %, 1m30s left",
	},
	{
		name:     "some found",
		progress: Progress{Title: "sweep", Before: 100, Done: 150, Total: 200, Elapsed: 30 * time.Second},
		text:     "sweep: 150/200 (75 %), 30s left",
		html:     `<div><b>sweep</b> <progress value="150" max="200"></progress> 150/200 (75 %), 30s left</div>`,
		inOne:    "sweep [###############.....] 150/200 (75 %), 30s left",
	},
	{
		name:     "all found",
		progress: Progress{Title: "sweep", Before: 200, Done: 200, Total: 200, Elapsed: time.Second},
		text:     "sweep: 200/200 (100 %)",
		html:     `<div><b>sweep</b> <progress value="200" max="200"></progress> 200/200 (100 %)</div>`,
		inOne:    "sweep [####################] 200/200 (100 %), 1s",
	},
	{
		name:     "final",
		progress: Progress{Title: "training BP", Done: 200, Total: 200, Note: "85.3 %", Elapsed: 2 * time.Minute, Final: true},
		text:     "training BP: 200/200 (100 %), 85.3 %",
		html:     `<div><b>training BP</b> <progress value="200" max="200"></progress> 200/200 (100 %), 85.3 %</div>`,
		inOne:    "training BP [####################] 200/200 (100 %), 85.3 %, 2m0s",
	},
	{
		name:     "total unknown",
		progress: Progress{Title: "a < b", Done: 7, Elapsed: time.Second},
		text:     "a < b: 7",
		html:     `<div><b>a &lt; b</b> <progress></progress> 7</div>`,
		inOne:    "a < b 7, 1s",
	},
	{
		name:     "more than all",
		progress: Progress{Title: "x", Done: 3, Total: 2, Elapsed: time.Second},
		text:     "x: 3/2 (100 %), 0s left",
		html:     `<div><b>x</b> <progress value="2" max="2"></progress> 3/2 (100 %), 0s left</div>`,
		inOne:    "x [####################] 3/2 (100 %), 0s left",
	},
}

func TestProgressBundle(t *testing.T) {
	for _, s := range states {
		b := s.progress.Bundle()
		if b.Data["text/plain"] != s.text {
			t.Errorf("%s: %q, want %q", s.name, b.Data["text/plain"], s.text)
		}
		if b.Data["text/html"] != s.html {
			t.Errorf("%s: %q, want %q", s.name, b.Data["text/html"], s.html)
		}
	}
}

func TestProgressLine(t *testing.T) {
	for _, s := range states {
		if got := s.progress.Line(); got != s.inOne {
			t.Errorf("%s: %q, want %q", s.name, got, s.inOne)
		}
	}
}

func TestFinalStateDoesNotDependOnTime(t *testing.T) {
	a := Progress{Title: "x", Done: 1, Total: 1, Final: true, Elapsed: time.Second}
	b := a
	b.Elapsed = time.Hour
	for mime, want := range a.Bundle().Data {
		if got := b.Bundle().Data[mime]; got != want || strings.Contains(want.(string), "left") {
			t.Errorf("%s: %q and %q", mime, got, want)
		}
	}
}

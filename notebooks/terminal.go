package notebooks

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"crossbook/kernel/display"
)

// plainEvery is how often progress makes a line where lines cannot be
// rewritten, such as a log file.
const plainEvery = 10 * time.Second

// terminal shows how far a run is: one line that is rewritten on a terminal,
// a plain line now and then elsewhere.
type terminal struct {
	out   io.Writer
	tty   bool
	quiet bool
	cells int // in all

	mu    sync.Mutex
	last  time.Time // of the latest plain line
	shown bool      // a line stands there and must be wiped
}

func newTerminal(out *os.File, cells int, quiet bool) *terminal {
	info, err := out.Stat()
	tty := err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
	return &terminal{out: out, tty: tty, quiet: quiet, cells: cells, last: time.Now()}
}

// started shows which cell runs, by its first line.
func (t *terminal) started(cell int, source string) {
	if t.tty {
		first, _, _ := strings.Cut(strings.TrimSpace(source), "\n")
		t.line(cell, first)
	}
}

// progress shows the state of a long call.
func (t *terminal) progress(cell int, p display.Progress) {
	t.mu.Lock()
	due := t.tty || p.Final || time.Since(t.last) >= plainEvery
	t.mu.Unlock()
	if due {
		t.line(cell, p.Line())
	}
	if p.Final {
		t.keep()
	}
}

func (t *terminal) line(cell int, text string) {
	if t.quiet {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = time.Now()
	line := fmt.Sprintf("cell %d of %d: %s", cell, t.cells, text)
	if !t.tty {
		fmt.Fprintln(t.out, line)
		return
	}
	fmt.Fprint(t.out, "\r\x1b[K", shorten(line, 79))
	t.shown = true
}

// keep lets the line stand that would be rewritten.
func (t *terminal) keep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.shown {
		fmt.Fprintln(t.out)
		t.shown = false
	}
}

// wipe takes the rewritten line away.
func (t *terminal) wipe() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.shown {
		fmt.Fprint(t.out, "\r\x1b[K")
		t.shown = false
	}
}

// failure tells of a cell that ended the run: number, source, error.
func (t *terminal) failure(e *CellError) {
	t.wipe()
	var b strings.Builder
	fmt.Fprintf(&b, "cell %d of %d (In [%d]) %s:\n\n", e.Cell, t.cells, e.Count, e.Reason)
	for i, line := range strings.Split(strings.TrimRight(e.Source, "\n"), "\n") {
		fmt.Fprintf(&b, "  %3d | %s\n", i+1, line)
	}
	b.WriteString("\n")
	if len(e.Err.Traceback) == 0 {
		fmt.Fprintf(&b, "%s: %s\n", e.Err.Name, e.Err.Value)
	}
	for _, line := range e.Err.Traceback {
		b.WriteString(line + "\n")
	}
	text := b.String()
	if !t.tty {
		text = plainANSI(text)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprint(t.out, text)
}

// shorten cuts a line to a number of characters, so that a terminal does not
// wrap it.
func shorten(line string, width int) string {
	if utf8.RuneCountInString(line) <= width {
		return line
	}
	return string([]rune(line)[:width-1]) + "…"
}

package engine

import (
	"fmt"
	"regexp"
	"strings"
)

// The Go runtime writes every goroutine's stack to standard error when a program
// dies: hundreds of lines of which the first few tell what happened.
const (
	dumpShown = 25      // lines of a dump shown at once
	dumpHeld  = 4 << 20 // bytes held back, at most
	tailKept  = 8 << 10 // bytes of the text before it kept, to find the reason in
)

var dumpLine = regexp.MustCompile(`^(?:goroutine \d+ .*\[|runtime stack:)`)

// recovered is what the runtime adds to a panic that an interpreter has recovered
// and raised again.
var recovered = regexp.MustCompile(` \[recovered[^\]]*\]$`)

// dumpFilter passes standard error on and holds back the body of what looks like
// the runtime's dump, until it is known whether the child dies of it. A program
// may well print its stack and live.
type dumpFilter struct {
	tail  []byte // the text shown last
	line  string // the beginning of the current line
	lines int    // lines of the dump seen; 0: in no dump
	cause string // the runtime's last word before the latest dump
	held  strings.Builder
}

// pass takes text and gives what of it is to be shown now.
func (d *dumpFilter) pass(text string) string {
	if d.lines == 0 {
		at := d.dumpStart(text)
		d.keep(text[:at])
		if at == len(text) {
			return text
		}
		d.cause = d.lastWord()
		return text[:at] + d.inDump(text[at:])
	}
	return d.inDump(text)
}

// dumpStart finds the line of text that begins a dump, len(text) if none does.
// The line may have begun in an earlier text.
func (d *dumpFilter) dumpStart(text string) int {
	at := 0
	for {
		end := strings.IndexByte(text[at:], '\n')
		line := text[at:]
		if end >= 0 {
			line = text[at : at+end]
		}
		if len(d.line) < 64 {
			d.line += line[:min(len(line), 64)]
		}
		if (strings.HasPrefix(d.line, "goroutine ") || strings.HasPrefix(d.line, "runtime stack")) &&
			dumpLine.MatchString(d.line) {
			d.lines = 1
			d.line = ""
			return at
		}
		if end < 0 {
			return len(text)
		}
		d.line = ""
		at += end + 1
	}
}

func (d *dumpFilter) inDump(text string) string {
	at := 0
	for d.lines <= dumpShown && at < len(text) {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			at = len(text)
			break
		}
		at += end + 1
		d.lines++
	}
	d.held.WriteString(text[at:])
	if d.held.Len() > dumpHeld {
		return text[:at] + d.release()
	}
	return text[:at]
}

func (d *dumpFilter) holding() bool { return d.held.Len() > 0 }

// release gives what was held back: the child lives.
func (d *dumpFilter) release() string {
	text := d.held.String()
	d.held.Reset()
	d.lines, d.line = 0, ""
	return text
}

// drop forgets what was held back, for the child died of it, and gives a line
// that says so.
func (d *dumpFilter) drop() string {
	n := strings.Count(d.held.String(), "\n")
	d.release()
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("... (%d more lines of the Go runtime's report left out)\n", n)
}

func (d *dumpFilter) keep(text string) {
	d.tail = append(d.tail, text[max(0, len(text)-tailKept):]...)
	if len(d.tail) > 2*tailKept {
		d.tail = append(d.tail[:0], d.tail[len(d.tail)-tailKept:]...)
	}
}

// reason is the runtime's last word before the dump, such as "fatal error: stack
// overflow"; "" if there was no dump. It stays when what was held back is released,
// which happens when a dying child is slow.
func (d *dumpFilter) reason() string { return d.cause }

// outlived is for a child that shows that it did not die of the dump.
func (d *dumpFilter) outlived() { d.cause = "" }

func (d *dumpFilter) lastWord() string {
	lines := strings.Split(string(d.tail), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		if strings.HasPrefix(lines[i], "panic: ") || strings.HasPrefix(line, "fatal error: ") {
			return recovered.ReplaceAllString(line, "")
		}
	}
	return ""
}

// lastLine is the last line that says something.
func (d *dumpFilter) lastLine() string {
	text := strings.TrimSpace(string(d.tail))
	return strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}

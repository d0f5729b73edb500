package compiled

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"crossbook/interp/compiled/wire"
)

// Panic is a panic of compiled code.
type Panic struct{ wire.Failure }

// Error is the text of the panic's value.
func (p *Panic) Error() string {
	switch p.Way {
	case wire.IntValue:
		return strconv.Itoa(p.Int)
	case wire.Goexit:
		return "runtime.Goexit in compiled code"
	}
	return p.Text
}

// Died is the death of the process: by os.Exit, a panic in a goroutine of its own,
// a fatal error, a signal.
type Died struct {
	Reason string       // in one line
	Frames []wire.Place // of the goroutine that died, innermost first
}

// Error says that the code has ended, and why.
func (d *Died) Error() string { return "the compiled code has ended: " + d.Reason }

// fatal matches the line with which the runtime says why it ends.
var fatal = regexp.MustCompile(`(?m)^(?:panic|fatal error): .*$`)

// crashFrame matches a function of the cell in a trace, and the line below it.
var crashFrame = regexp.MustCompile(`(?m)^(?:created by )?main\.(.+?)(?:\([^()]*\))?(?: in goroutine \d+)?\n\t(.+):(\d+)`)

// read takes from the runtime's last words why and where.
func (d *Died) read(words string) {
	if why := fatal.FindString(words); why != "" {
		d.Reason = why
	} else if words != "" { // the first line of a fatal error goes to stderr alone
		d.Reason += ", a fatal error that the output tells"
	}
	first, _, _ := strings.Cut(words, "\n\ngoroutine ")
	if _, rest, found := strings.Cut(words, "\n\ngoroutine "); found {
		first, _, _ = strings.Cut(rest, "\n\n")
	}
	for _, m := range crashFrame.FindAllStringSubmatch(first, -1) {
		line, err := strconv.Atoi(m[3])
		if err == nil {
			d.Frames = append(d.Frames, wire.Place{Function: m[1], File: m[2], Line: line})
		}
	}
}

// Where writes a place of compiled code with the names that sources go by.
func Where(p wire.Place, source func(file string) string) string {
	name := p.Function
	if i := strings.Index(name, "[...]"); i >= 0 {
		name = name[:i]
	}
	name = closure.ReplaceAllString(name, "")
	name = strings.NewReplacer("(*", "", ")", "").Replace(name)
	return fmt.Sprintf("%s, %s:%d", name, source(path.Base(p.File)), p.Line)
}

// closure matches what the compiler adds to the name of a function for its
// literals.
var closure = regexp.MustCompile(`(\.func\d+|\.\d+|\.gowrap\d+|-range\d+)+$`)

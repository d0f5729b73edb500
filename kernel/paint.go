package kernel

import (
	"regexp"
	"strings"
)

// Colours of a traceback, as front ends show them.
const (
	red   = "\x1b[31m"
	green = "\x1b[32m"
	bold  = "\x1b[1m"
	plain = "\x1b[0m"
)

var (
	cellPlace = regexp.MustCompile(`\bcell \[\d+\]:\d+(:\d+)?`)
	caretLine = regexp.MustCompile(`^\s*\^[\^~]*\s*$`)
)

// painted is a traceback in the colours of other kernels: what went wrong in red,
// places in green. One that has colours already stays as it is.
func painted(traceback []string) []string {
	lines := make([]string, len(traceback))
	for i, line := range traceback {
		if strings.Contains(line, "\x1b") {
			return traceback
		}
		switch {
		case i == 0:
			lines[i] = bold + red + line + plain
		case caretLine.MatchString(line):
			lines[i] = red + line + plain
		default:
			lines[i] = cellPlace.ReplaceAllString(line, green+"$0"+plain)
		}
	}
	return lines
}

package notebooks

import (
	"strings"
	"unicode/utf8"
)

// splitLines cuts text after each line end, as Python's str.splitlines(True)
// does and hence Jupyter when it saves. Python knows more line ends than \n.
func splitLines(text string) []string {
	lines := []string{}
	start := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if !endsLine(r) {
			continue
		}
		if r == '\r' && strings.HasPrefix(text[i:], "\n") {
			i++
		}
		lines = append(lines, text[start:i])
		start = i
	}
	if start < len(text) {
		lines = append(lines, text[start:])
	}
	return lines
}

func endsLine(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// isJSON says whether a MIME type's value is JSON rather than text.
func isJSON(mime string) bool {
	return mime == "application/json" ||
		strings.HasPrefix(mime, "application/") && strings.HasSuffix(mime, "+json")
}

// isSplit says whether Jupyter stores a MIME type's text as a list of lines.
func isSplit(mime string) bool {
	return strings.HasPrefix(mime, "text/") ||
		mime == "application/javascript" || mime == "image/svg+xml"
}

// position turns a byte offset into a line and a column, both counted from 1,
// columns in characters.
func position(data []byte, offset int) (line, column int) {
	before := string(data[:min(max(offset, 0), len(data))])
	line = 1 + strings.Count(before, "\n")
	return line, 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
}

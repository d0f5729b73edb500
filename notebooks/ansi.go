package notebooks

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// escapes are the terminal's control sequences: CSI, OSC and two-byte ones.
var escapes = regexp.MustCompile("\x1b(\\[[0-9;:?]*[ -/]*[@-~]|\\][^\x07\x1b]*(\x07|\x1b\\\\)|[@-Z\\\\^_])")

// plainANSI takes colours and other control sequences out of a text.
func plainANSI(text string) string { return escapes.ReplaceAllString(text, "") }

// pen is the state of a terminal's colours.
type pen struct {
	bold, faint, italic, underline, inverse bool

	fore, back string // a CSS colour, "" for the page's own
}

// ansiHTML is printed text as HTML: colours become spans, carriage returns
// overwrite their line as on a terminal.
func ansiHTML(text string) string {
	text = overwrite(text)
	var b strings.Builder
	var p pen
	at := 0
	for _, m := range escapes.FindAllStringIndex(text, -1) {
		p.write(&b, text[at:m[0]])
		if seq := text[m[0]:m[1]]; strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m") {
			p.set(seq[2 : len(seq)-1])
		}
		at = m[1]
	}
	p.write(&b, text[at:])
	return b.String()
}

// overwrite keeps of each line what is left after its carriage returns.
func overwrite(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, "\r")
		lines[i] = line[strings.LastIndexByte(line, '\r')+1:]
	}
	return strings.Join(lines, "\n")
}

func (p *pen) write(b *strings.Builder, text string) {
	if text == "" {
		return
	}
	style := p.style()
	if style == "" {
		b.WriteString(html.EscapeString(text))
		return
	}
	fmt.Fprintf(b, `<span style="%s">%s</span>`, style, html.EscapeString(text))
}

func (p *pen) style() string {
	var parts []string
	add := func(on bool, css string) {
		if on {
			parts = append(parts, css)
		}
	}
	fore, back := p.fore, p.back
	if p.inverse {
		fore, back = cmpOr(back, "var(--paper)"), cmpOr(fore, "var(--ink)")
	}
	add(fore != "", "color:"+fore)
	add(back != "", "background:"+back)
	add(p.bold, "font-weight:bold")
	add(p.faint, "opacity:.7")
	add(p.italic, "font-style:italic")
	add(p.underline, "text-decoration:underline")
	return strings.Join(parts, ";")
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// set carries out one "select graphic rendition" sequence.
func (p *pen) set(codes string) {
	var n []int
	for _, field := range strings.FieldsFunc(codes, func(r rune) bool { return r == ';' || r == ':' }) {
		code, err := strconv.Atoi(field)
		if err != nil {
			return
		}
		n = append(n, code)
	}
	if len(n) == 0 {
		n = []int{0}
	}
	for len(n) > 0 {
		n = n[p.one(n):]
	}
}

// one carries out the first of the codes and says how many it used.
func (p *pen) one(n []int) int {
	switch c := n[0]; {
	case c == 0:
		*p = pen{}
	case c == 1:
		p.bold = true
	case c == 2:
		p.faint = true
	case c == 3:
		p.italic = true
	case c == 4:
		p.underline = true
	case c == 7:
		p.inverse = true
	case c == 22:
		p.bold, p.faint = false, false
	case c == 23:
		p.italic = false
	case c == 24:
		p.underline = false
	case c == 27:
		p.inverse = false
	case c == 39:
		p.fore = ""
	case c == 49:
		p.back = ""
	case c == 38 || c == 48:
		colour, used := longColour(n)
		p.paint(c == 48, colour)
		return used
	case slices.Contains([]int{3, 4, 9, 10}, c/10) && c%10 < 8:
		index := c%10 + 8*(c/10/9) // 90 to 107 are the bright ones
		p.paint(c/10 == 4 || c/10 == 10, fmt.Sprintf("var(--ansi-%d)", index))
	}
	return 1
}

func (p *pen) paint(back bool, colour string) {
	if back {
		p.back = colour
	} else {
		p.fore = colour
	}
}

// longColour reads 38;5;n (of 256 colours) and 38;2;r;g;b.
func longColour(n []int) (css string, used int) {
	switch {
	case len(n) >= 3 && n[1] == 5:
		return colour256(n[2]), 3
	case len(n) >= 5 && n[1] == 2:
		return fmt.Sprintf("rgb(%d,%d,%d)", n[2]&255, n[3]&255, n[4]&255), 5
	}
	return "", len(n)
}

// colour256 is xterm's palette: 16 named colours, a 6x6x6 cube, 24 greys.
func colour256(i int) string {
	switch {
	case i < 0 || i > 255:
		return ""
	case i < 16:
		return fmt.Sprintf("var(--ansi-%d)", i)
	case i < 232:
		level := func(v int) int { return min(v, 1)*55 + v*40 }
		i -= 16
		return fmt.Sprintf("rgb(%d,%d,%d)", level(i/36), level(i/6%6), level(i%6))
	}
	grey := 8 + 10*(i-232)
	return fmt.Sprintf("rgb(%d,%d,%d)", grey, grey, grey)
}

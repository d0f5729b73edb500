package plots

import (
	"sort"
	"strings"
	"unicode"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Proportions of a script to the text that it belongs to, in units of the
// text's size.
const (
	scriptScale = 0.7
	raise       = 0.36
	lower       = 0.18
)

// mathText is a text handler that understands sub- and superscripts and Greek
// names. gonum/plot's LaTeX handler panics on scripts, and its plain one drops
// characters that the font lacks.
type mathText struct{ fonts *font.Cache }

var _ text.Handler = mathText{}

// Cache has the fonts.
func (m mathText) Cache() *font.Cache { return m.fonts }

// Extents has no gap between lines: Box gives lines their full height.
func (m mathText) Extents(fnt font.Font) font.Extents {
	face := m.fonts.Lookup(fnt, fnt.Size)
	e := face.Extents()
	e.Height = e.Ascent + e.Descent
	return e
}

// Lines splits at line ends.
func (m mathText) Lines(txt string) []string {
	return strings.Split(strings.TrimRight(txt, "\n"), "\n")
}

// Box is the size of a line with its scripts.
func (m mathText) Box(line string, fnt font.Font) (width, height, depth vg.Length) {
	e := m.Extents(fnt)
	height, depth = e.Ascent, e.Descent
	for _, r := range parseMath(line) {
		face := m.fonts.Lookup(fnt, fnt.Size*vg.Length(r.scale))
		width += face.Width(r.text)
		shift := fnt.Size * vg.Length(r.shift)
		height = max(height, e.Ascent*vg.Length(r.scale)+shift)
		depth = max(depth, e.Descent*vg.Length(r.scale)-shift)
	}
	return width, height, depth
}

// Draw places the text so that it fills what text.Style.Rectangle promises.
func (m mathText) Draw(c vg.Canvas, txt string, sty text.Style, pt vg.Point) {
	c.SetColor(sty.Color)
	c.Push()
	defer c.Pop()
	c.Translate(pt)
	if sty.Rotation != 0 {
		c.Rotate(sty.Rotation)
	}
	top := sty.Height(txt)*vg.Length(1+sty.YAlign) - m.Extents(sty.Font).Descent
	for _, line := range m.Lines(txt) {
		width, height, depth := m.Box(line, sty.Font)
		at := vg.Point{X: vg.Length(sty.XAlign) * width, Y: top - height}
		for _, r := range parseMath(line) {
			face := m.fonts.Lookup(sty.Font, sty.Font.Size*vg.Length(r.scale))
			// SVG drops spaces at the start of a text.
			word := strings.TrimLeft(r.text, " ")
			if word != "" {
				space := face.Width(r.text[:len(r.text)-len(word)])
				c.FillString(face, at.Add(vg.Point{X: space, Y: sty.Font.Size * vg.Length(r.shift)}), word)
			}
			at.X += face.Width(r.text)
		}
		top -= height + depth
	}
}

// run is a piece of a line in one size and height.
type run struct {
	text  string
	scale float64 // of the font's size
	shift float64 // of the baseline, in units of the font's size
}

// parseMath splits a line into runs of characters that the font has.
func parseMath(line string) []run {
	p := mathParser{in: []rune(line)}
	p.parse(1, 0)
	return p.out
}

type mathParser struct {
	in  []rune
	out []run
}

// parse reads all of p.in at one level of scripts.
func (p *mathParser) parse(scale, shift float64) {
	for i := 0; i < len(p.in); {
		r := p.in[i]
		if r == '\\' {
			glyph, n := command(p.in[i+1:])
			p.emit(glyph, scale, shift)
			i += 1 + n
			if n > 1 && strings.HasPrefix(string(p.in[i:min(i+2, len(p.in))]), "{}") {
				i += 2 // ends the name, as in TeX
			}
			continue
		}
		if r == '_' || r == '^' {
			if body, n := script(p.in, i); n > 0 {
				p.script(body, r == '^', run{scale: scale, shift: shift})
				i += n
				continue
			}
		}
		if body, up, ok := unicodeScript(r); ok {
			p.script([]rune{body}, up, run{scale: scale, shift: shift})
			i++
			continue
		}
		p.emit(r, scale, shift)
		i++
	}
}

// script parses the body of a script that belongs to text at base.
func (p *mathParser) script(body []rune, up bool, base run) {
	shift := base.shift - lower*base.scale
	if up {
		shift = base.shift + raise*base.scale
	}
	inner := mathParser{in: body, out: p.out}
	for i, r := range body {
		if r == '-' { // a hyphen is too short to be seen as a sign
			body[i] = '−'
		}
	}
	inner.parse(base.scale*scriptScale, shift)
	p.out = inner.out
}

// emit adds a character to the last run, or to a new one when the level differs.
func (p *mathParser) emit(r rune, scale, shift float64) {
	if unicode.IsSpace(r) {
		r = ' '
	}
	if !hasGlyph(r) {
		r = noGlyph
	}
	if n := len(p.out); n > 0 && p.out[n-1].scale == scale && p.out[n-1].shift == shift {
		p.out[n-1].text += string(r)
		return
	}
	p.out = append(p.out, run{text: string(r), scale: scale, shift: shift})
}

// script finds the body of the script that starts with the _ or ^ at i, and how
// many characters it takes with its mark; 0 when the mark stands for itself.
func script(in []rune, i int) (body []rune, n int) {
	if i == 0 || unicode.IsSpace(in[i-1]) || i+1 == len(in) {
		return nil, 0
	}
	rest := in[i+1:]
	if rest[0] == '{' {
		end := closing(rest)
		if end < 0 {
			return nil, 0
		}
		return append([]rune(nil), rest[1:end]...), end + 2
	}
	if rest[0] == '\\' {
		if _, n := command(rest[1:]); n > 0 {
			return append([]rune(nil), rest[:n+1]...), n + 2
		}
	}
	end := 0
	if rest[0] == '-' || rest[0] == '−' || rest[0] == '+' {
		end++
	}
	digits := end
	for digits < len(rest) && unicode.IsDigit(rest[digits]) {
		digits++
	}
	switch {
	case digits > end:
		end = digits
	case end == 0 && unicode.IsLetter(rest[0]):
		end = 1
	default:
		return nil, 0
	}
	if end < len(rest) && (unicode.IsLetter(rest[end]) || unicode.IsDigit(rest[end]) || rest[end] == '_') {
		return nil, 0 // part of a word, such as train_loss or cycle_2_cycle
	}
	return append([]rune(nil), rest[:end]...), end + 1
}

// closing is the index of the brace that closes the one at 0, or -1.
func closing(in []rune) int {
	depth := 0
	for i, r := range in {
		switch r {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// command reads what follows a backslash: a Greek name, of which \mum is μ and m,
// or a mark that stands for itself. It returns how many characters it used; the
// backslash itself when it is none of these.
func command(rest []rune) (glyph rune, used int) {
	if len(rest) > 0 && strings.ContainsRune(`_^{}\%$#&`, rest[0]) {
		return rest[0], 1
	}
	for _, name := range symbolNames {
		if len(name) <= len(rest) && string(rest[:len(name)]) == name {
			return symbols[name], len(name)
		}
	}
	return '\\', 0
}

// symbols are the names that a label may use after a backslash.
var symbols = map[string]rune{
	"alpha": 'α', "beta": 'β', "gamma": 'γ', "delta": 'δ', "epsilon": 'ε', "zeta": 'ζ', "eta": 'η', "theta": 'θ',
	"iota": 'ι', "kappa": 'κ', "lambda": 'λ', "mu": 'μ', "nu": 'ν', "xi": 'ξ', "pi": 'π', "rho": 'ρ', "sigma": 'σ',
	"tau": 'τ', "upsilon": 'υ', "phi": 'φ', "chi": 'χ', "psi": 'ψ', "omega": 'ω',
	"Gamma": 'Γ', "Delta": 'Δ', "Theta": 'Θ', "Lambda": 'Λ', "Xi": 'Ξ', "Pi": 'Π', "Sigma": 'Σ', "Phi": 'Φ', "Psi": 'Ψ',
	"Omega": 'Ω', "times": '×', "cdot": '·', "pm": '±', "le": '≤', "ge": '≥', "approx": '≈', "infty": '∞', "partial": '∂',
	"sum": '∑', "degree": '°',
}

// symbolNames has the longest first, so that a name wins over its own beginning.
var symbolNames = func() []string {
	names := make([]string, 0, len(symbols))
	for name := range symbols {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		if len(names[i]) != len(names[j]) {
			return len(names[i]) > len(names[j])
		}
		return names[i] < names[j]
	})
	return names
}()

const (
	superscripts = "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻−ⁿnⁱi⁽(⁾)"
	subscripts   = "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋−₍(₎)"
)

// unicodeScript tells which character a raised or lowered one of Unicode is. The
// font has only some of them, so all are drawn as scripts.
func unicodeScript(r rune) (body rune, up, ok bool) {
	for _, table := range []string{superscripts, subscripts} {
		pairs := []rune(table)
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == r {
				return pairs[i+1], table == superscripts, true
			}
		}
	}
	return 0, false, false
}

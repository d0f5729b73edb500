package texmath

import (
	"html"
	"strings"
	"unicode/utf8"
)

// command reads a command and what belongs to it.
func (p *parser) command() (markup string, limits bool) {
	name := p.name()
	if symbol, ok := letters[name]; ok {
		if 'A' <= name[0] && name[0] <= 'Z' { // capitals of Greek stand upright
			return upright(symbol), false
		}
		return element("mi", symbol), false
	}
	if symbol, ok := signs[name]; ok {
		return operator(symbol), false
	}
	if symbol, ok := bigSigns[name]; ok {
		return `<mo largeop="true">` + symbol + "</mo>", !strings.Contains(name, "int")
	}
	if words, ok := functions[name]; ok {
		return element("mi", words) + space("0.1em"), limitWords[name]
	}
	if width, ok := spaces[name]; ok {
		return space(width), false
	}
	if accent, ok := accents[name]; ok {
		return `<mover accent="true"><mrow>` + p.argument() + "</mrow><mo>" + accent + "</mo></mover>", false
	}
	if font, ok := fonts[name]; ok {
		return font(p), false
	}
	return p.structure(name), false
}

// structure reads the commands that build something from arguments.
func (p *parser) structure(name string) string {
	switch name {
	case "frac", "dfrac", "tfrac":
		return element("mfrac", p.group(), p.group())
	case "binom":
		return operator("(") + `<mfrac linethickness="0">` + p.group() + p.group() + "</mfrac>" + operator(")")
	case "sqrt":
		return p.root()
	case "underline":
		return `<munder><mrow>` + p.argument() + `</mrow><mo stretchy="true">_</mo></munder>`
	case "left":
		return p.fenced()
	case "begin":
		return p.environment()
	case "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr":
		return operator(p.delimiter())
	case "displaystyle", "textstyle", "nonumber", "notag", "limits":
		return ""
	case "label":
		p.raw()
		return ""
	}
	p.bad = true
	return ""
}

// group is an argument as exactly one element.
func (p *parser) group() string { return element("mrow", p.argument()) }

func (p *parser) root() string {
	p.space()
	if !p.take("[") {
		return element("msqrt", p.group())
	}
	degree := p.row("]")
	p.bad = p.bad || !p.take("]")
	return element("mroot", p.group(), element("mrow", degree))
}

// fenced reads what stands between \left and \right.
func (p *parser) fenced() string {
	open := p.delimiter()
	inner := p.row(`\right`)
	if !p.take(`\right`) {
		p.bad = true
		return ""
	}
	return element("mrow", fence(open, "prefix"), inner, fence(p.delimiter(), "postfix"))
}

func fence(sign, form string) string {
	if sign == "" {
		return ""
	}
	return `<mo fence="true" stretchy="true" form="` + form + `">` + html.EscapeString(sign) + "</mo>"
}

// delimiter reads a fence; the point that stands for none is "".
func (p *parser) delimiter() string {
	p.space()
	if strings.HasPrefix(p.rest(), `\`) {
		sign, ok := signs[p.name()]
		p.bad = p.bad || !ok
		return sign
	}
	if p.rest() == "" || !strings.ContainsAny(p.rest()[:1], "()[]|/.<>") {
		p.bad = true
		return ""
	}
	sign := p.rest()[:1]
	p.pos++
	switch sign {
	case ".":
		return ""
	case "<":
		return "⟨"
	case ">":
		return "⟩"
	}
	return sign
}

// environment reads \begin{name} ... \end{name}.
func (p *parser) environment() string {
	name := p.raw()
	kind, ok := environments[name]
	if !ok {
		p.bad = true
		return ""
	}
	if name == "array" {
		p.raw() // the columns' alignment
	}
	table := p.table(kind.align)
	if !p.take(`\end`) || p.raw() != name {
		p.bad = true
	}
	return element("mrow", fence(kind.open, "prefix"), table, fence(kind.close, "postfix"))
}

// table reads cells parted by & and rows parted by \\. Columns take the letters
// of align in turn, the last one again and again.
func (p *parser) table(align string) string {
	var b strings.Builder
	b.WriteString("<mtable><mtr>")
	for column := 0; !p.bad; column++ {
		side := map[byte]string{'l': "left", 'r': "right", 'c': "center"}[align[column%len(align)]]
		b.WriteString(`<mtd style="text-align:` + side + `">` + p.row("&", `\\`, `\end`) + "</mtd>")
		switch {
		case p.take("&"):
		case p.take(`\\`):
			if p.space(); strings.HasPrefix(p.rest(), `\end`) {
				return b.String() + "</mtr></mtable>"
			}
			b.WriteString("</mtr><mtr>")
			column = -1
		default:
			return b.String() + "</mtr></mtable>"
		}
	}
	return ""
}

// font reads an argument of plain letters and shows it by a function.
func font(show func(text string) string) func(*parser) string {
	return func(p *parser) string {
		p.space()
		if p.rest() != "" && isLetter(p.rest()[0]) { // \mathbf x
			p.pos++
			return show(p.src[p.pos-1 : p.pos])
		}
		return show(p.raw())
	}
}

func upright(text string) string {
	return `<mi mathvariant="normal">` + html.EscapeString(strings.TrimSpace(text)) + "</mi>"
}

func bold(text string) string {
	return `<mi mathvariant="normal" style="font-weight:bold">` + html.EscapeString(text) + "</mi>"
}

func prose(text string) string {
	nbsp := strings.ReplaceAll(html.EscapeString(text), " ", "\u00a0")
	return element("mtext", nbsp)
}

// alphabet shows capital letters from a block of Unicode that begins with A;
// Unicode has some of them elsewhere.
func alphabet(first rune, elsewhere string) func(string) string {
	odd := map[rune]rune{}
	for pair := elsewhere; len(pair) > 1; {
		r, size := utf8.DecodeRuneInString(pair[1:])
		odd[rune(pair[0])] = r
		pair = pair[1+size:]
	}
	return func(text string) string {
		shown := strings.Map(func(r rune) rune {
			if other, ok := odd[r]; ok {
				return other
			}
			if 'A' <= r && r <= 'Z' {
				return first + r - 'A'
			}
			return r
		}, text)
		return element("mi", html.EscapeString(shown))
	}
}

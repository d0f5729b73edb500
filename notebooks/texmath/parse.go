package texmath

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDepth bounds the nesting of a formula.
const maxDepth = 40

// MathML translates a formula without its dollar signs. With display it stands
// in a line of its own. It returns ok false for a formula that it does not
// understand wholly.
func MathML(tex string, display bool) (markup string, ok bool) {
	p := &parser{src: tex, display: display}
	body := p.row()
	if p.bad || strings.TrimSpace(tex) == "" || !utf8.ValidString(tex) {
		return "", false
	}
	mode := "inline"
	if display {
		mode = "block"
	}
	return `<math display="` + mode + `"><semantics><mrow>` + body + `</mrow><annotation encoding="application/x-tex">` +
		html.EscapeString(strings.TrimSpace(tex)) + `</annotation></semantics></math>`, true
}

// parser reads a formula by recursive descent and writes MathML as it goes.
type parser struct {
	src     string
	pos     int
	depth   int
	display bool // limits stand above and below
	bad     bool // met something unknown: the result is void
}

// row reads elements up to one of the stops, which stays unread, or the end.
func (p *parser) row(stops ...string) string {
	var b strings.Builder
	if p.depth++; p.depth > maxDepth {
		p.bad = true
	}
	defer func() { p.depth-- }()
	for !p.bad {
		p.space()
		if p.rest() == "" || p.at(stops) {
			break
		}
		b.WriteString(p.scripted())
	}
	return b.String()
}

func (p *parser) rest() string { return p.src[p.pos:] }

func (p *parser) at(stops []string) bool {
	for _, stop := range stops {
		if strings.HasPrefix(p.rest(), stop) && !(isCommand(stop) && startsWithLetter(p.rest()[len(stop):])) {
			return true
		}
	}
	return false
}

func isCommand(s string) bool { return len(s) > 1 && s[0] == '\\' && s[1] != '\\' }

func startsWithLetter(s string) bool { return s != "" && isLetter(s[0]) }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func (p *parser) space() {
	p.pos = len(p.src) - len(strings.TrimLeftFunc(p.rest(), unicode.IsSpace))
}

// take reads a literal if it stands here.
func (p *parser) take(literal string) bool {
	if !strings.HasPrefix(p.rest(), literal) {
		return false
	}
	p.pos += len(literal)
	return true
}

// scripted reads an atom with its sub- and superscripts.
func (p *parser) scripted() string {
	base, limits := "<mrow></mrow>", false
	if next := p.rest()[0]; next != '^' && next != '_' {
		base, limits = p.atom()
	}
	var sub, sup string
	for !p.bad {
		p.space()
		switch {
		case p.take("_"):
			p.bad = p.bad || sub != ""
			sub = p.argument()
		case p.take("'"): // the sign is drawn raised
			base = element("mrow", base, `<mo lspace="0" rspace="0">′</mo>`)
		case p.take("^"):
			p.bad = p.bad || sup != ""
			sup = p.argument()
		case p.take(`\limits`):
			limits = true
		default:
			return attach(base, sub, sup, limits && p.display)
		}
	}
	return ""
}

// attach puts scripts beside a base, or above and below it.
func attach(base, sub, sup string, limits bool) string {
	kind := "sub sup subsup"
	if limits {
		kind = "under over underover"
	}
	names := strings.Fields(kind)
	switch {
	case sub != "" && sup != "":
		return element("m"+names[2], base, "<mrow>"+sub+"</mrow>", "<mrow>"+sup+"</mrow>")
	case sub != "":
		return element("m"+names[0], base, "<mrow>"+sub+"</mrow>")
	case sup != "":
		return element("m"+names[1], base, "<mrow>"+sup+"</mrow>")
	}
	return base
}

func element(name string, content ...string) string {
	return "<" + name + ">" + strings.Join(content, "") + "</" + name + ">"
}

// argument reads what a command or a script applies to: a group or an atom.
func (p *parser) argument() string {
	p.space()
	if p.rest() == "" || p.at([]string{"}", "&", "^", "_"}) {
		p.bad = true
		return ""
	}
	if p.depth++; p.depth > maxDepth {
		p.bad = true
		return ""
	}
	defer func() { p.depth-- }()
	if c := p.rest()[0]; '0' <= c && c <= '9' { // \frac12 is one half
		p.pos++
		return element("mn", string(c))
	}
	markup, _ := p.atom()
	return markup
}

// atom reads one element; limits says whether its scripts may stand above and
// below it.
func (p *parser) atom() (markup string, limits bool) {
	r, size := utf8.DecodeRuneInString(p.rest())
	switch {
	case r == '\\':
		return p.command()
	case r == '{':
		p.pos++
		inner := p.row("}")
		p.bad = p.bad || !p.take("}")
		return element("mrow", inner), false
	case '0' <= r && r <= '9':
		return element("mn", p.number()), false
	case strings.ContainsRune("}&^_#%$", r) || r == utf8.RuneError:
		p.bad = true
		return "", false
	}
	p.pos += size
	if unicode.IsLetter(r) {
		return element("mi", string(r)), false
	}
	return operator(string(r)), false
}

func (p *parser) number() string {
	end := 0
	for rest := p.rest(); end < len(rest); end++ {
		isPoint := rest[end] == '.' && end+1 < len(rest) && '0' <= rest[end+1] && rest[end+1] <= '9'
		if !isPoint && (rest[end] < '0' || rest[end] > '9') {
			break
		}
	}
	digits := p.rest()[:end]
	p.pos += end
	return digits
}

// operator is a sign; fences grow only when \left and \right say so.
func operator(sign string) string {
	switch sign {
	case "-":
		sign = "−"
	case "*":
		sign = "∗"
	case "/":
		return `<mo lspace="0" rspace="0">/</mo>`
	case "~":
		return space("0.33em")
	case "(", ")", "[", "]", "|", "{", "}", "‖", "⟨", "⟩", "⌊", "⌋", "⌈", "⌉":
		return `<mo stretchy="false">` + sign + "</mo>"
	}
	return element("mo", html.EscapeString(sign))
}

func space(width string) string { return `<mspace width="` + width + `"></mspace>` }

// name reads the name of a command after its backslash.
func (p *parser) name() string {
	p.pos++ // the backslash
	end := 0
	for rest := p.rest(); end < len(rest) && isLetter(rest[end]); end++ {
	}
	if end == 0 {
		_, end = utf8.DecodeRuneInString(p.rest())
	}
	name := p.rest()[:end]
	p.pos += end
	return name
}

// raw reads a group as text, for \text and the names of environments.
func (p *parser) raw() string {
	p.space()
	end := strings.IndexByte(p.rest(), '}')
	if !p.take("{") || end < 0 || strings.ContainsAny(p.src[p.pos:p.pos+end-1], `{\$`) {
		p.bad = true
		return ""
	}
	text := p.src[p.pos : p.pos+end-1]
	p.pos += end
	return text
}

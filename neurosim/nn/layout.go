package nn

import (
	"fmt"
	"strconv"
	"strings"
)

// A layout is the text of a network:
//
//	layout   = input ":" layers.
//	input    = channels "x" rows "x" columns | count.
//	layers   = layer {"," layer}.
//	layer    = word {value} {option value} | "residual" "(" layers ["|" layers] ")" |
//	           "concat" "(" layers {"|" layers} ")".

// line is one layer of a layout.
type line struct {
	words []string
	body  []line   // of residual
	via   []line   // its shortcut; nil: the identity. The second branch of concat
	more  [][]line // branches of concat
}

// limits of a layout.
const (
	longestLayout = 1 << 16
	deepestLayout = 8
)

// parseLayout divides a layout into its input and its layers.
func parseLayout(text string) (input string, layers []line, err error) {
	if len(text) > longestLayout {
		return "", nil, fmt.Errorf("%d bytes are too many; allowed: to %d", len(text), longestLayout)
	}
	input, rest, ok := strings.Cut(text, ":")
	if !ok {
		return "", nil, fmt.Errorf("%q has no input; allowed: such as \"1x28x28: dense 10\"", text)
	}
	s := scanner{tokens: tokens(rest)}
	layers, err = s.layers(0)
	if err == nil && s.peek() != "" {
		err = fmt.Errorf("%q is one bracket or bar too many", s.peek())
	}
	return strings.TrimSpace(input), layers, err
}

// tokens divides a text into words and signs.
func tokens(text string) []string {
	for _, sign := range []string{"(", ")", "|", ","} {
		text = strings.ReplaceAll(text, sign, " "+sign+" ")
	}
	return strings.Fields(text)
}

// scanner goes through the tokens of a layout.
type scanner struct{ tokens []string }

// peek returns the next token, "" at the end.
func (s *scanner) peek() string {
	if len(s.tokens) == 0 {
		return ""
	}
	return s.tokens[0]
}

func (s *scanner) take() string {
	token := s.peek()
	s.tokens = s.tokens[min(1, len(s.tokens)):]
	return token
}

func isSign(token string) bool { return token != "" && strings.Contains("(),|", token) }

func (s *scanner) layers(depth int) ([]line, error) {
	if depth > deepestLayout {
		return nil, fmt.Errorf("brackets are nested too deep; allowed: %d", deepestLayout)
	}
	var list []line
	for {
		l, err := s.layer(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
		if s.peek() != "," {
			return list, nil
		}
		s.take()
	}
}

func (s *scanner) layer(depth int) (l line, err error) {
	for s.peek() != "" && !isSign(s.peek()) {
		l.words = append(l.words, s.take())
	}
	if len(l.words) == 0 {
		return l, fmt.Errorf("a layer is missing before %q", s.peek())
	}
	if s.peek() != "(" {
		return l, nil
	}
	s.take()
	if l.body, err = s.layers(depth + 1); err != nil {
		return l, err
	}
	if s.peek() == "|" {
		s.take()
		if l.via, err = s.layers(depth + 1); err != nil {
			return l, err
		}
	}
	for s.peek() == "|" {
		s.take()
		branch, err := s.layers(depth + 1)
		if err != nil {
			return l, err
		}
		l.more = append(l.more, branch)
	}
	if s.take() != ")" {
		return l, fmt.Errorf("%q has no closing bracket", l.words[0]+" (")
	}
	return l, nil
}

// String writes the line in the layout's one way.
func (l line) String() string {
	text := strings.Join(l.words, " ")
	if l.body != nil {
		text += " (" + joinLines(l.body)
		if l.via != nil {
			text += " | " + joinLines(l.via)
		}
		for _, branch := range l.more {
			text += " | " + joinLines(branch)
		}
		text += ")"
	}
	return text
}

func joinLines(lines []line) string {
	all := make([]string, len(lines))
	for i, l := range lines {
		all[i] = l.String()
	}
	return strings.Join(all, ", ")
}

// arguments reads the values and options of a line.
type arguments struct {
	words []string
	err   error
}

func (l line) arguments() *arguments { return &arguments{words: l.words[1:]} }

// next takes the next value, "" when there is none before the options.
func (a *arguments) next() string {
	if len(a.words) == 0 || a.words[0] >= "a" {
		return ""
	}
	word := a.words[0]
	a.words = a.words[1:]
	return word
}

// option takes the value behind a name, "" when it is not there.
func (a *arguments) option(name string) string {
	for i := range len(a.words) - 1 {
		if a.words[i] == name {
			value := a.words[i+1]
			a.words = append(append([]string{}, a.words[:i]...), a.words[i+2:]...)
			return value
		}
	}
	return ""
}

// done reports words that mean nothing, after anything else that was wrong.
func (a *arguments) done() error {
	if a.err == nil && len(a.words) > 0 {
		a.err = fmt.Errorf("%q is not known here", strings.Join(a.words, " "))
	}
	return a.err
}

// between reads a whole number; "" means the fallback, below the least when one must
// be given.
func (a *arguments) between(what, word string, bounds [2]int, fallback int) int {
	if word == "" && fallback >= bounds[0] {
		return fallback
	}
	n, err := strconv.Atoi(word)
	if (err != nil || n < bounds[0] || n > bounds[1]) && a.err == nil {
		a.err = fmt.Errorf("%s %q is not allowed; allowed: %d to %d", what, word, bounds[0], bounds[1])
	}
	return n
}

// pair reads "3x5", or "3" for both.
func (a *arguments) pair(what, word string, bounds [2]int, fallback int) (rows, columns int) {
	first, second, ok := strings.Cut(word, "x")
	if !ok {
		second = first
	}
	return a.between(what, first, bounds, fallback), a.between(what, second, bounds, fallback)
}

// share reads a number from 0 to limit.
func (a *arguments) share(what, word string, limit, fallback float64) float64 {
	if word == "" && fallback >= 0 {
		return fallback
	}
	x, err := strconv.ParseFloat(word, 64)
	if (err != nil || !(x >= 0 && x <= limit)) && a.err == nil {
		a.err = fmt.Errorf("%s %q is not allowed; allowed: 0 to %g", what, word, limit)
	}
	return x
}

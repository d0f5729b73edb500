package notebooks

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxShown bounds the lines that one output's difference shows.
const maxShown = 8

// text compares two texts line by line.
func (r rule) text(where, stored, again string) []Difference {
	if stored == again {
		return nil
	}
	old, now := lines(stored), lines(again)
	if len(old) != len(now) && !r.numbers {
		return []Difference{{Where: where, What: fmt.Sprintf("%d lines became %d\n%s", len(old), len(now), r.firstApart(old, now))}}
	}
	if r.numbers {
		return r.onlyNumbers(where, stored, again)
	}
	var shown []string
	apart := 0
	for i := range old {
		if why := r.line(old[i], now[i]); why != "" {
			if apart++; apart <= maxShown {
				shown = append(shown, fmt.Sprintf("line %d: %s\n- %s\n+ %s", i+1, why, old[i], now[i]))
			}
		}
	}
	if apart == 0 {
		return nil
	}
	if apart > maxShown {
		shown = append(shown, fmt.Sprintf("and %d more lines", apart-maxShown))
	}
	return []Difference{{Where: where, What: strings.Join(shown, "\n")}}
}

// lines cuts a text less its colours and the blanks at the ends of lines.
func lines(text string) []string {
	all := strings.Split(strings.TrimRight(plainANSI(text), " \t\n"), "\n")
	for i := range all {
		all[i] = strings.TrimRight(all[i], " \t\r")
	}
	return all
}

// firstApart shows where two texts of different length part.
func (r rule) firstApart(old, now []string) string {
	i := 0
	for i < len(old) && i < len(now) && r.line(old[i], now[i]) == "" {
		i++
	}
	text := fmt.Sprintf("from line %d on:", i+1)
	for j := i; j < min(i+maxShown/2, len(old)); j++ {
		text += "\n- " + old[j]
	}
	for j := i; j < min(i+maxShown/2, len(now)); j++ {
		text += "\n+ " + now[j]
	}
	return text
}

// line says why two lines differ, "" when they do not.
func (r rule) line(old, now string) string {
	if old == now {
		return ""
	}
	if r.exact {
		return "the text differs"
	}
	oldWords, oldNumbers := numbersIn(old)
	newWords, newNumbers := numbersIn(now)
	if oldWords != newWords {
		return "the text differs"
	}
	return r.apart(oldNumbers, newNumbers)
}

// apart says which number is too far from the stored one, "" when none is.
func (r rule) apart(old, now []string) string {
	for i := range old {
		a, _ := strconv.ParseFloat(old[i], 64)
		b, _ := strconv.ParseFloat(now[i], 64)
		if d := relative(a, b); d > r.Number {
			return fmt.Sprintf("%s became %s, a difference of %.2g (allowed %.2g)", old[i], now[i], d, r.Number)
		}
	}
	return ""
}

// onlyNumbers compares the numbers of two texts and nothing else.
func (r rule) onlyNumbers(where, stored, again string) []Difference {
	_, old := numbersIn(stored)
	_, now := numbersIn(again)
	if len(old) != len(now) {
		return []Difference{{Where: where, What: fmt.Sprintf("%d numbers became %d", len(old), len(now))}}
	}
	if why := r.apart(old, now); why != "" {
		return []Difference{{Where: where, What: why}}
	}
	return nil
}

// relative is the distance of two numbers as a share of the larger.
func relative(a, b float64) float64 {
	if a == b || math.IsNaN(a) && math.IsNaN(b) {
		return 0
	}
	d := math.Abs(a-b) / math.Max(math.Abs(a), math.Abs(b))
	if math.IsNaN(d) { // one is no number, or infinite
		return math.Inf(1)
	}
	return d
}

var numberPattern = regexp.MustCompile(`[-+−]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`)

// numbersIn takes the numbers out of a text; words is the text with a mark in
// the place of each, and with its blanks made one. Digits inside a word, as in
// a hash, belong to the word.
func numbersIn(text string) (words string, numbers []string) {
	var b strings.Builder
	end := 0
	for _, at := range numberPattern.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		if unicode.IsLetter(before) || before == '_' || unicode.IsDigit(before) {
			continue
		}
		b.WriteString(text[end:at[0]] + "\x00")
		numbers = append(numbers, strings.Replace(text[at[0]:at[1]], "−", "-", 1))
		end = at[1]
	}
	b.WriteString(text[end:])
	return strings.Join(strings.Fields(b.String()), " "), numbers
}

var tagPattern = regexp.MustCompile(`<(/?(?:tr|p|div|h[1-6]|li|br|caption|table|pre)\b)?[^>]*>`)

// readable is HTML as lines of text: what a reader sees, less the style.
func readable(page string) string {
	page = tagPattern.ReplaceAllStringFunc(page, func(tag string) string {
		if tagPattern.FindStringSubmatch(tag)[1] != "" {
			return "\n"
		}
		return " "
	})
	var kept []string
	for line := range strings.Lines(html.UnescapeString(page)) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// tree compares JSON values.
func (r rule) tree(where string, stored, again any) []Difference {
	a, b := asTree(stored), asTree(again)
	if at, why := r.node("", a, b); why != "" {
		if at != "" {
			why = strings.TrimPrefix(at, ".") + ": " + why
		}
		return []Difference{{Where: where, What: why}}
	}
	return nil
}

// asTree makes a value that a program gave what it is when read from a file.
func asTree(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	tree, err := decodeJSON(data)
	if err != nil {
		return string(data)
	}
	return tree
}

// node returns the path of the first difference and what it is.
func (r rule) node(at string, stored, again any) (path, why string) {
	switch a := stored.(type) {
	case map[string]any:
		b, ok := again.(map[string]any)
		if !ok {
			return at, kindOf(stored) + " became " + kindOf(again)
		}
		return r.object(at, a, b)
	case []any:
		b, ok := again.([]any)
		if !ok || len(a) != len(b) {
			return at, fmt.Sprintf("%s became %s", sizeText(stored), sizeText(again))
		}
		for i := range a {
			if path, why = r.node(fmt.Sprintf("%s[%d]", at, i), a[i], b[i]); why != "" {
				return path, why
			}
		}
		return "", ""
	case json.Number:
		if b, ok := again.(json.Number); ok && !r.exact {
			return at, r.apart([]string{a.String()}, []string{b.String()})
		}
	}
	if stored != again {
		return at, fmt.Sprintf("%s became %s", sizeText(stored), sizeText(again))
	}
	return "", ""
}

func (r rule) object(at string, stored, again map[string]any) (path, why string) {
	for _, key := range slices.Sorted(maps.Keys(again)) {
		if _, has := stored[key]; !has {
			return at + "." + key, "is new"
		}
	}
	for _, key := range slices.Sorted(maps.Keys(stored)) {
		other, has := again[key]
		if !has {
			return at + "." + key, "is gone"
		}
		if path, why = r.node(at+"."+key, stored[key], other); why != "" {
			return path, why
		}
	}
	return "", ""
}

func sizeText(v any) string {
	switch v := v.(type) {
	case []any:
		return fmt.Sprintf("a list of %d", len(v))
	case map[string]any:
		return "an object"
	case string:
		return strconv.Quote(shorten(v, 60))
	}
	return fmt.Sprint(v)
}

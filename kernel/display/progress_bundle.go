package display

import (
	"fmt"
	"html"
	"strings"
	"time"
)

// barWidth is the number of characters of a bar in text.
const barWidth = 20

// Bundle renders the state for a notebook, as text and as HTML. While the call
// runs it tells the time left; the final state has title, count and note only, so
// that a notebook that is run twice is saved the same.
func (p Progress) Bundle() Bundle {
	words := p.words()
	if left, ok := p.left(); ok {
		words = append(words, round(left)+" left")
	}
	text := strings.Join(words, ", ")
	return Bundle{
		Data: map[string]any{
			"text/plain": p.Title + ": " + text,
			"text/html":  p.html(text),
		},
		Metadata: map[string]any{},
	}
}

// Line renders the state for a terminal, in one line: with a bar, and with the
// time left, or the time taken once the call has ended.
func (p Progress) Line() string {
	words := p.words()
	if left, ok := p.left(); ok {
		words = append(words, round(left)+" left")
	} else {
		words = append(words, round(p.Elapsed))
	}
	line := p.Title + " "
	if p.Total > 0 {
		full := p.share() * barWidth / 100
		line += "[" + strings.Repeat("#", full) + strings.Repeat(".", barWidth-full) + "] "
	}
	return line + strings.Join(words, ", ")
}

// words are the count and the note.
func (p Progress) words() []string {
	words := []string{fmt.Sprint(p.Done)}
	if p.Total > 0 {
		words[0] = fmt.Sprintf("%d/%d (%d %%)", p.Done, p.Total, p.share())
	}
	if p.Note != "" {
		words = append(words, p.Note)
	}
	return words
}

// share is what is done, in whole per cent from 0 to 100, of a known total.
func (p Progress) share() int {
	return int(100 * float64(min(max(p.Done, 0), p.Total)) / float64(p.Total))
}

// left estimates the time to the end from the rate so far; there is no estimate
// before the first unit, for an unknown total and at the end.
func (p Progress) left() (time.Duration, bool) {
	done := p.Done - p.Before
	if p.Final || done <= 0 || p.Total <= 0 {
		return 0, false
	}
	rest := float64(max(p.Total-p.Done, 0)) / float64(done)
	return time.Duration(rest * float64(p.Elapsed)), true
}

// html is a bar between title and text; a bar without a value means that the
// total is unknown.
func (p Progress) html(text string) string {
	bar := ""
	switch {
	case p.Total > 0:
		bar = fmt.Sprintf(`<progress value="%d" max="%d"></progress> `, min(max(p.Done, 0), p.Total), p.Total)
	case !p.Final:
		bar = "<progress></progress> "
	}
	return "<div><b>" + html.EscapeString(p.Title) + "</b> " + bar + html.EscapeString(text) + "</div>"
}

// round prints a time to the second: "1m20s".
func round(d time.Duration) string { return d.Round(time.Second).String() }

package table

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Rows shown of a long table: the first and the last ones.
const (
	mostShown = 40
	edgeShown = 15
)

// significant is how many digits are shown.
const significant = 4

// shown is a table ready to be shown: texts by column, the first one the head.
type shown struct {
	columns [][]string
	right   []bool // numbers, which are set to the right
	note    string
}

// show formats the rows that are to be seen, at most so many; columns without a
// single value are left out.
func (t Table) show(most int) shown {
	var s shown
	rows, cut := t.seen(most)
	for _, c := range t.columns {
		if t.rows > 0 && c.empty(t.rows) {
			continue
		}
		texts, head := c.formatted(rows)
		if cut {
			texts = slices.Insert(texts, edgeShown, "…")
		}
		_, text := c.Values.([]string)
		s.columns = append(s.columns, append([]string{head}, texts...))
		s.right = append(s.right, !text)
	}
	s.note = fmt.Sprintf("%d rows", t.rows)
	if t.rows == 1 {
		s.note = "1 row"
	}
	if t.note != "" {
		s.note += "; " + t.note
	}
	return s
}

// seen lists the rows that are shown, and whether some are not.
func (t Table) seen(most int) (rows []int, cut bool) {
	for row := range t.rows {
		if t.rows <= most || row < edgeShown || row >= t.rows-edgeShown {
			rows = append(rows, row)
		}
	}
	return rows, t.rows > most
}

func (c Column) empty(rows int) bool {
	for row := range rows {
		if c.text(row) != "" {
			return false
		}
	}
	return true
}

// formatted are texts of some rows and the head, with one prefix of the unit for
// all of the column.
func (c Column) formatted(rows []int) (texts []string, head string) {
	values, numbers := c.Values.([]float64)
	factor, head := 1.0, c.label()
	if numbers {
		var prefix string
		factor, prefix = prefixFor(c.Unit, values)
		head = Column{Name: c.Name, Unit: prefix + c.Unit}.label()
	}
	texts = make([]string, len(rows))
	for i, row := range rows {
		switch {
		case !numbers:
			texts[i] = c.text(row)
		case math.IsNaN(values[row]):
			texts[i] = "–"
		default:
			texts[i] = digits(values[row] / factor)
		}
	}
	return texts, head
}

// digits writes a number with a few significant digits, without an exponent
// where it can.
func digits(v float64) string {
	text := strconv.FormatFloat(v, 'e', significant-1, 64)
	rounded, _ := strconv.ParseFloat(text, 64)
	if size := math.Abs(rounded); size != 0 && (size < 1e-4 || size >= 1e7) {
		return strconv.FormatFloat(rounded, 'g', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// prefixed are the units that take a prefix, a thousand apart.
var prefixed = []string{"J", "s", "W", "A", "V", "F", "Ω", "S", "Hz"}

var prefixes = []string{"a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T"}

// prefixFor is the SI prefix that suits most numbers of a column: the one of
// their median.
func prefixFor(unit string, values []float64) (factor float64, prefix string) {
	var sizes []float64
	for _, v := range values {
		if size := math.Abs(v); size > 0 && !math.IsInf(size, 0) {
			sizes = append(sizes, size)
		}
	}
	if len(sizes) == 0 || !slices.Contains(prefixed, unit) {
		return 1, ""
	}
	slices.Sort(sizes)
	const none = 6
	step := int(math.Floor(math.Log10(sizes[len(sizes)/2])/3 + 1e-12))
	step = min(max(step, -none), len(prefixes)-1-none)
	return math.Pow10(3 * step), prefixes[none+step]
}

// String is the table in plain text, the middle of a long one left out.
func (t Table) String() string { return t.text(mostShown) }

// Text is the table in plain text, with all rows.
func (t Table) Text() string { return t.text(t.rows) }

func (t Table) text(most int) string {
	if t.err != nil {
		return t.err.Error()
	}
	s := t.show(most)
	var b strings.Builder
	widths := make([]int, len(s.columns))
	lines := 0
	for i, column := range s.columns {
		lines = len(column)
		for _, text := range column {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	for line := range lines {
		var out strings.Builder
		for i, column := range s.columns {
			if i > 0 {
				out.WriteString("  ")
			}
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(column[line]))
			if s.right[i] {
				out.WriteString(pad + column[line])
			} else {
				out.WriteString(column[line] + pad)
			}
		}
		b.WriteString(strings.TrimRight(out.String(), " ") + "\n")
	}
	b.WriteString(s.note)
	return b.String()
}

// MIMEBundle shows the table in a notebook: as HTML, and as plain text. A table
// with a mistake shows that.
func (t Table) MIMEBundle() (data, metadata map[string]any) {
	text := t.String()
	if t.err != nil {
		return map[string]any{"text/plain": text}, map[string]any{}
	}
	return map[string]any{"text/html": t.show(mostShown).html(), "text/plain": text}, map[string]any{}
}

func (s shown) html() string {
	var b strings.Builder
	b.WriteString("<table>\n")
	for line := 0; len(s.columns) > 0 && line < len(s.columns[0]); line++ {
		cell, open, end := "td", "", ""
		switch line {
		case 0:
			cell, open = "th", "<thead>"
			end = "</thead>\n<tbody>"
		}
		b.WriteString(open + "<tr>")
		for i, column := range s.columns {
			style := ` style="text-align:left"`
			if s.right[i] {
				style = ` style="text-align:right"`
			}
			fmt.Fprintf(&b, "<%s%s>%s</%s>", cell, style, html.EscapeString(column[line]), cell)
		}
		b.WriteString("</tr>" + end + "\n")
	}
	if len(s.columns) > 0 {
		b.WriteString("</tbody>")
	}
	b.WriteString("</table>\n<p><small>" + html.EscapeString(s.note) + "</small></p>")
	return b.String()
}

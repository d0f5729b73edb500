package cost

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// sheet is a table of text: the first column names the rows.
type sheet struct {
	title string
	head  []string
	rows  [][]string
}

func (s *sheet) row(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = fmt.Sprint(c)
	}
	s.rows = append(s.rows, row)
}

// text lines the columns up, numbers to the right.
func (s sheet) text(b *strings.Builder) {
	widths := make([]int, len(s.head))
	for _, row := range append([][]string{s.head}, s.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range append([][]string{s.head}, s.rows...) {
		line := ""
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				line += cell + pad
			} else {
				line += "  " + pad + cell
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// html is the table for a notebook.
func (s sheet) html(b *strings.Builder) {
	b.WriteString("<table>\n<thead><tr>")
	for _, cell := range s.head {
		fmt.Fprintf(b, "<th>%s</th>", html.EscapeString(cell))
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range s.rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(b, `<td style="text-align:left"><b>%s</b></td>`, html.EscapeString(cell))
			} else {
				fmt.Fprintf(b, "<td>%s</td>", strings.ReplaceAll(html.EscapeString(cell), " ", "&nbsp;"))
			}
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table>\n")
}

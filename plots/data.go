package plots

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Data is what the figure shows as a table of comma-separated values (RFC 4180)
// with a line of names first: for lines one row a point, with the ends of its
// band where it has one. The tables of a [Grid]'s panels follow each other with an
// empty line between. It is what is drawn, means and bands included, not what
// they were made of. Numbers have all their digits; what has no value is empty.
func (f *Figure) Data() (string, error) {
	d, err := f.compose()
	if err != nil {
		return "", err
	}
	return d.csv()
}

// WithData makes [Figure.Save] write the figure's data beside it: figure.csv for
// figure.pdf.
func (f *Figure) WithData() *Figure {
	f.beside = true
	return f
}

func (d *drawing) csv() (string, error) {
	var b bytes.Buffer
	for i, rows := range d.tables() {
		if i > 0 {
			b.WriteString("\n")
		}
		w := csv.NewWriter(&b)
		if err := w.WriteAll(rows); err != nil {
			return "", fmt.Errorf("plots: Data: %w", err)
		}
	}
	return b.String(), nil
}

// tables are the data of the drawing, or of each of its panels.
func (d *drawing) tables() [][][]string {
	if d.panels != nil {
		var all [][][]string
		for _, p := range d.panels {
			all = append(all, p.tables()...)
		}
		return all
	}
	rows := d.rows()
	for i, name := range rows[0] {
		switch name {
		case xColumn:
			rows[0][i] = plain(d.labels[0], "x")
		case yColumn:
			rows[0][i] = plain(d.labels[1], "y")
		}
	}
	return [][][]string{rows}
}

// Names of columns that stand for the labels of the axes.
const (
	xColumn = "\x00x"
	yColumn = "\x00y"
)

// lineRows are lines as a table; columns that would be empty are left out.
func lineRows(all []series) [][]string {
	head := []string{"series", xColumn, yColumn, "low", "high"}
	rows := [][]string{head}
	banded, named := false, false
	for _, s := range all {
		named = named || s.name != ""
		for _, p := range s.points {
			banded = banded || p.banded()
			rows = append(rows, []string{s.name, cell(p.x), cell(p.y), cell(p.low), cell(p.high)})
		}
	}
	for i, row := range rows {
		if !banded {
			row = row[:3]
		}
		if !named {
			row = row[1:]
		}
		rows[i] = row
	}
	return rows
}

// cell writes a number with all its digits.
func cell(v float64) string {
	if !finite(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// plain is a label without marks of TeX, for places that draw no scripts.
func plain(label, instead string) string {
	var b strings.Builder
	for _, r := range parseMath(label) {
		b.WriteString(r.plain())
	}
	if b.Len() == 0 {
		return instead
	}
	return b.String()
}

// plain raises and lowers by Unicode where it has all characters: 10⁻³, x₁.
func (r run) plain() string {
	table := map[bool][]rune{true: []rune(superscripts), false: []rune(subscripts)}[r.shift > 0]
	if r.shift == 0 {
		return r.text
	}
	var out []rune
	for _, c := range r.text {
		i := slices.Index(table, c)
		if i < 0 || i%2 == 0 {
			return r.text
		}
		out = append(out, table[i-1])
	}
	return string(out)
}

// saveData writes the data beside the figure of that path.
func (d *drawing) saveData(path string) error {
	text, err := d.csv()
	if err != nil {
		return err
	}
	return os.WriteFile(strings.TrimSuffix(path, filepath.Ext(path))+".csv", []byte(text), 0o644)
}

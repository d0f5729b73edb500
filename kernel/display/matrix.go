package display

import (
	"fmt"
	"slices"
	"strings"
)

// matrix is what gonum's matrices, and ours, have in common.
type matrix interface {
	Dims() (rows, columns int)
	At(row, column int) float64
}

// matrixText prints the rows of m in aligned columns, with the middle left out
// where there are many.
func matrixText(m matrix) string {
	rows, columns := m.Dims()
	shownRows, shownColumns := shownOf(rows), shownOf(columns)
	cells := make([][]string, len(shownRows))
	width := 1
	for i, row := range shownRows {
		for _, column := range shownColumns {
			text := "..."
			if row >= 0 && column >= 0 {
				text = floatText(m.At(row, column), 64)
			}
			cells[i] = append(cells[i], text)
			width = max(width, len(text))
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%d × %d matrix", rows, columns)
	for _, line := range cells {
		out.WriteByte('\n')
		for j, text := range line {
			if j > 0 {
				out.WriteString("  ")
			}
			fmt.Fprintf(&out, "%*s", width, text)
		}
	}
	return out.String()
}

// shownOf lists the indices shown of n; -1 stands for those left out.
func shownOf(n int) []int {
	const whole, edge = 12, 5
	shown := []int{}
	for i := range n {
		if n <= whole || i < edge || i >= n-edge {
			shown = append(shown, i)
		} else if !slices.Contains(shown, -1) {
			shown = append(shown, -1)
		}
	}
	return shown
}

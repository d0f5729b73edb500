package display_test

import (
	"fmt"

	nb "crossbook/kernel/display"
)

// Outside of a notebook a value shows as its text.
func ExampleShow() {
	nb.Show([]float64{0.5, 1.0 / 3})
	nb.Show(nb.HTML("<b>on/off ratio</b>: 10"))
	// Output:
	// [0.5 0.333333]
	// on/off ratio: 10
}

// chip shows itself as a table in a page and as a line in a terminal.
type chip struct{ area float64 }

func (c chip) MIMEBundle() (data, metadata map[string]any) {
	return map[string]any{
		"text/html":  fmt.Sprintf("<table><tr><td>area</td><td>%g mm²</td></tr></table>", c.area),
		"text/plain": fmt.Sprintf("area %g mm²", c.area),
	}, nil
}

func ExampleDisplayer() {
	fmt.Println(nb.Render(chip{12.5}).Data["text/plain"])
	// Output: area 12.5 mm²
}

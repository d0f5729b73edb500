package plots

import "fmt"

// Widths of a figure in print, in millimetres, for [Figure.Width]: one column of
// the page or the whole of it, as the publishers' instructions to authors give
// them.
const (
	IEEEColumn     = 88.9  // 3.5 inches; IEEE transactions, journals and conferences
	IEEEPage       = 181.9 // 7.16 inches
	NatureColumn   = 89.0  // Nature and the journals named after it
	NaturePage     = 183.0
	ElsevierColumn = 90.0
	ElsevierPage   = 190.0
	ACSColumn      = 82.5 // 3.25 inches; American Chemical Society
	ACSPage        = 177.8
)

// How a figure for print differs from one for the screen: what has 10 points
// there has 8 in print, where columns are narrow, and the plot keeps its
// proportions.
const (
	printZoom   = 0.8
	printAspect = 0.6 // height of the plot with its axes to the figure's width

	leastPrint, mostPrint = 60, 500 // millimetres
)

// Width makes a figure for print, that many millimetres wide (60 to 500), such
// as [IEEEColumn]: labels of 8 points, lines of 1.3, and a plot 0.6 times as high
// as the figure is wide. It replaces [Figure.Size]. SVG and PDF have that width;
// a notebook shows the figure as wide as it will be on paper.
func (f *Figure) Width(millimetres float64) *Figure {
	if !(millimetres >= leastPrint && millimetres <= mostPrint) {
		return f.fail("Width", fmt.Errorf("%g mm: allowed are %d to %d", millimetres, leastPrint, mostPrint))
	}
	f.print, f.width, f.height = millimetres, 0, 0
	return f
}

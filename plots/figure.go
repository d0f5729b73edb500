package plots

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
)

// Bounds of a figure's size in CSS pixels.
const (
	leastWidth, mostWidth   = 240, 4000
	leastHeight, mostHeight = 150, 4000
)

// Figure is a drawing in the making; [Curves] and [Lines] start one. Its methods
// change it and return it, so that they can be chained. What goes wrong on the
// way is kept and told when the figure is shown.
type Figure struct {
	data          source
	problems      []error
	title         string
	labels        [2]string // of the x and y axis; "": from the data
	ranges        [2]*limits
	log           [2]bool
	width, height int     // CSS pixels; 0: by the content
	print         float64 // width in millimetres; 0: a figure for the screen
	vector        bool
	interactive   bool // with a Vega-Lite specification
	beside        bool // the data is saved beside the figure
	bare          bool // a panel whose legend and notes stand elsewhere
}

// limits are the ends of an axis that the user asked for.
type limits struct{ low, high float64 }

// Titled sets the title; "" removes it.
func (f *Figure) Titled(title string) *Figure {
	f.title = title
	return f
}

// Labels says what the axes mean, with units: Labels("pulse number",
// "conductance (\mu{}S)"). An empty one leaves the label of the data.
func (f *Figure) Labels(x, y string) *Figure {
	f.labels = [2]string{x, y}
	return f
}

// XRange fixes the ends of the x axis; low must be below high. What lies
// outside is cut off.
func (f *Figure) XRange(low, high float64) *Figure { return f.limit(0, limits{low, high}) }

// YRange fixes the ends of the y axis; low must be below high. What lies
// outside is cut off.
func (f *Figure) YRange(low, high float64) *Figure { return f.limit(1, limits{low, high}) }

func (f *Figure) limit(dim int, l limits) *Figure {
	if !finite(l.low) || !finite(l.high) || l.low >= l.high {
		return f.fail([]string{"XRange", "YRange"}[dim], fmt.Errorf("from %g to %g: the first must be below the second, both finite", l.low, l.high))
	}
	f.ranges[dim] = &l
	return f
}

// LogX makes the x axis logarithmic. Points that are not positive are left out,
// and a note counts them.
func (f *Figure) LogX() *Figure {
	f.log[0] = true
	return f
}

// LogY makes the y axis logarithmic. Points that are not positive are left out,
// and a note counts them.
func (f *Figure) LogY() *Figure {
	f.log[1] = true
	return f
}

// Size fixes the size in CSS pixels: 240 to 4000 wide, 150 to 4000 high. Without
// it a figure is 640 wide and as high as its title, legend and notes ask for.
func (f *Figure) Size(width, height int) *Figure {
	if width < leastWidth || width > mostWidth || height < leastHeight || height > mostHeight {
		return f.fail("Size", fmt.Errorf("%d x %d pixels: allowed are %d..%d x %d..%d", width, height, leastWidth, mostWidth, leastHeight, mostHeight))
	}
	f.width, f.height, f.print = width, height, 0
	return f
}

// AsSVG makes the figure show as SVG, sharp at every zoom, instead of PNG.
func (f *Figure) AsSVG() *Figure {
	f.vector = true
	return f
}

// Err is what went wrong in making the figure; nil when it can be drawn.
func (f *Figure) Err() error {
	_, err := f.compose()
	return err
}

// fail keeps an error of a method.
func (f *Figure) fail(method string, err error) *Figure {
	f.problems = append(f.problems, fmt.Errorf("plots: %s: %w", method, err))
	return f
}

// String tells what the figure shows, for places without pictures: title, axes,
// and for every line its number of points, its range and its last value, or what
// says as much of other kinds of figure.
func (f *Figure) String() string {
	d, err := f.compose()
	if err != nil {
		return err.Error()
	}
	return d.tell(f.title)
}

// tell is the drawing in words.
func (d *drawing) tell(title string) string {
	var lines []string
	if title != "" {
		lines = append(lines, title)
	}
	lines = append(lines, cmp.Or(d.head, cmp.Or(d.labels[1], "y")+" against "+cmp.Or(d.labels[0], "x")))
	for _, told := range d.told {
		lines = append(lines, "  "+told)
	}
	return strings.Join(append(lines, d.notes...), "\n")
}

// content is what the figure draws, or everything that went wrong in making it.
func (f *Figure) content() (*picture, error) {
	if f.data == nil {
		return nil, errors.Join(append(f.problems, errors.New("plots: an empty Figure; start one with Curves, Lines or another function of the package"))...)
	}
	if len(f.problems) > 0 {
		return nil, errors.Join(f.problems...)
	}
	return f.data.picture(f.log)
}

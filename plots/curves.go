package plots

import (
	"fmt"
	"math"
	"strings"
)

// Curve is a named sequence of points, such as the accuracy of a training
// against the epoch, or the conductance of a device against the pulse number.
type Curve interface {
	Label() string           // its name in the legend; may be ""
	Len() int                // number of points
	XY(i int) (x, y float64) // point i, 0 <= i < Len()
}

// AxisLabeler is what a [Curve] may tell beyond its points: what its axes mean,
// with units, as "epoch" and "test accuracy (%)".
type AxisLabeler interface {
	AxisLabels() (x, y string)
}

// Series is a [Curve] of one's own numbers.
type Series struct {
	Name   string    // its name in the legend
	X      []float64 // nil: 1, 2, 3 ...
	Y      []float64 // as many as X
	XLabel string    // meaning of the axes, with units; "" leaves it to others
	YLabel string
}

// Label is the series' name.
func (s Series) Label() string { return s.Name }

// Len is the number of points.
func (s Series) Len() int { return len(s.Y) }

// XY is point i.
func (s Series) XY(i int) (x, y float64) {
	if s.X == nil {
		return float64(i + 1), s.Y[i]
	}
	return s.X[i], s.Y[i]
}

// AxisLabels are XLabel and YLabel.
func (s Series) AxisLabels() (x, y string) { return s.XLabel, s.YLabel }

func (s Series) check() error {
	if s.X != nil && len(s.X) != len(s.Y) {
		return fmt.Errorf("series %q: %d values of X and %d of Y", s.Name, len(s.X), len(s.Y))
	}
	return nil
}

// Curves draws curves as lines, point after point. Curves that say what their
// axes mean must agree on it, unless [Figure.Labels] says it for them. Points
// that are not finite interrupt their line, and a note under the figure counts
// them.
func Curves(curves ...Curve) *Figure {
	f := &Figure{data: &curveData{}}
	for _, c := range curves {
		f.Add(c)
	}
	return f
}

// Add draws one more curve in a figure made by [Curves], for loops:
//
//	f := plots.Curves()
//	for _, r := range results {
//		f.Add(r)
//	}
//
// A curve of a type that a cell declares must come this way too: an interpreter
// cannot pass it in the variable part of Curves's arguments.
func (f *Figure) Add(c Curve) *Figure {
	data, ok := f.data.(*curveData)
	if !ok {
		return f.fail("Add", fmt.Errorf("only a figure made by Curves takes curves"))
	}
	data.given++
	if err := data.add(c); err != nil {
		return f.fail("Curves", fmt.Errorf("curve %d: %w", data.given, err))
	}
	return f
}

// curveData is what Curves draws: a copy, so that a figure does not change when
// the curve grows.
type curveData struct {
	given  int // curves, those with errors too
	all    []series
	labels [][2]string // of the axes, by curve
}

func (d *curveData) add(c Curve) error {
	if isNil(c) {
		return fmt.Errorf("it is nil")
	}
	if checked, ok := c.(interface{ check() error }); ok {
		if err := checked.check(); err != nil {
			return err
		}
	}
	s := series{name: c.Label(), points: make([]point, c.Len())}
	for i := range s.points {
		x, y := c.XY(i)
		s.points[i] = point{x: x, y: y, low: math.NaN(), high: math.NaN()}
	}
	d.all = append(d.all, s)
	var axes [2]string
	if l, ok := c.(AxisLabeler); ok {
		axes[0], axes[1] = l.AxisLabels()
	}
	d.labels = append(d.labels, axes)
	return nil
}

func (d *curveData) picture(log [2]bool) (*picture, error) {
	return linePicture(d.all, nil, log, d.empty())
}

// axes agrees on what the axes mean; a label of the user's wins over them.
func (d *curveData) axes(given [2]string) ([2]string, error) {
	for dim, axis := range []string{"x", "y"} {
		if given[dim] != "" {
			continue
		}
		first := -1
		for i, l := range d.labels {
			switch {
			case l[dim] == "":
			case first < 0:
				first = i
				given[dim] = l[dim]
			case l[dim] != given[dim]:
				return given, fmt.Errorf("plots: Curves: the %s axis is %q for %q and %q for %q; to draw them together, say what it is with Labels(x, y)",
					axis, given[dim], d.all[first].name, l[dim], d.all[i].name)
			}
		}
	}
	return given, nil
}

func (d *curveData) empty() error {
	names := make([]string, len(d.all))
	for i, s := range d.all {
		names[i] = fmt.Sprintf("%q has %d", s.name, len(s.points))
	}
	if len(names) == 0 {
		return fmt.Errorf("plots: Curves: no curve given")
	}
	return fmt.Errorf("plots: Curves: no finite point to draw: %s", strings.Join(names, ", "))
}

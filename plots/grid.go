package plots

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
)

// mostPanels is how many panels a figure can hold and still be read.
const mostPanels = 36

// Grid draws figures as small multiples: panels of one size beside and below
// each other, from left to right in the given order. A legend and notes that all
// panels share stand once, for all of them. See [Figure.Across] for the number of
// columns and [Figure.SameAxes] for axes that can be compared. Size and Width are
// those of the whole.
func Grid(figures ...*Figure) *Figure {
	data := &gridData{}
	f := &Figure{data: data}
	if len(figures) == 0 {
		return f.fail("Grid", errors.New("no figure given"))
	}
	if len(figures) > mostPanels {
		return f.fail("Grid", fmt.Errorf("%d figures; allowed are at most %d", len(figures), mostPanels))
	}
	for i, panel := range figures {
		if panel == nil {
			f.fail("Grid", fmt.Errorf("figure %d is nil", i+1))
			continue
		}
		if _, nested := panel.data.(*gridData); nested {
			f.fail("Grid", fmt.Errorf("figure %d is a grid itself", i+1))
			continue
		}
		kept := *panel
		kept.problems = slices.Clone(panel.problems)
		data.figures = append(data.figures, &kept)
	}
	return f
}

// Across sets the number of columns of a [Grid], 1 to 12. Without it two figures
// stand side by side, up to four in two columns, more in three.
func (f *Figure) Across(columns int) *Figure {
	data, ok := f.data.(*gridData)
	switch {
	case !ok:
		return f.fail("Across", errors.New("only a figure made by Grid has columns"))
	case columns < 1 || columns > 12:
		return f.fail("Across", fmt.Errorf("%d columns: allowed are 1 to 12", columns))
	}
	data.across = columns
	return f
}

// SameAxes gives all panels of a [Grid] the same ranges, wide enough for every
// one, unless a panel fixed its own. Axes of names stay as they are.
func (f *Figure) SameAxes() *Figure {
	data, ok := f.data.(*gridData)
	if !ok {
		return f.fail("SameAxes", errors.New("only a figure made by Grid has panels"))
	}
	data.same = true
	return f
}

// gridData is what Grid draws.
type gridData struct {
	figures []*Figure
	across  int // 0: by their number
	same    bool
}

// panel is a figure within a figure.
type panel struct {
	*drawing
	title string
	at    vg.Point // its lower left corner
}

func (g *gridData) axes(given [2]string) ([2]string, error) {
	if given != [2]string{} {
		return given, errors.New("plots: Labels: a figure made by Grid has no axes of its own; give its panels labels")
	}
	return given, nil
}

// picture is what the panels share.
func (g *gridData) picture([2]bool) (*picture, error) {
	p := &picture{head: fmt.Sprintf("%d panels", len(g.figures))}
	var problems []error
	var all []*picture
	for i, f := range g.figures {
		content, err := f.content()
		if err != nil {
			problems = append(problems, fmt.Errorf("panel %d: %w", i+1, err))
			continue
		}
		all = append(all, content)
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	alike := func(other *picture) bool {
		return slices.Equal(other.entries, all[0].entries) && slices.Equal(other.notes, all[0].notes)
	}
	if !slices.ContainsFunc(all, func(other *picture) bool { return !alike(other) }) {
		p.entries, p.notes = all[0].entries, all[0].notes
		g.share(true)
		return p, nil
	}
	g.share(false)
	return p, nil
}

// share says whether legend and notes stand with the grid.
func (g *gridData) share(shared bool) {
	for _, f := range g.figures {
		f.bare = shared
	}
}

func (g *gridData) columns() int {
	switch n := len(g.figures); {
	case g.across > 0:
		return min(g.across, n)
	case n <= 4:
		return min(n, 2)
	}
	return 3
}

// arrange measures the panels and puts them in their places.
func (g *gridData) arrange(d *drawing, room frame) error {
	columns := g.columns()
	rows := (len(g.figures) + columns - 1) / columns
	cell := frame{width: (d.width - margin) / vg.Length(columns)}
	if cell.width < pixels(leastWidth)*0.6 {
		return fmt.Errorf("plots: Across: %d columns of %.0f pixels each are too narrow; at least %.0f are needed", columns, cell.width/pointsPerPixel, 0.6*leastWidth)
	}
	cell.plotHeight = min(room.plotHeight, cell.width*0.75)
	around := d.top() + d.bottom() - margin
	if room.height > 0 {
		cell.height = (room.height - around) / vg.Length(rows)
	}
	heights, err := g.compose(d, cell, columns)
	if err != nil {
		return err
	}
	d.height = around
	for _, h := range heights {
		d.height += h
	}
	d.height = max(wholePixels(d.height), room.height)
	top := d.height - d.top() + margin/2
	for i := range d.panels {
		row, column := i/columns, i%columns
		if column == 0 {
			top -= heights[row]
		}
		d.panels[i].at = vg.Point{X: margin/2 + vg.Length(column)*cell.width, Y: top}
	}
	g.tell(d)
	return nil
}

// compose measures all panels, those of a row equally high, and returns the
// heights of the rows.
func (g *gridData) compose(d *drawing, cell frame, columns int) ([]vg.Length, error) {
	figures := make([]*Figure, len(g.figures))
	for i, f := range g.figures {
		kept := *f
		figures[i] = &kept
	}
	composed, err := composeAll(figures, func(int) frame { return cell })
	if err != nil {
		return nil, err
	}
	if g.same {
		if err := sameRanges(figures, composed); err != nil {
			return nil, err
		}
	}
	heights := make([]vg.Length, (len(figures)+columns-1)/columns)
	for i, p := range composed {
		heights[i/columns] = max(heights[i/columns], p.height)
	}
	composed, err = composeAll(figures, func(i int) frame {
		row := cell
		row.height = heights[i/columns]
		return row
	})
	for i, p := range composed {
		d.panels = append(d.panels, panel{drawing: p, title: figures[i].title})
	}
	return heights, err
}

func composeAll(figures []*Figure, room func(i int) frame) ([]*drawing, error) {
	out := make([]*drawing, len(figures))
	for i, f := range figures {
		d, err := f.composeIn(room(i))
		if err != nil {
			return nil, fmt.Errorf("panel %d: %w", i+1, err)
		}
		out[i] = d
	}
	return out, nil
}

// sameRanges widens the panels' ranges to one that holds them all.
func sameRanges(figures []*Figure, composed []*drawing) error {
	for dim := range 2 {
		shared := limits{math.Inf(1), math.Inf(-1)}
		for i, d := range composed {
			if d.axes[dim].log != composed[0].axes[dim].log {
				return fmt.Errorf("plots: SameAxes: the %s axis of panel %d and that of panel 1 differ: only one is logarithmic", []string{"x", "y"}[dim], i+1)
			}
			if d.names[dim] == nil {
				shared.low, shared.high = math.Min(shared.low, d.axes[dim].low), math.Max(shared.high, d.axes[dim].high)
			}
		}
		for i, f := range figures {
			if f.ranges[dim] == nil && composed[i].names[dim] == nil {
				f.ranges[dim] = &shared
			}
		}
	}
	return nil
}

// tell collects what the panels tell in words and as data.
func (g *gridData) tell(d *drawing) {
	for i, p := range d.panels {
		kept := *p.picture
		if g.figures[i].bare {
			kept.notes = nil
		}
		words := *p.drawing
		words.picture = &kept
		for line := range strings.SplitSeq(words.tell(p.title), "\n") {
			d.told = append(d.told, line)
		}
	}
}

package plots

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// placing writes short texts at points so that none lies on another or on a
// mark. What finds no place is left out.
type placing struct {
	c     draw.Canvas
	ink   color.Color
	taken []vg.Rectangle
}

func newPlacing(c draw.Canvas) *placing { return &placing{c: c, ink: ink} }

// avoidLine keeps texts off a line of steps.
func (p *placing) avoidLine(steps []vg.Point) {
	for i := range steps {
		a, b := steps[max(0, i-1)], steps[i]
		p.taken = append(p.taken, vg.Rectangle{
			Min: vg.Point{X: min(a.X, b.X) - lineWidth/2, Y: min(a.Y, b.Y) - lineWidth/2},
			Max: vg.Point{X: max(a.X, b.X) + lineWidth/2, Y: max(a.Y, b.Y) + lineWidth/2},
		})
	}
}

// avoid keeps texts off the mark at a point.
func (p *placing) avoid(at vg.Point) {
	const r = markSize + 0.5
	p.taken = append(p.taken, vg.Rectangle{Min: vg.Point{X: at.X - r, Y: at.Y - r}, Max: vg.Point{X: at.X + r, Y: at.Y + r}})
}

// write puts the text beside the point, on the outward side when it fits there.
func (p *placing) write(at vg.Point, txt string, outward vg.Point) {
	if txt == "" || !p.c.Contains(at) {
		return
	}
	sty := textStyle(noteSize, p.ink)
	size := vg.Point{X: sty.Width(txt), Y: sty.Height(txt)}
	const off = 2.3*markSize + 0.5
	for _, d := range []vg.Point{outward, {X: 0, Y: outward.Y}, {X: outward.X, Y: 0}, {X: -outward.X, Y: outward.Y}, {X: outward.X, Y: -outward.Y}} {
		reach := vg.Length(off)
		if d.X != 0 && d.Y != 0 {
			reach *= 0.7
		}
		low := vg.Point{
			X: at.X + d.X*reach + (d.X-1)/2*size.X,
			Y: at.Y + d.Y*reach + (d.Y-1)/2*size.Y,
		}
		box := vg.Rectangle{Min: low, Max: low.Add(size)}
		if !p.free(box) {
			continue
		}
		p.taken = append(p.taken, box)
		p.c.FillText(sty, vg.Point{X: box.Min.X, Y: box.Max.Y + sty.FontExtents().Descent}, txt)
		return
	}
}

// free tells whether a box lies on the canvas and on nothing that is there.
func (p *placing) free(box vg.Rectangle) bool {
	if !p.c.Contains(box.Min) || !p.c.Contains(box.Max) {
		return false
	}
	for _, t := range p.taken {
		if box.Min.X < t.Max.X && t.Min.X < box.Max.X && box.Min.Y < t.Max.Y && t.Min.Y < box.Max.Y {
			return false
		}
	}
	return true
}

package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mark is the sign on a line's points: a circle, or a polygon of some corners.
// It is filled or hollow, both of the same size and weight.
type mark struct {
	corners int     // 0: a circle
	turn    float64 // angle of the first corner, radians
	hollow  bool    // filled with white
}

// DrawGlyph draws the mark around the point.
func (m mark) DrawGlyph(c *draw.Canvas, sty draw.GlyphStyle, at vg.Point) {
	path := m.path(at, sty.Radius)
	if m.hollow {
		c.SetColor(color.White)
		c.Fill(path)
		c.SetLineStyle(draw.LineStyle{Color: sty.Color, Width: 1.1})
		c.Stroke(path)
		return
	}
	c.SetColor(sty.Color)
	c.Fill(path)
}

func (m mark) path(at vg.Point, radius vg.Length) vg.Path {
	var path vg.Path
	if m.corners == 0 {
		path.Move(vg.Point{X: at.X + radius, Y: at.Y})
		path.Arc(at, radius, 0, 2*math.Pi)
		path.Close()
		return path
	}
	// A polygon within the circle looks smaller than it.
	reach := float64(radius) * (1 + 0.9/float64(m.corners))
	for i := range m.corners {
		sin, cos := math.Sincos(m.turn + 2*math.Pi*float64(i)/float64(m.corners))
		corner := at.Add(vg.Point{X: vg.Length(reach * cos), Y: vg.Length(reach * sin)})
		if i == 0 {
			path.Move(corner)
		} else {
			path.Line(corner)
		}
	}
	path.Close()
	return path
}

package plots

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

func textX(v float64) text.XAlignment { return text.XAlignment(v) }
func textY(v float64) text.YAlignment { return text.YAlignment(v) }

// survey is a canvas that keeps where texts and paths go on the page.
type survey struct {
	texts []placed
	paths []vg.Rectangle
	now   turned
	stack []turned
}

// placed is a text with its place on the page: the piece of one FillString.
type placed struct {
	text string
	box  vg.Rectangle
	of   int // the Draw that it belongs to: pieces of one label may touch
}

// turned is a coordinate system: moved, then turned by a quarter or not.
type turned struct {
	at    vg.Point
	angle float64
	label int
}

func newSurvey() *survey { return &survey{} }

func (s *survey) SetLineWidth(vg.Length)              {}
func (s *survey) SetLineDash([]vg.Length, vg.Length)  {}
func (s *survey) SetColor(color.Color)                {}
func (s *survey) Scale(x, y float64)                  { panic("the figures scale nothing") }
func (s *survey) DrawImage(vg.Rectangle, image.Image) { panic("the figures have no images") }
func (s *survey) Rotate(angle float64)                { s.now.angle += angle }
func (s *survey) Translate(pt vg.Point)               { s.now.at = s.page(pt) }
func (s *survey) Fill(p vg.Path)                      { s.paths = append(s.paths, s.around(p)) }
func (s *survey) Stroke(p vg.Path)                    { s.paths = append(s.paths, s.around(p)) }

// Push begins a label: the figures push for nothing else.
func (s *survey) Push() {
	s.stack = append(s.stack, s.now)
	s.now.label = len(s.texts) + 1
}

func (s *survey) Pop() {
	s.now = s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
}

// page is a point of the current system on the page.
func (s *survey) page(pt vg.Point) vg.Point {
	sin, cos := math.Sincos(s.now.angle)
	return s.now.at.Add(vg.Point{
		X: pt.X*vg.Length(cos) - pt.Y*vg.Length(sin),
		Y: pt.X*vg.Length(sin) + pt.Y*vg.Length(cos),
	})
}

func (s *survey) FillString(face font.Face, pt vg.Point, txt string) {
	e := face.Extents()
	a := s.page(pt.Add(vg.Point{Y: -e.Descent}))
	b := s.page(pt.Add(vg.Point{X: face.Width(txt), Y: e.Ascent}))
	s.texts = append(s.texts, placed{txt, rectangle(a, b), s.now.label})
}

func (s *survey) around(p vg.Path) vg.Rectangle {
	var points []vg.Point
	for _, c := range p {
		switch c.Type {
		case vg.MoveComp, vg.LineComp, vg.CurveComp:
			points = append(points, s.page(c.Pos))
		case vg.ArcComp:
			points = append(points, s.page(c.Pos.Add(vg.Point{X: c.Radius, Y: c.Radius})), s.page(c.Pos.Sub(vg.Point{X: c.Radius, Y: c.Radius})))
		}
	}
	return rectangle(points...)
}

func (s *survey) bounds() vg.Rectangle {
	var corners []vg.Point
	for _, t := range s.texts {
		corners = append(corners, t.box.Min, t.box.Max)
	}
	return rectangle(corners...)
}

func rectangle(points ...vg.Point) vg.Rectangle {
	r := vg.Rectangle{Min: points[0], Max: points[0]}
	for _, p := range points {
		r.Min.X, r.Min.Y = min(r.Min.X, p.X), min(r.Min.Y, p.Y)
		r.Max.X, r.Max.Y = max(r.Max.X, p.X), max(r.Max.Y, p.Y)
	}
	return r
}

func overlap(a, b vg.Rectangle) bool {
	const slack = 0.01
	return a.Min.X < b.Max.X-slack && b.Min.X < a.Max.X-slack && a.Min.Y < b.Max.Y-slack && b.Min.Y < a.Max.Y-slack
}

// pointOf puts a spot on the page as it is.
func pointOf(s spot) vg.Point { return vg.Point{X: vg.Length(s.x), Y: vg.Length(s.y)} }

func rectangleSize(d *drawing) vg.Point { return vg.Point{X: d.width, Y: d.height} }

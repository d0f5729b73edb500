package plots

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Plan is a plan of rectangular blocks, such as a chip's.
type Plan interface {
	// Blocks is how many there are.
	Blocks() int
	// Block is a block's own name, and its kind, which many may share.
	Block(i int) (name, kind string)
	// Bounds is where a block lies, in metres: its lower left corner and its size.
	Bounds(i int) (x, y, width, height float64)
}

// mostKinds is how many kinds of blocks have a colour, with "other".
const mostKinds = 14

// mostPlanned is the most blocks of a plan that can be told apart.
const mostPlanned = 20000

// Floorplan draws the blocks of a plan to scale, with a colour for each kind and a
// bar that shows a round length. Names are written into blocks that have room for
// them. Kinds beyond the 14 largest are drawn as "other".
//
//	plan, err := report.Floorplan()
//	plots.Floorplan(plan)
func Floorplan(plan Plan) *Figure {
	d := &planData{}
	f := &Figure{data: d}
	if isNil(plan) {
		return f.fail("Floorplan", errors.New("the plan is nil"))
	}
	if n := plan.Blocks(); n < 1 || n > mostPlanned {
		return f.fail("Floorplan", fmt.Errorf("%d blocks: allowed are 1 to %d", n, mostPlanned))
	}
	for i := range plan.Blocks() {
		var b block
		b.name, b.kind = plan.Block(i)
		b.x, b.y, b.width, b.height = plan.Bounds(i)
		if !finite(b.x) || !finite(b.y) || !(b.width >= 0) || !(b.height >= 0) || !finite(b.width) || !finite(b.height) {
			return f.fail("Floorplan", fmt.Errorf("%s: %g x %g m at (%g, %g): allowed are finite lengths of 0 or more", b.name, b.width, b.height, b.x, b.y))
		}
		if b.width > 0 && b.height > 0 {
			d.add(b)
		}
	}
	if len(d.blocks) == 0 {
		return f.fail("Floorplan", errors.New("no block has an area"))
	}
	return f
}

// block is a rectangle of the plan, in metres.
type block struct {
	name, kind          string
	x, y, width, height float64
	group               int
}

func (b block) area() float64 { return b.width * b.height }

// planData is what Floorplan draws.
type planData struct {
	blocks []block
	kinds  []planKind
	low    [2]float64
	high   [2]float64
}

// planKind is all blocks of one kind.
type planKind struct {
	name  string
	count int
	area  float64
}

func (d *planData) add(b block) {
	if len(d.blocks) == 0 {
		d.low, d.high = [2]float64{b.x, b.y}, [2]float64{b.x, b.y}
	}
	for dim, ends := range [2][2]float64{{b.x, b.x + b.width}, {b.y, b.y + b.height}} {
		d.low[dim], d.high[dim] = min(d.low[dim], ends[0]), max(d.high[dim], ends[1])
	}
	b.group = slices.IndexFunc(d.kinds, func(k planKind) bool { return k.name == b.kind })
	if b.group < 0 {
		b.group = len(d.kinds)
		d.kinds = append(d.kinds, planKind{name: b.kind})
	}
	d.kinds[b.group].count++
	d.kinds[b.group].area += b.area()
	d.blocks = append(d.blocks, b)
}

func (d *planData) axes(given [2]string) ([2]string, error) { return given, nil }

func (d *planData) picture(log [2]bool) (*picture, error) {
	if log != [2]bool{} {
		return nil, errors.New("plots: LogX, LogY: a floorplan has no logarithmic axes")
	}
	total := 0.0
	for _, k := range d.kinds {
		total += k.area
	}
	wide, high := d.high[0]-d.low[0], d.high[1]-d.low[1]
	p := &picture{
		noGrid: true, noAxes: true, tight: [2]bool{true, true},
		aspect: high / wide, head: "floorplan, " + lengths(wide, high),
	}
	p.include(0, d.low[0], d.high[0])
	p.include(1, d.low[1], d.high[1])
	groups, names, other := d.colors()
	p.layers = []plot.Plotter{planLayer{d, groups}}
	p.entries = entriesOf(names, boxSample)
	for _, k := range d.kinds {
		p.told = append(p.told, fmt.Sprintf("%s: %d of %s in all (%.1f %%)", k.name, k.count, squareMillimetres(k.area), 100*k.area/total))
	}
	p.notes = append(p.notes, fmt.Sprintf("%s; blocks together %s.", lengths(wide, high), squareMillimetres(total)))
	if len(other) > 0 {
		p.notes = append(p.notes, "Other: "+strings.Join(other, ", ")+".")
	}
	p.rows = d.rows
	return p, nil
}

// colors gives every kind a colour: the largest their own in the order of their
// first blocks, the rest one in common.
func (d *planData) colors() (color []int, names, other []string) {
	order := make([]int, len(d.kinds))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case d.kinds[a].area > d.kinds[b].area:
			return -1
		case d.kinds[a].area < d.kinds[b].area:
			return 1
		}
		return 0
	})
	own := order[:min(len(order), mostKinds)]
	if len(order) > mostKinds {
		own = order[:mostKinds-1]
	}
	color = make([]int, len(d.kinds))
	for i, k := range d.kinds {
		if slices.Contains(own, i) {
			color[i], names = len(names), append(names, k.name)
		} else {
			color[i], other = len(own), append(other, k.name)
		}
	}
	if len(other) > 0 {
		names = append(names, "other")
	}
	return color, names, other
}

func (d *planData) rows() [][]string {
	rows := [][]string{{"name", "kind", "x (m)", "y (m)", "width (m)", "height (m)"}}
	for _, b := range d.blocks {
		rows = append(rows, []string{b.name, b.kind, cell(b.x), cell(b.y), cell(b.width), cell(b.height)})
	}
	return rows
}

// lengths writes both edges of a rectangle in one unit.
func lengths(width, height float64) string {
	divisor, unit := 1e-3, "mm"
	if max(width, height) < 1e-3 {
		divisor, unit = 1e-6, "μm"
	}
	return fmt.Sprintf("%.3g × %.3g %s", width/divisor, height/divisor, unit)
}

func squareMillimetres(area float64) string {
	if area < 1e-8 {
		return fmt.Sprintf("%.3g μm^2", area/1e-12)
	}
	return fmt.Sprintf("%.3g mm^2", area/1e-6)
}

// planLayer draws a plan with the same scale in both directions.
type planLayer struct {
	*planData
	color []int
}

// scaleBarRoom is the height below the plan in which the scale bar stands.
const scaleBarRoom = vg.Length(22)

// Plot draws the blocks, their names and the scale bar.
func (l planLayer) Plot(c draw.Canvas, _ *plot.Plot) {
	size := c.Size()
	wide, high := l.high[0]-l.low[0], l.high[1]-l.low[1]
	scale := min(float64(size.X)/wide, float64(size.Y-scaleBarRoom)/high)
	left := c.Min.X + (size.X-vg.Length(wide*scale))/2
	bottom := c.Max.Y - vg.Length(high*scale)
	at := func(x, y float64) vg.Point {
		return vg.Point{X: left + vg.Length((x-l.low[0])*scale), Y: bottom + vg.Length((y-l.low[1])*scale)}
	}
	for _, b := range l.blocks {
		box := vg.Rectangle{Min: at(b.x, b.y), Max: at(b.x+b.width, b.y+b.height)}
		fill := fillColor(l.color[b.group])
		c.SetColor(fill)
		c.Fill(box.Path())
		if edge := min(box.Size().X, box.Size().Y); edge > 3 { // neighbours stay apart
			c.SetLineStyle(draw.LineStyle{Color: whiteInk, Width: 0.6})
			c.Stroke(box.Path())
		}
		b.write(c, box, inkOn(fill))
	}
	c.SetLineStyle(draw.LineStyle{Color: axisInk, Width: 0.75})
	c.Stroke(vg.Rectangle{Min: at(l.low[0], l.low[1]), Max: at(l.high[0], l.high[1])}.Path())
	l.scaleBar(c, vg.Point{X: left, Y: bottom - 8}, scale)
}

// scaleBar draws a round length of about a fifth of the plan.
func (l planLayer) scaleBar(c draw.Canvas, at vg.Point, scale float64) {
	length := roundLength((l.high[0] - l.low[0]) / 5)
	end := at.X + vg.Length(length*scale)
	sty := draw.LineStyle{Color: ink, Width: 1.2}
	c.StrokeLine2(sty, at.X, at.Y, end, at.Y)
	c.StrokeLine2(sty, at.X, at.Y-3, at.X, at.Y+3)
	c.StrokeLine2(sty, end, at.Y-3, end, at.Y+3)
	text := fmt.Sprintf("%.3g mm", length/1e-3)
	if length < 1e-4 {
		text = fmt.Sprintf("%.3g μm", length/1e-6)
	}
	label := textStyle(tickSize, ink)
	label.YAlign = draw.YCenter
	c.FillText(label, vg.Point{X: end + 5, Y: at.Y + label.FontExtents().Descent}, text)
}

// roundLength is the largest of 1, 2 and 5 times a power of ten up to a length.
func roundLength(length float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(length)))
	for _, n := range []float64{5, 2} {
		if n*power <= length {
			return n * power
		}
	}
	return power
}

// write puts the block's name into it, upright or turned, when it fits.
func (b block) write(c draw.Canvas, box vg.Rectangle, text color.Color) {
	sty := textStyle(noteSize, text)
	size := box.Size()
	width, height := sty.Width(b.name)+4, sty.Height(b.name)+1
	middle := vg.Point{X: (box.Min.X + box.Max.X) / 2, Y: (box.Min.Y + box.Max.Y) / 2}
	sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
	switch descent := sty.FontExtents().Descent; {
	case b.name == "":
	case width <= size.X && height <= size.Y:
		c.FillText(sty, vg.Point{X: middle.X, Y: middle.Y + descent}, b.name)
	case width <= size.Y && height <= size.X:
		sty.Rotation = math.Pi / 2
		c.FillText(sty, vg.Point{X: middle.X - descent, Y: middle.Y}, b.name)
	}
}

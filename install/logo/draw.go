// Command logo draws Crossbook's mark: a crossbar of three word lines and three
// bit lines with a device at each crossing, its size the conductance. It writes
// the files that a kernelspec wants into the folder install/logos.
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"

	"golang.org/x/image/vector"
)

// The mark is drawn in a square of 64 units.
const (
	side   = 64
	corner = 13
	line   = float32(4) // width of a wire
)

var (
	ground = color.RGBA{0x10, 0x3a, 0x4c, 0xff}
	wire   = color.RGBA{0x5f, 0xa8, 0xb8, 0xff}
	device = color.RGBA{0xff, 0xc1, 0x4d, 0xff}
)

var tracks = [3]float32{16, 32, 48}

// radii are the devices' sizes, row by row.
var radii = [3][3]float32{{4, 7, 5}, {7, 5, 4}, {5, 4, 7}}

// svg is the mark as a drawing.
func svg() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[1]d">`+"\n", side, side)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="%d" fill="%s"/>`+"\n", side, side, corner, hex(ground))
	fmt.Fprintf(&b, `<g stroke="%s" stroke-width="%g" stroke-linecap="round">`+"\n", hex(wire), line)
	for _, t := range tracks {
		fmt.Fprintf(&b, `<path d="M8 %gH56M%[1]g 8V56"/>`+"\n", t)
	}
	fmt.Fprintf(&b, "</g>\n<g fill=\"%s\">\n", hex(device))
	for row, y := range tracks {
		for column, x := range tracks {
			fmt.Fprintf(&b, `<circle cx="%g" cy="%g" r="%g"/>`+"\n", x, y, radii[row][column])
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return []byte(b.String())
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// raster is the mark as a picture of size x size pixels.
func raster(size int) *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, size, size))
	pen := &pen{picture: picture, scale: float32(size) / side}
	pen.fill(ground, func() { pen.add(rect{0, 0, side, side, corner}) })
	pen.fill(wire, func() {
		for _, t := range tracks {
			pen.add(rect{8 - line/2, t - line/2, 56 + line/2, t + line/2, line / 2})
		}
	})
	pen.fill(wire, func() { // apart, or the crossings would cancel out
		for _, t := range tracks {
			pen.add(rect{t - line/2, 8 - line/2, t + line/2, 56 + line/2, line / 2})
		}
	})
	pen.fill(device, func() {
		for row, y := range tracks {
			for column, x := range tracks {
				pen.add(disc(x, y, radii[row][column]))
			}
		}
	})
	return picture
}

func encode(picture image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, picture)
	return b.Bytes(), err
}

// pen fills shapes given in units of the mark.
type pen struct {
	picture *image.RGBA
	scale   float32
	path    *vector.Rasterizer
}

func (p *pen) fill(c color.Color, shape func()) {
	bounds := p.picture.Bounds()
	p.path = vector.NewRasterizer(bounds.Dx(), bounds.Dy())
	p.path.DrawOp = draw.Over
	shape()
	p.path.Draw(p.picture, bounds, image.NewUniform(c), image.Point{})
}

// rect is a rectangle with round corners.
type rect struct{ x0, y0, x1, y1, r float32 }

// disc is a circle.
func disc(x, y, r float32) rect { return rect{x - r, y - r, x + r, y + r, r} }

// add adds a rectangle to the path.
func (p *pen) add(b rect) {
	const k = 0.5522848 // a cubic's handle for a quarter of a circle
	s, r, h := p.scale, b.r, b.r*(1-k)
	x0, y0, x1, y1 := b.x0, b.y0, b.x1, b.y1
	p.path.MoveTo((x0+r)*s, y0*s)
	p.path.LineTo((x1-r)*s, y0*s)
	p.path.CubeTo((x1-h)*s, y0*s, x1*s, (y0+h)*s, x1*s, (y0+r)*s)
	p.path.LineTo(x1*s, (y1-r)*s)
	p.path.CubeTo(x1*s, (y1-h)*s, (x1-h)*s, y1*s, (x1-r)*s, y1*s)
	p.path.LineTo((x0+r)*s, y1*s)
	p.path.CubeTo((x0+h)*s, y1*s, x0*s, (y1-h)*s, x0*s, (y1-r)*s)
	p.path.LineTo(x0*s, (y0+r)*s)
	p.path.CubeTo(x0*s, (y0+h)*s, (x0+h)*s, y0*s, (x0+r)*s, y0*s)
	p.path.ClosePath()
}

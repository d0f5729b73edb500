package plots

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
	"gonum.org/v1/plot/vg/vgsvg"
)

// rasterScale is how many pixels of a PNG stand for one CSS pixel, so that
// figures are sharp on dense screens too.
const rasterScale = 2

// Dots per inch of rasters: for screens, and for print, where publishers ask for
// 300 to 600.
const (
	screenDPI = rasterScale * 96 // a CSS pixel is 1/96 of an inch
	printDPI  = 600
)

// Save writes the figure to a file: .png (two pixels per CSS pixel; 600 dots per
// inch when [Figure.Width] gave a width in print), .svg or .pdf, and its data
// beside it after [Figure.WithData]. The same figure gives the same bytes.
func (f *Figure) Save(path string) error {
	d, err := f.compose()
	if err != nil {
		return err
	}
	var content []byte
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".png":
		content, err = d.png(f.dotsPerInch())
	case ".svg":
		content, err = d.svg()
	case ".pdf":
		content, err = d.pdf()
	default:
		return fmt.Errorf("plots: Save: %q: the name must end in .png, .svg or .pdf", path)
	}
	if err != nil {
		return fmt.Errorf("plots: Save: %w", err)
	}
	err = os.WriteFile(path, content, 0o644)
	if err == nil && f.beside {
		err = d.saveData(path)
	}
	if err != nil {
		return fmt.Errorf("plots: Save: %w", err)
	}
	return nil
}

// MIMEBundle is the figure for a notebook: a PNG in base64, or SVG when asked
// for, with its size in CSS pixels, and a text that tells what it shows. A
// figure that cannot be drawn shows its error.
func (f *Figure) MIMEBundle() (data, metadata map[string]any) {
	d, err := f.compose()
	if err != nil {
		return map[string]any{"text/plain": err.Error()}, nil
	}
	mime, content := "image/png", ""
	if f.vector {
		var raw []byte
		mime = "image/svg+xml"
		raw, err = d.svg()
		content = string(raw)
	} else {
		var raw []byte
		raw, err = d.png(screenDPI)
		content = base64.StdEncoding.EncodeToString(raw)
	}
	if err != nil {
		return map[string]any{"text/plain": fmt.Sprintf("plots: %v", err)}, nil
	}
	data = map[string]any{mime: content, "text/plain": f.String()}
	if f.interactive {
		if data[vegaMIME], err = d.vega(f.title); err != nil {
			return map[string]any{"text/plain": err.Error()}, nil
		}
	}
	width, height := d.page()
	size := map[string]any{"width": int(width/pointsPerPixel + 0.5), "height": int(height/pointsPerPixel + 0.5)}
	return data, map[string]any{mime: size}
}

// page is the size of what is written.
func (d *drawing) page() (width, height vg.Length) {
	zoom := vg.Length(cmp.Or(d.zoom, 1))
	return d.width * zoom, d.height * zoom
}

// zoomed draws on a canvas of the page's size.
func (d *drawing) zoomed(c vg.Canvas) {
	if d.zoom != 0 {
		c.Scale(d.zoom, d.zoom)
	}
	d.paint(c)
}

// dotsPerInch of a saved raster.
func (f *Figure) dotsPerInch() int {
	if f.print > 0 {
		return printDPI
	}
	return screenDPI
}

// png draws at the size that was measured with as many dots as the page has:
// scaling a raster's canvas would blur its letters.
func (d *drawing) png(dpi int) ([]byte, error) {
	zoom := cmp.Or(d.zoom, 1)
	c := vgimg.NewWith(vgimg.UseWH(d.width, d.height), vgimg.UseDPI(int(float64(dpi)*zoom+0.5)))
	d.paint(c)
	var b bytes.Buffer
	_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(&b)
	return b.Bytes(), err
}

// svg leaves text as text, so that it can be searched and copied. It names
// fonts of the same widths for readers without Liberation Sans, and states the
// width of every text for readers without those.
func (d *drawing) svg() ([]byte, error) {
	c := vgsvg.New(d.page())
	sized := &sizedText{Canvas: c}
	d.zoomed(sized)
	var b bytes.Buffer
	_, err := c.WriteTo(&b)
	family := []byte("font-family:'Liberation Sans',Arial,Helvetica,sans-serif;font-variant:normal")
	out := bytes.ReplaceAll(b.Bytes(), []byte("font-family:Liberation Sans;font-variant:normal"), family)
	return sized.state(out), err
}

// sizedText keeps the widths of the texts on their way to an SVG canvas.
type sizedText struct {
	vg.Canvas
	widths []vg.Length
}

// FillString keeps the width of the text and passes it on.
func (s *sizedText) FillString(face font.Face, pt vg.Point, txt string) {
	s.widths = append(s.widths, face.Width(txt))
	s.Canvas.FillString(face, pt, txt)
}

// state writes the widths into the text elements, which come in the order in
// which they were drawn.
func (s *sizedText) state(svg []byte) []byte {
	const element = "<text "
	parts := bytes.Split(svg, []byte(element))
	out := parts[0]
	for i, part := range parts[1:] {
		out = fmt.Appendf(out, `%stextLength="%.4g" lengthAdjust="spacingAndGlyphs" %s`, element, float64(s.widths[i]), part)
	}
	return out
}

// pdfDate matches the time of making in a PDF, which the library always writes.
var pdfDate = regexp.MustCompile(`Date \(D:\d{14}\)`)

func (d *drawing) pdf() ([]byte, error) {
	c := vgpdf.New(d.page())
	d.zoomed(&outlined{Canvas: c})
	var b bytes.Buffer
	_, err := c.WriteTo(&b)
	// As long as the original: the file refers to its parts by their offsets.
	return pdfDate.ReplaceAll(b.Bytes(), []byte("Date (D:20000101000000)")), err
}

var _ vg.Canvas = (*outlined)(nil)

package plots

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// A figure for print has its width in SVG, in PDF and as a raster, and shows in
// a notebook as wide as on paper.
func TestWidth(t *testing.T) {
	dir := t.TempDir()
	read := func(ext string) []byte {
		path := filepath.Join(dir, "figure"+ext)
		if err := gallery()["two curves"].Width(IEEEColumn).Save(path); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	const points = 252 // 3.5 inches
	for ext, pattern := range map[string]string{".svg": `width="([0-9.]+)pt"`, ".pdf": `/MediaBox \[0 0 ([0-9.]+) `} {
		found := regexp.MustCompile(pattern).FindSubmatch(read(ext))
		if found == nil {
			t.Errorf("%s states no width", ext)
			continue
		}
		if width, err := strconv.ParseFloat(string(found[1]), 64); err != nil || width < points-0.1 || width > points+0.1 {
			t.Errorf("%s is %s points wide, want %d", ext, found[1], points)
		}
	}
	size, err := png.DecodeConfig(bytes.NewReader(read(".png")))
	if err != nil || size.Width != 3.5*printDPI {
		t.Errorf("the raster is %d pixels wide, error %v", size.Width, err)
	}
	_, metadata := gallery()["two curves"].Width(IEEEColumn).MIMEBundle()
	if shown := metadata["image/png"].(map[string]any)["width"]; shown != 336 { // 3.5 x 96
		t.Errorf("a notebook shows it %v pixels wide", shown)
	}
}

func TestWidthErrors(t *testing.T) {
	f := Curves(accuracy("a", 90, 3))
	faults(t, map[string]*Figure{
		"plots: Width: 5 mm: allowed are 60 to 500":           f.Width(5),
		"plots: Width: 1000 mm":                               Curves(accuracy("a", 90, 3)).Width(1000),
		"plots: Size: 1 x 1 pixels: allowed are 240..4000 x ": Curves(accuracy("a", 90, 3)).Size(1, 1),
	})
}

// Of Size and Width the last one counts.
func TestSizeOrWidth(t *testing.T) {
	d, err := Curves(accuracy("a", 90, 3)).Width(IEEEColumn).Size(500, 300).compose()
	if err != nil || d.zoom != 0 || d.width != pixels(500) {
		t.Errorf("zoom %v, width %v, error %v", d.zoom, d.width, err)
	}
	d, err = Curves(accuracy("a", 90, 3)).Size(500, 4000).Width(IEEEColumn).compose()
	if err != nil || d.zoom != printZoom || d.height > d.width {
		t.Errorf("zoom %v, %v x %v, error %v", d.zoom, d.width, d.height, err)
	}
}

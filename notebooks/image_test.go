package notebooks

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindImage(t *testing.T) {
	outside := t.TempDir()
	folder := filepath.Join(outside, "nb")
	data, err := base64.StdEncoding.DecodeString(pixel)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(folder, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{"../o.png", data}, {"a b.png", data}, {"sub/c.png", data}, {"d.png", []byte("text")}, {"e.svg", []byte("<svg/>")}} {
		if err := os.WriteFile(filepath.Join(folder, f.name), f.data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cell := &Cell{Attachments: map[string]any{"x y.png": map[string]any{"image/png": pixel}}}
	png := "data:image/png;base64," + pixel
	for _, c := range []struct{ address, want string }{
		{"attachment:x%20y.png", png},
		{"attachment:none.png", ""},
		{"a%20b.png", png},
		{"sub/c.png", png},
		{"./sub/../sub/c.png", png},
		{"d.png", ""}, // no picture inside
		{"e.svg", "data:image/svg+xml;base64,PHN2Zy8+"},
		{"../o.png", ""}, // not the notebook's to show
		{"missing.png", ""},
		{"https://example.org/a.png", ""},
		{"//example.org/a.png", ""},
		{"file:///etc/passwd", ""},
		{png, png},
		{"data:text/html;base64,AAAA", ""},
	} {
		if got := findImage(folder, c.address, cell); got != c.want {
			t.Errorf("findImage(%q) = %.60q, want %.60q", c.address, got, c.want)
		}
	}
	p := newProsePage()
	p.images = func(address string, cell *Cell) string { return findImage(folder, address, cell) }
	prose := p.html("![a](sub/c.png) ![b](e.svg) ![c](attachment:x%20y.png)\n\n<img src='a b.png' width=30>", cell)
	if got := strings.Count(prose, `<img src="data:image/`); got != 4 {
		t.Errorf("%d of 4 pictures are in\n%s", got, prose)
	}
	if got := findImage("", "a%20b.png", cell); got != "" {
		t.Error("a picture was found without a folder")
	}
}

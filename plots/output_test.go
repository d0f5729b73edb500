package plots

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSave(t *testing.T) {
	dir := t.TempDir()
	for ext, begin := range map[string]string{".png": "\x89PNG", ".SVG": "<?xml", ".pdf": "%PDF"} {
		var written [2][]byte
		for i := range written {
			path := filepath.Join(dir, "figure"+ext)
			// Made anew: the same figure must give the same bytes.
			if err := gallery()["two curves"].Save(path); err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			written[i] = raw
		}
		if !bytes.HasPrefix(written[0], []byte(begin)) {
			t.Errorf("%s begins with %q", ext, written[0][:8])
		}
		if !bytes.Equal(written[0], written[1]) {
			t.Errorf("%s differs when written again", ext)
		}
	}
}

func TestSaveErrors(t *testing.T) {
	f := Curves(accuracy("BP", 90, 3))
	dir := t.TempDir()
	for path, want := range map[string]string{
		"figure.gif":                        `plots: Save: "figure.gif": the name must end in .png, .svg or .pdf`,
		"figure":                            "the name must end in",
		filepath.Join(dir, "no", "dir.png"): "plots: Save: open ",
	} {
		if err := f.Save(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", path, err, want)
		}
	}
	path := filepath.Join(dir, "bad.png")
	if err := Curves().Save(path); err == nil || !strings.Contains(err.Error(), "no curve given") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("a figure with an error left a file")
	}
}

func TestMIMEBundlePNG(t *testing.T) {
	f := Curves(accuracy("BP", 90, 3)).Titled("T").Size(500, 300)
	data, metadata := f.MIMEBundle()
	raw, err := base64.StdEncoding.DecodeString(data["image/png"].(string))
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 1000 || size.Y != 600 {
		t.Errorf("the picture has %v pixels, want two per CSS pixel", size)
	}
	size := metadata["image/png"].(map[string]any)
	if size["width"] != 500 || size["height"] != 300 {
		t.Errorf("metadata %v", size)
	}
	if data["text/plain"] != f.String() {
		t.Errorf("text/plain is %q", data["text/plain"])
	}
}

func TestMIMEBundleSVG(t *testing.T) {
	data, metadata := Curves(accuracy("a < b & c", 90, 3)).Labels("", "σ = 1 x_1").AsSVG().MIMEBundle()
	svg := data["image/svg+xml"].(string)
	decoder := xml.NewDecoder(strings.NewReader(svg))
	texts := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "text" {
			texts++
			if start.Attr[0].Name.Local != "textLength" {
				t.Errorf("a text without its width: %v", start.Attr)
			}
		}
	}
	if texts < 10 || data["image/png"] != nil || metadata["image/svg+xml"] == nil {
		t.Errorf("%d texts, metadata %v", texts, metadata)
	}
	if strings.Contains(svg, "> ") {
		t.Error("a text begins with a space, which readers drop")
	}
}

func TestMIMEBundleError(t *testing.T) {
	data, metadata := Lines(Columns{}, "x", "y").MIMEBundle()
	if len(data) != 1 || !strings.Contains(data["text/plain"].(string), `plots: Lines: no column "x"`) || metadata != nil {
		t.Errorf("data %v, metadata %v", data, metadata)
	}
}

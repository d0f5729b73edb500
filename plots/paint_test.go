package plots

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A drawing as SVG is the same on every machine; a raster is not.
func TestGolden(t *testing.T) {
	all := gallery()
	maps.Copy(all, kinds())
	for _, name := range []string{
		"two curves", "device", "bands", "logarithmic", "grouped bars", "stacked bars", "breakdown", "heat map", "small contour",
		"pareto", "column", "box", "violin", "histogram", "error bars", "twin", "small weights", "multiples", "column multiples",
	} {
		d, err := all[name].compose()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := d.svg()
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", strings.ReplaceAll(name, " ", "-")+".svg")
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from %s; if the change is wanted, look at the figure and run the test with -update", name, path)
		}
	}
}

// Nothing leaves the page, and no text lies on another.
func TestLayout(t *testing.T) {
	all := gallery()
	maps.Copy(all, kinds())
	for name, f := range all {
		d, err := f.compose()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkLayout(t, name, d)
	}
}

func checkLayout(t interface{ Errorf(string, ...any) }, name string, d *drawing) {
	s := newSurvey()
	d.paint(s)
	for i, a := range s.texts {
		// The margin is for the text to keep clear of; a tick's label at the
		// edge may use a little of it.
		const air = 2
		if a.box.Min.X < air || a.box.Min.Y < air || a.box.Max.X > d.width-air || a.box.Max.Y > d.height-air {
			t.Errorf("%s: %q at %v leaves the page of %v x %v", name, a.text, a.box, d.width, d.height)
		}
		for _, b := range s.texts[:i] {
			if a.of != b.of && overlap(a.box, b.box) {
				t.Errorf("%s: %q at %v lies on %q at %v", name, a.text, a.box, b.text, b.box)
			}
		}
	}
	for _, p := range s.paths {
		if p.Min.X < 0 || p.Min.Y < 0 || p.Max.X > d.width || p.Max.Y > d.height {
			t.Errorf("%s: a path at %v leaves the page of %v x %v", name, p, d.width, d.height)
		}
	}
}

// Any texts, ranges and sizes give a page in order or an error that says why
// not.
func TestLayoutProperties(t *testing.T) {
	words := rapid.StringOf(rapid.RuneFrom([]rune("abcdefghi  _^{}\\μ%1W漢")))
	rapid.Check(t, func(t *rapid.T) {
		var curves []Curve
		for range rapid.IntRange(1, 5).Draw(t, "curves") {
			curves = append(curves, Series{
				Name: words.Draw(t, "name"),
				Y:    rapid.SliceOfN(rapid.Float64(), 1, 20).Draw(t, "y"),
			})
		}
		f := Curves(curves...).Titled(words.Draw(t, "title")).Labels(words.Draw(t, "x"), words.Draw(t, "y label"))
		f.Size(rapid.IntRange(leastWidth, 900).Draw(t, "width"), rapid.IntRange(leastHeight, 900).Draw(t, "height"))
		if rapid.Bool().Draw(t, "log") {
			f.LogY()
		}
		d, err := f.compose()
		if err != nil {
			if !strings.HasPrefix(err.Error(), "plots: ") {
				t.Fatalf("error %v", err)
			}
			return
		}
		checkLayout(t, "drawn", d)
	})
}

func TestMarksOfLongLines(t *testing.T) {
	l := line{series: series{points: make([]point, 100)}, index: 1, of: 2}
	n := 0
	for i := range l.points {
		if l.marked(i) {
			n++
		}
	}
	if n != someMarks || !l.marked(5) {
		t.Errorf("%d of 100 points are marked, want %d, the first at 5", n, someMarks)
	}
}

package dataset

import (
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// draw writes an image of 2 x 1 pixels.
func draw(t *testing.T, name string, colours ...color.Color) {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, len(colours), 1))
	for x, c := range colours {
		img.Set(x, 0, c)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

// album makes a folder with two classes.
func someFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	draw(t, filepath.Join(dir, "train/cat/1.png"), color.Gray{51}, color.Gray{255})
	draw(t, filepath.Join(dir, "train/cat/2.png"), color.Gray{0}, color.Gray{102})
	draw(t, filepath.Join(dir, "train/dog/1.png"), color.Gray{153}, color.Gray{0})
	draw(t, filepath.Join(dir, "test/dog/1.png"), color.Gray{204}, color.Gray{0})
	return dir
}

func TestFolder(t *testing.T) {
	dir := someFolder(t)
	data := mustLoad(t, Folder(dir))
	want := []float32{0.2, 1, 0, 0.4, 0.6, 0}
	if data.Shape != [3]int{1, 1, 2} || data.Classes != 2 || string(data.Train.Labels) != "\x00\x00\x01" || string(data.Test.Labels) != "\x01" {
		t.Errorf("%v, %d classes, labels %v and %v", data.Shape, data.Classes, data.Train.Labels, data.Test.Labels)
	}
	for i, v := range want {
		if data.Train.Images[i] != v {
			t.Errorf("pixel %d is %g, want %g", i, data.Train.Images[i], v)
		}
	}
	some := Folder(dir)
	some.Train = 2
	if data := mustLoad(t, some); string(data.Train.Labels) != "\x00\x01" {
		t.Errorf("two balanced images have labels %v", data.Train.Labels)
	}
}

func TestFolderOfColours(t *testing.T) {
	dir := someFolder(t)
	draw(t, filepath.Join(dir, "train/dog/2.png"), color.NRGBA{255, 0, 51, 255}, color.NRGBA{0, 102, 0, 255})
	data := mustLoad(t, Folder(dir))
	want := []float32{1, 0, 0, 0.4, 0.2, 0}
	if got := data.Train.Images[3*6:]; data.Shape != [3]int{3, 1, 2} || len(got) != 6 {
		t.Fatalf("%v, %v", data.Shape, got)
	} else {
		for i, v := range want {
			if got[i] != v {
				t.Errorf("value %d is %g, want %g", i, got[i], v)
			}
		}
	}
}

func TestFoldersThatAreNoSet(t *testing.T) {
	spoilt := someFolder(t)
	if err := os.WriteFile(filepath.Join(spoilt, "train/cat/3.png"), []byte("no image"), 0o644); err != nil {
		t.Fatal(err)
	}
	uneven := someFolder(t)
	draw(t, filepath.Join(uneven, "test/dog/2.png"), color.Gray{1})
	lone := t.TempDir()
	draw(t, filepath.Join(lone, "train/cat/1.png"), color.Gray{1})
	many := Folder(someFolder(t))
	many.Test = 2
	for want, set := range map[string]Set{
		"no such file":                             Folder(filepath.Join(lone, "nothing")),
		`Path: "" names no folder`:                 Folder(""),
		"1 folders of classes; allowed: 2 to 256":  Folder(lone),
		"3.png: image: unknown format; allowed":    Folder(spoilt),
		"1 x 1 pixels, but ":                       Folder(uneven),
		"Test: 2 is outside 0..1":                  many,
		`Path: "x" with the set "mnist"; allowed:`: {Name: "mnist", Path: "x"},
	} {
		if _, err := set.Load(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %s", set, err, want)
		}
	}
}

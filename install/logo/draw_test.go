package main

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"testing"
)

// The files in the tree must be the ones that this program draws.
func TestFilesAreCurrent(t *testing.T) {
	for _, size := range []int{32, 64} {
		name := fmt.Sprintf("../logos/logo-%dx%d.png", size, size)
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		got, err := png.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		want := raster(size)
		if got.Bounds() != want.Bounds() {
			t.Fatalf("%s is %v, want %v", name, got.Bounds(), want.Bounds())
		}
		for y := range size {
			for x := range size {
				r0, g0, b0, a0 := got.At(x, y).RGBA()
				r1, g1, b1, a1 := want.At(x, y).RGBA()
				if near(r0, r1) && near(g0, g1) && near(b0, b1) && near(a0, a1) {
					continue
				}
				t.Fatalf("%s is stale at %d,%d: run go generate ./install", name, x, y)
			}
		}
	}
	drawing, err := os.ReadFile("../logos/logo-svg.svg")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(drawing, svg()) {
		t.Error("logo-svg.svg is stale: run go generate ./install")
	}
}

// near allows for the rounding of PNG's colours without premultiplied alpha.
func near(a, b uint32) bool { return max(a, b)-min(a, b) <= 0x400 }

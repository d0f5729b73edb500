package dataset

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The file was written by numpy.savez_compressed: value i of x_train is i mod 256, six
// images of 4 x 5 pixels with three colours, the colours last.
func TestNPZOfNumPy(t *testing.T) {
	d, err := NPZ("testdata/colours.npz").Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if d.Shape != [3]int{3, 4, 5} || d.Classes != 3 || d.Train.Len() != 6 || d.Test.Len() != 3 || d.Checksum == "" {
		t.Errorf("%v, %d classes, %d and %d images", d.Shape, d.Classes, d.Train.Len(), d.Test.Len())
	}
	if !slices.Equal(d.Train.Labels, []uint8{0, 1, 2, 0, 1, 2}) || !slices.Equal(d.Test.Labels, []uint8{2, 1, 0}) {
		t.Errorf("labels %v and %v", d.Train.Labels, d.Test.Labels)
	}
	for channel := range 3 {
		for pixel := range 20 {
			want := float32((60+3*pixel+channel)%256) / 255
			if got := d.Train.Images[60+20*channel+pixel]; got != want {
				t.Errorf("channel %d, pixel %d of image 2 is %g, want %g", channel, pixel, got, want)
			}
		}
	}
	part, err := Set{Name: "npz", Path: "testdata/colours.npz", Train: 3}.Load(context.Background())
	if err != nil || part.Train.Len() != 3 || part.Checksum == d.Checksum {
		t.Errorf("%+v, %v", part, err)
	}
}

// numbers is one array for an archive of a test.
type numbers struct {
	name, kind, shape string
	data              any
}

// write makes an archive.
func (n numbers) header() []byte {
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n", n.kind, n.shape)
	return append([]byte("\x93NUMPY\x01\x00"), append([]byte{byte(len(header)), 0}, header...)...)
}

func writeNPZ(t *testing.T, arrays ...numbers) string {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, n := range arrays {
		f, err := w.Create(n.name + ".npy")
		if err != nil {
			t.Fatal(err)
		}
		f.Write(n.header())
		if err := binary.Write(f, binary.LittleEndian, n.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "set.npz")
	if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNPZOfNumbers(t *testing.T) {
	x := numbers{"x_train", "<f8", "(2, 3)", []float64{-1, 0.5, 2, 3, 4, 5}}
	y := numbers{"y_train", "<i8", "(2,)", []int64{1, 0}}
	xt := numbers{"x_test", "<f4", "(1, 3)", []float32{7, 8, 9}}
	yt := numbers{"y_test", "|i1", "(1,)", []int8{1}}
	d, err := NPZ(writeNPZ(t, x, y, xt, yt)).Load(context.Background())
	if err != nil || d.Shape != [3]int{3, 1, 1} || !slices.Equal(d.Train.Images, []float32{-1, 0.5, 2, 3, 4, 5}) || !slices.Equal(d.Test.Images, []float32{7, 8, 9}) {
		t.Errorf("%+v, %v", d, err)
	}
	for want, arrays := range map[string][]numbers{
		"there is no array y_test; allowed: x_train, y_train, x_test and y_test": {x, y, xt},
		`x_train: dtype "<i4" is not allowed`:                                    {{"x_train", "<i4", "(2, 3)", make([]int32, 6)}, y, xt, yt},
		`y_train: dtype "<c8" is not allowed`:                                    {x, {"y_train", "<c8", "(2,)", make([]int64, 2)}, xt, yt},
		"as many labels as images":                                               {x, {"y_train", "<i8", "(3,)", make([]int64, 3)}, xt, yt},
		"y_train: label 1 is 256":                                                {x, {"y_train", "<i8", "(2,)", []int64{0, 256}}, xt, yt},
		"y_train: label 0 is -1":                                                 {x, {"y_train", "<i8", "(2,)", []int64{-1, 0}}, xt, yt},
		"y_train: label 0 is 0.5":                                                {x, {"y_train", "<f4", "(2,)", []float32{0.5, 0}}, xt, yt},
		"x_train has images of [3 1 1], x_test of [1 1 3]":                       {x, y, {"x_test", "<f4", "(1, 1, 3)", []float32{7, 8, 9}}, yt},
		"x_train: the shape [6] is not allowed":                                  {{"x_train", "<f8", "(6,)", make([]float64, 6)}, y, xt, yt},
		"8 bytes or more for the shape":                                          {{"x_train", "<f8", "(200, 3)", make([]float64, 1)}, y, xt, yt},
	} {
		if _, err := NPZ(writeNPZ(t, arrays...)).Load(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
	if err := NPZ("").Validate(); err == nil || !strings.Contains(err.Error(), `Path: "" names no file`) {
		t.Errorf("%v", err)
	}
	many := NPZ("testdata/colours.npz")
	many.Test = 4
	if _, err := many.Load(context.Background()); err == nil || !strings.Contains(err.Error(), "Test: 4 is outside 0..3") {
		t.Errorf("%v", err)
	}
}

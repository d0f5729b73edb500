package dataset

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

var (
	goodImages = []byte("\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x03abcdef")
	goodLabels = []byte("\x00\x00\x08\x01\x00\x00\x00\x03\x00\x09\x01")
)

func TestReadImages(t *testing.T) {
	pixels, shape, err := readImages(iotest.OneByteReader(bytes.NewReader(goodImages)), "f")
	if err != nil || string(pixels) != "abcdef" || shape != [3]int{2, 1, 3} {
		t.Errorf("pixels %q, shape %v, error %v", pixels, shape, err)
	}
	for _, test := range []struct{ name, raw, want string }{
		{"empty", "", "cut short: 0 bytes of a header of 16"},
		{"labels", string(goodLabels), "bytes 0..3: magic number 0x00000801, want 0x00000803"},
		{"short header", string(goodImages[:9]), "cut short: 9 bytes of a header of 16"},
		{"short body", string(goodImages[:20]), "cut short at byte 20 of 22"},
		{"trailing", string(goodImages) + "x", "bytes after the end: the header announces 22"},
		{"no columns", "\x00\x00\x08\x03\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00", "bytes 4..15: 1 images of 1 x 0 pixels; allowed are"},
		{"huge", "\x00\x00\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "bytes 4..15: 4294967295 images of 4294967295 x 4294967295"},
		{"large claim", "\x00\x00\x08\x03\x00\x00\xff\xff\x00\x00\x00\x80\x00\x00\x00\x80ab", "cut short at byte 18 of 1073725456"},
	} {
		_, _, err := readImages(strings.NewReader(test.raw), "train.gz")
		if err == nil || !strings.Contains(err.Error(), "dataset: train.gz: "+test.want) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.want)
		}
	}
}

func TestReadLabels(t *testing.T) {
	labels, err := readLabels(bytes.NewReader(goodLabels), "f", 10)
	if err != nil || string(labels) != "\x00\x09\x01" {
		t.Errorf("labels %v, error %v", labels, err)
	}
	for _, test := range []struct{ name, raw, want string }{
		{"images", string(goodImages), "magic number 0x00000803, want 0x00000801"},
		{"range", "\x00\x00\x08\x01\x00\x00\x00\x02\x00\x0a", "byte 9: label 10 of image 1 is outside 0..9"},
		{"huge", "\x00\x00\x08\x01\xff\xff\xff\xff", "bytes 4..7: 4294967295 labels; allowed are 16777216"},
		{"short", string(goodLabels[:10]), "cut short at byte 10 of 11"},
	} {
		_, err := readLabels(strings.NewReader(test.raw), "labels.gz", 10)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.want)
		}
	}
}

func TestReadErrorKeepsItsCause(t *testing.T) {
	broken := errors.New("broken")
	for _, n := range []int{0, 10, 18, len(goodImages)} {
		r := io.MultiReader(bytes.NewReader(goodImages[:n]), iotest.ErrReader(broken))
		if _, _, err := readImages(r, "f"); !errors.Is(err, broken) {
			t.Errorf("after %d bytes: error %v", n, err)
		}
	}
}

// Whatever the bytes: no panic, no memory beyond what arrived, and what is
// accepted is consistent.
func FuzzIDX(f *testing.F) {
	f.Add(goodImages)
	f.Add(goodLabels)
	f.Add([]byte("\x00\x00\x08\x03\xff\xff\xff\xff\x00\x00\x00\x01\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		pixels, shape, err := readImages(bytes.NewReader(raw), "f")
		if err == nil && (len(pixels) != shape[0]*shape[1]*shape[2] || len(raw) != 16+len(pixels)) {
			t.Errorf("%d pixels for shape %v out of %d bytes", len(pixels), shape, len(raw))
		}
		labels, err := readLabels(bytes.NewReader(raw), "f", 10)
		if err == nil && len(raw) != 8+len(labels) {
			t.Errorf("%d labels out of %d bytes", len(labels), len(raw))
		}
	})
}

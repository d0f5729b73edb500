package dataset

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/md5"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tinyCIFAR puts an archive of 1 x 2 pixels of three colours into the user's folder:
// two training files of one image each and a test file of one.
func tinyCIFAR(t *testing.T, content map[string]string) source {
	t.Helper()
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	archive := tar.NewWriter(z)
	for _, name := range []string{"readme.html", "one.bin", "two.bin", "test.bin"} {
		body := content[name]
		if err := archive.WriteHeader(&tar.Header{Name: "batches/" + name, Typeflag: tar.TypeReg, Mode: 0o644, Size: int64(len(body))}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	dir, err := userFolder("tiny-cifar")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "tiny.tar.gz"), packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	sum := md5.Sum(packed.Bytes())
	return source{
		name: "tiny-cifar", title: "Tiny", classes: 3, shape: [3]int{3, 1, 2}, home: "http://127.0.0.1:1/",
		train: half{count: 2}, test: half{count: 1},
		archive: &cifarArchive{
			file:  file{name: "tiny.tar.gz", md5: hex.EncodeToString(sum[:])},
			train: []string{"one.bin", "two.bin"}, test: "test.bin", labels: 2,
		},
	}
}

var goodCIFAR = map[string]string{
	"readme.html": "text", "one.bin": "\x09\x02abcdef", "two.bin": "\x09\x00ghijkl", "test.bin": "\x09\x01mnopqr",
}

func TestCIFAR(t *testing.T) {
	data, err := tinyCIFAR(t, goodCIFAR).loadAll(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if data.Train.Len() != 2 || data.Train.Labels[0] != 2 || data.Train.Labels[1] != 0 || data.Test.Labels[0] != 1 {
		t.Errorf("labels %v and %v", data.Train.Labels, data.Test.Labels)
	}
	for i, want := range "abcdefghijkl" {
		if got := data.Train.Images[i]; got != float32(want)/255 {
			t.Errorf("pixel %d is %g, want %g", i, got, float32(want)/255)
		}
	}
}

func TestBadCIFAR(t *testing.T) {
	for want, change := range map[string]func(map[string]string){
		"one.bin: 7 bytes; want records of 8 bytes":           func(c map[string]string) { c["one.bin"] = "\x09\x02abcde" },
		"two.bin: byte 1: label 3 of image 0 is outside 0..2": func(c map[string]string) { c["two.bin"] = "\x09\x03ghijkl" },
		"1 training images, want 2":                           func(c map[string]string) { c["one.bin"] = "" },
		"2 test images, want 1":                               func(c map[string]string) { c["test.bin"] += c["test.bin"] },
	} {
		content := map[string]string{}
		for name, body := range goodCIFAR {
			content[name] = body
		}
		change(content)
		if _, err := tinyCIFAR(t, content).loadAll(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	other := tinyCIFAR(t, goodCIFAR)
	other.archive.file.md5 = strings.Repeat("0", 32)
	if _, err := other.loadAll(context.Background()); err == nil || !strings.Contains(err.Error(), "MD5 is ") {
		t.Errorf("another archive: %v", err)
	}
}

// Whatever a file of records holds, it is read whole or refused.
func FuzzCIFARRecords(f *testing.F) {
	f.Add([]byte("\x09\x02abcdef"))
	f.Add([]byte("\x09\x02abc"))
	a := &cifarArchive{labels: 2}
	s := source{classes: 3, shape: [3]int{3, 1, 2}}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := a.records(bytes.NewReader(raw), s, "fuzz")
		if err == nil && (len(p.labels)*8 != len(raw) || len(p.pixels) != 6*len(p.labels)) {
			t.Errorf("%d labels and %d pixels of %d bytes", len(p.labels), len(p.pixels), len(raw))
		}
	})
}

func TestDigits(t *testing.T) {
	data := mustLoad(t, Digits())
	if data.Train.Len() != 1437 || data.Test.Len() != 360 || data.Shape != [3]int{1, 8, 8} || data.Classes != 10 {
		t.Errorf("%d and %d images, %v, %d classes", data.Train.Len(), data.Test.Len(), data.Shape, data.Classes)
	}
	// The first rows of the published file are a nought and a one.
	if got := data.Train.Images[2]; data.Train.Labels[0] != 0 || data.Train.Labels[1] != 1 || got != 5.0/16 {
		t.Errorf("labels %v, third pixel %g", data.Train.Labels[:2], got)
	}
	var top float32
	for _, v := range data.Train.Images {
		top = max(top, v)
	}
	if top != 1 {
		t.Errorf("the brightest pixel is %g, want 1", top)
	}
}

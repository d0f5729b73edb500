package dataset

import (
	"compress/gzip"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
)

// part is half of a set as it is in the files.
type part struct {
	pixels []byte
	labels []uint8
}

// load reads the set's files, wherever they are, and keeps the images that key
// asks for.
func (s source) load(ctx context.Context, key Set) (*Data, error) {
	place, err := s.find(ctx)
	if err != nil {
		return nil, err
	}
	train, test, err := s.halves(ctx, place)
	if err != nil {
		return nil, err
	}
	shaped := shaped{s.classes, s.shape, s.top}
	return shaped.data(key, train, test), nil
}

// halves reads both halves, whole.
func (s source) halves(ctx context.Context, place folder) (train, test part, err error) {
	if s.archive != nil {
		return s.archive.read(ctx, s, place)
	}
	if train, err = s.read(ctx, place, s.train); err == nil {
		test, err = s.read(ctx, place, s.test)
	}
	return train, test, err
}

// shaped is what all images of a set have in common.
type shaped struct {
	classes int
	shape   [3]int
	top     float32 // value of the brightest pixel; 0: 255
}

// data keeps the images that key asks for.
func (s shaped) data(key Set, train, test part) *Data {
	sum := sha256.New()
	data := &Data{Name: key.Name, Classes: s.classes, Shape: s.shape}
	data.Train, data.Test = s.keep(train, key.Train, sum), s.keep(test, key.Test, sum)
	data.Checksum = hex.EncodeToString(sum.Sum(nil))
	return data
}

// keep takes n images of a half, adding them to the sum.
func (s shaped) keep(p part, n int, sum hash.Hash) Split {
	top := s.top
	if top == 0 {
		top = 255
	}
	size := s.shape[0] * s.shape[1] * s.shape[2]
	out := Split{Images: make([]float32, 0, n*size), Labels: make([]uint8, 0, n)}
	// The count goes first: images and labels of different splits must not run
	// into each other.
	sum.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
	for _, i := range balanced(p.labels, s.classes, n) {
		image := p.pixels[i*size : (i+1)*size]
		sum.Write(image)
		for _, v := range image {
			out.Images = append(out.Images, float32(v)/top)
		}
		out.Labels = append(out.Labels, p.labels[i])
	}
	sum.Write(out.Labels)
	return out
}

// read reads the two files of a half and holds them against each other and
// against what the source promises.
func (s source) read(ctx context.Context, place folder, h half) (p part, err error) {
	var shape [3]int
	imagesName, labelsName := path.Join(place.name, h.images.name), path.Join(place.name, h.labels.name)
	err = place.open(ctx, h.images, func(r io.Reader) (err error) {
		p.pixels, shape, err = readImages(r, imagesName)
		return err
	})
	if err != nil {
		return p, err
	}
	if want := [3]int{h.count, s.shape[1], s.shape[2]}; shape != want {
		return p, fmt.Errorf("dataset: %s: bytes 4..15: %d images of %d x %d pixels, want %d of %d x %d",
			imagesName, shape[0], shape[1], shape[2], want[0], want[1], want[2])
	}
	err = place.open(ctx, h.labels, func(r io.Reader) (err error) {
		p.labels, err = readLabels(r, labelsName, s.classes)
		return err
	})
	if err != nil {
		return p, err
	}
	if len(p.labels) != h.count {
		return p, fmt.Errorf("dataset: %s: bytes 4..7: %d labels, want %d", labelsName, len(p.labels), h.count)
	}
	return p, nil
}

// folder is a place that has a set's files.
type folder struct {
	name string // as errors name it
	fs   fs.FS
}

// has says whether every file is there, whole or not: what is wrong with a file
// that the user put there is an error, not a reason to look elsewhere.
func (f folder) has(files []file) bool {
	for _, want := range files {
		if _, err := fs.Stat(f.fs, want.name); err != nil {
			return false
		}
	}
	return true
}

// open gives the content of a gzipped file to read, and then checks its sum.
// What read finds wrong comes first, because it names the place.
func (f folder) open(ctx context.Context, want file, read func(io.Reader) error) error {
	raw, err := f.fs.Open(want.name)
	if err != nil {
		return fmt.Errorf("dataset: %s: %w", f.name, err)
	}
	defer raw.Close()
	return packed{raw, path.Join(f.name, want.name), want}.open(ctx, read)
}

// packed is a gzipped file, the name that errors give it, and what it must be.
type packed struct {
	raw  io.Reader
	name string
	want file
}

func (p packed) open(ctx context.Context, read func(io.Reader) error) error {
	outer, inner := md5.New(), sha256.New()
	raw := io.TeeReader(heedful{ctx, p.raw}, outer)
	unpacked, err := gzip.NewReader(raw)
	if err != nil {
		return fmt.Errorf("dataset: %s: not a gzip file: %w", p.name, err)
	}
	if err := read(io.TeeReader(unpacked, inner)); err != nil {
		return err
	}
	if got := hex.EncodeToString(inner.Sum(nil)); p.want.sum != "" && got != p.want.sum {
		return fmt.Errorf("dataset: %s: SHA-256 of the content is %s, want %s: the file is damaged or another one", p.name, got, p.want.sum)
	}
	if _, err := io.Copy(io.Discard, raw); err != nil {
		return fmt.Errorf("dataset: %s: %w", p.name, err)
	}
	if got := hex.EncodeToString(outer.Sum(nil)); p.want.md5 != "" && got != p.want.md5 {
		return fmt.Errorf("dataset: %s: MD5 is %s, want %s: the file is damaged or another one", p.name, got, p.want.md5)
	}
	return nil
}

// heedful is a reader that stops when its context is cancelled.
type heedful struct {
	ctx context.Context
	r   io.Reader
}

// Read reads until the context is cancelled.
func (h heedful) Read(p []byte) (int, error) {
	if h.ctx.Err() != nil {
		return 0, context.Cause(h.ctx)
	}
	return h.r.Read(p)
}

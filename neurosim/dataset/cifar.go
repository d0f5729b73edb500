package dataset

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
)

// cifarArchive is a tar archive of the binary version of CIFAR (A. Krizhevsky, 2009):
// files of records, each some labels, the last of them the class, and then the pixels,
// colour by colour and row by row, a byte each.
type cifarArchive struct {
	file   file
	train  []string // names of the files, without folder, in order
	test   string
	labels int // bytes before the pixels of a record
}

// read reads both halves of the set in one pass.
func (a *cifarArchive) read(ctx context.Context, s source, place folder) (train, test part, err error) {
	content := map[string]part{}
	err = place.open(ctx, a.file, func(r io.Reader) error {
		content, err = a.unpack(r, s, path.Join(place.name, a.file.name))
		return err
	})
	if err != nil {
		return train, test, err
	}
	for _, name := range a.train {
		train.pixels = append(train.pixels, content[name].pixels...)
		train.labels = append(train.labels, content[name].labels...)
	}
	test = content[a.test]
	for _, half := range []struct {
		name      string
		got, want int
	}{{"training", len(train.labels), s.train.count}, {"test", len(test.labels), s.test.count}} {
		if half.got != half.want {
			return train, test, fmt.Errorf("dataset: %s: %d %s images, want %d", path.Join(place.name, a.file.name), half.got, half.name, half.want)
		}
	}
	return train, test, nil
}

// unpack reads the files of the archive that hold images. It reads to the end, so that
// the sums over the archive are whole.
func (a *cifarArchive) unpack(r io.Reader, s source, name string) (map[string]part, error) {
	wanted := map[string]bool{a.test: true}
	for _, file := range a.train {
		wanted[file] = true
	}
	content := map[string]part{}
	for archive := tar.NewReader(r); ; {
		head, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("dataset: %s: %w", name, err)
		}
		base := path.Base(head.Name)
		if head.Typeflag != tar.TypeReg || !wanted[base] {
			continue
		}
		if content[base], err = a.records(archive, s, name+": "+base); err != nil {
			return nil, err
		}
	}
	_, err := io.Copy(io.Discard, r)
	return content, err
}

// records reads one file of the archive.
func (a *cifarArchive) records(r io.Reader, s source, name string) (p part, err error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxPixels+1))
	if err != nil {
		return p, fmt.Errorf("dataset: %s: %w", name, err)
	}
	size := a.labels + s.shape[0]*s.shape[1]*s.shape[2]
	if len(raw)%size != 0 || len(raw) > maxPixels {
		return p, fmt.Errorf("dataset: %s: %d bytes; want records of %d bytes, at most %d in all", name, len(raw), size, maxPixels)
	}
	for first := 0; first < len(raw); first += size {
		class := raw[first+a.labels-1]
		if int(class) >= s.classes {
			return p, fmt.Errorf("dataset: %s: byte %d: label %d of image %d is outside 0..%d",
				name, first+a.labels-1, class, first/size, s.classes-1)
		}
		p.labels = append(p.labels, class)
		p.pixels = append(p.pixels, raw[first+a.labels:first+size]...)
	}
	return p, nil
}

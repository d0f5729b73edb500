package dataset

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"os"

	"crossbook/neurosim/internal/npz"
)

const npzName = "npz"

// NPZ is a set of one's own in a file of NumPy, as numpy.savez or savez_compressed write
// it, with the four arrays
//
//	x_train, x_test   images: n x values, n x rows x columns, or n x channels x rows x
//	                  columns; also n x rows x columns x channels with 1 or 3 channels
//	y_train, y_test   the class number of each image: n whole numbers from 0 to 255
//
// Bytes (uint8) become 0 to 1, 255 being 1; single and double precision stay as they
// are. There are as many classes as the highest number says, at least 2. The file is
// read once a process.
func NPZ(path string) Set { return Set{Name: npzName, Path: path} }

// archive makes the sets of [NPZ].
type archive struct{}

func (archive) counts(Set) (train, test int) { return maxImages, maxImages }

func (archive) validate(s Set) error {
	if s.Path == "" {
		return fmt.Errorf("dataset: Path: \"\" names no file; allowed: one of NumPy, such as \"points.npz\"")
	}
	return nil
}

// table is one half of an archive.
type table struct {
	images npz.Array
	shape  [3]int
	last   bool // channels are last
	labels []uint8
}

func (archive) load(ctx context.Context, s Set) (*Data, error) {
	train, test, err := readArchive(s.Path)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("dataset: %s: %w", s.Path, err)
	}
	if train.shape != test.shape {
		return nil, fmt.Errorf("dataset: %s: x_train has images of %v, x_test of %v (channels, rows, columns)", s.Path, train.shape, test.shape)
	}
	classes := 2
	for _, labels := range [][]uint8{train.labels, test.labels} {
		for _, l := range labels {
			classes = max(classes, int(l)+1)
		}
	}
	data, sum := &Data{Name: s.Name + " " + s.Path, Classes: classes, Shape: train.shape}, sha256.New()
	for _, half := range []struct {
		field string
		n     int
		from  table
		to    *Split
	}{{"Train", s.Train, train, &data.Train}, {"Test", s.Test, test, &data.Test}} {
		if err := checkCount(half.field, half.n, len(half.from.labels), s.Path); err != nil {
			return nil, err
		}
		*half.to = half.from.keep(classes, orAll(half.n, len(half.from.labels)), sum)
	}
	data.Checksum = hex.EncodeToString(sum.Sum(nil))
	return data, nil
}

// readArchive reads both halves.
func readArchive(path string) (train, test table, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return train, test, err
	}
	arrays, err := npz.Read(content, npz.Bounds{
		Types: []string{"|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8", "<f4", "<f8"}, Files: 64, Count: countOf,
	})
	if err != nil {
		return train, test, err
	}
	named := map[string]npz.Array{}
	for _, a := range arrays {
		named[a.Name] = a
	}
	for _, name := range []string{"x_train", "y_train", "x_test", "y_test"} {
		if _, ok := named[name]; !ok {
			return train, test, fmt.Errorf("there is no array %s; allowed: x_train, y_train, x_test and y_test", name)
		}
	}
	if train, err = newTable(named["x_train"], named["y_train"]); err != nil {
		return train, test, err
	}
	test, err = newTable(named["x_test"], named["y_test"])
	return train, test, err
}

// countOf is the numbers of a shape.
func countOf(shape []int) (int, error) {
	count := 1
	for _, n := range shape {
		if n < 0 || n > maxPixels || n > 0 && count > maxPixels/n {
			return 0, fmt.Errorf("the shape %v is not allowed; allowed: %d numbers in all", shape, maxPixels)
		}
		count *= n
	}
	return count, nil
}

func newTable(x, y npz.Array) (t table, err error) {
	t.images = x
	if x.Type != "|u1" && x.Type[1] != 'f' {
		return t, fmt.Errorf("%s: dtype %q is not allowed; allowed: |u1, <f4, <f8", x.Name, x.Type)
	}
	switch d := x.Shape; len(d) {
	case 2:
		t.shape = [3]int{d[1], 1, 1}
	case 3:
		t.shape = [3]int{1, d[1], d[2]}
	case 4:
		t.shape = [3]int{d[1], d[2], d[3]}
		colours := func(n int) bool { return n == 1 || n == 3 }
		if t.last = !colours(d[1]) && colours(d[3]); t.last {
			t.shape = [3]int{d[3], d[1], d[2]}
		}
	default:
		return t, fmt.Errorf("%s: the shape %v is not allowed; allowed: 2 to 4 dimensions, the first counting images", x.Name, d)
	}
	if len(y.Shape) != 1 || y.Shape[0] != x.Shape[0] || x.Len() == 0 {
		return t, fmt.Errorf("%s has the shape %v and %s %v; allowed: as many labels as images, 1 and above", x.Name, x.Shape, y.Name, y.Shape)
	}
	for i := range x.Len() {
		if v := x.At(i); v-v != 0 || math.Abs(v) > math.MaxFloat32 {
			return t, fmt.Errorf("%s: number %d is %g; allowed: finite ones in single precision", x.Name, i, v)
		}
	}
	t.labels = make([]uint8, y.Len())
	for i := range t.labels {
		v := y.At(i)
		if v != math.Trunc(v) || v < 0 || v > 255 {
			return t, fmt.Errorf("%s: label %d is %g; allowed: whole numbers from 0 to 255", y.Name, i, v)
		}
		t.labels[i] = uint8(v)
	}
	return t, nil
}

// keep takes n images, adding them to the sum.
func (t table) keep(classes, n int, sum hash.Hash) Split {
	size := t.shape[0] * t.shape[1] * t.shape[2]
	pixels := t.shape[1] * t.shape[2]
	out := Split{Images: make([]float32, 0, n*size), Labels: make([]uint8, 0, n)}
	sum.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
	scale := 1.0
	if t.images.Type == "|u1" {
		scale = 255
	}
	for _, i := range balanced(t.labels, classes, n) {
		for k := range size {
			at := k
			if t.last { // value k of the image by channels first
				at = k%pixels*t.shape[0] + k/pixels
			}
			v := float32(t.images.At(i*size+at) / scale)
			out.Images = append(out.Images, v)
			sum.Write(binary.BigEndian.AppendUint32(nil, math.Float32bits(v)))
		}
		out.Labels = append(out.Labels, t.labels[i])
	}
	sum.Write(out.Labels)
	return out
}

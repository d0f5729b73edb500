// Makesample writes the part of Fashion-MNIST that the binary carries: the
// first 600 training and 100 test images of every class of the full set, as
// gzipped IDX files like those that they come from.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"

	"crossbook/neurosim/dataset"
)

func main() {
	out := flag.String("out", "sample", "folder to write to")
	flag.Parse()
	if err := run(*out); err != nil {
		log.Fatal(err)
	}
}

func run(dir string) error {
	set := dataset.FashionMNIST()
	set.Train, set.Test = 6000, 1000
	data, err := set.Load(context.Background())
	if err != nil {
		return err
	}
	halves := []struct {
		prefix string
		split  dataset.Split
	}{{"train", data.Train}, {"t10k", data.Test}}
	for _, h := range halves {
		if err := write(dir, h.prefix+"-images-idx3-ubyte.gz", images(h.split, data.Shape)); err != nil {
			return err
		}
		if err := write(dir, h.prefix+"-labels-idx1-ubyte.gz", labels(h.split)); err != nil {
			return err
		}
	}
	return nil
}

// images is an IDX file of unsigned bytes with three dimensions.
func images(s dataset.Split, shape [3]int) []byte {
	raw := header(0x803, s.Len(), shape[1], shape[2])
	for _, v := range s.Images {
		raw = append(raw, byte(math.Round(float64(v)*255)))
	}
	return raw
}

// labels is an IDX file of unsigned bytes with one dimension.
func labels(s dataset.Split) []byte { return append(header(0x801, s.Len()), s.Labels...) }

func header(magic uint32, dims ...int) []byte {
	raw := binary.BigEndian.AppendUint32(nil, magic)
	for _, d := range dims {
		raw = binary.BigEndian.AppendUint32(raw, uint32(d))
	}
	return raw
}

// write packs content without name and time, so that the bytes depend on the
// content alone, and prints the content's sum, which source.go states.
func write(dir, name string, content []byte) error {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(content); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Printf("%x  %s (unpacked)\n", sha256.Sum256(content), name)
	return os.WriteFile(filepath.Join(dir, name), packed.Bytes(), 0o644)
}

// Package npz reads NumPy's archives of arrays: a zip file with NAME.npy for each, which
// is a magic string, a version, the length of a header, the header as a Python
// dictionary, and the numbers (NumPy Enhancement Proposal 1).
package npz

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const magic = "\x93NUMPY"

// Array is one array of an archive.
type Array struct {
	Name  string // without .npy
	Shape []int
	Type  string // of its numbers, as NumPy says it: "<f4", "|u1"

	data []byte
}

// Bounds is what an archive may hold.
type Bounds struct {
	Types []string                       // of numbers: little-endian ones, and bytes
	Files int                            // at most
	Count func(shape []int) (int, error) // the numbers of a shape, or why it is not allowed
}

// Read reads all arrays of an archive, in its order. What the archive says of sizes is
// not believed: memory is taken for what the bounds allow and the file has.
func Read(data []byte, b Bounds) ([]Array, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("no zip archive: %w", err)
	}
	if len(archive.File) > b.Files {
		return nil, fmt.Errorf("%d files in the archive are too many; allowed: to %d", len(archive.File), b.Files)
	}
	var arrays []Array
	for _, file := range archive.File {
		name, ok := strings.CutSuffix(file.Name, ".npy")
		if !ok {
			return nil, fmt.Errorf("%s in the archive is no array; allowed: names that end in .npy", file.Name)
		}
		a, err := b.read(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		a.Name = name
		arrays = append(arrays, a)
	}
	return arrays, nil
}

// read reads one array.
func (b Bounds) read(file *zip.File) (Array, error) {
	r, err := file.Open()
	if err != nil {
		return Array{}, err
	}
	defer r.Close()
	kind, shape, err := b.header(r)
	if err != nil {
		return Array{}, err
	}
	count, err := b.Count(shape)
	if err != nil {
		return Array{}, err
	}
	size := count * width(kind)
	data, err := io.ReadAll(io.LimitReader(r, int64(size)+1))
	if err != nil {
		return Array{}, err
	}
	if len(data) != size {
		return Array{}, fmt.Errorf("%d bytes or more for the shape %v, which takes %d", len(data), shape, size)
	}
	return Array{Shape: shape, Type: kind, data: data}, nil
}

// width is the bytes of one number.
func width(kind string) int {
	n, _ := strconv.Atoi(kind[2:])
	return n
}

// Len is the number of numbers.
func (a Array) Len() int { return len(a.data) / width(a.Type) }

// Float32 returns the numbers in single precision.
func (a Array) Float32() []float32 {
	numbers := make([]float32, a.Len())
	for i := range numbers {
		if a.Type == "<f4" {
			numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32(a.data[4*i:]))
		} else {
			numbers[i] = float32(a.At(i))
		}
	}
	return numbers
}

// At returns number i.
func (a Array) At(i int) float64 {
	n := width(a.Type)
	var word [8]byte
	copy(word[:], a.data[i*n:(i+1)*n])
	bits := binary.LittleEndian.Uint64(word[:])
	switch a.Type[1] {
	case 'f':
		if n == 4 {
			return float64(math.Float32frombits(uint32(bits)))
		}
		return math.Float64frombits(bits)
	case 'i':
		shift := 64 - 8*n
		return float64(int64(bits<<shift) >> shift)
	}
	return float64(bits) // unsigned, or a truth value
}

var dictionary = regexp.MustCompile(
	`^\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(((?:[0-9]{1,10}, ?)*[0-9]{0,10})\),? ?\} *\n?$`)

// header reads up to the numbers: their type and shape.
func (b Bounds) header(r io.Reader) (kind string, shape []int, err error) {
	start := make([]byte, len(magic)+4)
	if _, err := io.ReadFull(r, start); err != nil || string(start[:len(magic)]) != magic {
		return "", nil, errors.New("no array: it does not begin as npy does")
	}
	length := int(binary.LittleEndian.Uint16(start[len(magic)+2:]))
	switch start[len(magic)] {
	case 1:
	case 2, 3:
		rest := make([]byte, 2)
		if _, err := io.ReadFull(r, rest); err != nil || rest[0] != 0 || rest[1] != 0 {
			return "", nil, errors.New("the header is too long")
		}
	default:
		return "", nil, fmt.Errorf("version %d of npy is not allowed; allowed: 1 to 3", start[len(magic)])
	}
	header := make([]byte, length)
	if _, err := io.ReadFull(r, header); err != nil {
		return "", nil, errors.New("the file ends in its header")
	}
	fields := dictionary.FindStringSubmatch(string(header))
	switch {
	case fields == nil:
		return "", nil, fmt.Errorf("the header %q is not that of an array", strings.TrimSpace(string(header)))
	case !slices.Contains(b.Types, fields[1]):
		return "", nil, fmt.Errorf("dtype %q is not allowed; allowed: %s", fields[1], strings.Join(b.Types, ", "))
	case fields[2] == "True":
		return "", nil, errors.New("the order of Fortran is not allowed; allowed: that of C")
	}
	for _, dim := range strings.Split(fields[3], ",") {
		if dim = strings.TrimSpace(dim); dim != "" {
			n, err := strconv.Atoi(dim)
			if err != nil {
				return "", nil, err
			}
			shape = append(shape, n)
		}
	}
	return fields[1], shape, nil
}

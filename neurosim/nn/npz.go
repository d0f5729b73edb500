package nn

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// NumPy's npz is a zip archive with a file NAME.npy for each array: the magic string,
// a version, the length of a header, the header as a Python dictionary, the numbers.

const npyMagic = "\x93NUMPY"

func encodeNPZ(w io.Writer, tensors []Tensor) error {
	archive := zip.NewWriter(w)
	for _, t := range tensors {
		file, err := archive.CreateHeader(&zip.FileHeader{Name: t.Name + ".npy", Method: zip.Store})
		if err != nil {
			return err
		}
		dims := ""
		for _, n := range t.Shape {
			dims += fmt.Sprintf("%d, ", n)
		}
		if len(t.Shape) > 1 {
			dims = strings.TrimSuffix(dims, ", ")
		}
		header := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }", strings.TrimSuffix(dims, " "))
		// Numbers begin at a multiple of 64 bytes.
		header += strings.Repeat(" ", 63-(len(npyMagic)+4+len(header))%64) + "\n"
		preamble := append([]byte(npyMagic), 1, 0, byte(len(header)), byte(len(header)>>8))
		if _, err := file.Write(append(preamble, header...)); err != nil {
			return err
		}
		if err := binary.Write(file, binary.LittleEndian, t.Data); err != nil {
			return err
		}
	}
	return archive.Close()
}

func parseNPZ(data []byte) ([]Tensor, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("no zip archive: %w", err)
	}
	if len(archive.File) > mostTensors {
		return nil, fmt.Errorf("%d files in the archive are too many; allowed: to %d", len(archive.File), mostTensors)
	}
	var tensors []Tensor
	for _, file := range archive.File {
		name, ok := strings.CutSuffix(file.Name, ".npy")
		if !ok {
			return nil, fmt.Errorf("%s in the archive is no array; allowed: names that end in .npy", file.Name)
		}
		t, err := readNPY(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		t.Name = name
		tensors = append(tensors, t)
	}
	return tensors, nil
}

// readNPY reads one array. What the archive says of sizes is not believed: memory is
// taken for what the header of the array asks for and the file has.
func readNPY(file *zip.File) (Tensor, error) {
	r, err := file.Open()
	if err != nil {
		return Tensor{}, err
	}
	defer r.Close()
	double, shape, err := npyHeader(r)
	if err != nil {
		return Tensor{}, err
	}
	count, err := elements(shape)
	if err != nil {
		return Tensor{}, err
	}
	width := 4
	if double {
		width = 8
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(count*width)+1))
	if err != nil {
		return Tensor{}, err
	}
	if len(data) != count*width {
		return Tensor{}, fmt.Errorf("%d bytes or more for the shape %v, which takes %d", len(data), shape, count*width)
	}
	numbers := make([]float32, count)
	for i := range numbers {
		if double {
			numbers[i] = float32(math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:])))
		} else {
			numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		}
	}
	return Tensor{Shape: shape, Data: numbers}, nil
}

var npyDictionary = regexp.MustCompile(
	`^\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(((?:[0-9]{1,10}, ?)*[0-9]{0,10})\),? ?\} *\n?$`)

// npyHeader reads up to the numbers: their precision and shape.
func npyHeader(r io.Reader) (double bool, shape []int, err error) {
	start := make([]byte, len(npyMagic)+4)
	if _, err := io.ReadFull(r, start); err != nil || string(start[:len(npyMagic)]) != npyMagic {
		return false, nil, errors.New("no array: it does not begin as npy does")
	}
	length := int(binary.LittleEndian.Uint16(start[len(npyMagic)+2:]))
	switch start[len(npyMagic)] {
	case 1:
	case 2, 3:
		rest := make([]byte, 2)
		if _, err := io.ReadFull(r, rest); err != nil || rest[0] != 0 || rest[1] != 0 {
			return false, nil, errors.New("the header is too long")
		}
	default:
		return false, nil, fmt.Errorf("version %d of npy is not allowed; allowed: 1 to 3", start[len(npyMagic)])
	}
	header := make([]byte, length)
	if _, err := io.ReadFull(r, header); err != nil {
		return false, nil, errors.New("the file ends in its header")
	}
	fields := npyDictionary.FindStringSubmatch(string(header))
	switch {
	case fields == nil:
		return false, nil, fmt.Errorf("the header %q is not that of an array", strings.TrimSpace(string(header)))
	case fields[1] != "<f4" && fields[1] != "<f8":
		return false, nil, fmt.Errorf("dtype %q is not allowed; allowed: <f4, <f8", fields[1])
	case fields[2] == "True":
		return false, nil, errors.New("the order of Fortran is not allowed; allowed: that of C")
	}
	for _, dim := range strings.Split(fields[3], ",") {
		if dim = strings.TrimSpace(dim); dim != "" {
			n, err := strconv.Atoi(dim)
			if err != nil {
				return false, nil, err
			}
			shape = append(shape, n)
		}
	}
	return fields[1] == "<f8", shape, nil
}

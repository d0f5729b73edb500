package nn

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"crossbook/neurosim/internal/npz"
)

// NumPy's npz is a zip archive with a file NAME.npy for each array: the magic string,
// a version, the length of a header, the header as a Python dictionary, the numbers. It
// is read by package npz.

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
	arrays, err := npz.Read(data, npz.Bounds{Types: []string{"<f4", "<f8"}, Files: mostTensors, Count: elements})
	tensors := make([]Tensor, len(arrays))
	for i, a := range arrays {
		tensors[i] = Tensor{a.Name, a.Shape, a.Float32()}
	}
	if err != nil {
		return nil, err
	}
	return tensors, nil
}

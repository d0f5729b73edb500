package nn

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// The format of Hugging Face's safetensors: the length of a header in eight bytes, the
// header in JSON, and then the numbers of all arrays without a gap, all little-endian.

// longestHeader is the most bytes of a header.
const longestHeader = 1 << 24

// entry is an array in the header.
type entry struct {
	DType   string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
}

func encodeSafetensors(w io.Writer, tensors []Tensor) error {
	var header bytes.Buffer
	at := 0
	for i, t := range tensors {
		separator := byte(',')
		if i == 0 {
			separator = '{'
		}
		header.WriteByte(separator)
		name, err := json.Marshal(t.Name)
		if err != nil {
			return err
		}
		shape := slices.Clone(t.Shape)
		if shape == nil {
			shape = []int{}
		}
		value, err := json.Marshal(entry{"F32", shape, [2]int{at, at + 4*len(t.Data)}})
		if err != nil {
			return err
		}
		fmt.Fprintf(&header, "%s:%s", name, value)
		at += 4 * len(t.Data)
	}
	if len(tensors) == 0 {
		header.WriteByte('{')
	}
	header.WriteByte('}')
	for header.Len()%8 != 0 {
		header.WriteByte(' ')
	}
	if err := binary.Write(w, binary.LittleEndian, uint64(header.Len())); err != nil {
		return err
	}
	if _, err := w.Write(header.Bytes()); err != nil {
		return err
	}
	for _, t := range tensors {
		if err := binary.Write(w, binary.LittleEndian, t.Data); err != nil {
			return err
		}
	}
	return nil
}

func parseSafetensors(file []byte) ([]Tensor, error) {
	if len(file) < 8 {
		return nil, errors.New("the file ends in the length of its header")
	}
	length := binary.LittleEndian.Uint64(file)
	if length > longestHeader || length > uint64(len(file)-8) {
		return nil, fmt.Errorf("a header of %d bytes is not allowed; allowed: to %d, and to the end of the file", length, longestHeader)
	}
	header, data := file[8:8+length], file[8+length:]
	names, entries, err := parseHeader(header)
	if err != nil {
		return nil, err
	}
	if err := cover(names, entries, len(data)); err != nil {
		return nil, err
	}
	var tensors []Tensor
	for _, name := range names {
		e := entries[name]
		t := Tensor{Name: name, Shape: e.Shape}
		count, err := elements(e.Shape)
		if err == nil {
			t.Data, err = e.numbers(data[e.Offsets[0]:e.Offsets[1]], count)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		tensors = append(tensors, t)
	}
	return tensors, nil
}

// parseHeader reads names and arrays, in their order.
func parseHeader(header []byte) (names []string, entries map[string]entry, err error) {
	d := json.NewDecoder(bytes.NewReader(header))
	d.DisallowUnknownFields()
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, nil, errors.New("the header is no JSON object")
	}
	entries = map[string]entry{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, nil, fmt.Errorf("the header: %w", err)
		}
		name, _ := token.(string)
		if name == "__metadata__" {
			var metadata map[string]string
			if err := d.Decode(&metadata); err != nil {
				return nil, nil, fmt.Errorf("the header: __metadata__: %w", err)
			}
			continue
		}
		var e entry
		if err := d.Decode(&e); err != nil {
			return nil, nil, fmt.Errorf("the header: %s: %w", name, err)
		}
		if _, twice := entries[name]; twice || len(names) >= mostTensors {
			return nil, nil, fmt.Errorf("the header: %s comes twice, or after %d others", name, len(names))
		}
		names, entries[name] = append(names, name), e
	}
	if _, err := d.Token(); err != nil {
		return nil, nil, fmt.Errorf("the header: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, nil, errors.New("the header goes on after its object")
	}
	return names, entries, nil
}

// cover checks that the arrays follow each other without a gap to the end.
func cover(names []string, entries map[string]entry, size int) error {
	order := slices.Clone(names)
	slices.SortStableFunc(order, func(a, b string) int { return entries[a].Offsets[0] - entries[b].Offsets[0] })
	at := 0
	for _, name := range order {
		e := entries[name]
		if e.Offsets[0] != at || e.Offsets[1] < at || e.Offsets[1] > size {
			return fmt.Errorf("%s: bytes %d to %d are not allowed; allowed: from %d, to %d at most", name, e.Offsets[0], e.Offsets[1], at, size)
		}
		at = e.Offsets[1]
	}
	if at != size {
		return fmt.Errorf("%d bytes are in no array", size-at)
	}
	return nil
}

// numbers reads an array.
func (e entry) numbers(data []byte, count int) ([]float32, error) {
	var width int
	var read func([]byte) float32
	switch e.DType {
	case "F32":
		width, read = 4, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) }
	case "F64":
		width, read = 8, func(b []byte) float32 { return float32(math.Float64frombits(binary.LittleEndian.Uint64(b))) }
	case "F16":
		width, read = 2, func(b []byte) float32 { return half(binary.LittleEndian.Uint16(b)) }
	case "BF16":
		width, read = 2, func(b []byte) float32 { return math.Float32frombits(uint32(binary.LittleEndian.Uint16(b)) << 16) }
	default:
		return nil, fmt.Errorf("dtype %q is not allowed; allowed: F32, F16, BF16, F64", e.DType)
	}
	if len(data) != count*width {
		return nil, fmt.Errorf("%d bytes for the shape %v of %s, which takes %d", len(data), e.Shape, e.DType, count*width)
	}
	numbers := make([]float32, count)
	for i := range numbers {
		numbers[i] = read(data[i*width:])
	}
	return numbers, nil
}

// half reads a number of IEEE 754's half precision.
func half(b uint16) float32 {
	sign, exponent, fraction := uint32(b>>15)<<31, int(b>>10&31), uint32(b&1023)
	switch exponent {
	case 0:
		v := float32(math.Ldexp(float64(fraction), -24))
		return math.Float32frombits(math.Float32bits(v) | sign)
	case 31:
		return math.Float32frombits(sign | 255<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | uint32(exponent-15+127)<<23 | fraction<<13)
}

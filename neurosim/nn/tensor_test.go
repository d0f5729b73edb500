package nn

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossbook/neurosim/internal/oracle"
)

func everyTensor(t *testing.T) []Tensor {
	t.Helper()
	net := Sequential(Image(2, 6, 6), Conv(4, 3).Groups(2), BatchNorm(), Tanh(), MaxPool(2), Dense(5), Tanh(), Dense(3)).WithBias()
	tr := newTrial(t, net, 3)
	tr.forward(t)
	return tr.Tensors()
}

func TestTensorsComeBack(t *testing.T) {
	want := append(everyTensor(t), Tensor{"a number", nil, []float32{1.5}}, Tensor{`"ä"`, []int{1, 2, 1}, []float32{0, float32(math.Copysign(0, -1))}})
	for _, name := range []string{"w.safetensors", "w.npz"} {
		path := filepath.Join(t.TempDir(), name)
		if err := WriteTensors(path, want); err != nil {
			t.Fatal(err)
		}
		got, err := ReadTensors(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%s: %d arrays, want %d", name, len(got), len(want))
		}
		for i := range got {
			if got[i].Name != want[i].Name || !slices.Equal(got[i].Shape, want[i].Shape) || !slices.Equal(got[i].Data, want[i].Data) {
				t.Errorf("%s: %v, want %v", name, got[i], want[i])
			}
		}
	}
}

func TestNetworksTakeTheirTensors(t *testing.T) {
	net := Sequential(Image(2, 6, 6), Conv(4, 3).Groups(2), BatchNorm(), Tanh(), MaxPool(2), Dense(5), Tanh(), Dense(3))
	build := func(seed uint64, bounded bool) *Network {
		n, err := Build{Net: net, Precision: Precision{5, 5, 8, 8}, Seed: seed, Bounded: bounded}.New()
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	a, b := build(1, true), build(2, true)
	if err := b.SetTensors(a.Tensors()); err != nil {
		t.Fatal(err)
	}
	for i, l := range a.Layers {
		if !slices.Equal(l.W.Data, b.Layers[i].W.Data) || !slices.Equal(l.Seen().Data, b.Layers[i].Seen().Data) {
			t.Errorf("layer %d differs", i)
		}
	}
	names := ""
	for _, tensor := range a.Tensors() {
		names += tensor.Name + " "
	}
	if want := "layer1.weight norm1.weight norm1.bias norm1.running_mean norm1.running_var layer2.weight layer3.weight "; len(names) != len(want) {
		t.Error(names)
	}
	for want, change := range map[string]func([]Tensor) []Tensor{
		"layer1.weight is missing; the network has it with the shape [4 1 3 3]": func(l []Tensor) []Tensor { return l[1:] },
		"extra is in no place of the network":                                   func(l []Tensor) []Tensor { return append(l, Tensor{"extra", nil, []float32{1}}) },
		`the name "layer1.weight" is empty or comes twice`:                      func(l []Tensor) []Tensor { return append(l, l[0]) },
		"layer2.weight has the shape [16 5], in the network [5 16]": func(l []Tensor) []Tensor {
			l[1].Shape = []int{16, 5}
			return l
		},
		"layer1.weight: number 3 is NaN": func(l []Tensor) []Tensor {
			l[0].Data[3] = float32(math.NaN())
			return l
		},
		"layer1.weight goes to 9; allowed: ±": func(l []Tensor) []Tensor {
			l[0].Data[3] = 9
			return l
		},
		"numbers for the shape [3 5], which has 15": func(l []Tensor) []Tensor {
			l[2].Data = l[2].Data[1:]
			return l
		},
	} {
		before := slices.Clone(b.Layers[0].W.Data)
		if err := b.SetTensors(change(a.Tensors())); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if !slices.Equal(before, b.Layers[0].W.Data) {
			t.Errorf("%s: the network changed", want)
		}
	}
}

// NumPy wrote the file; its numbers are also in a test of the update.
func TestArraysOfNumPy(t *testing.T) {
	tensors, err := ReadTensors("testdata/numpy.npz")
	if err != nil || len(tensors) != 25 {
		t.Fatalf("%d arrays, %v", len(tensors), err)
	}
	ref := oracle.Load(t, "../train/testdata/momentum_alias.json.gz")
	for _, got := range tensors {
		if !slices.Equal(got.Shape, ref[got.Name].Shape) {
			t.Errorf("%s has the shape %v", got.Name, got.Shape)
		}
		oracle.Exact.Same(t, got.Name, got.Data, ref.Float32(t, got.Name))
	}
}

// npy makes an archive of one deflated array.
func npy(t *testing.T, header string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	file, err := archive.Create("a.npy")
	if err != nil {
		t.Fatal(err)
	}
	start := append([]byte(npyMagic), 1, 0, byte(len(header)), 0)
	if _, err := file.Write(append(append(start, header...), data...)); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchives(t *testing.T) {
	eight := binary.LittleEndian.AppendUint64(nil, math.Float64bits(-0.75))
	got, err := parseNPZ(npy(t, "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n", eight))
	if err != nil || len(got) != 1 || !slices.Equal(got[0].Data, []float32{-0.75}) || !slices.Equal(got[0].Shape, []int{1}) {
		t.Errorf("%v, %v", got, err)
	}
	for want, file := range map[string][]byte{
		"no zip archive":                             {1, 2, 3},
		`a: dtype "<i8" is not allowed`:              npy(t, "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", eight),
		"a: the order of Fortran":                    npy(t, "{'descr': '<f8', 'fortran_order': True, 'shape': (1,), }", eight),
		"a: 8 bytes or more for the shape [2]":       npy(t, "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", eight),
		"a: 5 bytes or more for the shape [1]":       npy(t, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", eight),
		"a: the shape [0 3] is not allowed":          npy(t, "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }", nil),
		"a: the shape [9999999999] is not":           npy(t, "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999,), }", nil),
		`a: the header "{}" is not that`:             npy(t, "{}", nil),
		"a: the header \"{'descr': '<f4', 'x': 1}\"": npy(t, "{'descr': '<f4', 'x': 1}", nil),
	} {
		if _, err := parseNPZ(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestHalfPrecision(t *testing.T) {
	for bits, want := range map[uint16]float32{
		0: 0, 0x3c00: 1, 0xc000: -2, 0x7bff: 65504, 0x0001: 0x1p-24, 0x8001: -0x1p-24, 0x0400: 0x1p-14, 0x3555: 0x1.554p-2,
		0x7c00: float32(math.Inf(1)),
	} {
		if got := half(bits); got != want {
			t.Errorf("%#04x is %g, want %g", bits, got, want)
		}
	}
	if v := half(0x7e00); v == v {
		t.Errorf("NaN is %g", v)
	}
}

// safetensors makes a file of a header and numbers.
func safetensors(header string, data []byte) []byte {
	return append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...), data...)
}

func TestBadFilesOfWeights(t *testing.T) {
	one := []byte{0, 0, 128, 63}
	for want, file := range map[string][]byte{
		"the file ends in the length of its header":              {1, 2, 3},
		"a header of 18446744073709551615 bytes is not allowed":  bytes.Repeat([]byte{255}, 20),
		"the header is no JSON object":                           safetensors(`[]`, nil),
		"the header: a: EOF":                                     safetensors(`{"a"`, nil),
		"the header goes on after its object":                    safetensors(`{}{}`, nil),
		`unknown field "type"`:                                   safetensors(`{"a":{"type":"F32"}}`, nil),
		"a comes twice":                                          safetensors(`{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}`, one),
		"a: bytes 0 to 8 are not allowed; allowed: from 0, to 4": safetensors(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, one),
		"a: bytes 2 to 4 are not allowed; allowed: from 0":       safetensors(`{"a":{"dtype":"F32","shape":[],"data_offsets":[2,4]}}`, one),
		"4 bytes are in no array":                                safetensors(`{}`, one),
		`a: dtype "I64" is not allowed; allowed: F32`:            safetensors(`{"a":{"dtype":"I64","shape":[],"data_offsets":[0,4]}}`, one),
		"a: 4 bytes for the shape [2] of F32, which takes 8":     safetensors(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}`, one),
		"a: the shape [0] is not allowed":                        safetensors(`{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,4]}}`, one),
		"a: number 0 is NaN":                                     safetensors(`{"a":{"dtype":"F16","shape":[],"data_offsets":[0,2]}}`, []byte{1, 0x7e}),
	} {
		path := filepath.Join(t.TempDir(), "w.safetensors")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadTensors(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	for _, call := range []func() error{
		func() error { _, err := ReadTensors("w.bin"); return err },
		func() error { return WriteTensors("w.pt", nil) },
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), "allowed: one that ends in .safetensors or .npz") &&
			!os.IsNotExist(err) && !strings.Contains(err.Error(), "no such file") {
			t.Errorf("%v", err)
		}
	}
}

// fuzzTensors looks for a file that a reader cannot bear, or that does not come back
// when it is written.
func fuzzTensors(f *testing.F, parse func([]byte) ([]Tensor, error), encode func(*bytes.Buffer, []Tensor) error) {
	var file bytes.Buffer
	if err := encode(&file, []Tensor{{"a", []int{1, 2}, []float32{1, 2}}, {"b", nil, []float32{3}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		tensors, err := parse(data)
		if err != nil || validTensors(tensors) != nil {
			return
		}
		var file bytes.Buffer
		if err := encode(&file, tensors); err != nil {
			t.Fatal(err)
		}
		again, err := parse(file.Bytes())
		if err != nil || len(again) != len(tensors) {
			t.Fatalf("%d arrays come back as %d: %v", len(tensors), len(again), err)
		}
		for i := range again {
			if again[i].Name != tensors[i].Name || !slices.Equal(again[i].Data, tensors[i].Data) {
				t.Fatalf("%v comes back as %v", tensors[i], again[i])
			}
		}
	})
}

func FuzzSafetensors(f *testing.F) {
	f.Add(safetensors(`{"__metadata__":{"format":"pt"},"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}`, []byte{0, 0}))
	fuzzTensors(f, parseSafetensors, func(b *bytes.Buffer, l []Tensor) error { return encodeSafetensors(b, l) })
}

func FuzzNPZ(f *testing.F) {
	fuzzTensors(f, parseNPZ, func(b *bytes.Buffer, l []Tensor) error { return encodeNPZ(b, l) })
}

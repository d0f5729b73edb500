package nn

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Tensor is one named array of a file of weights.
type Tensor struct {
	Name  string
	Shape []int     // no dimension is 0; none at all: a single number
	Data  []float32 // row-major
}

// limits of a file of weights.
const (
	mostTensors    = 1 << 14
	mostDimensions = 8
)

// ReadTensors reads a file of weights, .safetensors or .npz, in the order of the file.
// Numbers of half, brain and double precision become single. What the format does not
// allow, or numbers that are not finite, are errors that name the array.
func ReadTensors(path string) ([]Tensor, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("nn: weights: %w", err)
	}
	parse, err := format(path, parseSafetensors, parseNPZ)
	if err != nil {
		return nil, err
	}
	tensors, err := parse(data)
	if err == nil {
		err = validTensors(tensors)
	}
	if err != nil {
		return nil, fmt.Errorf("nn: weights: %s: %w", path, err)
	}
	return tensors, nil
}

// WriteTensors writes a file of weights, .safetensors or .npz, in single precision. The
// same arrays give the same bytes. Whatever happens, either the old or the new file is
// there.
func WriteTensors(path string, tensors []Tensor) error {
	encode, err := format(path, encodeSafetensors, encodeNPZ)
	if err != nil {
		return err
	}
	if err := validTensors(tensors); err != nil {
		return fmt.Errorf("nn: weights: %w", err)
	}
	var file bytes.Buffer
	if err := encode(&file, tensors); err != nil {
		return fmt.Errorf("nn: weights: %w", err)
	}
	if err := replace(path, file.Bytes()); err != nil {
		return fmt.Errorf("nn: weights: %w", err)
	}
	return nil
}

// replace writes a file at once.
func replace(path string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // fails once it is renamed
	_, err = file.Write(data)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// format picks what a name asks for.
func format[F any](path string, safetensors, npz F) (F, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".safetensors":
		return safetensors, nil
	case ".npz":
		return npz, nil
	}
	var none F
	return none, fmt.Errorf("nn: weights: %s: the name is not allowed; allowed: one that ends in .safetensors or .npz", path)
}

// validTensors says what keeps arrays out of a file, or of a network.
func validTensors(tensors []Tensor) error {
	if len(tensors) > mostTensors {
		return fmt.Errorf("%d arrays are too many; allowed: to %d", len(tensors), mostTensors)
	}
	names := map[string]bool{}
	for _, t := range tensors {
		if t.Name == "" || names[t.Name] {
			return fmt.Errorf("the name %q is empty or comes twice", t.Name)
		}
		names[t.Name] = true
		count, err := elements(t.Shape)
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", t.Name, err)
		case count != len(t.Data):
			return fmt.Errorf("%s: %d numbers for the shape %v, which has %d", t.Name, len(t.Data), t.Shape, count)
		}
		if i := NotFinite(t.Data); i >= 0 {
			return fmt.Errorf("%s: number %d is %g", t.Name, i, t.Data[i])
		}
	}
	return nil
}

// elements is the number of elements of a shape.
func elements(shape []int) (int, error) {
	if len(shape) > mostDimensions {
		return 0, fmt.Errorf("%d dimensions are too many; allowed: to %d", len(shape), mostDimensions)
	}
	count := 1
	for _, n := range shape {
		if n < 1 || n > maxWeights || count*n > maxWeights {
			return 0, fmt.Errorf("the shape %v is not allowed; allowed: dimensions from 1, together to %d", shape, maxWeights)
		}
		count *= n
	}
	return count, nil
}

// Tensors returns the weights of the network under the names "layer1.weight",
// "layer1.bias", "norm1.weight" (its gain), "norm1.bias", "norm1.running_mean" and
// "norm1.running_var", shaped and ordered as PyTorch does: [out, in] of a dense layer,
// [out, in/groups, rows, columns] of a convolution. Weights are divided by their
// layer's scale: they are what the layer multiplies by, before it is quantised.
func (n *Network) Tensors() []Tensor {
	var list []Tensor
	for i, l := range n.Layers {
		name := fmt.Sprintf("layer%d.", i+1)
		w := n.ChannelsFirst(i, l.W.Data)
		for k := range w {
			w[k] /= l.Scale
		}
		list = append(list, Tensor{name + "weight", n.tensorShape(i), w})
		if l.Bias != nil {
			list = append(list, Tensor{name + "bias", []int{l.Out}, slices.Clone(l.Bias)})
		}
	}
	for i, norm := range n.Norms {
		for _, part := range norm.parts() {
			name := fmt.Sprintf("norm%d.%s", i+1, part.name)
			list = append(list, Tensor{name, []int{len(part.data)}, slices.Clone(part.data)})
		}
	}
	return list
}

// SetTensors is the inverse of [Network.Tensors]: it takes just the arrays that that
// returns, in any order. Weights beyond the range of the cells are an error, and
// nothing changes then.
func (n *Network) SetTensors(tensors []Tensor) error {
	if err := validTensors(tensors); err != nil {
		return fmt.Errorf("nn: weights: %w", err)
	}
	given := map[string]Tensor{}
	for _, t := range tensors {
		given[t.Name] = t
	}
	for _, want := range n.Tensors() {
		t, ok := given[want.Name]
		switch {
		case !ok:
			return fmt.Errorf("nn: weights: %s is missing; the network has it with the shape %v", want.Name, want.Shape)
		case !slices.Equal(t.Shape, want.Shape):
			return fmt.Errorf("nn: weights: %s has the shape %v, in the network %v", want.Name, t.Shape, want.Shape)
		}
		delete(given, want.Name)
	}
	for name := range given {
		return fmt.Errorf("nn: weights: %s is in no place of the network", name)
	}
	return n.set(tensors)
}

// FitTensors is [Network.SetTensors] for weights of any size. On a crossbar, a layer
// whose largest weight is not in the upper half of what its cells hold first gets the
// scale, a power of two, with which it is, so that the cells' range is used.
func (n *Network) FitTensors(tensors []Tensor) error {
	given := map[string][]float32{}
	for _, t := range tensors {
		given[t.Name] = t.Data
	}
	before := make([]float32, len(n.Layers))
	for i, l := range n.Layers {
		before[i] = l.Scale
		largest := float64(MaxAbs(given[fmt.Sprintf("layer%d.weight", i+1)]))
		if !n.bounded || !(largest > 0) || math.IsInf(largest, 0) {
			continue
		}
		exponent := math.Floor(math.Log2(float64(Limit(l.bits)) / largest))
		l.rescaleBy(float32(math.Exp2(min(max(exponent, -mostScale), mostScale))))
	}
	err := n.SetTensors(tensors)
	for i := 0; err != nil && i < len(n.Layers); i++ {
		n.Layers[i].rescaleBy(before[i])
	}
	return err
}

// mostScale bounds the exponents of scales.
const mostScale = 60

// rescaleBy gives a layer another scale.
func (l *Weights) rescaleBy(scale float32) {
	l.Scale = scale
	for _, g := range l.groups {
		g.Scale = scale
	}
}

// set takes arrays that fit.
func (n *Network) set(tensors []Tensor) error {
	given := map[string][]float32{}
	for _, t := range tensors {
		given[t.Name] = t.Data
	}
	weights := make([][]float32, len(n.Layers))
	for i, l := range n.Layers {
		weights[i] = n.ChannelsLast(i, given[fmt.Sprintf("layer%d.weight", i+1)])
		for k := range weights[i] {
			weights[i][k] *= l.Scale
		}
		if limit := Limit(l.bits); n.bounded && MaxAbs(weights[i]) > limit {
			return fmt.Errorf("nn: weights: layer%d.weight goes to %g; allowed: ±%g, which its cells hold",
				i+1, MaxAbs(weights[i])/l.Scale, limit/l.Scale)
		}
	}
	for i, l := range n.Layers {
		copy(l.W.Data, weights[i])
		copy(l.Bias, given[fmt.Sprintf("layer%d.bias", i+1)])
		l.Refresh()
	}
	for i, norm := range n.Norms {
		for _, part := range norm.parts() {
			copy(part.data, given[fmt.Sprintf("norm%d.%s", i+1, part.name)])
		}
	}
	return nil
}

func (n *Network) tensorShape(i int) []int {
	l := n.Layers[i]
	if l.Window == (Window{}) {
		return []int{l.Out, l.In}
	}
	return []int{l.Out, l.Window.depth(), l.Window.KernelHeight, l.Window.KernelWidth}
}

// part is one array of a normalisation.
type part struct {
	name string
	data []float32
}

func (n *Norm) parts() []part {
	return []part{{"weight", n.Gain}, {"bias", n.Offset}, {"running_mean", n.Mean}, {"running_var", n.Variance}}
}

package nn

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crossbook/neurosim/internal/check"
)

// MaxWidth is the largest number of units in a layer.
const MaxWidth = 1 << 16

// maxWeights bounds a network to 1 GiB of weights.
const maxWeights = 1 << 28

// Net describes a network. It is plain comparable data; see [MLP].
type Net struct {
	// Sizes is the number of units from the input to the output: "784-256-10".
	Sizes string

	// Hidden is the activation function of all layers but the last: "relu",
	// "tanh", "sigmoid" or "linear". "" means relu.
	Hidden string

	// Bias gives each unit a trained offset. Only a network on ideal devices can
	// have it: a crossbar has no place for one.
	Bias bool
}

// Shape is the size of one layer's weight matrix.
type Shape struct {
	In  int // inputs, rows of the crossbar
	Out int // outputs, columns
}

// MLP returns a multi-layer perceptron with the given numbers of units, input
// first, with relu between the layers and a linear output. What is wrong with
// the numbers is told by Validate.
func MLP(sizes ...int) Net {
	names := make([]string, len(sizes))
	for i, n := range sizes {
		names[i] = strconv.Itoa(n)
	}
	return Net{Sizes: strings.Join(names, "-")}
}

// Activation returns the network with another activation function of its hidden
// layers: "relu", "tanh", "sigmoid" or "linear".
func (n Net) Activation(name string) Net {
	n.Hidden = name
	return n
}

// WithBias returns the network with trained offsets.
func (n Net) WithBias() Net {
	n.Bias = true
	return n
}

// String says sizes and activation: "784-256-10 relu".
func (n Net) String() string {
	s := n.Sizes + " " + n.activation()
	if n.Bias {
		s += " bias"
	}
	return s
}

// Validate returns everything that is wrong, nil when there is nothing.
func (n Net) Validate() error {
	var p check.Problems
	_, err := n.shapes()
	p.Under("Sizes", err)
	p.OneOf("Hidden", n.Hidden, activationNames()...)
	return p.Err()
}

// Shapes returns the sizes of the weight matrices, input side first. The
// network must be valid.
func (n Net) Shapes() []Shape {
	shapes, err := n.shapes()
	if err != nil {
		panic("nn: Shapes of a network that is not valid: " + err.Error())
	}
	return shapes
}

func (n Net) shapes() ([]Shape, error) {
	// A minus after a hyphen is a sign, so that the message shows the number.
	parts := strings.Split(strings.ReplaceAll(n.Sizes, "--", "-−"), "-")
	if len(parts) < 2 {
		return nil, fmt.Errorf("%q names no layer; allowed: sizes of input and layers, such as 784-256-10", n.Sizes)
	}
	widths := make([]int, len(parts))
	for i, part := range parts {
		part = strings.Replace(part, "−", "-", 1)
		width, err := strconv.Atoi(part)
		if err != nil || width < 1 || width > MaxWidth {
			return nil, fmt.Errorf("%s of %q: %s units are not allowed; allowed: 1 to %d",
				layerName(i, len(parts)), n.Sizes, strconv.Quote(part), MaxWidth)
		}
		widths[i] = width
	}
	shapes, total := make([]Shape, len(parts)-1), 0
	for i := range shapes {
		shapes[i] = Shape{In: widths[i], Out: widths[i+1]}
		if total += widths[i] * widths[i+1]; total > maxWeights {
			return nil, fmt.Errorf("layers to %d of %q have %d weights; allowed: 1 to %d", i+1, n.Sizes, total, maxWeights)
		}
	}
	return shapes, nil
}

func layerName(i, count int) string {
	switch i {
	case 0:
		return "the input"
	case count - 1:
		return fmt.Sprintf("layer %d, the output,", i)
	}
	return fmt.Sprintf("layer %d", i)
}

func (n Net) activation() string {
	if n.Hidden == "" {
		return "relu"
	}
	return n.Hidden
}

func activationNames() []string {
	names := make([]string, 0, len(activations))
	for name := range activations {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

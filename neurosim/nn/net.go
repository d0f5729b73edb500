package nn

import (
	"fmt"
	"strconv"
	"strings"

	"crossbook/neurosim/internal/check"
)

// MaxWidth is the largest number of units in a layer.
const MaxWidth = 1 << 16

// maxWeights bounds a network to 1 GiB of weights.
const maxWeights = 1 << 28

// Net describes a network. It is plain comparable data; see [MLP] and [Sequential].
type Net struct {
	// Sizes is the number of units of a perceptron from the input to the output:
	// "784-256-10". "" with a Layout.
	Sizes string

	// Hidden is the activation function of all layers of a perceptron but the last:
	// "relu", "leaky", "tanh", "hard-tanh", "sigmoid", "hard-sigmoid" or "linear". ""
	// means relu.
	Hidden string

	// Bias gives each unit, or each kernel, a trained offset. Only a network on ideal
	// devices can have it: a crossbar has no place for one.
	Bias bool

	// Layout is the input and the layers of any other network, one after the other:
	// "1x28x28: conv 6 5x5 pad 2, relu, max 2x2, dense 10". [Sequential] writes it.
	Layout string `json:",omitempty"`
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

// Sequential returns the network of layers that follow each other, the input first:
//
//	nn.Sequential(nn.Image(1, 28, 28), nn.Conv(8, 3).Pad(1), nn.ReLU(), nn.MaxPool(2), nn.Dense(10))
//
// What is wrong with the layers is told by Validate.
func Sequential(layers ...Layer) Net {
	if len(layers) == 0 {
		return Net{Layout: ":"}
	}
	return Net{Layout: layers[0].text + ": " + join(layers[1:])}
}

// Activation returns the network with another activation function behind all hidden
// layers; see Hidden for the names.
func (n Net) Activation(name string) Net {
	if n.Layout == "" {
		n.Hidden = name
		return n
	}
	return n.edit(func(l line) []string {
		if _, known := activations[l.words[0]]; known {
			return []string{name}
		}
		return l.words
	})
}

// WithBias returns the network with trained offsets.
func (n Net) WithBias() Net {
	n.Bias = true
	return n
}

// String says sizes and activation, "784-256-10 relu", or the layout.
func (n Net) String() string {
	s := n.Layout
	if s == "" {
		s = n.Sizes + " " + n.activation()
	}
	if n.Bias {
		s += " bias"
	}
	return s
}

// Validate returns everything that is wrong, nil when there is nothing.
func (n Net) Validate() error {
	var p check.Problems
	if n.Layout != "" {
		if n.Sizes != "" || n.Hidden != "" {
			p.Add("Sizes", n.Sizes+" "+n.Hidden, "nothing in Sizes and Hidden beside a Layout")
		}
		_, err := n.plan()
		p.Under("Layout", err)
		return p.Err()
	}
	_, err := n.widths()
	p.Under("Sizes", err)
	p.OneOf("Hidden", n.Hidden, activationNames()...)
	return p.Err()
}

// Shapes returns the sizes of the weight matrices, input side first. The
// network must be valid.
func (n Net) Shapes() []Shape {
	plan, err := n.plan()
	if err != nil {
		panic("nn: Shapes of a network that is not valid: " + err.Error())
	}
	return plan.shapes()
}

func (p *plan) shapes() []Shape {
	shapes := make([]Shape, len(p.layers))
	for i, k := range p.layers {
		shapes[i] = p.nodes[k].shape
	}
	return shapes
}

// plan says what to build.
func (n Net) plan() (plan, error) {
	if n.Layout != "" {
		input, lines, err := parseLayout(n.Layout)
		if err != nil {
			return plan{}, err
		}
		d, err := parseInput(input)
		if err != nil {
			return plan{}, err
		}
		return compile(d, lines)
	}
	widths, err := n.widths()
	if err != nil {
		return plan{}, err
	}
	var lines []line
	for i, width := range widths[1:] {
		if i > 0 {
			lines = append(lines, line{words: []string{n.activation()}})
		}
		lines = append(lines, line{words: []string{"dense", strconv.Itoa(width)}})
	}
	return compile(dims{widths[0], 1, 1}, lines)
}

// widths reads Sizes.
func (n Net) widths() ([]int, error) {
	// A minus after a hyphen is a sign, so that the message shows the number.
	parts := strings.Split(strings.ReplaceAll(n.Sizes, "--", "-−"), "-")
	if len(parts) < 2 {
		return nil, fmt.Errorf("%q names no layer; allowed: sizes of input and layers, such as 784-256-10", n.Sizes)
	}
	widths, total := make([]int, len(parts)), 0
	for i, part := range parts {
		part = strings.Replace(part, "−", "-", 1)
		width, err := strconv.Atoi(part)
		if err != nil || width < 1 || width > MaxWidth {
			return nil, fmt.Errorf("%s of %q: %s units are not allowed; allowed: 1 to %d",
				layerName(i, len(parts)), n.Sizes, strconv.Quote(part), MaxWidth)
		}
		widths[i] = width
	}
	for i := range widths[1:] {
		if total += widths[i] * widths[i+1]; total > maxWeights {
			return nil, fmt.Errorf("layers to %d of %q have %d weights; allowed: 1 to %d", i+1, n.Sizes, total, maxWeights)
		}
	}
	return widths, nil
}

// parseInput reads "3x32x32" or "784".
func parseInput(text string) (dims, error) {
	parts := strings.Split(text, "x")
	numbers := []int{1, 1, 1}
	if len(parts) != 1 && len(parts) != 3 {
		return dims{}, fmt.Errorf("the input %q is not allowed; allowed: channels, rows and columns, such as 3x32x32, or a number of values", text)
	}
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || n > MaxWidth {
			return dims{}, fmt.Errorf("the input %q has %q; allowed: numbers from 1 to %d", text, part, MaxWidth)
		}
		numbers[i] = n
	}
	d := dims{numbers[0], numbers[1], numbers[2]}
	if d.size() > largest {
		return dims{}, fmt.Errorf("the input %q has %d values; allowed: to %d", text, d.size(), largest)
	}
	return d, nil
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

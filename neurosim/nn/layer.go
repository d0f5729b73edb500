package nn

import (
	"fmt"
	"strconv"
	"strings"
)

// Layer is one layer of a network for [Sequential]: plain data, a line of the
// network's layout. Each function of this file makes one. What is wrong with its
// numbers is told by [Net.Validate].
type Layer struct{ text string }

// String returns the line: "conv 128 3x3 pad 1".
func (l Layer) String() string { return l.text }

// Image is the input of a network of images: channels, rows and columns.
func Image(channels, rows, columns int) Layer {
	return Layer{fmt.Sprintf("%dx%dx%d", channels, rows, columns)}
}

// Vector is the input of a network of plain numbers, or of images whose pixels are
// taken as such.
func Vector(count int) Layer { return Layer{strconv.Itoa(count)} }

// Dense is a fully connected layer of that many units, 1 to [MaxWidth]. A map before
// it is flattened.
func Dense(units int) Layer { return Layer{fmt.Sprintf("dense %d", units)} }

// Conv is a convolution by that many kernels, 1 to [MaxWidth], of size x size values
// in each channel. It goes in steps of 1 over the map without padding; see
// [Layer.Stride], [Layer.Pad], [Layer.Groups] and [Layer.Kernel].
func Conv(kernels, size int) Layer { return Layer{fmt.Sprintf("conv %d %dx%d", kernels, size, size)} }

// MaxPool takes the largest of every size x size values of a channel. It goes in
// steps of its size; what is left at the edge of the map is passed over.
func MaxPool(size int) Layer { return Layer{fmt.Sprintf("max %dx%d", size, size)} }

// AvgPool takes the mean of every size x size values of a channel, as [MaxPool]
// takes the largest. Zeros of the padding count.
func AvgPool(size int) Layer { return Layer{fmt.Sprintf("avg %dx%d", size, size)} }

// GlobalPool takes the mean of each channel.
func GlobalPool() Layer { return Layer{"avg all"} }

// ReLU is max(a, 0).
func ReLU() Layer { return Layer{"relu"} }

// LeakyReLU is a for a > 0 and slope times a otherwise; slope from 0 to 1.
func LeakyReLU(slope float64) Layer { return Layer{"leaky " + number(slope)} }

// Tanh is the hyperbolic tangent.
func Tanh() Layer { return Layer{"tanh"} }

// HardTanh is a within ±1 and ±1 beyond.
func HardTanh() Layer { return Layer{"hard-tanh"} }

// Sigmoid is 1/(1 + exp(-a)).
func Sigmoid() Layer { return Layer{"sigmoid"} }

// HardSigmoid is a/6 + 1/2 from 0 to 1, and 0 or 1 beyond.
func HardSigmoid() Layer { return Layer{"hard-sigmoid"} }

// Flatten takes a map as a row of numbers, pixel by pixel.
func Flatten() Layer { return Layer{"flatten"} }

// BatchNorm gives each channel mean 0 and variance 1 over a batch, and then a trained
// gain and offset (S. Ioffe and C. Szegedy, "Batch normalization: accelerating deep
// network training by reducing internal covariate shift", ICML 2015). It tests with
// running averages. It is computed digitally: its gains and offsets are no devices.
func BatchNorm() Layer { return Layer{"norm"} }

// Dropout sets a share of the values, from 0 to below 1, to zero while the network
// trains, and multiplies the others by 1/(1 - rate) (N. Srivastava et al., "Dropout: a
// simple way to prevent neural networks from overfitting", JMLR 15, 2014).
func Dropout(rate float64) Layer { return Layer{"dropout " + number(rate)} }

// Residual adds what goes in to what comes out of some layers (K. He, X. Zhang, S.
// Ren and J. Sun, "Deep residual learning for image recognition", CVPR 2016). Both
// must have one shape; else see [Layer.Shortcut].
func Residual(layers ...Layer) Layer { return Layer{"residual (" + join(layers) + ")"} }

// Shortcut sends what goes into a [Residual] through layers of its own before it is
// added: a convolution of 1 x 1 that gives it the shape of the sum.
func (l Layer) Shortcut(layers ...Layer) Layer {
	return Layer{strings.TrimSuffix(l.text, ")") + " | " + join(layers) + ")"}
}

// Concat puts the channels of maps beside each other that branches make of the same
// input: some layers one after the other, and those of every [Layer.Branch]; no layers
// are the input itself. The maps must have the same rows and columns. With [Residual] it
// makes a graph of layers:
//
//	nn.Concat().Branch(nn.Conv(12, 3).Pad(1), nn.ReLU())
//
// adds twelve channels to those there are, as a layer of a dense block does (G. Huang, Z.
// Liu, L. van der Maaten and K. Q. Weinberger, "Densely connected convolutional
// networks", CVPR 2017).
func Concat(layers ...Layer) Layer { return Layer{"concat (" + branch(layers) + ")"} }

// Branch gives a [Concat] another branch.
func (l Layer) Branch(layers ...Layer) Layer {
	return Layer{strings.TrimSuffix(l.text, ")") + " | " + branch(layers) + ")"}
}

func branch(layers []Layer) string {
	if len(layers) == 0 {
		return "same"
	}
	return join(layers)
}

// Stride sets how far a convolution or a pooling goes from one position to the next,
// in both directions.
func (l Layer) Stride(pixels int) Layer { return l.with("stride", strconv.Itoa(pixels)) }

// Pad sets how many zeros surround the map of a convolution or a pooling, on all
// sides: less than the size of the kernel.
func (l Layer) Pad(pixels int) Layer { return l.with("pad", strconv.Itoa(pixels)) }

// PadBy is [Layer.Pad] with another number above and below than left and right.
func (l Layer) PadBy(rows, columns int) Layer {
	return l.with("pad", fmt.Sprintf("%dx%d", rows, columns))
}

// Groups divides the channels and the kernels of a convolution: each group of
// kernels sees its group of channels only.
func (l Layer) Groups(count int) Layer { return l.with("groups", strconv.Itoa(count)) }

// Kernel gives a convolution or a pooling a kernel that is no square.
func (l Layer) Kernel(rows, columns int) Layer {
	words := strings.Fields(l.text)
	for i, word := range words {
		if i > 0 && strings.Contains(word, "x") && words[i-1] != "pad" {
			words[i] = fmt.Sprintf("%dx%d", rows, columns)
			return Layer{strings.Join(words, " ")}
		}
	}
	return l.with("kernel", fmt.Sprintf("%dx%d", rows, columns))
}

// with sets an option at the end of the line.
func (l Layer) with(name, value string) Layer {
	words := strings.Fields(l.text)
	for i := range len(words) - 1 {
		if words[i] == name {
			words[i+1] = value
			return Layer{strings.Join(words, " ")}
		}
	}
	return Layer{l.text + " " + name + " " + value}
}

func join(layers []Layer) string {
	lines := make([]string, len(layers))
	for i, l := range layers {
		lines[i] = l.text
	}
	return strings.Join(lines, ", ")
}

// number writes a number as short as it can be read back.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

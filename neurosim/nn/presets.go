package nn

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The networks that papers on crossbars train, as values to change and to combine:
// see [Net.Images], [Net.Classes], [Net.Width] and [Net.Activation]. None has offsets
// or a softmax: crossbars have no place for the first, and losses bring the second.
var (
	// LeNet5 is the network of Y. LeCun, L. Bottou, Y. Bengio and P. Haffner,
	// "Gradient-based learning applied to document recognition", Proc. IEEE 86(11),
	// 1998, for 28 x 28 grey values, with full connections between its maps and
	// without the trained gains of its pools.
	LeNet5 = Sequential(Image(1, 28, 28),
		Conv(6, 5).Pad(2), Tanh(), AvgPool(2),
		Conv(16, 5), Tanh(), AvgPool(2),
		Conv(120, 5), Tanh(),
		Dense(84), Tanh(), Dense(10))

	// VGG8 is the network of DNN+NeuroSim for 32 x 32 colours: six convolutions and
	// two dense layers with 13 million weights (X. Peng et al. 2021, after Wu et al.
	// 2018).
	VGG8 = Sequential(Image(3, 32, 32),
		Conv(128, 3).Pad(1), ReLU(), Conv(128, 3).Pad(1), ReLU(), MaxPool(2),
		Conv(256, 3).Pad(1), ReLU(), Conv(256, 3).Pad(1), ReLU(), MaxPool(2),
		Conv(512, 3).Pad(1), ReLU(), Conv(512, 3).Pad(1), ReLU(), MaxPool(2),
		Dense(1024), ReLU(), Dense(10))

	// ResNet20 is the network with 20 layers of He et al. 2016 for 32 x 32 colours,
	// with batch normalisation, and with 1 x 1 convolutions where the size of the maps
	// changes (their option B).
	ResNet20 = resNet(3)
)

// resNet has three stages of residual blocks.
func resNet(blocks int) Net {
	layers := []Layer{Image(3, 32, 32), Conv(16, 3).Pad(1), BatchNorm(), ReLU()}
	for stage := range 3 {
		kernels := 16 << stage
		for block := range blocks {
			first := Conv(kernels, 3).Pad(1)
			if stage > 0 && block == 0 {
				first = first.Stride(2)
			}
			sum := Residual(first, BatchNorm(), ReLU(), Conv(kernels, 3).Pad(1), BatchNorm())
			if stage > 0 && block == 0 {
				sum = sum.Shortcut(Conv(kernels, 1).Stride(2), BatchNorm())
			}
			layers = append(layers, sum, ReLU())
		}
	}
	return Sequential(append(layers, GlobalPool(), Dense(10))...)
}

// Images returns the network for images of another shape.
func (n Net) Images(channels, rows, columns int) Net {
	input := Image(channels, rows, columns).text
	if n.Layout == "" {
		_, rest, _ := strings.Cut(n.Sizes, "-")
		n.Sizes = fmt.Sprintf("%d-%s", channels*rows*columns, rest)
		return n
	}
	_, rest, _ := strings.Cut(n.Layout, ":")
	n.Layout = input + ":" + rest
	return n
}

// Classes returns the network with another number of outputs in its last dense
// layer.
func (n Net) Classes(count int) Net {
	if n.Layout == "" {
		if i := strings.LastIndex(n.Sizes, "-"); i >= 0 {
			n.Sizes = n.Sizes[:i+1] + strconv.Itoa(count)
		}
		return n
	}
	if i := strings.LastIndex(n.Layout, "dense "); i >= 0 {
		end := i + len("dense ")
		rest := strings.TrimLeft(n.Layout[end:], "0123456789-")
		n.Layout = n.Layout[:end] + strconv.Itoa(count) + rest
	}
	return n
}

// Width returns the network with that many times the units or kernels in all layers
// but the last, at least one in each: VGG8.Width(0.25). In Go 1/4 is 0; write 1.0/4.
func (n Net) Width(factor float64) Net {
	scaled := func(word string) string {
		units, err := strconv.Atoi(word)
		if err != nil || !(factor > 0) {
			return fmt.Sprintf("%s*%g", word, factor) // which Validate refuses
		}
		return strconv.Itoa(max(1, int(math.Round(min(factor*float64(units), 1<<30)))))
	}
	if n.Layout == "" {
		sizes := strings.Split(n.Sizes, "-")
		for i := 1; i < len(sizes)-1; i++ {
			sizes[i] = scaled(sizes[i])
		}
		n.Sizes = strings.Join(sizes, "-")
		return n
	}
	last := strings.Count(n.Layout, "dense ") + strings.Count(n.Layout, "conv ")
	return n.edit(func(l line) []string {
		if l.words[0] == "dense" || l.words[0] == "conv" {
			if last--; last > 0 && len(l.words) > 1 {
				return append([]string{l.words[0], scaled(l.words[1])}, l.words[2:]...)
			}
		}
		return l.words
	})
}

// edit returns the network with other words in the lines of its layout. A layout that
// cannot be read stays as it is.
func (n Net) edit(change func(line) []string) Net {
	input, lines, err := parseLayout(n.Layout)
	if err != nil {
		return n
	}
	editLines(lines, change)
	n.Layout = input + ": " + joinLines(lines)
	return n
}

func editLines(lines []line, change func(line) []string) {
	for i, l := range lines {
		lines[i].words = change(l)
		editLines(l.body, change)
		editLines(l.via, change)
		for _, branch := range l.more {
			editLines(branch, change)
		}
	}
}

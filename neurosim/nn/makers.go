package nn

import (
	"fmt"
	"slices"
	"strings"
)

// makers make the node of a line, given the shape of its input. In a node, 1 in the
// fields layer and norm says that it is one of these.
var makers = map[string]func(from dims, l line) (node, error){
	"dense":   makeDense,
	"conv":    makeConv,
	"max":     makePool,
	"avg":     makePool,
	"norm":    makeNorm,
	"dropout": makeDropout,
}

// makerOf returns what makes the node of a word.
func makerOf(word string) (func(from dims, l line) (node, error), error) {
	if make, known := makers[word]; known {
		return make, nil
	}
	if _, known := activations[word]; known {
		return makeActivation, nil
	}
	words := append(activationNames(), "concat", "flatten", "residual", "same")
	for word := range makers {
		words = append(words, word)
	}
	slices.Sort(words)
	return nil, fmt.Errorf("%q is no layer; allowed: %s", word, strings.Join(words, ", "))
}

func makeDense(from dims, l line) (node, error) {
	a := l.arguments()
	units := a.between("units", a.next(), [2]int{1, MaxWidth}, 0)
	if err := a.done(); err != nil {
		return node{}, err
	}
	if from.size() > MaxWidth {
		return node{}, fmt.Errorf("%v are %d inputs; allowed: 1 to %d", from, from.size(), MaxWidth)
	}
	return node{
		to: dims{units, 1, 1}, layer: 1, shape: Shape{In: from.size(), Out: units}, make: newWeighing,
	}, nil
}

func makeConv(from dims, l line) (node, error) {
	a := l.arguments()
	kernels := a.between("kernels", a.next(), [2]int{1, MaxWidth}, 0)
	w := window(a, from, 1)
	w.Groups = a.between("groups", a.option("groups"), [2]int{1, MaxWidth}, 1)
	if err := a.done(); err != nil {
		return node{}, err
	}
	if from.channels%w.Groups != 0 || kernels%w.Groups != 0 {
		return node{}, fmt.Errorf("groups %d is not allowed; allowed: what divides %d channels and %d kernels", w.Groups, from.channels, kernels)
	}
	if err := w.fits(); err != nil {
		return node{}, err
	}
	shape := Shape{In: w.patch(), Out: kernels, Window: w}
	return node{to: dims{kernels, w.OutHeight(), w.OutWidth()}, layer: 1, shape: shape, make: newWeighing}, nil
}

// window reads kernel, stride and padding; a stride of 0 stands for the kernel's size.
func window(a *arguments, from dims, stride int) Window {
	w := Window{Height: from.rows, Width: from.columns, Channels: from.channels, Groups: 1}
	w.KernelHeight, w.KernelWidth = a.pair("kernel", a.next(), [2]int{1, MaxWidth}, 0)
	if stride == 0 {
		stride = max(1, w.KernelHeight)
	}
	w.Stride = a.between("stride", a.option("stride"), [2]int{1, MaxWidth}, stride)
	if pad := a.option("pad"); pad != "" {
		most := max(0, min(w.KernelHeight, w.KernelWidth)-1)
		if w.KernelHeight != w.KernelWidth {
			most = max(0, max(w.KernelHeight, w.KernelWidth)-1)
		}
		w.PadHeight, w.PadWidth = a.pair("pad", pad, [2]int{0, most}, 0)
	}
	return w
}

// fits says what keeps the kernel from its map.
func (w Window) fits() error {
	if w.PadHeight >= w.KernelHeight || w.PadWidth >= w.KernelWidth {
		return fmt.Errorf("pad %dx%d is not allowed; allowed: less than the kernel of %dx%d", w.PadHeight, w.PadWidth, w.KernelHeight, w.KernelWidth)
	}
	if w.KernelHeight > w.Height+2*w.PadHeight || w.KernelWidth > w.Width+2*w.PadWidth {
		return fmt.Errorf("the kernel of %dx%d does not fit on a map of %dx%d with its padding of %dx%d",
			w.KernelHeight, w.KernelWidth, w.Height, w.Width, w.PadHeight, w.PadWidth)
	}
	return nil
}

func makePool(from dims, l line) (node, error) {
	largest := l.words[0] == "max"
	w := Window{
		Height: from.rows, Width: from.columns, Channels: from.channels,
		KernelHeight: from.rows, KernelWidth: from.columns, Stride: 1, Groups: 1,
	}
	if len(l.words) != 2 || l.words[1] != "all" {
		a := l.arguments()
		w = window(a, from, 0)
		if err := a.done(); err != nil {
			return node{}, err
		}
	}
	if err := w.fits(); err != nil {
		return node{}, err
	}
	n := node{to: dims{from.channels, w.OutHeight(), w.OutWidth()}}
	if n.make = newMean(w); largest {
		n.make, n.pool, n.selects = newMax(w), max(w.KernelHeight, w.KernelWidth), true
	}
	return n, nil
}

func makeNorm(from dims, l line) (node, error) {
	return node{to: from, norm: 1, local: true, make: newNorming(from)}, l.arguments().done()
}

func makeDropout(from dims, l line) (node, error) {
	a := l.arguments()
	rate := a.share("rate", a.next(), mostDropout, -1)
	return node{to: from, local: true, make: newDropping(rate)}, a.done()
}

func makeActivation(from dims, l line) (node, error) {
	a := l.arguments()
	f := activations[l.words[0]]
	if l.words[0] == "leaky" {
		f = leaky(float32(a.share("slope", a.next(), 1, defaultSlope)))
	}
	return node{to: from, local: true, curve: true, selects: l.words[0] == "relu", make: newCurve(f)}, a.done()
}

package nn

import (
	"crossbook/neurosim/array"
	"crossbook/neurosim/internal/simd"
)

// wholes makes the products of a layer in whole numbers, where all that they take lies on
// the grids of its quantisers. Each says whether it could.
type wholes struct {
	inputs *whole // nil: they have too many bits
	errors *whole // maps of them, or lines; nil likewise
	lined  *whole // lines of errors; nil: not needed yet
	images int
	bits   int  // of errors
	turned bool // the errors at the inputs are sums over maps of errors
}

func newWholes(l *Weights, images int) wholes {
	w := wholes{images: images, bits: l.grids.precision.Error}
	maps := l.Window != (Window{}) && !l.Window.plain()
	if bits := l.grids.precision.Activation; fitsWhole(bits) {
		if maps {
			w.inputs = newWholeMaps(l.Window, images, bits)
		} else {
			w.inputs = newWholeLines(l.In, images*l.Positions(), bits)
		}
	}
	if !fitsWhole(w.bits) {
		return w
	}
	if back, ok := l.Window.back(l.Out); ok && maps && l.grids.exact(l.Out/back.Groups*back.KernelHeight*back.KernelWidth) {
		w.errors, w.turned = newWholeMaps(back, images, w.bits), true
	} else if !maps {
		w.errors = newWholeLines(l.Out, images*l.Positions(), w.bits)
	}
	return w
}

// Whole numbers of wholeBits bits are at most mostWhole.
const (
	wholeBits = 8
	mostWhole = 1<<(wholeBits-1) - 1
)

// fitsWhole says whether numbers of so many bits are whole ones of 8 bits.
func fitsWhole(bits int) bool { return bits <= wholeBits }

// back is how the errors of the inputs are sums of those that the kernels made: so many of
// them, turned about, go over the map of these. A stride leaves gaps in that.
func (w Window) back(kernels int) (back Window, ok bool) {
	if w.Stride != 1 || w.PadHeight >= w.KernelHeight || w.PadWidth >= w.KernelWidth {
		return back, false
	}
	return Window{
		Height: w.OutHeight(), Width: w.OutWidth(), Channels: kernels,
		KernelHeight: w.KernelHeight, KernelWidth: w.KernelWidth, Stride: 1,
		PadHeight: w.KernelHeight - 1 - w.PadHeight, PadWidth: w.KernelWidth - 1 - w.PadWidth, Groups: w.Groups,
	}, true
}

// forward sets y to the weighted sums.
func (w *wholes) forward(l *Weights, y, x Matrix) bool {
	if w.inputs == nil || !l.grids.serve() || !l.idle(l.on().ahead()) || !w.inputs.take(x) {
		return false
	}
	y = y.by(l.Out)
	for i := range l.lastGroup() + 1 {
		part := l.group(i)
		f := part.grids.forward(w.inputs.part(0, i*w.depth(l), w.depth(l)), part.seen, l.Scale)
		if !part.grids.ahead.Multiply(y.columns(i, part.Out), f) {
			return false
		}
	}
	l.complete(y, 1)
	return true
}

// depth is the channels of the inputs that a group sees, or all inputs.
func (w *wholes) depth(l *Weights) int {
	if l.Window == (Window{}) {
		return l.In
	}
	return l.Window.depth()
}

// backward sets dx to the gradient at the input.
func (w *wholes) backward(l *Weights, dx, dy Matrix) bool {
	if w.errors == nil || !l.grids.serve() || !l.idle(array.Error) || !w.errors.take(dy) {
		return false
	}
	blocks, depth := 1, w.depth(l)
	if w.turned {
		blocks = l.Window.KernelHeight * l.Window.KernelWidth
	}
	dx = dx.by(depth * (l.lastGroup() + 1))
	for i := range l.lastGroup() + 1 {
		part := l.group(i)
		f := part.grids.backward(w.errors.part(0, i*part.Out, part.Out), part.seen, l.Scale)
		f.Blocks = blocks
		if !part.grids.back.Multiply(dx.columns(i, depth), f) {
			return false
		}
	}
	return true
}

// line gets lines of errors ready for backwardLines.
func (w *wholes) line(l *Weights, dy Matrix) bool {
	return fitsWhole(w.bits) && !w.turned && l.grids.serve() && l.idle(array.Error) && w.lines(l).take(dy.by(l.Out))
}

// lines is room for lines of errors.
func (w *wholes) lines(l *Weights) *whole {
	if w.lined == nil {
		w.lined = newWholeLines(l.Out, w.images*l.Positions(), w.bits)
	}
	return w.lined
}

// backwardLines sets rows to the products of some lines of errors, from the first on, and
// the weights of a group. Their sums are yet to be divided by the scale of the layer.
func (w *wholes) backwardLines(part *Weights, rows Matrix, first, group int) bool {
	f := part.grids.backward(w.lined.part(first, group*part.Out, part.Out), part.seen, 1)
	return part.grids.back.Multiply(rows.view(), f)
}

// gradient makes the gradient of the weights.
func (w *wholes) gradient(l *Weights, dw, e, x Matrix) bool {
	if w.inputs == nil || !fitsWhole(w.bits) || !w.inputs.take(x) {
		return false
	}
	e = e.by(l.Out)
	for i := range l.lastGroup() + 1 {
		part := l.group(i)
		sum := w.outer(e)
		sum.C, sum.E = part.of(dw, i).view(), e.columns(i, part.Out)
		sum.X, sum.X1 = w.inputs.part(0, i*w.depth(l), w.depth(l)), w.inputs.steps
		if !sum.Multiply() {
			return false
		}
	}
	return true
}

// outer is a product of errors that is yet to get all else.
func (w *wholes) outer(e Matrix) simd.Outer { return simd.Outer{E: e.view(), E1: Steps(w.bits)} }

// onGrids says whether errors and inputs are whole numbers.
func (w *wholes) onGrids(l *Weights, e, x Matrix) bool {
	return w.inputs != nil && fitsWhole(w.bits) && w.inputs.take(x) && w.lines(l).take(e.by(l.Out))
}

// columns is columns of a matrix: those of a group that has so many.
func (m Matrix) columns(group, count int) simd.Matrix {
	first := min(group*count, len(m.Data))
	return simd.Matrix{Rows: m.Rows, Cols: count, Stride: m.Cols, Data: m.Data[first:]}
}

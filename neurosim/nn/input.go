package nn

import "crossbook/neurosim/internal/parallel"

// entrance takes images as data sets have them, channel by channel, and passes on
// maps, whose channels are innermost. It is the body of its loop.
type entrance struct {
	dims
	from, to Matrix
}

func takeInput(d dims) func(*Network, int, int) step {
	return func(*Network, int, int) step { return &entrance{dims: d} }
}

// same says whether images and maps are the same numbers in the same order.
func (e *entrance) same() bool { return e.channels == 1 || e.pixels() == 1 }

func (e *entrance) forward(_ *Pass, at *nodePass) {
	if e.same() {
		at.y = at.x
		return
	}
	e.from, e.to = at.x, at.y
	parallel.Each(at.x.Rows, e)
}

// backward has nothing to do: no gradient is asked for.
func (e *entrance) backward(Matrix, *Pass, *nodePass) {}

func (e *entrance) Do(first, end int) {
	for i := first; i < end; i++ {
		toPixels(e.to.Row(i), e.from.Row(i), e.dims)
	}
}

// toPixels sets dst to the values of src, which are in the order of data sets.
func toPixels(dst, src []float32, d dims) {
	for c := range d.channels {
		for i, v := range src[c*d.pixels() : (c+1)*d.pixels()] {
			dst[i*d.channels+c] = v
		}
	}
}

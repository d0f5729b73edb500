package nn

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// pooling is a pooling in a pass, and the body of its loops over images.
type pooling struct {
	Window
	x, y    Matrix
	dx, dy  Matrix
	back    bool
	largest []int32 // by output, where the largest value of its image is; nil: means
}

func newMax(w Window) func(*Network, int, int) step {
	return func(_ *Network, _, images int) step {
		return &pooling{Window: w, largest: make([]int32, images*w.OutHeight()*w.OutWidth()*w.Channels)}
	}
}

func newMean(w Window) func(*Network, int, int) step {
	return func(*Network, int, int) step { return &pooling{Window: w} }
}

func (p *pooling) forward(_ *Pass, at *nodePass) {
	p.x, p.y, p.back = at.x, at.y, false
	parallel.Each(p.x.Rows, p)
}

func (p *pooling) backward(dx Matrix, _ *Pass, at *nodePass) {
	p.dx, p.dy, p.back = dx, at.dy, true
	parallel.Each(dx.Rows, p)
}

func (p *pooling) Do(first, end int) {
	for image := first; image < end; image++ {
		switch {
		case p.largest == nil && p.back:
			p.spread(p.dx.Row(image), p.dy.Row(image))
		case p.largest == nil:
			p.means(p.y.Row(image), p.x.Row(image))
		case p.back:
			p.sendBack(p.dx.Row(image), p.dy.Row(image), image)
		default:
			p.choose(p.y.Row(image), p.x.Row(image), image)
		}
	}
}

// chosen is where the largest values of an image are.
func (p *pooling) chosen(image int) []int32 {
	return p.largest[image*p.y.Cols : (image+1)*p.y.Cols]
}

// choose finds the largest values, the first of equals.
func (p *pooling) choose(y, x []float32, image int) {
	places := p.chosen(image)
	p.eachPosition(func(out, pixel int, first bool) {
		at := out * p.Channels
		simd.Chosen{Best: y[at : at+p.Channels], Places: places[at:]}.Take(x[pixel*p.Channels:], pixel*p.Channels, first)
	})
}

// sendBack gives each gradient to the value that was the largest.
func (p *pooling) sendBack(dx, dy []float32, image int) {
	clear(dx)
	for i, place := range p.chosen(image) {
		dx[place] += dy[i]
	}
}

// means averages; the zeros of the padding count.
func (p *pooling) means(y, x []float32) {
	clear(y)
	p.eachPosition(func(out, pixel int, _ bool) {
		simd.Add(y[out*p.Channels:][:p.Channels], x[pixel*p.Channels:])
	})
	share := 1 / float32(p.KernelHeight*p.KernelWidth)
	for i := range y {
		y[i] *= share
	}
}

// spread gives each value its share of the gradients of its means.
func (p *pooling) spread(dx, dy []float32) {
	clear(dx)
	p.eachPosition(func(out, pixel int, _ bool) {
		simd.Add(dx[pixel*p.Channels:][:p.Channels], dy[out*p.Channels:])
	})
	share := 1 / float32(p.KernelHeight*p.KernelWidth)
	for i := range dx {
		dx[i] *= share
	}
}

// eachPosition visits, for each output pixel, the pixels of its window on the map,
// the first of them marked.
func (w Window) eachPosition(visit func(out, pixel int, first bool)) {
	out := 0
	for top := -w.PadHeight; top+w.KernelHeight <= w.Height+w.PadHeight; top += w.Stride {
		for left := -w.PadWidth; left+w.KernelWidth <= w.Width+w.PadWidth; left += w.Stride {
			first := true
			for row := max(top, 0); row < min(top+w.KernelHeight, w.Height); row++ {
				for column := max(left, 0); column < min(left+w.KernelWidth, w.Width); column++ {
					visit(out, row*w.Width+column, first)
					first = false
				}
			}
			out++
		}
	}
}

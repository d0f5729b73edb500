package nn

import (
	"math"

	"crossbook/neurosim/internal/parallel"
)

// Norm is what a batch normalisation has learnt: of each channel, y = Gain (x - m) /
// sqrt(v + 1e-5) + Offset, where m and v are mean and variance of the batch while the
// network trains, and else the running averages of those.
type Norm struct {
	Gain, Offset   []float32 // trained; 1 and 0 at first
	Mean, Variance []float32 // running averages; 0 and 1 at first
}

const (
	normLeast = 1e-5 // added to a variance
	normKeep  = 0.9  // share of the running averages that a batch leaves
)

func newNorm(channels int) *Norm {
	n := &Norm{
		Gain: make([]float32, channels), Offset: make([]float32, channels),
		Mean: make([]float32, channels), Variance: make([]float32, channels),
	}
	for i := range n.Gain {
		n.Gain[i], n.Variance[i] = 1, 1
	}
	return n
}

// norming is a batch normalisation in a pass, and the body of its loops over blocks
// of pixels.
type norming struct {
	*Norm
	channels     int
	x, dst, dy   []float32
	phase        func(n *norming, first, end, block int)
	sums         []float64 // two for each channel and block, then the totals
	mean, scale  []float32 // that the batch is normalised by: 1/sqrt(v + 1e-5)
	inner, outer []float32 // means over the batch of dy x̂ and of dy
	batch        bool      // mean and scale are those of the batch

	// Gradients of Gain and Offset, of the last backward pass.
	dGain, dOffset []float32
	fresh          bool // since the last forward pass
}

// normBlock is the number of pixels in a piece of the loops.
const normBlock = 256

func newNorming(d dims) func(*Network, int, int) step {
	return func(n *Network, k, images int) step {
		blocks := (images*d.pixels() + normBlock - 1) / normBlock
		room := func() []float32 { return make([]float32, d.channels) }
		s := &norming{
			Norm: n.Norms[n.nodes[k].norm], channels: d.channels, sums: make([]float64, 2*d.channels*(blocks+1)),
			mean: room(), scale: room(), inner: room(), outer: room(), dGain: room(), dOffset: room(),
		}
		return s
	}
}

// run does a phase on all blocks.
func (n *norming) run(phase func(n *norming, first, end, block int)) {
	n.phase = phase
	pixels := len(n.x) / n.channels
	parallel.Each((pixels+normBlock-1)/normBlock, n)
}

func (n *norming) Do(first, end int) {
	for block := first; block < end; block++ {
		n.phase(n, block*normBlock*n.channels, min((block+1)*normBlock*n.channels, len(n.x)), block)
	}
}

func (n *norming) forward(p *Pass, at *nodePass) {
	n.x, n.dst, n.batch, n.fresh = at.x.Data, at.y.Data, p.Training, false
	if !n.batch {
		n.take(n.Mean, n.Variance)
	} else {
		n.measure()
	}
	n.run((*norming).normalise)
}

// take sets what the batch is normalised by.
func (n *norming) take(mean, variance []float32) {
	for c, v := range variance {
		n.mean[c], n.scale[c] = mean[c], float32(1/math.Sqrt(float64(v)+normLeast))
	}
}

// measure finds mean and variance of the batch, and moves the running averages.
func (n *norming) measure() {
	pixels := float64(len(n.x) / n.channels)
	n.run((*norming).addMeans)
	total := n.total()
	for c := range n.mean {
		n.mean[c] = float32(total[2*c] / pixels)
	}
	n.run((*norming).addSquares)
	total = n.total()
	for c := range n.mean {
		variance := total[2*c] / pixels
		n.scale[c] = float32(1 / math.Sqrt(variance+normLeast))
		unbiased := float32(variance * pixels / max(1, pixels-1))
		n.Mean[c] = float32(normKeep*n.Mean[c]) + float32((1-normKeep)*n.mean[c])
		n.Variance[c] = float32(normKeep*n.Variance[c]) + float32((1-normKeep)*unbiased)
	}
}

// block is where the sums of a block go.
func (n *norming) block(block int) []float64 {
	s := n.sums[2*n.channels*(block+1):][:2*n.channels]
	clear(s)
	return s
}

// total adds the sums of all blocks, in their order.
func (n *norming) total() []float64 {
	total := n.sums[:2*n.channels]
	clear(total)
	blocks := (len(n.x)/n.channels + normBlock - 1) / normBlock
	for block := range blocks {
		for i, v := range n.sums[2*n.channels*(block+1):][:2*n.channels] {
			total[i] += v
		}
	}
	return total
}

func (n *norming) addMeans(first, end, block int) {
	sums := n.block(block)
	for i := first; i < end; i += n.channels {
		for c, v := range n.x[i : i+n.channels] {
			sums[2*c] += float64(v)
		}
	}
}

func (n *norming) addSquares(first, end, block int) {
	sums := n.block(block)
	for i := first; i < end; i += n.channels {
		for c, v := range n.x[i : i+n.channels] {
			d := float64(v) - float64(n.mean[c])
			sums[2*c] += d * d
		}
	}
}

func (n *norming) normalise(first, end, _ int) {
	for i := first; i < end; i += n.channels {
		y := n.dst[i : i+n.channels]
		for c, v := range n.x[i : i+n.channels] {
			y[c] = float32(n.Gain[c]*n.unit(c, v)) + n.Offset[c]
		}
	}
}

// unit is x̂, a value of channel c with the mean 0 and the variance 1.
func (n *norming) unit(c int, x float32) float32 { return (x - n.mean[c]) * n.scale[c] }

// backward sets, with x̂ = (x - m) s and means over the batch,
//
//	dx = Gain s (dy - mean(dy) - x̂ mean(dy x̂)),
//
// without the means when m and s are not those of the batch.
func (n *norming) backward(dx Matrix, _ *Pass, at *nodePass) {
	n.x, n.dst, n.dy, n.fresh = at.x.Data, dx.Data, at.dy.Data, true
	n.run((*norming).addProducts)
	pixels, total := float64(len(n.x)/n.channels), n.total()
	for c := range n.dGain {
		inner, outer := total[2*c], total[2*c+1]
		n.dGain[c], n.dOffset[c] = float32(inner), float32(outer)
		n.inner[c], n.outer[c] = float32(inner/pixels), float32(outer/pixels)
		if !n.batch {
			n.inner[c], n.outer[c] = 0, 0
		}
	}
	n.run((*norming).descend)
}

func (n *norming) addProducts(first, end, block int) {
	sums := n.block(block)
	for i := first; i < end; i += n.channels {
		dy := n.dy[i : i+n.channels]
		for c, v := range n.x[i : i+n.channels] {
			sums[2*c] += float64(dy[c]) * float64(n.unit(c, v))
			sums[2*c+1] += float64(dy[c])
		}
	}
}

func (n *norming) descend(first, end, _ int) {
	for i := first; i < end; i += n.channels {
		dx, dy := n.dst[i:i+n.channels], n.dy[i:i+n.channels]
		for c, v := range n.x[i : i+n.channels] {
			rest := dy[c] - n.outer[c] - float32(n.unit(c, v)*n.inner[c])
			dx[c] = float32(n.Gain[c]*n.scale[c]) * rest
		}
	}
}

package train

import (
	"math"
	"sync/atomic"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/nn"
)

// Activity is what the data of one layer were like in one epoch, as a chip that runs
// the training meets them. Every training records it, from samples: it takes about
// a hundredth of the time and does not change what is learnt.
type Activity struct {
	Epoch int // 1 for the first
	Layer int // 1 for that next to the input

	Batches int // of the epoch, each with an update

	// Ones is the share, 0 to 1, of ones in each bit plane of the layer's inputs in
	// two's complement, the sign first: of one image of each batch. Inputs that are
	// not rounded count with eight bits, below the power of two above the largest.
	Ones []float64

	Weights Spread // after the epoch
	Updates Moves  // by every 32nd step and the last
}

const (
	lookEvery  = 32 // steps
	loosePlane = 8  // bits of inputs that are not rounded
)

// observer gathers the activity of an epoch.
type observer struct {
	moveCounter
	looking bool // at the updates of this step
	bits    int  // of an input
	rounded bool
	images  int
	values  []int            // of the inputs of each layer that were seen
	ones    [][]atomic.Int64 // of them, in each bit plane
	count   onesCount
}

func newObserver(net *nn.Network) *observer {
	o := &observer{bits: net.Precision.Activation, rounded: true}
	if o.bits >= nn.Float {
		o.bits, o.rounded = loosePlane, false
	}
	o.layers = make([]tally, len(net.Layers))
	o.values, o.ones = make([]int, len(net.Layers)), make([][]atomic.Int64, len(net.Layers))
	for i := range o.ones {
		o.ones[i] = make([]atomic.Int64, o.bits)
	}
	return o
}

// look decides whether to look at the updates of a step of an epoch.
func (o *observer) look(step int, last bool) { o.looking = last || step%lookEvery == lookEvery-1 }

// see counts the bits of an image on its way forward.
func (o *observer) see(pass *nn.Pass, image int) {
	o.images++
	for i := range pass.Layers {
		x := pass.Layers[i].X.Row(image % pass.Layers[i].X.Rows)
		o.values[i] += len(x)
		o.count = onesCount{x, o.full(x), o.ones[i]}
		parallel.Run(len(x), &o.count)
	}
}

// full is the value at which the bits overflow.
func (o *observer) full(x []float32) float64 {
	if m := float64(nn.MaxAbs(x)); !o.rounded && m > 1 {
		return math.Exp2(math.Ceil(math.Log2(m)))
	}
	return 1
}

// onesCount counts the ones of an image in each bit plane. It is the body of its loop.
type onesCount struct {
	x    []float32
	full float64
	ones []atomic.Int64
}

func (c *onesCount) Do(first, end int) {
	var planes [nn.Float]int
	countOnes(planes[:len(c.ones)], c.x[first:end], c.full)
	for p := range c.ones {
		c.ones[p].Add(int64(planes[p]))
	}
}

// countOnes adds the ones in each bit plane, the sign first.
func countOnes(planes []int, x []float32, full float64) {
	steps := float32(math.Ldexp(1, len(planes)-1))
	scale := steps / float32(full)
	for _, v := range x {
		if v == 0 {
			continue
		}
		word := int(math.RoundToEven(float64(min(max(v*scale, -steps), steps-1))))
		for p := range planes {
			planes[p] += word >> (len(planes) - 1 - p) & 1
		}
	}
}

// observed is the activity of an epoch that has ended; the next begins anew.
func (t *training) observed(number int) []Activity {
	o := t.observer
	list := make([]Activity, len(t.net.Layers))
	for i, l := range t.net.Layers {
		a := Activity{Epoch: number, Layer: i + 1, Batches: o.images, Weights: t.spread(l), Updates: o.layers[i].moves(len(l.W.Data))}
		a.Ones = make([]float64, o.bits)
		for p := range o.ones[i] {
			a.Ones[p] = float64(o.ones[i][p].Swap(0)) / float64(max(o.values[i], 1))
		}
		o.values[i] = 0
		list[i] = a
	}
	o.images = 0
	return list
}

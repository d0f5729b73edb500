package nn

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/rng"
)

// mostDropout is the largest share of values that may be dropped.
const mostDropout = 0.99

// dropping is a dropout in a pass, and the body of its loops.
type dropping struct {
	rate   float32
	stream rng.Stream
	dst, x []float32
	kept   []float32 // what each value is multiplied by
	back   bool
	active bool // the last forward pass dropped something
}

func newDropping(rate float64) func(*Network, int, int) step {
	return func(n *Network, k, images int) step {
		return &dropping{rate: float32(rate), stream: rng.New(n.seed, "dropout", k, 0)}
	}
}

func (d *dropping) forward(p *Pass, at *nodePass) {
	d.dst, d.x, d.back, d.active = at.y.Data, at.x.Data, false, p.Training && d.rate > 0
	if !d.active {
		copy(d.dst, d.x)
		return
	}
	if len(d.kept) < len(d.dst) {
		d.kept = make([]float32, cap(at.y.Data))
	}
	d.stream = d.stream.At(p.Step)
	parallel.Run(len(d.dst), d)
}

func (d *dropping) backward(dx Matrix, _ *Pass, at *nodePass) {
	d.dst, d.x, d.back = dx.Data, at.dy.Data, true
	if !d.active {
		copy(d.dst, d.x)
		return
	}
	parallel.Run(len(d.dst), d)
}

func (d *dropping) Do(first, end int) {
	dst, x, kept := d.dst[first:end], d.x[first:end], d.kept[first:end]
	if !d.back {
		d.stream.Fill(kept, uint64(first))
		share := 1 / (1 - d.rate)
		for i, u := range kept {
			if kept[i] = 0; u >= d.rate {
				kept[i] = share
			}
		}
	}
	for i, k := range kept {
		dst[i] = k * x[i]
	}
}

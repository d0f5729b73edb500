package train

import (
	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// inSitu programs the devices of one layer; the package comment has its steps.
type inSitu struct {
	cells      *device.Cells
	keep, take float32 // m and 1-m
	gain, rate float32
	limit      float32 // of the weights
	stepsToOne float32 // S(b_g); 0: the step is not rounded
	noise      float64 // standard deviation of a write, in weight
	velocity   []float32

	rounding rng.Stream // r
	writing  rng.Stream // c
	uniforms []float32  // r of every cell instead, for comparisons with other simulators
}

// smoothStep is the share of D by which a cell moves when steps are not
// rounded: that of six bits, so that a continuous device learns as fast as the
// usual one does on average.
const smoothStep = 1.0 / 32

func newInSitu(j Job, index int, l *nn.Dense, p nn.Precision) *inSitu {
	s := j.Settings
	o := &inSitu{
		keep: float32(s.Momentum), take: float32(1 - s.Momentum),
		gain: float32(s.Gain), rate: float32(s.Rate),
		limit: nn.Limit(p.Weight), noise: 2 * j.Device.CycleToCycle,
		velocity: make([]float32, len(l.W.Data)),
		rounding: rng.New(j.Seed, "rounding", index, 0),
		writing:  rng.New(j.Seed, "cycle-to-cycle", index, 0),
	}
	if p.Gradient < nn.Float {
		o.stepsToOne = nn.Steps(p.Gradient)
	}
	o.cells = j.Device.Fabricate(device.Fabrication{
		Count: len(l.W.Data), Limit: o.limit, Seed: j.Seed, Layer: index, Faithful: j.Reference != "",
	})
	return o
}

func (o *inSitu) newEpoch() { clear(o.velocity) }

// step makes one update. A gradient that is all zero moves nothing.
func (o *inSitu) step(l *nn.Dense, gradient []float32, number int) {
	if largest := o.gather(gradient); largest > 0 {
		o.program(l, nn.Shift(largest), number)
	}
}

// program divides the velocity by the shift and gives every cell its pulses.
func (o *inSitu) program(l *nn.Dense, shift float32, number int) {
	o.rounding, o.writing = o.rounding.At(number), o.writing.At(number)
	parallel.For(len(o.velocity), func(first, end int) {
		v, w := o.velocity[first:end], l.W.Data[first:end]
		var buffers [2][parallel.Chunk]float32
		u, d := buffers[0][:len(v)], buffers[1][:len(v)]
		for i := range v {
			v[i] /= shift
			u[i] = o.gain * v[i]
		}
		o.cells.Change(d, w, u, first)
		o.round(d, first)
		o.write(w, d, first)
	})
}

// gather takes the gradient into the velocity and returns its largest magnitude.
func (o *inSitu) gather(gradient []float32) float32 {
	largest := make([]float32, len(gradient)/parallel.Chunk+1)
	parallel.For(len(gradient), func(first, end int) {
		v, g := o.velocity[first:end], gradient[first:end]
		for i := range v {
			v[i] = float32(o.keep*v[i]) + float32(o.take*g[i])
		}
		largest[first/parallel.Chunk] = nn.MaxAbs(v)
	})
	return nn.MaxAbs(largest)
}

// round turns the changes d of cells first, first+1 ..., at most a chunk of them,
// into steps q.
func (o *inSitu) round(d []float32, first int) {
	if o.stepsToOne == 0 {
		for i := range d {
			d[i] *= smoothStep
		}
		return
	}
	var buffer [parallel.Chunk]float32
	r := buffer[:len(d)]
	if o.uniforms != nil {
		copy(r, o.uniforms[first:])
	} else {
		o.rounding.Fill(r, uint64(first))
	}
	nn.StochasticRound(d, d, r)
	for i := range d {
		d[i] /= o.stepsToOne
	}
}

// write moves the weights by the steps q, with the noise of the write where
// there is one.
func (o *inSitu) write(w, q []float32, first int) {
	q = q[:len(w)]
	for i := range w {
		next := w[i] - float32(o.rate*q[i])
		if q[i] != 0 && o.noise != 0 {
			next += float32(o.noise * o.writing.Normal(uint64(first+i)))
		}
		w[i] = min(max(next, -o.limit), o.limit)
	}
}

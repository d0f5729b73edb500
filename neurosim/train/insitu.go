package train

import (
	"math"
	"slices"

	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
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
	pulse      float32 // nominal step of a device with a law; 0: none
	bound      bool    // cells are stuck or have ranges of their own
	velocity   []float32
	kept       []float32 // weights that the cells keep where writing is noisy; nil: those of the layer

	rounding rng.Stream // r
	writing  rng.Stream // c
	seeing   rng.Stream // of the weights that are seen of those kept
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
		bound:    j.Device.Law != "" || j.Device.StuckLow != 0 || j.Device.StuckHigh != 0,
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
	if j.Device.Law != "" {
		o.pulse, o.writing = 2/float32(j.Device.Levels), rng.New(j.Seed, "pulses", index, 0)
	}
	if o.cells.WriteNoise() {
		o.kept, o.seeing = slices.Clone(l.W.Data), rng.New(j.Seed, "write noise", index, 0)
	}
	return o
}

// hold takes weights that were set by other means than pulses to where the cells
// can be.
func (o *inSitu) hold(l *nn.Dense) {
	if o.bound {
		o.cells.Hold(l.W.Data, 0)
		copy(o.kept, l.W.Data)
		l.Refresh()
	}
}

func (o *inSitu) newEpoch() { clear(o.velocity) }

func (o *inSitu) memory() [][]float32 {
	if o.kept != nil {
		return [][]float32{o.velocity, o.kept}
	}
	return [][]float32{o.velocity}
}

// step makes one update. A gradient that is all zero moves nothing.
func (o *inSitu) step(l *nn.Dense, gradient []float32, number int) {
	if largest := o.gather(gradient); largest > 0 {
		o.program(l, nn.Shift(largest), number)
	}
}

// program divides the velocity by the shift and gives every cell its pulses.
func (o *inSitu) program(l *nn.Dense, shift float32, number int) {
	o.rounding, o.writing, o.seeing = o.rounding.At(number), o.writing.At(number), o.seeing.At(number)
	if p, ok := o.tabulated(shift); ok {
		parallel.For(len(o.velocity), func(first, end int) { o.programAlike(p, l.W.Data[first:end], first) })
		return
	}
	parallel.For(len(o.velocity), func(first, end int) { o.programEach(l.W.Data[first:end], shift, first) })
}

// programEach programs the cells of a chunk of the weights, from first on, step by
// step.
func (o *inSitu) programEach(w []float32, shift float32, first int) {
	v := o.velocity[first : first+len(w)]
	var buffers [2][parallel.Chunk]float32
	u, d := buffers[0][:len(v)], buffers[1][:len(v)]
	for i := range v {
		v[i] /= shift
		u[i] = o.gain * v[i]
	}
	if o.pulse != 0 {
		for i := range u {
			d[i] = o.count(u[i], first+i)
		}
		o.pulseCells(w, d, first)
	} else {
		o.cells.Change(d, w, u, first)
		o.round(d, first)
		o.write(w, d, first)
	}
	if o.bound {
		o.cells.Hold(w, first)
	}
}

// pulseCells gives cells with a law n pulses each.
func (o *inSitu) pulseCells(w, n []float32, first int) {
	if o.kept == nil {
		o.cells.Pulse(w, n, first, o.writing)
		return
	}
	kept := o.kept[first : first+len(w)]
	o.cells.Pulse(kept, n, first, o.writing)
	o.cells.Hold(kept, first)
	for i, pulses := range n {
		if pulses != 0 {
			w[i] = o.cells.Seen(kept[i], first+i, o.seeing)
		}
	}
}

// count is the number of pulses of cell i of a device with a law: on average as
// many as make a velocity of 1 a decrease by 1/32 times the rate, as the rounded
// step of six bits does.
func (o *inSitu) count(u float32, i int) float32 {
	if u == 0 {
		return 0
	}
	pulses := float64(o.rate * u * smoothStep / o.pulse)
	pulses = math.Floor(pulses + float64(o.rounding.Float32(uint64(i))))
	return float32(min(max(pulses, -device.MaxLevels), device.MaxLevels))
}

// gather takes the gradient into the velocity and returns its largest magnitude.
func (o *inSitu) gather(gradient []float32) float32 {
	largest := make([]float32, len(gradient)/parallel.Chunk+1)
	parallel.For(len(gradient), func(first, end int) {
		largest[first/parallel.Chunk] = simd.Gather(o.velocity[first:end], gradient[first:end], o.keep, o.take)
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

// pulses counts those of the last step: the velocity still is what they were made
// from. Continuous devices have none.
func (o *inSitu) pulses() (ltp, ltd int) {
	for i, v := range o.velocity {
		n := o.cells.Pulses(o.gain * v)
		if o.pulse != 0 {
			n = int(o.count(o.gain*v, i))
		}
		if n < 0 {
			ltp -= n
		} else {
			ltd += n
		}
	}
	return ltp, ltd
}

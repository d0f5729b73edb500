package train

import (
	"math"
	"slices"
	"sync/atomic"

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
	whole      float32   // gain before any decay
	scale      []float32 // by which the velocity was divided, where momentum is plain; nil: it stays divided
	limit      float32   // of the weights
	stepsToOne float32   // S(b_g); 0: the step is not rounded
	noise      float64   // standard deviation of a write, in weight
	jitter     float64   // that of a pulse of the exponential model, as a share of its step
	pulse      float32   // nominal step of a device with a law; 0: none
	bound      bool      // cells are stuck or have ranges of their own
	ranged     bool      // cells have ranges of their own, which may go beyond the limit
	velocity   *velocity
	kept       []float32 // weights that the cells keep where writing is noisy; nil: those of the layer

	written []float32 // number of the step that wrote each cell last; nil: cells do not age
	number  int       // of the step under way

	programmed []device.Effort // of a step, in each piece; nil: updates are not verified
	efforts    device.Effort   // of an epoch

	// The step under way.
	weights   *nn.Weights
	shift     float32
	table     simd.Program // of cells that are alike
	alike     bool
	listed    bool        // the others are written as a list of those that move
	broken    atomic.Bool // a weight is not finite
	rewritten atomic.Bool // weights have changed that are not seen yet

	rounding rng.Stream // r
	writing  rng.Stream // c
	seeing   rng.Stream // of the weights that are seen of those kept
	cycling  rng.Stream // c of a device with a law
	stepping rng.Stream // of the pulses of the exponential model
	uniforms []float32  // r of every cell instead, for comparisons with other simulators
}

// smoothStep is the share of D by which a cell moves when steps are not
// rounded: that of six bits, so that a continuous device learns as fast as the
// usual one does on average.
const smoothStep = 1.0 / 32

func newInSitu(j Job, index int, l *nn.Weights, p nn.Precision) *inSitu {
	s := j.Settings
	o := &inSitu{
		keep: float32(s.Momentum), take: float32(1 - s.Momentum),
		gain: float32(s.Gain), whole: float32(s.Gain), rate: float32(s.Rate),
		limit: nn.Limit(p.Weight), noise: 2 * j.Device.CycleToCycle,
		bound:    j.Device.Law != "" || j.Device.StuckLow != 0 || j.Device.StuckHigh != 0 || j.Device.RangeVariation != 0,
		ranged:   j.Device.RangeVariation != 0,
		velocity: newVelocity(l.W.Rows, l.W.Cols),
		rounding: rng.New(j.Seed, "rounding", index, 0),
		writing:  rng.New(j.Seed, "cycle-to-cycle", index, 0),
		cycling:  rng.New(j.Seed, "cycle-to-cycle", index, 0),
		stepping: rng.New(j.Seed, "pulses", index, 0),
	}
	if s.PlainMomentum {
		o.take, o.scale = 1, []float32{1}
	}
	if p.Gradient < nn.Float {
		o.stepsToOne = nn.Steps(p.Gradient)
	}
	o.cells = j.Device.Fabricate(device.Fabrication{
		Count: len(l.W.Data), Limit: o.limit, Seed: j.Seed, Layer: index, Faithful: j.Reference != "",
	})
	if j.Device.Law != "" {
		o.pulse, o.writing = 2/float32(j.Device.Levels), rng.New(j.Seed, "pulses", index, 0)
	} else {
		o.jitter = j.Device.StepNoise
	}
	if o.cells.Ages() {
		o.written = make([]float32, len(l.W.Data))
	}
	if o.cells.Verified() {
		o.programmed = make([]device.Effort, len(l.W.Data)/parallel.Chunk+1)
	}
	if o.cells.WriteNoise() {
		o.kept, o.seeing = slices.Clone(l.W.Data), rng.New(j.Seed, "write noise", index, 0)
	}
	return o
}

// hold takes weights that were set by other means than pulses to where the cells
// can be.
func (o *inSitu) hold(l *nn.Weights) {
	if o.bound || o.kept != nil {
		o.cells.Hold(l.W.Data, 0)
		copy(o.kept, l.W.Data)
		l.Refresh()
	}
}

func (o *inSitu) newEpoch(share float32) {
	o.gain = o.whole * share
	if o.scale == nil {
		o.velocity.clear()
	}
}

func (o *inSitu) memory() [][]float32 {
	list := [][]float32{o.velocity.settled()}
	for _, more := range [][]float32{o.kept, o.written, o.scale} {
		if more != nil {
			list = append(list, more)
		}
	}
	return list
}

// step makes one update. A gradient that is all zero moves nothing.
func (o *inSitu) step(l *nn.Weights, gradient *simd.Live, number int) error {
	clear(o.programmed)
	switch largest := o.gather(gradient); {
	case largest-largest != 0:
		return badGradient(gradient.Whole(), o.velocity.settled())
	case largest > 0:
		o.program(l, nn.Shift(largest), number)
		o.efforts = o.efforts.Plus(o.effort())
		if o.rewritten.Load() {
			l.Refresh()
		} else {
			l.Renew() // the pieces have written what is seen
		}
	}
	if o.broken.Load() {
		return badWeight(l, "the curve of its cell ends before it")
	}
	return nil
}

// gather takes the gradient into the velocity and returns its largest magnitude.
func (o *inSitu) gather(gradient *simd.Live) float32 {
	keep := o.keep
	if o.scale != nil { // a power of two: nothing is rounded on the way back
		keep *= o.scale[0]
		o.scale[0] = 1
	}
	return o.velocity.gather(gradient, keep, o.take)
}

// program divides the velocity by the shift and gives every cell its pulses.
func (o *inSitu) program(l *nn.Weights, shift float32, number int) {
	o.weights, o.shift, o.number = l, shift, number
	o.rounding, o.writing, o.seeing = o.rounding.At(number), o.writing.At(number), o.seeing.At(number)
	o.cycling, o.stepping = o.cycling.At(number), o.stepping.At(number)
	if o.scale != nil {
		o.scale[0] = shift
	}
	o.rewritten.Store(false)
	if o.table, o.alike = o.tabulated(shift); !o.alike {
		o.velocity.settled()
		if o.listed = o.listable(shift) && !o.bound; o.listed {
			o.table = o.listing()
		}
	}
	parallel.Run(len(l.W.Data), (*programming)(o))
	if o.alike {
		o.velocity.divide(shift)
	}
}

// programming is the loop of program.
type programming inSitu

func (p *programming) Do(first, end int) {
	o, w := (*inSitu)(p), p.weights.W.Data[first:end]
	switch {
	case o.alike:
		o.programAlike(first, end)
	case o.listed && nn.MaxAbs(w) <= o.limit:
		o.programListed(first, end)
	default:
		o.programEach(w, o.shift, first)
		if nn.NotFinite(w) >= 0 {
			o.broken.Store(true)
		}
		o.rewritten.Store(true)
	}
}

// programEach programs the cells of a chunk of the weights, from first on, step by
// step.
func (o *inSitu) programEach(w []float32, shift float32, first int) {
	v := o.velocity.data[first : first+len(w)]
	var buffers [2][parallel.Chunk]float32
	u, d := buffers[0][:len(v)], buffers[1][:len(v)]
	for i := range v {
		v[i] /= shift
		u[i] = o.gain * v[i]
	}
	kept := w
	if o.kept != nil {
		kept = o.kept[first : first+len(w)]
	}
	if o.pulse != 0 {
		for i := range u {
			d[i] = o.count(u[i], first+i)
		}
		o.pulseCells(kept, d, first)
	} else {
		o.cells.Change(d, kept, u, first)
		o.round(d, first)
		o.shake(d, u, first)
		o.write(kept, d, first)
	}
	if o.bound {
		o.cells.Hold(kept, first)
	}
	o.look(w, d, first)
	if o.bound && o.kept != nil {
		o.cells.Hold(w, first)
	}
}

// pulseCells gives cells with a law n pulses each.
func (o *inSitu) pulseCells(w, n []float32, first int) {
	if o.programmed != nil {
		o.verify(w, n, first)
		return
	}
	o.cells.Pulse(w, n, first, o.writing)
	for i := 0; o.noise != 0 && i < len(n); i++ {
		if n[i] != 0 {
			w[i] += float32(o.noise * o.cycling.Normal(uint64(first+i)))
		}
	}
}

// look is what follows a write by d, be it pulses or steps: what is seen of the cells
// where that is not what they keep, and when they were written.
func (o *inSitu) look(w, d []float32, first int) {
	for i := 0; o.kept != nil && i < len(d); i++ {
		if d[i] != 0 {
			w[i] = o.cells.Seen(o.kept[first+i], first+i, o.seeing)
		}
	}
	for i := 0; o.written != nil && i < len(d); i++ {
		if d[i] != 0 {
			o.written[first+i] = float32(o.number)
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

// shake adds the noise of single pulses to the steps q of the exponential model: of n
// pulses at once, the velocity u, by 1/sqrt(n).
func (o *inSitu) shake(q, u []float32, first int) {
	for i := 0; o.jitter != 0 && o.programmed == nil && i < len(q); i++ {
		if q[i] != 0 {
			n := math.Abs(float64(o.cells.Pulses(u[i])))
			q[i] *= float32(1 + float64(o.jitter/math.Sqrt(max(n, 1))*o.stepping.Normal(uint64(first+i))))
		}
	}
}

// write moves the weights by the steps q, with the noise of the write where
// there is one.
func (o *inSitu) write(w, q []float32, first int) {
	if o.programmed != nil {
		o.verify(w, q, first)
		return
	}
	q = q[:len(w)]
	limit := o.limit
	if o.ranged {
		limit = float32(math.Inf(1))
	}
	for i := range w {
		next := w[i] - float32(o.rate*q[i])
		if q[i] != 0 && o.noise != 0 {
			next += float32(o.noise * o.writing.Normal(uint64(first+i)))
		}
		w[i] = min(max(next, -limit), limit)
	}
}

// pulses counts those of the last step: the velocity still is what they were made
// from. Continuous devices have none.
func (o *inSitu) pulses() (ltp, ltd int) {
	if o.programmed != nil {
		e := o.effort()
		return e.LTP, e.LTD
	}
	for i, v := range o.velocity.settled() {
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

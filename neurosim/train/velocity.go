package train

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/nn"
)

// velocity is what the gradients of a layer add up to. Where a row of the gradient is
// zero, nothing comes to the velocities but another factor: they take it, with all that
// came meanwhile, when the next gradient comes or pulses are due. The largest of them
// tells whether they are, as roundings keep the order of numbers. To the bit, all is as if
// every velocity were multiplied in every step.
type velocity struct {
	data    []float32
	parts   []part
	pieces  []int     // the first part of each piece of a loop, and the number of parts
	largest []float32 // magnitude of each part, with all factors
	factors []float32 // of the steps since all parts had theirs
	divided float32   // by which all are yet to be multiplied: a power of two
	unknown bool      // the largest are

	// The step under way.
	gradient   *simd.Live
	keep, take float32
}

// part is a row of the weights, or some short ones, or what lies of them in one piece of a
// loop.
type part struct {
	first, end int // numbers of the weights
	faded      int // factors that it has
}

// leastPart is the numbers from which on a row is worth to be a part.
const leastPart = 256

func newVelocity(rows, columns int) *velocity {
	v := &velocity{data: make([]float32, rows*columns), divided: 1}
	line := columns * max(1, leastPart/max(1, columns))
	for first := 0; first < len(v.data); {
		if first%parallel.Chunk == 0 {
			v.pieces = append(v.pieces, len(v.parts))
		}
		end := min((first/line+1)*line, (first/parallel.Chunk+1)*parallel.Chunk, len(v.data))
		v.parts = append(v.parts, part{first: first, end: end})
		first = end
	}
	v.pieces = append(v.pieces, len(v.parts))
	v.largest = make([]float32, len(v.parts))
	return v
}

// piece is the parts, by number, that lie in the piece of a loop that begins there.
func (v *velocity) piece(first int) (from, to int) {
	i := first / parallel.Chunk
	return v.pieces[i], v.pieces[i+1]
}

// clear forgets all.
func (v *velocity) clear() {
	clear(v.data)
	clear(v.largest)
	v.reset()
}

// reset says that all parts have their factors.
func (v *velocity) reset() {
	for k := range v.parts {
		v.parts[k].faded = 0
	}
	v.factors, v.divided = v.factors[:0], 1
}

// divide divides all by a power of two that has an inverse.
func (v *velocity) divide(shift float32) { v.divided = 1 / shift }

// settled returns all velocities as they are, which may be changed.
func (v *velocity) settled() []float32 {
	parallel.Run(len(v.data), (*settling)(v))
	v.reset()
	v.unknown = true
	return v.data
}

// settling is the loop of settled.
type settling velocity

func (s *settling) Do(first, end int) {
	v := (*velocity)(s)
	for k, to := v.piece(first); k < to; k++ {
		v.fade(&v.parts[k], len(v.factors))
	}
	if v.divided != 1 {
		for i := range v.data[first:end] {
			v.data[first+i] *= v.divided
		}
	}
}

// fade gives a part the factors that it lacks of so many.
func (v *velocity) fade(p *part, count int) []float32 {
	data := v.data[p.first:p.end]
	simd.Fade(data, v.factors[p.faded:count])
	p.faded = count
	return data
}

// mostFactors bounds what velocities are yet to be multiplied by.
const mostFactors = 1024

// gather takes a gradient into the velocity, v = keep v + take g, and returns its largest
// magnitude.
func (v *velocity) gather(g *simd.Live, keep, take float32) float32 {
	if len(v.factors) == mostFactors {
		v.settled()
	}
	v.gradient, v.keep, v.take = g, keep*v.divided, take
	v.factors, v.divided = append(v.factors, v.keep), 1
	parallel.Run(len(v.data), (*gathering)(v))
	v.unknown = false
	return nn.MaxAbs(v.largest)
}

// gathering is the loop of gather.
type gathering velocity

func (s *gathering) Do(first, _ int) {
	v, steps := (*velocity)(s), len(s.factors)
	var room [parallel.Chunk]float32
	for k, to := v.piece(first); k < to; k++ {
		p := &v.parts[k]
		g := v.gradient.Part(room[:], p.first, p.end)
		if g != nil {
			v.largest[k] = simd.Gather(v.fade(p, steps-1), g, v.keep, v.take)
			p.faded = steps
			continue
		}
		if v.unknown {
			v.largest[k] = nn.MaxAbs(v.fade(p, steps-1))
		}
		simd.Fade(v.largest[k:k+1], v.factors[steps-1:])
	}
}

// pulse lists the pulses of the cells of a piece with the weights w. It returns their
// velocities if all are at hand, else nil.
func (v *velocity) pulse(table *simd.Program, m *simd.Moves, w []float32, first int) []float32 {
	whole := true
	for k, to := v.piece(first); k < to; k++ {
		p := &v.parts[k]
		if table.Pulses(v.largest[k]) {
			table.Pulse(m, w[p.first-first:], v.fade(p, len(v.factors)), p.first-first)
		}
		whole = whole && p.faded == len(v.factors)
	}
	if !whole {
		return nil
	}
	return v.data[first:][:len(w)]
}

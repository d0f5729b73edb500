package train

import (
	"math/bits"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// tabulated is the update in one pass over the cells, for those that move by tabulated
// steps and are written in whole ones; the result is that of the steps one by one.
func (o *inSitu) tabulated(shift float32) (p simd.Program, ok bool) {
	steps := o.cells.Steps()
	inverse := 1 / shift
	if steps == nil || o.stepsToOne == 0 || inverse*shift != 1 || o.uniforms != nil || !o.plain() {
		return p, false
	}
	return simd.Program{
		Steps: steps, Inverse: inverse, Gain: o.gain, Half: float32(len(steps)/2) / 2,
		Limit: o.limit, Unit: 1 / o.stepsToOne, Rate: o.rate, Open: o.noise != 0,
	}, true
}

// plain says whether a write needs nothing but the step and its noise.
func (o *inSitu) plain() bool {
	return o.jitter == 0 && o.kept == nil && o.written == nil && o.programmed == nil
}

// programAlike programs the cells of a chunk of the weights, from first on.
func (o *inSitu) programAlike(p simd.Program, w []float32, first int) {
	var uniforms [parallel.Chunk]float32
	var moved [parallel.Chunk / 8]uint8
	r, groups := uniforms[:len(w)], moved[:(len(w)+7)/8]
	o.rounding.Fill(r, uint64(first))
	p.Cells(w, o.velocity[first:first+len(w)], r, groups)
	if o.noise != 0 {
		o.disturb(w, groups, first)
	}
	if o.bound {
		o.cells.Hold(w, first)
	}
}

// disturb adds the noise of a write to the cells that moved.
func (o *inSitu) disturb(w []float32, moved []uint8, first int) {
	for group, cells := range moved {
		for ; cells != 0; cells &= cells - 1 {
			i := 8*group + bits.TrailingZeros8(cells)
			next := w[i] + float32(o.noise*o.writing.Normal(uint64(first+i)))
			w[i] = min(max(next, -o.limit), o.limit)
		}
	}
}

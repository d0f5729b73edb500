package train

import (
	"sync"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/nn"
)

// A piece of a loop is what is programmed at once.
var _ [simd.MostCells]struct{} = [parallel.Chunk]struct{}{}

// tabulated is the update in one pass over the cells, for those that move by tabulated
// steps and are written in whole ones; the result is that of the steps one by one.
func (o *inSitu) tabulated(shift float32) (p simd.Program, ok bool) {
	steps := o.cells.Steps()
	inverse := 1 / shift
	if steps == nil || o.stepsToOne == 0 || inverse*shift != 1 || o.uniforms != nil || !o.plain() {
		return p, false
	}
	counter, key := o.rounding.Philox()
	return simd.Program{
		Steps: steps, Inverse: inverse, Gain: o.gain, Half: float32(len(steps)/2) / 2,
		Limit: o.limit, Unit: 1 / o.stepsToOne, Rate: o.rate, Open: o.noise != 0,
		Counter: counter, Key: key,
	}, true
}

// plain says whether a write needs nothing but the step and its noise.
func (o *inSitu) plain() bool {
	return o.jitter == 0 && o.kept == nil && o.written == nil && o.programmed == nil
}

// programAlike programs cells first to end.
func (o *inSitu) programAlike(first, end int) {
	m := takeMoves()
	defer giveMoves(m)
	w := o.weights.W.Data[first:end]
	v := o.velocity.pulse(&o.table, m, w, first)
	moved, values := o.table.Cells(m, w, v, first)
	if o.noise != 0 {
		counter, key := o.writing.Philox()
		for k, z := range m.Deviates(moved, first, counter, key) {
			values[k] = min(max(values[k]+float32(o.noise*z), -o.limit), o.limit)
		}
	}
	if nn.NotFinite(values) >= 0 {
		o.broken.Store(true)
	}
	o.weights.Write(first, moved, values)
	if o.bound {
		o.cells.Hold(o.weights.W.Data[first:end], first)
	}
}

// idle holds the room of pieces that are done: it would be cleared anew on every stack.
var idle struct {
	sync.Mutex
	moves []*simd.Moves
}

func takeMoves() *simd.Moves {
	idle.Lock()
	defer idle.Unlock()
	last := len(idle.moves) - 1
	if last < 0 {
		return new(simd.Moves)
	}
	m := idle.moves[last]
	idle.moves = idle.moves[:last]
	return m
}

func giveMoves(m *simd.Moves) {
	idle.Lock()
	defer idle.Unlock()
	idle.moves = append(idle.moves, m)
}

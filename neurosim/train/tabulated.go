package train

import (
	"sync"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/nn"
)

// tabulated is the update in one pass over the cells, for those that move by tabulated
// steps and are written in whole ones; the result is that of the steps one by one.
func (o *inSitu) tabulated(shift float32) (p simd.Program, ok bool) {
	if !o.listable(shift) || o.cells.Steps() == nil {
		return p, false
	}
	p = o.listing()
	p.Steps = o.cells.Steps()
	p.Inverse, p.Gain, p.Half = 1/shift, o.gain, float32(len(p.Steps)/2)/2
	return p, true
}

// listable says whether the cells that move can be listed, and be written then: few do.
func (o *inSitu) listable(shift float32) bool {
	return o.pulse == 0 && o.stepsToOne != 0 && 1/shift*shift == 1 && o.uniforms == nil && o.plain()
}

// listing is what tells the cells that move.
func (o *inSitu) listing() simd.Program {
	counter, key := o.rounding.Philox()
	return simd.Program{
		Limit: o.limit, Unit: 1 / o.stepsToOne, Rate: o.rate, Open: o.noise != 0, Counter: counter, Key: key,
	}
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
	o.move(m, moved, values, first)
	if o.bound {
		o.cells.Hold(w, first)
		o.rewritten.Store(true)
	}
}

// programListed programs cells first to end that move each by a curve of its own.
func (o *inSitu) programListed(first, end int) {
	m := takeMoves()
	defer giveMoves(m)
	w, v := o.weights.W.Data[first:end], o.velocity.data[first:end]
	var buffers [2][parallel.Chunk]float32
	u, d := buffers[0][:len(v)], buffers[1][:len(v)]
	simd.Scale(v, v, 1/o.shift)
	simd.Scale(u, v, o.gain)
	o.cells.Change(d, w, u, first)
	moved, values := o.table.Move(m, w, d, first)
	o.move(m, moved, values, first)
}

// move writes listed cells of a piece, with the noise of the write.
func (o *inSitu) move(m *simd.Moves, moved []uint32, values []float32, first int) {
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

package array

import (
	"math"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/rng"
)

// The numbers that one column takes from a stream: those of the halves' sums, and of
// the column of weights 0.
const (
	ofHalf  = 0 // and 1
	ofZeros = 2
	kinds   = 3
)

// stream is what is random now.
func (r *reader) stream(of [2]rng.Stream) rng.Stream {
	if r.at.Test {
		return of[1].At(r.at.Step)
	}
	return of[0].At(r.at.Step)
}

// place is the first number that a kind takes from a stream.
func (r *reader) place(kind int) uint64 {
	n := r.at.Part*r.inputs.reads() + r.now.digit
	n = (n*r.groups()+r.now.group)*len(r.cells.slices) + r.now.slice
	return uint64(n*kinds+kind) * uint64(len(r.out.Data)+len(r.out.Data)&1)
}

// zeros sets what the column of weights 0 gives before it is converted.
func (r *reader) zeros(s *slice) {
	if !r.cells.dummies() {
		return
	}
	g, level := r.cells.dummy(s), r.cells.zeroLevel(s)
	on, off := r.cells.affine()
	for i, total := range r.totals {
		r.dummies[i] = float32(on*float32(level*total)) + float32(off*total)
	}
	if r.cells.noisy {
		noise, deviation := r.stream(r.noise), float32(r.config.ReadNoise)*g
		first := r.place(ofZeros)
		r.normals = grown(r.normals, len(r.powers))
		noise.FillNoise(r.normals, first)
		for i, power := range r.powers {
			r.dummies[i] += float32(deviation * root(power) * r.normals[i])
		}
	}
}

// raw says whether sums stay as they were multiplied until they are converted.
func (r *reader) raw() bool {
	return r.adc.bits > 0 && r.adc.simple() && !r.cells.noisy && r.config.Mapping != Difference
}

// gatherLines makes sums of some lines currents, and notes the lowest and the highest.
func (r *reader) gatherLines(top, bottom int) {
	first, end := top*r.out.Cols, bottom*r.out.Cols
	r.currents(top, bottom)
	low, high := float32(math.Inf(1)), float32(math.Inf(-1))
	note := func(l, h float32) { low, high = min(low, l), max(high, h) }
	on, off := r.cells.affine()
	for h := range r.converted() {
		sums := r.sums[h].Data[first:end]
		if !r.raw() {
			note(simd.Span(sums))
			continue
		}
		r.eachLine(first, end, func(line, from, to int) {
			l, h := simd.Span(sums[from:to])
			base := off * r.totals[line]
			note(float32(on*l)+base, float32(on*h)+base)
		})
	}
	r.lows[top], r.highs[top] = low, high
}

// converted is the sums of a weight in a slice that are converted.
func (r *reader) converted() int {
	if r.config.Mapping == Difference {
		return 1
	}
	return len(r.cells.slices[r.now.slice].halves)
}

// currents makes sums of some lines currents, with their noise, and subtracts those that
// are subtracted before they are converted.
func (r *reader) currents(top, bottom int) {
	if r.raw() {
		return
	}
	halves := len(r.cells.slices[r.now.slice].halves)
	for h := range halves {
		if r.cells.noisy {
			r.disturb(h, top, bottom)
		} else {
			r.current(h, top*r.out.Cols, bottom*r.out.Cols)
		}
	}
	if halves == 2 && r.config.Mapping == Difference {
		first, end := top*r.out.Cols, bottom*r.out.Cols
		sums := r.sums[0].Data[first:end]
		for i, v := range r.sums[1].Data[first:end] {
			sums[i] -= v
		}
	}
}

// current makes sums of digits those of conductances.
func (r *reader) current(half, first, end int) {
	on, off := r.cells.affine()
	if on == 1 && off == 0 {
		return
	}
	sums := r.sums[half].Data[first:end]
	r.eachLine(first, end, func(line, from, to int) {
		base := off * r.totals[line]
		for i, v := range sums[from:to] {
			sums[from+i] = float32(on*v) + base
		}
	})
}

// disturb makes sums of digits those of conductances, and adds the read noise. A sum of
// independent normal deviations is normal, with the sum of their variances: one number is
// drawn for it.
func (r *reader) disturb(half, top, bottom int) {
	on, off := r.cells.affine()
	stream, place := r.stream(r.noise), r.place(ofHalf+half)
	d := simd.Disturbance{
		Scale: on, Deviation: float32(r.config.ReadNoise) * r.law.root, Square: r.law.square, Linear: r.law.linear,
	}
	offsets, bases := r.offsets[half], r.bases[half]
	for line := top; line < bottom; line++ {
		offsets[line], bases[line] = off*r.totals[line], r.law.base*r.powers[line]
	}
	var normals [parallel.Chunk]float32
	cols := r.out.Cols
	lines, width := max(1, parallel.Chunk/cols), min(cols, parallel.Chunk)
	for line := top; line < bottom; line += lines {
		end := min(line+lines, bottom)
		d.Offsets, d.Bases = offsets[line:end], bases[line:end]
		for at := 0; at < cols; at += width { // all columns at once, or parts of one line
			first := line*cols + at
			size := len(d.Offsets) * min(width, cols-at)
			stream.FillNoise(normals[:size], place+uint64(first))
			d.Apply(r.sums[half].Data[first:first+size], r.squares[half].Data[first:first+size], normals[:size])
		}
	}
}

// variance is how that of a sum, in units of the square of root, follows from the sums:
// square times that of the squares, linear times the sum, and base times that of the
// squares of the inputs.
type variance struct{ square, linear, base, root float32 }

// eachLine visits the parts of lines between elements first and end; from and to
// count from first on.
func (r *reader) eachLine(first, end int, visit func(line, from, to int)) {
	cols := r.out.Cols
	for at := first; at < end; {
		line := at / cols
		next := min((line+1)*cols, end)
		visit(line, at-first, next-first)
		at = next
	}
}

// rangeNumber is that of the range of the converters.
func (r *reader) rangeNumber() int {
	return (r.now.digit*r.groups()+r.now.group)*len(r.cells.slices) + r.now.slice
}

// kept says whether the range of the converters is kept from an earlier batch.
func (r *reader) kept() bool {
	return r.config.ADCRange == Calibrated && r.calibrated && r.rangeNumber() < len(r.windows)
}

// aim sets the window of the converters.
func (r *reader) aim() {
	place := r.rangeNumber()
	if r.kept() {
		r.now.window = r.windows[place]
		return
	}
	low, high := r.extremes()
	r.now.window = r.adc.window(low, high)
	if r.config.Nonlinear && r.now.step > 0 {
		d := newDensity(low, high)
		d.add(r.sums[0].Data)
		if len(r.cells.slices[0].halves) == 2 && r.config.Mapping != Difference {
			d.add(r.sums[1].Data)
		}
		r.now.window.place(d, 1<<r.adc.bits)
	}
	if r.config.ADCRange == Calibrated {
		for len(r.windows) <= place {
			r.windows = append(r.windows, window{})
		}
		r.windows[place] = r.now.window
	}
}

func (r *reader) groups() int {
	if r.group == 0 {
		return 1
	}
	return ceil(r.depth(), r.group)
}

// extremes are the lowest and the highest sum that converters are made for.
func (r *reader) extremes() (low, high float32) {
	if r.config.ADCRange == Full {
		high = float32(r.now.end-r.now.first) * r.cells.highest * r.inputs.top()
		if r.inputs.signed || r.config.Mapping == Difference {
			low = -high
		}
		return low, high
	}
	low, high = r.lows[0], r.highs[0]
	for i := range r.lows {
		low, high = min(low, r.lows[i]), max(high, r.highs[i])
	}
	if r.cells.dummies() {
		l, h := spread(r.dummies)
		low, high = min(low, l), max(high, h)
	}
	return low, high
}

// converters is the number of converters of one column: those of its columns, and
// that of the column of weights 0.
func (r *reader) converters(columns int) int {
	share := r.config.ADCColumns
	if share == 0 {
		share = 8
	}
	return ceil(columns, share) + 1
}

// converter is the number of the first converter of the column. The images whose
// gradients are summed go through one subarray after the other.
func (r *reader) converter() int {
	group := r.now.group
	if r.way == outer {
		group = 0
	}
	return (group*len(r.cells.slices) + r.now.slice) * r.converters(r.out.Cols)
}

// convertZeros converts what the column of weights 0 gives.
func (r *reader) convertZeros() {
	if !r.cells.dummies() || r.now.step == 0 {
		return
	}
	last := r.converter() + r.converters(r.out.Cols) - 1
	noise, first := r.stream(r.conversion), r.place(ofZeros)
	for i, v := range r.dummies {
		if r.config.ADCNoise > 0 {
			v += float32(r.now.step*float32(r.config.ADCNoise)) * float32(noise.Normal(first+uint64(i)))
		}
		r.dummies[i] = r.adc.convert(&r.now.window, v, last)
	}
}

// settleLines converts the sums of some lines and adds them to the product. A range without
// width converts nothing.
func (r *reader) settleLines(top, bottom int) {
	halves := r.converted()
	first, end := top*r.out.Cols, bottom*r.out.Cols
	converting := r.adc.bits > 0 && r.now.step > 0
	switch {
	case converting && r.adc.simple():
		for h := range halves {
			r.settleSimply(h, top, bottom)
		}
		return
	case converting:
		for h := range halves {
			r.convertSpan(h, first, end)
		}
	case r.raw():
		return // all sums are the same, and that of weights 0 is, too
	}
	out, sums, weight := r.out.Data[first:end], r.sums[0].Data[first:end], r.now.weight
	switch {
	case halves == 2:
		for i, v := range r.sums[1].Data[first:end] {
			out[i] += float32(weight * (sums[i] - v))
		}
	case r.cells.dummies():
		r.eachLine(first, end, func(line, from, to int) {
			dummy := r.dummies[line]
			for i, v := range sums[from:to] {
				out[from+i] += float32(weight * (v - dummy))
			}
		})
	default:
		for i, v := range sums {
			out[i] += float32(weight * v)
		}
	}
}

// settleSimply is settleLines of one half, for converters that give the nearest code.
func (r *reader) settleSimply(half, top, bottom int) {
	on, off := float32(1), float32(0)
	if r.raw() {
		on, off = r.cells.affine()
	}
	low, step := r.now.low, r.now.step
	c := simd.Conversion{
		Scale: on / step, Highest: r.adc.highest, Weight: step * r.now.weight,
		Offsets: r.offsets[half][top:bottom], Zeros: r.nulls[half][top:bottom],
	}
	null := float32(0)
	switch {
	case half == 1:
		c.Weight = -c.Weight
	case r.config.Mapping == Difference && r.cells.signed:
		null = -low / step
	case !r.cells.dummies() && len(r.cells.slices[r.now.slice].halves) == 1:
		null = -low / step
	}
	for line := top; line < bottom; line++ {
		c.Offsets[line-top] = (float32(off*r.totals[line]) - low) / step
		c.Zeros[line-top] = null
		if r.cells.dummies() {
			c.Zeros[line-top] = (r.dummies[line] - low) / step
		}
	}
	first, end := top*r.out.Cols, bottom*r.out.Cols
	c.Add(r.out.Data[first:end], r.sums[half].Data[first:end])
}

// convertSpan replaces sums by what their converters make of them, with their faults.
func (r *reader) convertSpan(half, first, end int) {
	for ; end-first > parallel.Chunk; first += parallel.Chunk {
		r.convertSpan(half, first, first+parallel.Chunk)
	}
	sums, w := r.sums[half].Data[first:end], &r.now.window
	if r.config.ADCNoise > 0 {
		var buffer [parallel.Chunk]float32
		normals := buffer[:len(sums)]
		r.stream(r.conversion).FillNoise(normals, r.place(ofHalf+half)+uint64(first))
		deviation := float32(r.now.step * float32(r.config.ADCNoise))
		for i, n := range normals {
			sums[i] += float32(deviation * n)
		}
	}
	base := r.converter()
	r.eachLine(first, end, func(line, from, to int) {
		column := first + from - line*r.out.Cols
		for i, v := range sums[from:to] {
			sums[from+i] = r.adc.convert(w, v, base+(column+i)/r.adc.share)
		}
	})
}

func root(x float32) float32 { return float32(math.Sqrt(float64(x))) }

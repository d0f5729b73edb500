package array

import (
	"math"

	"crossbook/neurosim/internal/parallel"
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
	g := r.cells.dummy(s)
	for i, total := range r.totals {
		r.dummies[i] = g * total
	}
	if r.cells.noisy {
		noise, deviation := r.stream(r.noise), float32(r.config.ReadNoise)*g
		first := r.place(ofZeros)
		for i, power := range r.powers {
			r.dummies[i] += float32(deviation * root(power) * float32(noise.Normal(first+uint64(i))))
		}
	}
}

// gatherSpan makes sums first to end currents, with their noise, and notes the
// lowest and the highest. A sum of independent normal deviations is normal, with the
// sum of their variances: one number is drawn for it.
func (r *reader) gatherSpan(first, end int) {
	on, off := r.cells.affine()
	halves := len(r.cells.slices[r.now.slice].halves)
	for h := range halves {
		sums := r.sums[h].Data[first:end]
		if on != 1 || off != 0 {
			r.eachLine(first, end, func(line, from, to int) {
				base := off * r.totals[line]
				for i, v := range sums[from:to] {
					sums[from+i] = float32(on*v) + base
				}
			})
		}
		if r.cells.noisy {
			r.disturb(sums, r.variance[h].Data[first:end], r.place(ofHalf+h)+uint64(first))
		}
	}
	sums := r.sums[0].Data[first:end]
	if r.config.Mapping == Difference && halves == 2 {
		for i, v := range r.sums[1].Data[first:end] {
			sums[i] -= v
		}
		halves = 1
	}
	low, high := spread(sums)
	if halves == 2 {
		l, h := spread(r.sums[1].Data[first:end])
		low, high = min(low, l), max(high, h)
	}
	r.lows[first/parallel.Chunk], r.highs[first/parallel.Chunk] = low, high
}

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

// disturb adds read noise to sums, whose variances are given in units of the squared
// noise of a cell.
func (r *reader) disturb(sums, variances []float32, first uint64) {
	var buffer [parallel.Chunk]float32
	normals := buffer[:len(sums)]
	r.stream(r.noise).FillNormal(normals, first)
	deviation := float32(r.config.ReadNoise)
	for i, n := range normals {
		sums[i] += float32(deviation * root(variances[i]) * n)
	}
}

// aim sets the window of the converters.
func (r *reader) aim() {
	place := (r.now.digit*r.groups()+r.now.group)*len(r.cells.slices) + r.now.slice
	if r.config.ADCRange == Calibrated && r.calibrated && place < len(r.windows) {
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

// settleSpan converts sums first to end and adds them to the product.
func (r *reader) settleSpan(first, end int) {
	halves := len(r.cells.slices[r.now.slice].halves)
	if r.config.Mapping == Difference {
		halves = 1
	}
	if r.adc.bits > 0 && r.now.step > 0 {
		for h := range halves {
			r.convertSpan(h, first, end)
		}
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

// convertSpan replaces sums by what their converters make of them.
func (r *reader) convertSpan(half, first, end int) {
	sums, w := r.sums[half].Data[first:end], &r.now.window
	if r.adc.simple() {
		inverse, highest := 1/w.step, r.adc.highest
		for i, v := range sums {
			code := roundEven(min(max(float32((v-w.low)*inverse), 0), highest))
			sums[i] = w.low + float32(w.step*code)
		}
		return
	}
	if r.config.ADCNoise > 0 {
		var buffer [parallel.Chunk]float32
		normals := buffer[:len(sums)]
		r.stream(r.conversion).FillNormal(normals, r.place(ofHalf+half)+uint64(first))
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

package array

import (
	"math"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/rng"
)

// direction is which way currents flow through the cells, Out x In.
type direction int

const (
	forward    direction = iota // lines are images, sums go over In
	transposed                  // lines are images, sums go over Out
	outer                       // lines are outputs, sums go over the images, which the cells hold
)

var purposes = [...]string{"forward", "transposed", "gradient"}

// reader makes the products of one direction, column sum by column sum.
type reader struct {
	way    direction
	config Config
	inputs *inputs
	adc    converter
	group  int // cells whose currents add up; 0: all

	noise, conversion [2]rng.Stream // in training, in a test

	out Matrix
	request
	now     column
	sums    [2]Matrix    // of a slice's halves
	squares [2]Matrix    // where reads are noisy: of squares of the inputs and the cells
	totals  []float32    // of the inputs of a group, for each line
	powers  []float32    // of their squares
	dummies []float32    // what the column of weights 0 gives, for each line
	offsets [2][]float32 // of the conversions of a half, for each line
	bases   [2][]float32 // of the variances
	nulls   [2][]float32 // and what they make of no weight
	normals []float32    // of the column of weights 0
	lows    []float32    // of lines that begin what is gathered together
	highs   []float32

	counted    *counted // nil: not for such cells
	tally      *tally   // nil likewise
	wide       *wide    // nil likewise
	source     summer   // of the sums in work; nil: single precision
	law        variance // likewise
	calibrated bool
	windows    []window

	addUp, gather, settle loop
	sumTile, readTile     seated
}

// summer sets the sums of the slice in work, and where reads are noisy those of the
// squares, some lines at a time.
type summer interface {
	take(s *slice)   // makes ready
	tile() int       // lines that are summed together
	sum(seat, i int) // sums those of tile i, in the room of a worker
}

// request is a product to be made.
type request struct {
	cells *cells
	at    Moment
}

// column is the sums that are read together: those of one digit, one subarray along
// the sum, and one slice.
type column struct {
	digit, group, slice int
	first, end          int // that the sums go over
	weight              float32
	window
}

func newReader(b Build, way direction) *reader {
	c := b.Config
	bits, group, fixed := c.ADCBits, c.Rows, 0.0
	columns, depth := b.Out, b.In
	switch way {
	case forward:
		fixed = c.InputRange
	case transposed:
		group, columns, depth = c.Cols, b.In, b.Out
		bits = orBits(c.ErrorADCBits, bits)
	case outer:
		columns, depth = b.In, 1
		bits = orBits(c.GradientADCBits, bits)
	}
	r := &reader{way: way, config: c, inputs: newInputs(c, fixed), group: group}
	list, _ := bitSlices(c, false)
	groups := 1
	if group > 0 {
		groups = ceil(depth, group)
	}
	r.adc = newConverter(b, bits, groups*len(list)*r.converters(columns), purposes[way])
	for i, pass := range []string{"", ", test"} {
		r.noise[i] = rng.New(b.Seed, "read noise, "+purposes[way]+pass, b.Layer, 0)
		r.conversion[i] = rng.New(b.Seed, "conversion noise, "+purposes[way]+pass, b.Layer, 0)
	}
	r.addUp, r.gather, r.settle = r.addUpSpan, r.gatherLines, r.settleLines
	r.sumTile = func(seat, i int) { r.source.sum(seat, i) }
	r.readTile = r.readLines
	return r
}

func orBits(bits, otherwise int) int {
	if bits == 0 {
		return otherwise
	}
	return bits
}

func ceil(n, d int) int { return (n + d - 1) / d }

// read sets out to the product.
func (r *reader) read(out, in Matrix, q request) {
	r.out, r.request = out, q
	zeros, finite := r.inputs.set(in)
	switch {
	case !finite || !q.cells.finite:
		for i := range out.Data {
			out.Data[i] = float32(math.NaN())
		}
		return
	case zeros:
		clear(out.Data)
		return
	case r.adc.bits == 0 && !q.cells.noisy:
		r.product(out, r.inputs.whole, q.cells.linear)
		r.multiply(r.inputs.unit())
		return
	}
	clear(out.Data)
	if r.counted.ready() {
		r.counted.read()
		r.calibrated = true
		r.multiply(r.inputs.unit() * q.cells.scale)
		return
	}
	r.choose()
	for z := range r.inputs.reads() {
		r.digit(z)
	}
	r.calibrated = true
	r.multiply(r.inputs.unit() * q.cells.scale)
}

func (r *reader) multiply(by float32) {
	if by == 1 {
		return
	}
	for i := range r.out.Data {
		r.out.Data[i] *= by
	}
}

// digit reads one digit of the inputs.
func (r *reader) digit(z int) {
	r.inputs.take(z)
	if r.cells.noisy && !r.tally.serves() {
		r.inputs.takeSquares()
	}
	depth, place := r.depth(), 0
	group := r.group
	if group == 0 {
		group = depth
	}
	for first := 0; first < depth; first += group {
		r.now = column{digit: z, group: place, first: first, end: min(first+group, depth)}
		r.total()
		for k := range r.cells.slices {
			r.now.slice = k
			r.now.weight = r.inputs.weight(z) * r.cells.slices[k].weight
			r.slice(&r.cells.slices[k])
		}
		place++
	}
}

// depth is the number of products in a sum.
func (r *reader) depth() int {
	if r.way == outer {
		return r.inputs.x.Rows
	}
	return r.inputs.x.Cols
}

// total adds up the inputs of the group for each line.
func (r *reader) total() {
	r.totals, r.powers = grown(r.totals, r.out.Rows), grown(r.powers, r.out.Rows)
	r.dummies = grown(r.dummies, r.out.Rows)
	for h := range r.offsets {
		r.offsets[h], r.nulls[h] = grown(r.offsets[h], r.out.Rows), grown(r.nulls[h], r.out.Rows)
		r.bases[h] = grown(r.bases[h], r.out.Rows)
	}
	parallel.Run(r.out.Rows, r.addUp)
}

func (r *reader) addUpSpan(first, end int) {
	digits := r.inputs.digits
	for line := first; line < end; line++ {
		sum, power := float32(0), float32(0)
		switch {
		case r.way == outer:
			for i := r.now.first; i < r.now.end; i++ {
				v := digits.Data[i*digits.Cols+line]
				sum, power = sum+v, power+float32(v*v)
			}
		case r.inputs.exact(r.now.end - r.now.first):
			sum, power = simd.Sums(digits.Row(line)[r.now.first:r.now.end])
		default:
			for _, v := range digits.Row(line)[r.now.first:r.now.end] {
				sum, power = sum+v, power+float32(v*v)
			}
		}
		r.totals[line], r.powers[line] = sum, power
	}
}

// slice reads the columns of one slice.
func (r *reader) slice(s *slice) {
	r.size(s)
	r.zeros(s)
	if r.source != nil {
		r.source.take(s)
		if r.adc.bits == 0 || r.config.ADCRange == Full || r.kept() {
			r.setConverters()
			r.tiles(r.readTile)
			return
		}
		r.tiles(r.sumTile)
	} else {
		r.multiplySlice(s)
	}
	if !r.raw() || r.config.ADCRange != Full {
		parallel.Lines(r.out.Rows, r.out.Cols, r.gather)
	}
	r.setConverters()
	parallel.Lines(r.out.Rows, r.out.Cols, r.settle)
}

// choose sets where the sums of this batch come from.
func (r *reader) choose() {
	r.law = r.cells.variance()
	switch {
	case r.tally.serves():
		r.source, r.law = r.tally, r.tally.variance()
	case r.wide != nil:
		r.source = r.wide
	default:
		r.source = nil
	}
}

// tiles does something to all tiles of lines.
func (r *reader) tiles(do seated) {
	parallel.Seats(parallel.Workers(), ceil(r.out.Rows, r.source.tile()), do)
}

// readLines reads a tile for which converters are set.
func (r *reader) readLines(seat, i int) {
	r.source.sum(seat, i)
	lines := r.source.tile()
	top, bottom := i*lines, min((i+1)*lines, r.out.Rows)
	r.currents(top, bottom)
	r.settleLines(top, bottom)
}

// size makes room for a slice.
func (r *reader) size(s *slice) {
	for h := range s.halves {
		r.sums[h] = r.sums[h].resized(r.out.Rows, r.out.Cols)
		if r.cells.noisy {
			r.squares[h] = r.squares[h].resized(r.out.Rows, r.out.Cols)
		}
	}
	r.lows, r.highs = grown(r.lows, r.out.Rows), grown(r.highs, r.out.Rows)
	for i := range r.lows {
		r.lows[i], r.highs[i] = float32(math.Inf(1)), float32(math.Inf(-1))
	}
}

// setConverters sets the converters, and what they make of the column of weights 0.
func (r *reader) setConverters() {
	if r.adc.bits > 0 {
		r.aim()
		r.convertZeros()
	}
}

// multiplySlice sets the sums of a slice, and their variances where reads are noisy.
func (r *reader) multiplySlice(s *slice) {
	for h, half := range s.halves {
		r.part(r.sums[h], r.inputs.digits, half.levels)
		if r.cells.noisy {
			r.part(r.squares[h], r.inputs.squares, half.squares)
		}
	}
}

// product sets m to the sum over all of the depth.
func (r *reader) product(m, in, cells Matrix) {
	switch r.way {
	case forward:
		simd.ProductT(m.view(), in.view(), cells.view())
	case transposed:
		simd.Product(m.view(), in.view(), cells.view())
	default:
		simd.TProduct(m.view(), in.view(), cells.view())
	}
}

// part is product over the group in work.
func (r *reader) part(m, in, cells Matrix) {
	first, end := r.now.first, r.now.end
	switch r.way {
	case forward:
		simd.ProductT(m.view(), in.columns(first, end), cells.columns(first, end))
	case transposed:
		simd.Product(m.view(), in.columns(first, end), cells.rows(first, end))
	default:
		simd.TProduct(m.view(), in.rows(first, end), cells.rows(first, end))
	}
}

func (m Matrix) columns(first, end int) simd.Matrix {
	return simd.Matrix{Rows: m.Rows, Cols: end - first, Stride: m.Cols, Data: m.Data[first:]}
}

func (m Matrix) rows(first, end int) simd.Matrix {
	return simd.Matrix{Rows: end - first, Cols: m.Cols, Stride: m.Cols, Data: m.Data[first*m.Cols : end*m.Cols]}
}

func grown(s []float32, size int) []float32 {
	if cap(s) < size {
		return make([]float32, size)
	}
	return s[:size]
}

package array

import (
	"math"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// inputs turns a batch into the voltages of single reads: with n bits, the whole
// number I = round(x (2^n-1)/range) goes on the lines digit by digit, the lowest
// first, each with its sign; without bits, x itself goes in one read.
type inputs struct {
	bits, each int     // of an input, of a digit
	fixed      float32 // largest input; 0: that of the batch

	x       Matrix
	largest float32
	signed  bool
	whole   Matrix // I, or x clipped to the range
	digits  Matrix // of one read
	squares Matrix // of those
	mask    int32
	shift   int

	round, split, square loop
}

func newInputs(c Config, fixed float64) *inputs {
	in := &inputs{bits: c.InputBits, each: max(1, c.DACBits), fixed: float32(fixed)}
	in.mask = 1<<in.each - 1
	in.round, in.split, in.square = in.roundSpan, in.splitSpan, in.squareSpan
	return in
}

// set takes a batch. A batch of zeros is not to be read; one with something that is
// no finite number cannot be.
func (in *inputs) set(x Matrix) (zeros, finite bool) {
	in.x = x
	low, high := spread(x.Data)
	if !(high-low <= math.MaxFloat32) {
		return false, false
	}
	in.signed, in.largest = low < 0, max(high, -low)
	if in.largest == 0 {
		return true, true
	}
	if in.fixed > 0 {
		in.largest = in.fixed
	}
	in.whole = in.whole.resized(x.Rows, x.Cols)
	parallel.Run(len(x.Data), in.round)
	return false, true
}

// unit is the input that a whole number 1 stands for.
func (in *inputs) unit() float32 {
	if in.bits == 0 {
		return 1
	}
	return in.largest / in.steps()
}

func (in *inputs) steps() float32 { return float32(int(1)<<in.bits - 1) }

// reads is the number of digits.
func (in *inputs) reads() int {
	if in.bits == 0 {
		return 1
	}
	return (in.bits + in.each - 1) / in.each
}

// weight is what digit z counts in the whole number.
func (in *inputs) weight(z int) float32 { return float32(int(1) << (z * in.each)) }

// exact says whether sums of so many squares of digits are whole numbers that single
// precision holds.
func (in *inputs) exact(count int) bool {
	return in.bits > 0 && float64(count)*float64(in.top())*float64(in.top()) < exactSum
}

// top is the highest digit, or the highest voltage.
func (in *inputs) top() float32 {
	if in.bits == 0 {
		return in.largest
	}
	return float32(in.mask)
}

func (in *inputs) roundSpan(first, end int) {
	whole, largest := in.whole.Data[first:end], in.largest
	if in.bits == 0 {
		for i, v := range in.x.Data[first:end] {
			whole[i] = min(max(v, -largest), largest)
		}
		return
	}
	steps := in.steps()
	simd.Scale(whole, in.x.Data[first:end], min(steps/largest, math.MaxFloat32))
	simd.Round(whole, whole, steps, 1)
}

// take makes the digits of read z.
func (in *inputs) take(z int) {
	if in.bits == 0 {
		in.digits = in.whole
		return
	}
	in.shift = z * in.each
	in.digits = in.digits.resized(in.x.Rows, in.x.Cols)
	parallel.Run(len(in.x.Data), in.split)
}

func (in *inputs) splitSpan(first, end int) {
	simd.Split(in.digits.Data[first:end], in.whole.Data[first:end], uint32(in.shift), uint32(in.mask))
}

// takeSquares makes the squares of the digits.
func (in *inputs) takeSquares() {
	in.squares = in.squares.resized(in.x.Rows, in.x.Cols)
	parallel.Run(len(in.x.Data), in.square)
}

func (in *inputs) squareSpan(first, end int) {
	squares := in.squares.Data[first:end]
	for i, v := range in.digits.Data[first:end] {
		squares[i] = v * v
	}
}

// spread returns the lowest and the highest of numbers; NaN when one is among them.
func spread(x []float32) (low, high float32) {
	if len(x) == 0 {
		return 0, 0
	}
	return simd.Span(x)
}

const roundingMagic = 3 << 22 // 1.5 x 2^23

// roundEven rounds magnitudes below 2^22 to whole numbers, ties to even: the sum has
// no bits behind the point.
func roundEven(x float32) float32 { return float32(float32(x)+roundingMagic) - roundingMagic }

package array

import (
	"fmt"
	"math"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/internal/simd"
)

// integers reads as DNN+NeuroSim V1.5 does without device models: whole numbers, made
// non-negative by a shift, whose digits are multiplied column by column,
//
//	x w = (x+a)(w+b) - b (x+a) - a (w+b) + a b,
//
// the last three terms by a column of weights b and a row of inputs a, which take the
// same way. Converters count levels and clip at 2^bits.
type integers struct {
	build Build

	scales  []float32 // of each output's weights
	digits  []Matrix  // of w+b, with one more output whose weights are b
	shift   float32   // b
	whole   Matrix    // of the inputs, with one more line whose inputs are a
	plane   Matrix
	sums    Matrix
	product Matrix
}

// validateIntegers adds what is not reproduced.
func (b Build) validateIntegers(p *check.Problems) {
	need := "0 with Reference " + string(b.Reference) + ", of which the digital reads are here"
	if b.ReadNoise != 0 {
		p.Add("ReadNoise", b.ReadNoise, need)
	}
	if b.InputBits == 1 {
		p.Add("InputBits", 1, fmt.Sprintf("0 (means 8) or 2 to %d with Reference %s", MaxBits, b.Reference))
	}
	if b.Drift != 0 {
		p.Add("Drift", b.Drift, need)
	}
}

func newIntegers(b Build) *integers {
	orDefault(&b.CellBits, 1)
	orDefault(&b.InputBits, 8)
	orDefault(&b.DACBits, 1)
	orDefault(&b.ADCBits, 7)
	orDefault(&b.Rows, 128)
	return &integers{build: b, scales: make([]float32, b.Out)}
}

func orDefault(field *int, fallback int) {
	if *field == 0 {
		*field = fallback
	}
}

// program rounds the weights of each output in units of its largest.
func (n *integers) program(w Matrix) {
	b := n.build
	largest := float32(int(1)<<(b.WeightBits-1) - 1)
	whole := NewMatrix(b.Out+1, b.In)
	n.shift = 0
	for j := range b.Out {
		low, high := spread(w.Row(j))
		n.scales[j] = max(high, -low) / largest
		for i, v := range w.Row(j) {
			whole.Row(j)[i] = rint(v / positive(n.scales[j]))
			n.shift = max(n.shift, -whole.Row(j)[i])
		}
	}
	for i := range whole.Data {
		whole.Data[i] += n.shift
	}
	for i := range b.In {
		whole.Row(b.Out)[i] = n.shift
	}
	n.digits = n.digits[:0]
	for low := 0; low < b.WeightBits; low += b.CellBits {
		n.digits = append(n.digits, digitsOf(NewMatrix(b.Out+1, b.In), whole, low, b.CellBits))
	}
}

// positive is a scale to divide by, 1 where all is zero.
func positive(scale float32) float32 {
	if scale == 0 {
		return 1
	}
	return scale
}

// digitsOf sets to to the digits of whole numbers from bit low on.
func digitsOf(to, whole Matrix, low, bits int) Matrix {
	for i, v := range whole.Data {
		if v != v {
			to.Data[i] = v
			continue
		}
		to.Data[i] = float32(int(v) >> low & (1<<bits - 1))
	}
	return to
}

func (n *integers) read(y, x Matrix) {
	b := n.build
	low, high := spread(x.Data)
	scale := positive(max(high, -low) / float32(int(1)<<(b.InputBits-1)-1))
	n.whole = n.whole.resized(x.Rows+1, x.Cols)
	for i, v := range x.Data {
		n.whole.Data[i] = rint(v / scale)
	}
	shift := float32(0)
	for _, v := range n.whole.Data[:len(x.Data)] {
		shift = max(shift, -v)
	}
	for i := range x.Data {
		n.whole.Data[i] += shift
	}
	for i := range x.Cols {
		n.whole.Row(x.Rows)[i] = shift
	}
	n.multiply(x.Rows + 1)
	corner := n.product.Row(x.Rows)[b.Out]
	for i := range y.Rows {
		zero := n.product.Row(i)[b.Out]
		for j := range y.Cols {
			sum := n.product.Row(i)[j] - zero - n.product.Row(x.Rows)[j] + corner
			y.Row(i)[j] = sum * scale * positive(n.scales[j])
		}
	}
}

// multiply sums the converted products of all digits.
func (n *integers) multiply(lines int) {
	b := n.build
	n.plane = n.plane.resized(lines, b.In)
	n.sums, n.product = n.sums.resized(lines, b.Out+1), n.product.resized(lines, b.Out+1)
	clear(n.product.Data)
	most := float32(math.Exp2(float64(b.ADCBits)))
	for low := 0; low < b.InputBits; low += b.DACBits {
		digitsOf(n.plane, n.whole, low, b.DACBits)
		for k, digits := range n.digits {
			weight := float32(int(1) << (low + k*b.CellBits))
			for first := 0; first < b.In; first += b.Rows {
				end := min(first+b.Rows, b.In)
				simd.ProductT(n.sums.view(), n.plane.columns(first, end), digits.columns(first, end))
				for i, sum := range n.sums.Data {
					n.product.Data[i] += weight * min(sum, most)
				}
			}
		}
	}
}

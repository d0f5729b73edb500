package nn

import "crossbook/neurosim/internal/simd"

// Matrix is a row-major matrix over a slice of Rows x Cols numbers.
type Matrix struct {
	Rows, Cols int
	Data       []float32
}

// NewMatrix returns a matrix of zeros.
func NewMatrix(rows, cols int) Matrix { return Matrix{rows, cols, make([]float32, rows*cols)} }

// Row returns row i, not a copy.
func (m Matrix) Row(i int) []float32 { return m.Data[i*m.Cols : (i+1)*m.Cols] }

// Top returns the first rows, not a copy.
func (m Matrix) Top(rows int) Matrix { return Matrix{rows, m.Cols, m.Data[:rows*m.Cols]} }

// Each element of a product is one chain of fused multiply-adds in increasing
// order, so the bits depend neither on the processor nor on how many there are. A
// shape that does not fit panics; m must share no memory with a and b.

// Product sets m = a b.
func (m Matrix) Product(a, b Matrix) { simd.Product(m.view(), a.view(), b.view()) }

// ProductT sets m = a bᵀ.
func (m Matrix) ProductT(a, b Matrix) { simd.ProductT(m.view(), a.view(), b.view()) }

// TProduct sets m = aᵀ b.
func (m Matrix) TProduct(a, b Matrix) { simd.TProduct(m.view(), a.view(), b.view()) }

// AddTProduct sets m = m + aᵀ b. In pieces of the rows of a and b it gives the bits of
// TProduct by the whole.
func (m Matrix) AddTProduct(a, b Matrix) { m.view().AddTProduct(a.view(), b.view()) }

func (m Matrix) view() simd.Matrix {
	return simd.Matrix{Rows: m.Rows, Cols: m.Cols, Stride: m.Cols, Data: m.Data}
}

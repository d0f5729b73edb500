package nn

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

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

func (m Matrix) view() simd.Matrix {
	return simd.Matrix{Rows: m.Rows, Cols: m.Cols, Stride: m.Cols, Data: m.Data}
}

// transpose sets m = aᵀ, in tiles that fit the cache.
func (m Matrix) transpose(a Matrix) {
	const tile = 32
	parallel.Pieces((m.Rows+tile-1)/tile, func(piece int) {
		top, bottom := piece*tile, min((piece+1)*tile, m.Rows)
		for left := 0; left < m.Cols; left += tile {
			for i := left; i < min(left+tile, m.Cols); i++ {
				for j, v := range a.Row(i)[top:bottom] {
					m.Data[(top+j)*m.Cols+i] = v
				}
			}
		}
	})
}

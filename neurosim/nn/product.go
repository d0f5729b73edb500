package nn

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"crossbook/neurosim/internal/parallel"
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

// The products go through gonum, which works on blocks of 64 x 64 results at the
// same time, but sums each of them in one order: the bits do not depend on the
// number of processors. A shape that does not fit panics.

// Product sets m = a b.
func (m Matrix) Product(a, b Matrix) { m.gemm(blas.NoTrans, blas.NoTrans, a, b) }

// ProductT sets m = a bᵀ.
func (m Matrix) ProductT(a, b Matrix) { m.gemm(blas.NoTrans, blas.Trans, a, b) }

// TProduct sets m = aᵀ b.
func (m Matrix) TProduct(a, b Matrix) { m.gemm(blas.Trans, blas.NoTrans, a, b) }

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

func (m Matrix) gemm(ta, tb blas.Transpose, a, b Matrix) {
	blas32.Gemm(ta, tb, 1, a.blas(), b.blas(), 0, m.blas())
}

func (m Matrix) blas() blas32.General {
	return blas32.General{Rows: m.Rows, Cols: m.Cols, Stride: m.Cols, Data: m.Data}
}

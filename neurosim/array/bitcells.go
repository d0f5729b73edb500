package array

import (
	"math/bits"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// bitCells is cells of exact digits as they are counted: by slice, half and subarray
// blocks of sixteen columns, and in those the planes of the digits' bits.
type bitCells struct {
	cells    *cells
	rows     int  // of a subarray
	products bool // planes of the products of two bits follow, as simd.ColumnTally has them
	packed   [][]uint32
	pack     loop
}

func newBitCells(c *cells, rows int, products bool) *bitCells {
	b := &bitCells{cells: c, rows: rows, products: products}
	b.pack = b.packSpan
	return b
}

// renew packs the cells as they are now.
func (b *bitCells) renew() {
	count := len(b.cells.slices) * b.halves() * b.subarrays()
	for len(b.packed) < count {
		k, _, _ := b.place(len(b.packed))
		b.packed = append(b.packed, make([]uint32, b.blocks()*b.blockWords(k)))
	}
	parallel.Each(count, b.pack)
}

// halves is the number of columns of a weight in a slice.
func (b *bitCells) halves() int { return len(b.cells.slices[0].halves) }

// subarrays is how many a sum goes over.
func (b *bitCells) subarrays() int { return ceil(b.cells.linear.Cols, b.rows) }

func (b *bitCells) blocks() int { return ceil(b.cells.linear.Rows, simd.ColumnBlock) }

// width is the binary digits of a slice's cells.
func (b *bitCells) width(k int) int { return bits.Len(uint(b.cells.slices[k].top)) }

func (b *bitCells) planes(k int) int {
	if b.products {
		return simd.TallyPlanes(b.width(k))
	}
	return b.width(k)
}

// blockWords is the words of sixteen columns of a slice.
func (b *bitCells) blockWords(k int) int {
	return b.planes(k) * simd.ColumnWords * simd.ColumnBlock
}

// place is the slice, half and subarray of packed columns.
func (b *bitCells) place(i int) (k, half, group int) {
	return i / b.subarrays() / b.halves(), i / b.subarrays() % b.halves(), i % b.subarrays()
}

func (b *bitCells) index(k, half, group int) int { return (k*b.halves()+half)*b.subarrays() + group }

// block is sixteen columns of a slice, half and subarray.
func (b *bitCells) block(k, half, group, block int) []uint32 {
	words := b.blockWords(k)
	return b.packed[b.index(k, half, group)][block*words:][:words]
}

// packSpan packs some slices, halves and subarrays. Columns beyond the last repeat it, so
// that they widen no range.
func (b *bitCells) packSpan(first, end int) {
	for i := first; i < end; i++ {
		k, half, group := b.place(i)
		levels := b.cells.slices[k].halves[half].levels
		from, to := group*b.rows, min((group+1)*b.rows, levels.Cols)
		for column := range b.blocks() * simd.ColumnBlock {
			block := b.packed[i][column/simd.ColumnBlock*b.blockWords(k):][:b.blockWords(k)]
			b.packColumn(block[column%simd.ColumnBlock:], levels.Row(min(column, levels.Rows-1))[from:to], k)
		}
	}
}

// packColumn packs the digits of a column's cells.
func (b *bitCells) packColumn(to []uint32, digits []float32, k int) {
	const words, most = simd.ColumnWords, simd.ColumnPlanes
	var planes [most * (most + 1) / 2 * words]uint32
	count := b.width(k)
	simd.FillBits(planes[:count*words], digits)
	if b.products {
		for i := range count {
			for j := i + 1; j < count; j++ {
				for w := range words {
					planes[simd.PairPlane(count, i, j)*words+w] = planes[i*words+w] & planes[j*words+w]
				}
			}
		}
	}
	for i := range b.planes(k) * words {
		to[i*simd.ColumnBlock] = planes[i]
	}
}

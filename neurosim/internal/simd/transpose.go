package simd

// square is the side of a block that is transposed at once: both sides of it fit the
// first-level cache.
const square = 64

// Transpose sets rows first to end-1 of to = fromᵀ. The matrices must share no memory.
func Transpose(to, from Matrix, first, end int) {
	to.view()
	from.view()
	if to.Rows != from.Cols || to.Cols != from.Rows {
		panicShapes(to, along(from), along(from))
	}
	for top := first; top < end; top += square {
		bottom := min(top+square, end)
		for left := 0; left < to.Cols; left += square {
			transposeBlock(to, from, block{top, bottom, left, min(left+square, to.Cols)})
		}
	}
}

// block is rows and columns of a matrix.
type block struct{ top, bottom, left, right int }

// transposeBlock takes eight rows of from at once, over a multiple of eight columns.
func transposeBlock(to, from Matrix, b block) {
	low := b.top + (b.bottom-b.top)&^7
	right := b.left + (b.right-b.left)&^7
	for j := b.left; j < right && low > b.top; j += 8 {
		s := strip{
			from: &from.Data[j*from.Stride+b.top], stepFrom: bytes(from.Stride),
			to: &to.Data[b.top*to.Stride+j], stepTo: bytes(to.Stride), rows: 8, depth: uint64(low - b.top),
		}
		if !transposeStrip(&s) {
			right = b.left
		}
	}
	for j := b.left; j < b.right; j++ {
		start := low
		if j >= right {
			start = b.top
		}
		for i := start; i < b.bottom; i++ {
			to.Data[i*to.Stride+j] = from.Data[j*from.Stride+i]
		}
	}
}

package simd

import "unsafe"

// WideLines and WideCols are the tiles of products of whole numbers.
var WideLines, WideCols = wideTileSize()

// WideProduct is the products of whole numbers of 16 bits whose sums stay below 2^24,
// so that single precision holds them: Out = X Cellsᵀ. Both factors are packed.
type WideProduct struct {
	X, Cells []int16
	Out      Matrix
	Depth    int
}

// PackedSize returns the numbers that a packed factor has.
func PackedSize(lines, depth, tile int) int { return (lines + tile - 1) / tile * tile * evened(depth) }

func evened(n int) int { return (n + 1) &^ 1 }

// PackWide packs tile number i of lines of a factor, of which every line has the depth:
// pairs of steps of one line after the other. Lines and steps beyond the last are 0.
func PackWide(to []int16, m Matrix, tile, i int) {
	pairs := evened(m.Cols)
	to = to[i*tile*pairs:][:tile*pairs]
	clear(to)
	for line := i * tile; line < min((i+1)*tile, m.Rows); line++ {
		row, at := m.Data[line*m.Stride:][:m.Cols], to[(line-i*tile)*2:]
		for len(row) >= 2 {
			at[0], at[1] = int16(row[0]), int16(row[1])
			if row = row[2:]; len(row) > 0 {
				at = at[2*tile:]
			}
		}
		if len(row) == 1 {
			at[0] = int16(row[0])
		}
	}
}

// CanWide says whether this processor has instructions for wide products.
func CanWide() bool { return hasWide }

// Tile computes the tile of lines i and columns j.
func (p *WideProduct) Tile(i, j int) {
	depth := evened(p.Depth)
	out := p.Out.Data[i*WideLines*p.Out.Stride+j*WideCols:]
	lines, cols := min(WideLines, p.Out.Rows-i*WideLines), min(WideCols, p.Out.Cols-j*WideCols)
	_ = out[(lines-1)*p.Out.Stride+cols-1]
	runWide(&wideTile{
		x:     unsafe.Pointer(&p.X[i*WideLines*depth : (i+1)*WideLines*depth][0]),
		cells: unsafe.Pointer(&p.Cells[j*WideCols*depth : (j+1)*WideCols*depth][0]), out: unsafe.Pointer(&out[0]),
		pairs: uint64(depth / 2), lines: uint64(lines), stride: uint64(4 * p.Out.Stride), mask: 1<<cols - 1,
	})
}

// wideTile is what a kernel works on. The generator spells out its layout.
type wideTile struct {
	x, cells, out              unsafe.Pointer
	pairs, lines, stride, mask uint64
}

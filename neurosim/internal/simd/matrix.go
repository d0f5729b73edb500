package simd

import "fmt"

// Matrix is a view of row-major numbers: element (i, j) is Data[i*Stride+j], and
// Stride is at least Cols.
type Matrix struct {
	Rows, Cols, Stride int
	Data               []float32
}

// Product sets c = a b. The shapes must agree and c must share no memory with a
// or b, or it panics or gives nonsense, respectively. It uses as many goroutines
// as there are processors to run them, and allocates nothing once its buffers
// have grown to their size.
func Product(c, a, b Matrix) { start(c, along(a), across(b)) }

// ProductT sets c = a bᵀ; otherwise as [Product].
func ProductT(c, a, b Matrix) { start(c, along(a), along(b)) }

// TProduct sets c = aᵀ b; otherwise as [Product].
func TProduct(c, a, b Matrix) { start(c, across(a), across(b)) }

// AddTProduct makes m = m + aᵀ b: it continues the chains that m holds, so that a
// product made in pieces of the depth has the bits of one made at once. Otherwise as
// [Product].
func (m Matrix) AddTProduct(a, b Matrix) { add(m, across(a), across(b)) }

// Path names the instructions in use: "AVX-512", "AVX2", "arm64" or "portable".
func Path() string { return best.name }

// operand is a factor seen from the chains: a line is a row of the left factor
// or a column of the right one, a step is an index k.
type operand struct {
	data         []float32
	stride       int
	lines, depth int

	// across says that the steps of one line lie a stride apart, and the lines
	// of one step side by side; otherwise it is the other way round.
	across bool
}

func along(m Matrix) operand {
	return operand{data: m.view(), stride: m.Stride, lines: m.Rows, depth: m.Cols}
}

func across(m Matrix) operand {
	return operand{data: m.view(), stride: m.Stride, lines: m.Cols, depth: m.Rows, across: true}
}

// at is the place of a line's step in data.
func (o operand) at(line, step int) int {
	if o.across {
		return step*o.stride + line
	}
	return line*o.stride + step
}

// view returns the matrix's numbers and panics where they do not reach.
func (m Matrix) view() []float32 {
	if m.Rows < 0 || m.Cols < 0 || m.Stride < m.Cols {
		panic(fmt.Sprintf("simd: %d x %d matrix with stride %d", m.Rows, m.Cols, m.Stride))
	}
	if m.Rows == 0 || m.Cols == 0 {
		return nil
	}
	if need := (m.Rows-1)*m.Stride + m.Cols; len(m.Data) < need {
		panic(fmt.Sprintf("simd: %d x %d matrix with stride %d needs %d numbers, has %d",
			m.Rows, m.Cols, m.Stride, need, len(m.Data)))
	}
	return m.Data
}

func panicShapes(c Matrix, a, b operand) {
	panic(fmt.Sprintf("simd: %d x %d matrix cannot hold the product of %d x %d and %d x %d",
		c.Rows, c.Cols, a.lines, a.depth, b.depth, b.lines))
}

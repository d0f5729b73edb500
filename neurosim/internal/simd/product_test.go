package simd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// trial is one product: op(a) op(b) with op(a) rows x depth.
type trial struct {
	rows, cols, depth int
	ta, tb            bool
	pad               [3]int // beyond the columns of a, b and c
	value             func() float32
}

// The data between and behind the rows of c must stay.
const untouched = 12345

func (x trial) String() string {
	return fmt.Sprintf("%dx%dx%d transposes %t %t strides +%v", x.rows, x.cols, x.depth, x.ta, x.tb, x.pad)
}

func (x trial) matrix(rows, cols, pad int) Matrix {
	m := Matrix{rows, cols, cols + pad, make([]float32, rows*(cols+pad))}
	for i := range m.Data {
		m.Data[i] = x.value()
	}
	return m
}

// factors returns random operands.
func (x trial) factors() [2]operand {
	a, b := across(x.matrix(x.depth, x.rows, x.pad[0])), across(x.matrix(x.depth, x.cols, x.pad[1]))
	if !x.ta {
		a = along(x.matrix(x.rows, x.depth, x.pad[0]))
	}
	if x.tb {
		b = along(x.matrix(x.cols, x.depth, x.pad[1]))
	}
	return [2]operand{a, b}
}

func (x trial) result() Matrix {
	m := Matrix{x.rows, x.cols, x.cols + x.pad[2], make([]float32, x.rows*(x.cols+x.pad[2])+9)}
	for i := range m.Data {
		m.Data[i] = untouched
	}
	return m
}

// chains computes the product by its definition.
func (x trial) chains(f [2]operand) Matrix {
	c := x.result()
	for i := range x.rows {
		for j := range x.cols {
			var s float32
			for k := range x.depth {
				s = fma(f[0].data[f[0].at(i, k)], f[1].data[f[1].at(j, k)], s)
			}
			c.Data[i*c.Stride+j] = s
		}
	}
	return c
}

// check compares every set of kernels, at several numbers of workers, with want.
func (x trial) check(t rapid.TB, f [2]operand, want Matrix) {
	t.Helper()
	for _, k := range detect() {
		for _, workers := range []int{1, 2, 5} {
			got := x.result()
			j := takeJob()
			j.kernels, j.c, j.a, j.b, j.workers, j.more = k, got, f[0], f[1], workers, false
			j.compute()
			giveBack(j)
			for i, v := range got.Data {
				if pattern(v) != pattern(want.Data[i]) {
					t.Fatalf("%v, %s, %d workers: c[%d,%d] = %x, want %x",
						x, k.name, workers, i/got.Stride, i%got.Stride, v, want.Data[i])
				}
			}
		}
	}
}

func normals(seed uint64) func() float32 {
	r := rand.New(rand.NewPCG(seed, 1))
	return func() float32 { return float32(r.NormFloat64()) }
}

// wild draws all bit patterns, and often what is special.
func wild(seed uint64) func() float32 {
	r := rand.New(rand.NewPCG(seed, 2))
	special := []float32{
		0, float32(math.Copysign(0, -1)), 1, -1, math.MaxFloat32, -math.MaxFloat32, math.SmallestNonzeroFloat32,
		0x1p-126, -0x1.fffffcp-127, 0x1p-75, 1 + 0x1p-23,
	}
	return func() float32 {
		switch r.IntN(40) {
		case 0:
			return float32(math.Inf(1 - 2*r.IntN(2)))
		case 1:
			return float32(math.NaN())
		case 2, 3, 4:
			return math.Float32frombits(r.Uint32())
		}
		if r.IntN(3) == 0 {
			return special[r.IntN(len(special))]
		}
		return float32(math.Ldexp(r.NormFloat64(), r.IntN(40)-20))
	}
}

func TestEveryPathComputesTheSameChains(t *testing.T) {
	shape := rapid.IntRange(1, 70)
	rapid.Check(t, func(t *rapid.T) {
		x := trial{
			rows: shape.Draw(t, "rows"), cols: shape.Draw(t, "cols"), depth: shape.Draw(t, "depth"),
			ta: rapid.Bool().Draw(t, "ta"), tb: rapid.Bool().Draw(t, "tb"),
		}
		for i := range x.pad {
			x.pad[i] = rapid.SampledFrom([]int{0, 0, 1, 7}).Draw(t, "pad")
		}
		seed := rapid.Uint64().Draw(t, "seed")
		x.value = normals(seed)
		if rapid.Bool().Draw(t, "wild") {
			x.value = wild(seed)
		}
		f := x.factors()
		x.check(t, f, x.chains(f))
	})
}

// Every height and width of a tile, with and without a block before it.
func TestEveryTile(t *testing.T) {
	for _, k := range detect() {
		for rows := 1; rows <= 2*k.rows; rows++ {
			for _, cols := range []int{1, k.cols/2 - 1, k.cols / 2, k.cols/2 + 1, k.cols, k.cols + 1} {
				x := trial{rows: rows, cols: cols, depth: 9, tb: cols%2 == 0, value: normals(uint64(rows))}
				f := x.factors()
				x.check(t, f, x.chains(f))
			}
		}
	}
}

// Depths, widths and heights beyond one block of the caches.
func TestBlocksLeaveNoTrace(t *testing.T) {
	for _, x := range []trial{
		{rows: 3, cols: 5, depth: 2*320 + 3},
		{rows: 15, cols: 2*blockCols + 33, depth: 320 + 9},
		{rows: 14*blockPanels*2 + 5, cols: 41, depth: 19},
		{rows: 15, cols: 512, depth: 5, pad: [3]int{4096 - 5, 0, 0}},
		{rows: 500, cols: 37, depth: packedA / 16 / 30},
	} {
		for transposes := range 4 {
			x.ta, x.tb = transposes&1 != 0, transposes&2 != 0
			if x.rows == 500 && (testing.Short() || x.ta != x.tb) {
				continue
			}
			x.value = normals(uint64(transposes))
			f := x.factors()
			x.check(t, f, x.chains(f))
		}
	}
}

func TestProducts(t *testing.T) {
	a := Matrix{2, 3, 3, []float32{1, 2, 3, 4, 5, 6}}
	b := Matrix{3, 2, 2, []float32{7, 8, 9, 10, 11, 12}}
	transposed := func(m Matrix) Matrix {
		r := Matrix{m.Cols, m.Rows, m.Rows, make([]float32, len(m.Data))}
		for i := range m.Rows {
			for j := range m.Cols {
				r.Data[j*r.Stride+i] = m.Data[i*m.Stride+j]
			}
		}
		return r
	}
	for name, product := range map[string]func(c Matrix){
		"a b":  func(c Matrix) { Product(c, a, b) },
		"a bT": func(c Matrix) { ProductT(c, a, transposed(b)) },
		"aT b": func(c Matrix) { TProduct(c, transposed(a), b) },
	} {
		c := Matrix{2, 2, 2, []float32{-1, -1, -1, -1}}
		product(c)
		if want := "[58 64 139 154]"; fmt.Sprint(c.Data) != want {
			t.Errorf("%s = %v, want %s", name, c.Data, want)
		}
	}
}

func TestEmptyProducts(t *testing.T) {
	c := Matrix{2, 2, 3, []float32{1, 1, 7, 1, 1, 7}}
	Product(c, Matrix{Rows: 2}, Matrix{Cols: 2, Stride: 2})
	if want := "[0 0 7 0 0 7]"; fmt.Sprint(c.Data) != want {
		t.Errorf("a product over nothing is %v, want %s", c.Data, want)
	}
	Product(Matrix{Cols: 2, Stride: 2}, Matrix{Cols: 2, Stride: 2}, Matrix{2, 2, 2, make([]float32, 4)})
}

func TestBadShapesPanic(t *testing.T) {
	full := func(rows, cols int) Matrix { return Matrix{rows, cols, cols, make([]float32, rows*cols)} }
	for want, call := range map[string]func(){
		"simd: 2 x 2 matrix cannot hold the product of 2 x 3 and 2 x 2": func() {
			Product(full(2, 2), full(2, 3), full(2, 2))
		},
		"simd: 2 x 3 matrix with stride 3 needs 6 numbers, has 5": func() {
			Product(full(2, 2), Matrix{2, 3, 3, make([]float32, 5)}, full(3, 2))
		},
		"simd: 2 x 3 matrix with stride 2": func() {
			Product(full(2, 2), Matrix{2, 3, 2, make([]float32, 6)}, full(3, 2))
		},
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("panic %v, want %q", got, want)
				}
			}()
			call()
		}()
	}
}

func TestNoAllocationOnceGrown(t *testing.T) {
	x := trial{rows: 200, cols: 300, depth: 300, value: normals(1)}
	c, f := x.result(), x.factors()
	for _, k := range detect() {
		for _, workers := range []int{1, 4} {
			if n := testing.AllocsPerRun(3, func() { multiply(k, workers, c, f) }); n != 0 {
				t.Errorf("%s, %d workers: %v allocations a product, want none", k.name, workers, n)
			}
		}
	}
}

// Products at the same time must not share buffers.
func TestProductsAtTheSameTime(t *testing.T) {
	x := trial{rows: 61, cols: 67, depth: 70, value: normals(3)}
	f := x.factors()
	want := x.chains(f)
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for range 5 {
				x.check(t, f, want)
			}
		})
	}
}

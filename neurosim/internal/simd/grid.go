package simd

import (
	"math"
	"sync"
	"sync/atomic"

	"crossbook/neurosim/internal/parallel"
)

// Where the numbers of both factors are small whole multiples of a step each, as behind
// quantisers, every partial sum of a chain is one too. As long as they stay below 2^24
// steps no rounding happens, and the chains can be summed in whole numbers, in any
// order, to the same bits. Whole numbers of 8 bits are multiplied several times as fast.

// Grid is the right factor of such products, packed once for all until it changes in other
// ways than by Write. Its zero value serves.
type Grid struct {
	packing
	packed []int8 // panels of columns: fours of steps of one column after the other
	state  gridState
	lost   atomic.Bool // what is packed is not the factor
	limit  float32     // largest magnitude, in steps
	group  int         // fours that are added up in 16 bits
}

type gridState int

const (
	gridStale gridState = iota
	gridPacked
	gridUnfit
)

// Renew says that the factor has changed.
func (g *Grid) Renew() {
	g.state = gridStale
	g.lost.Store(false)
}

// The numbers of a left factor have 8 bits; those of a right factor at most 6, so that
// as many products as a group has stay below 2^15 in pairs.
const (
	gridMost  = 127
	gridCols  = 16
	gridRows  = 3       // lines of the tallest tile, by pairs
	gridTall  = 16      // by fours: see hasFours
	gridUnit  = 16      // steps that a group has at most, of vectors
	gridExact = 1 << 24 // steps from which single precision rounds
	gridLeast = 1 << 16 // multiply-adds that pay
	gridFew   = 24      // rows for which packing does not pay

	gridDepth = 1280          // steps of a panel that fit the first cache
	gridHigh  = 32 * gridRows // rows of a piece of work: a multiple of all heights
	gridWide  = 8 * gridCols  // columns of a piece of work
)

// Factors are the left and the right one of c = a b, or of c = a bᵀ.
type Factors struct {
	A, B       Matrix
	Transposed bool
	A1, B1     float32 // steps to 1: A·A1 and B·B1 are whole numbers, if all is well
	Most       int     // largest magnitude of those of B
}

// Multiply sets c to the product of factors that lie on grids, and says whether it
// could: else c is as it was or holds anything. The bits are those of [Product] or [ProductT].
func (g *Grid) Multiply(c Matrix, f Factors) bool {
	depth, cols := f.B.Rows, f.B.Cols
	if f.Transposed {
		depth, cols = cols, depth
	}
	if g.lost.Load() {
		g.Renew()
	}
	exact := depth*gridMost*f.Most < gridExact
	if g.state == gridStale && c.Rows < gridFew {
		return false
	}
	if !hasGrid || g.state == gridUnfit || !exact || f.Most > 31 || cols%gridCols != 0 || c.Rows*cols*depth < gridLeast {
		return false
	}
	if c.Rows != f.A.Rows || c.Cols != cols || f.A.Cols != depth {
		return false // which the other product tells
	}
	_, _, _ = c.view(), f.A.view(), f.B.view()
	j := takeGrid()
	defer giveGrid(j)
	j.Grid, j.c, j.f, j.depth = g, c, f, depth
	return j.pack() && j.convert() && j.multiply()
}

// gridJob is a product under way.
type gridJob struct {
	*Grid
	c     Matrix
	f     Factors
	depth int
	x     []int8
	start []int32 // what the sums of a line start from
	stage func(*gridJob, int)
	unfit atomic.Bool
}

// idleGrids holds the jobs that wait for the next product.
var idleGrids struct {
	sync.Mutex
	jobs []*gridJob
}

func takeGrid() *gridJob {
	idleGrids.Lock()
	defer idleGrids.Unlock()
	if last := len(idleGrids.jobs) - 1; last >= 0 {
		j := idleGrids.jobs[last]
		idleGrids.jobs = idleGrids.jobs[:last]
		return j
	}
	return &gridJob{}
}

func giveGrid(j *gridJob) {
	j.Grid, j.c, j.f = nil, Matrix{}, Factors{}
	idleGrids.Lock()
	defer idleGrids.Unlock()
	idleGrids.jobs = append(idleGrids.jobs, j)
}

// Do does pieces of the stage.
func (j *gridJob) Do(first, end int) {
	for i := first; i < end; i++ {
		j.stage(j, i)
	}
}

// run does all pieces of a stage, and says whether the numbers were fit for it.
func (j *gridJob) run(stage func(*gridJob, int), count int) bool {
	j.stage = stage
	j.unfit.Store(false)
	parallel.Each(count, j)
	return !j.unfit.Load()
}

// pack packs the right factor, unless it is.
func (j *gridJob) pack() bool {
	if j.state == gridPacked {
		return true
	}
	unit := gridUnit
	if hasTiles {
		unit = tileSteps
	}
	j.packing = packing{tiles: hasTiles, transposed: j.f.Transposed, line: ceil(j.depth, unit) * unit, scale: j.f.B1}
	j.limit, j.group = float32(j.f.Most), 4
	if j.f.Most > 15 {
		j.group = 2
	}
	if size := j.c.Cols * j.line; len(j.packed) != size {
		j.packed = make([]int8, size)
	}
	if !j.run((*gridJob).packPanel, j.c.Cols/gridCols) {
		j.state = gridUnfit
		return false
	}
	j.state = gridPacked
	return true
}

// packPanel packs sixteen columns of the right factor.
func (j *gridJob) packPanel(panel int) {
	to := j.packed[panel*gridCols*j.line:][:gridCols*j.line]
	g := gridding{scale: j.f.B1, most: j.limit, offset: int8(j.offset())}
	fit := false
	if b, first := j.f.B, panel*gridCols; j.f.Transposed {
		b.Rows, b.Data = gridCols, b.Data[first*b.Stride:]
		fit = packLines(to, b, g)
	} else {
		b.Cols, b.Data = gridCols, b.Data[first:]
		fit = packFours(to, b, g)
	}
	if !fit {
		j.unfit.Store(true)
	}
}

// packLines packs sixteen lines, some steps after the others. Fours of steps are moved
// as one.
func packLines(to []int8, b Matrix, g gridding) bool {
	const steps = 256
	var lines [gridCols][steps]int8
	for first := 0; first < b.Cols; first += steps {
		count := min(steps, b.Cols-first)
		for i := range lines {
			if _, ok := toGrid(lines[i][:count], b.Data[i*b.Stride+first:][:count], g); !ok {
				return false
			}
		}
		turnFours(to[first*gridCols:], &lines[0][0], ceil(count, 4))
	}
	return true
}

// packFours packs sixteen columns.
func packFours(to []int8, b Matrix, g gridding) bool {
	done, ok := fastFours(to, b, g)
	var line [gridCols]int8
	for step := done; step < b.Rows && ok; step++ {
		if _, ok = toGrid(line[:], b.Data[step*b.Stride:][:gridCols], g); ok {
			for column, v := range line {
				to[step/4*4*gridCols+4*column+step%4] = v
			}
		}
	}
	return ok
}

// convert takes the left factor to its grid.
func (j *gridJob) convert() bool {
	if size := j.c.Rows * j.line; cap(j.x) < size {
		j.x = make([]int8, size)
	}
	if cap(j.start) < j.c.Rows {
		j.start = make([]int32, j.c.Rows)
	}
	j.x, j.start = j.x[:j.c.Rows*j.line], j.start[:j.c.Rows]
	j.unfit.Store(false)
	if j.convertRow(0); j.unfit.Load() { // which settles it for what lies on no grid
		return false
	}
	return j.run((*gridJob).convertRows, ceil(j.c.Rows, gridHigh))
}

func (j *gridJob) convertRows(piece int) {
	for i := piece * gridHigh; i < min((piece+1)*gridHigh, j.c.Rows); i++ {
		j.convertRow(i)
	}
}

func (j *gridJob) convertRow(i int) {
	to := j.x[i*j.line:][:j.line]
	sum, ok := toGrid(to[:j.depth], j.f.A.Data[i*j.f.A.Stride:][:j.depth], gridding{scale: j.f.A1, most: gridMost})
	clear(to[j.depth:])
	j.start[i] = -sum * j.offset()
	if !ok {
		j.unfit.Store(true)
	}
}

// multiply makes the product.
func (j *gridJob) multiply() bool {
	return j.run((*gridJob).block, ceil(j.c.Rows, gridHigh)*ceil(j.c.Cols, gridWide))
}

// block computes some rows of some columns, a block of the depth after the other.
func (j *gridJob) block(piece int) {
	strips := ceil(j.c.Cols, gridWide)
	first, left := piece/strips*gridHigh, piece%strips*gridWide
	rows, right := min(gridHigh, j.c.Rows-first), min(left+gridWide, j.c.Cols)
	tall, wide := j.tallest(), 1
	if j.tiles {
		wide = 2
	}
	for step := 0; step < j.line; step += gridDepth {
		for column := left; column < right; column += wide * gridCols {
			panels := min(wide, (right-column)/gridCols)
			rest := rows % tall
			if rows > rest {
				j.multiplyBand(band{first, rows / tall, tall}, panels, column, step)
			}
			if rest > 0 {
				j.multiplyBand(band{first + rows - rest, 1, rest}, panels, column, step)
			}
		}
	}
}

// tallest is the lines that the kernels take at once.
func (j *gridJob) tallest() int {
	switch {
	case j.tiles:
		return tileLines
	case hasFours:
		return gridTall
	}
	return gridRows
}

// band is some panels of rows of a height, one below the other.
type band struct{ row, panels, height int }

// multiplyBand continues the sums of a band of rows in some panels of columns.
func (j *gridJob) multiplyBand(b band, panels, column, step int) {
	steps := min(gridDepth, j.line-step)
	t := gridTile{
		x: &j.x[b.row*j.line+step], w: &j.packed[column*j.line+step*gridCols],
		out: &j.c.Data[b.row*j.c.Stride+column], start: &j.start[b.row],
		stepX: uint64(j.line), stride: bytes(j.c.Stride),
		panels: uint64(b.panels), load: uint64(step), scale: 1 / (j.f.A1 * j.f.B1),
	}
	if step+steps == j.line {
		t.last = 1
	}
	if j.tiles {
		t.groups, t.nextW = uint64(steps/tileSteps), uint64(gridCols*j.line)
		runTiles(&t, b.height, panels)
		return
	}
	t.groups = uint64(steps / (4 * j.group))
	runGrid(&t, b.height, j.group)
}

// gridTile is what a kernel works on. The generator spells out its layout.
type gridTile struct {
	x      *int8
	w      *int8
	out    *float32
	start  *int32
	groups uint64
	stepX  uint64 // bytes from one line of x to the next
	stride uint64 // bytes from one row of out to the next
	panels uint64
	load   uint64  // not zero: out holds the sums so far, in whole numbers
	last   uint64  // not zero: out is to hold numbers
	scale  float32 // of a product

	// Of the kernels that multiply tiles.
	shapes *tileShapes
	nextW  uint64 // bytes from one panel of w to the next
	height uint64 // rows of a panel of out
}

// gridding says how numbers are taken to whole ones: times scale, at most so large, and
// then moved by the offset.
type gridding struct {
	scale, most float32
	offset      int8
}

// toGrid takes numbers to whole ones, and returns their sum, without the offsets, and
// whether all were whole and not too large.
func toGrid(to []int8, from []float32, g gridding) (sum int32, ok bool) {
	done, sum, ok := fastToGrid(to, from, g)
	for i := done; i < len(from) && ok; i++ {
		v := from[i] * g.scale
		if !(v >= -g.most && v <= g.most) || v != float32(math.Round(float64(v))) {
			return sum, false
		}
		to[i] = int8(v) + g.offset
		sum += int32(v)
	}
	return sum, ok
}

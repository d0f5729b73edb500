package simd

import (
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
	asked  int         // products since the factor changed
}

type gridState int

const (
	gridStale gridState = iota
	gridPacked
	gridUnfit
)

// Renew says that the factor has changed.
func (g *Grid) Renew() {
	g.state, g.asked = gridStale, 0
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
	tileDepth = 1 << 13       // steps that the kernels of tiles read from the second cache
	gridHigh  = 32 * gridRows // rows of a piece of work: a multiple of all heights
	gridWide  = 8 * gridCols  // columns of a piece of work
	gridRoom  = 1 << 19       // numbers of lines that are copied at once: a share of the second cache
	tileSpace = 1 << 20       // the same of processors with tiles, whose second cache is larger
)

// Factors are the left and the right one of c = a b, or of c = a bᵀ.
type Factors struct {
	A          *Patches
	B          Matrix
	Transposed bool
	A1, B1     float32 // steps to 1: that of A, and B·B1 are whole numbers, if all is well
	Most       int     // largest magnitude of those of B

	// Blocks, if above 1, makes b of so many blocks of the columns of B, one below the
	// other from the last to the first: so a kernel's weights meet what they made of a map.
	Blocks int
}

// shape is that of b.
func (f *Factors) shape() (depth, cols int) {
	if f.Transposed {
		return f.B.Cols, f.B.Rows
	}
	blocks := max(1, f.Blocks)
	return f.B.Rows * blocks, f.B.Cols / blocks
}

// fit says whether the kernels can multiply them, to the bits of a chain.
func (f *Factors) fit(c Matrix) bool {
	depth, cols := f.shape()
	if f.Blocks > 1 && (f.Transposed || f.B.Rows%4 != 0 || f.B.Cols%f.Blocks != 0) {
		return false
	}
	exact := depth*gridMost*f.Most < gridExact
	return hasGrid && exact && f.Most <= 31 && c.Cols == cols && cols%gridCols == 0 && f.A.Depth() == depth &&
		c.Rows*cols*depth >= gridLeast
}

// Multiply sets c to the product of factors that lie on grids, and says whether it
// could: else c is as it was or holds anything. The bits are those of [Product] or [ProductT].
func (g *Grid) Multiply(c Matrix, f Factors) bool {
	if g.lost.Load() {
		g.Renew()
	}
	if g.state == gridUnfit || !f.fit(c) || !g.pays(c.Rows) {
		return false
	}
	_, _ = c.view(), f.B.view()
	j := takeGrid()
	defer giveGrid(j)
	j.Grid, j.c, j.f, j.workers = g, c, f, parallel.Workers()
	j.depth, _ = f.shape()
	return j.pack() && j.multiply()
}

// pays says whether packing does for so many rows: it also does where the factor has
// stayed as it is since the product before.
func (g *Grid) pays(rows int) bool {
	g.asked++
	return g.state == gridPacked || rows >= gridFew || g.asked > 1
}

// gridJob is a product under way.
type gridJob struct {
	*Grid
	c       Matrix
	f       Factors
	depth   int
	workers int
	stage   func(*gridJob, int)
	unfit   atomic.Bool

	plain      bool // the lines of the left factor are read where they lie
	high, wide int  // rows and columns of a piece of work
	desks      []*gridDesk
}

// gridDesk is what a worker needs for itself.
type gridDesk struct {
	x     []int8  // lines of the left factor
	start []int32 // what the sums of a line start from
	room  *tileRoom
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

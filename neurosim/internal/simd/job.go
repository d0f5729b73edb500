package simd

import (
	"sync"

	"crossbook/neurosim/internal/parallel"
)

// The blocks, in numbers of float32, after the caches of a core. They have no
// say in the result, as a chain goes on where the block before it ended.
const (
	blockCols   = 512     // columns of b packed at once: 1 MiB at most
	blockPanels = 16      // panels of a that go through the panels of b together
	packedA     = 1 << 21 // most of a that is packed at once: 8 MiB

	// leastWork is the number of multiply-adds that pays for another goroutine.
	leastWork = 1 << 18
)

// job is one product under way, with buffers for all that it needs.
type job struct {
	*kernels
	c       Matrix
	a, b    operand
	workers int
	more    bool // c holds the chains so far
	inPlace bool // the rows of a are read where they lie

	to     Matrix    // that a transposed product is turned into
	turned []float32 // room for it

	top, rows int // the rows of c in work
	panels    int // that the rows are divided into
	low, tall int // rows in a panel; the panels that have one more
	strips    int // that the columns are divided into
	groups    int // that the panels are divided into
	packed    []float32

	stage func(*job, int, *desk)
	desks []*desk // by seat
}

// desk is what one worker needs for itself.
type desk struct {
	b      []float32 // the packed strip
	direct bool      // full panels of b are read where they are
	edge   []float32 // a tile at the right edge of c
	tile   tile
	sums   sums
	strip  strip
}

// idle holds the jobs that wait for the next product. A pool of the runtime
// would lose them to the garbage collector and grow its buffers again.
var idle struct {
	sync.Mutex
	jobs []*job
}

// start computes c = a b on the fastest kernels and all processors that are free.
func start(c Matrix, a, b operand) {
	multiply(best, parallel.Workers(), c, [2]operand{a, b})
}

// add computes c = c + a b.
func add(c Matrix, a, b operand) {
	j := takeJob()
	j.kernels, j.workers, j.more = best, parallel.Workers(), true
	j.start(c, [2]operand{a, b})
}

func multiply(k *kernels, workers int, c Matrix, factors [2]operand) {
	j := takeJob()
	j.kernels, j.workers, j.more = k, workers, false
	j.start(c, factors)
}

// start computes the product and gives the job back.
func (j *job) start(c Matrix, factors [2]operand) {
	data, a, b := c.view(), factors[0], factors[1]
	if c.Rows != a.lines || c.Cols != b.lines || a.depth != b.depth {
		panicShapes(c, a, b)
	}
	if len(data) == 0 {
		giveBack(j)
		return
	}
	j.c, j.a, j.b = c, a, b
	j.workers = max(1, min(j.workers, c.Rows*c.Cols*a.depth/leastWork))
	j.compute()
	j.c, j.a, j.b, j.to = Matrix{}, operand{}, operand{}, Matrix{}
	giveBack(j)
}

// compute computes the product, exchanging the factors where that pays.
func (j *job) compute() {
	if !j.turns() {
		j.multiply()
		return
	}
	j.to = j.exchange()
	j.multiply()
	j.run((*job).turn, ceil(j.c.Rows, turnedLines))
}

func takeJob() *job {
	idle.Lock()
	defer idle.Unlock()
	if last := len(idle.jobs) - 1; last >= 0 {
		j := idle.jobs[last]
		idle.jobs = idle.jobs[:last]
		return j
	}
	return &job{}
}

func giveBack(j *job) {
	idle.Lock()
	defer idle.Unlock()
	idle.jobs = append(idle.jobs, j)
}

// multiply takes as many rows at once as may be packed, packs them, and then
// goes through the columns.
func (j *job) multiply() {
	if j.a.depth == 0 {
		if !j.more {
			j.clear()
		}
		return
	}
	j.inPlace = j.readsInPlace()
	most := max(1, packedA/(j.slot*j.a.depth)) * j.kernels.rows
	if j.inPlace {
		most = j.c.Rows
	}
	for j.top = 0; j.top < j.c.Rows; j.top += most {
		j.rows = min(most, j.c.Rows-j.top)
		j.panels = ceil(j.rows, j.kernels.rows)
		j.low, j.tall = j.rows/j.panels, j.rows%j.panels
		if !j.inPlace {
			j.packed = grown(j.packed, j.panels*j.slot*j.a.depth)
			j.run((*job).packPanel, j.panels)
		}
		j.divide()
		j.run((*job).block, j.strips*j.groups)
	}
}

// readsInPlace says that packing a does not pay: its steps lie side by side. Lines that
// crowd the caches are packed unless they are read for hardly any columns.
func (j *job) readsInPlace() bool {
	few := j.cols / 2
	return j.wideDirect != nil && !j.a.across && (j.a.stride%j.crowded != 0 || j.c.Cols <= few)
}

func (j *job) clear() {
	for i := range j.c.Rows {
		clear(j.c.Data[i*j.c.Stride:][:j.c.Cols])
	}
}

// divide cuts the rows in work into blocks: strips of columns as wide as the
// cache has room for, narrower ones if the workers are many, and groups of rows
// if there are still too few for all. Every worker gets as many as any other, where
// the product is large enough.
func (j *job) divide() {
	const narrowest, lowest = 4, 2 // in panels
	wide := ceil(j.c.Cols, j.cols)
	j.strips, j.groups = ceil(j.c.Cols, blockCols), 1
	if j.workers == 1 {
		return
	}
	want := 2 * j.workers
	j.strips = max(j.strips, min(want, wide/narrowest))
	if even := ceil(j.strips, j.workers) * j.workers; even <= wide/narrowest {
		j.strips = even
	}
	if j.strips < want {
		groups := min(ceil(want, j.strips), j.panels/lowest)
		if j.strips%j.workers != 0 && groups > j.workers {
			groups -= groups % j.workers
		}
		j.groups = max(1, groups)
	}
}

// run calls stage for 0..count-1, spread over the workers.
func (j *job) run(stage func(*job, int, *desk), count int) {
	j.stage = stage
	for len(j.desks) < min(j.workers, count) {
		j.desks = append(j.desks, &desk{})
	}
	parallel.Seats(j.workers, count, j)
}

// DoAt does a piece of the stage.
func (j *job) DoAt(seat, i int) { j.stage(j, i, j.desks[seat]) }

func ceil(n, d int) int { return (n + d - 1) / d }

// part returns the borders of part i of n, of parts whose sizes differ by at
// most one.
func part(i, parts, n int) (first, end int) { return i * n / parts, (i + 1) * n / parts }

// grown returns a slice of size numbers, the old one where it suffices.
func grown(s []float32, size int) []float32 {
	if cap(s) < size {
		return make([]float32, size)
	}
	return s[:size]
}

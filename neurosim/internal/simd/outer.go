package simd

import (
	"sync"
	"sync/atomic"

	"crossbook/neurosim/internal/parallel"
)

// A gradient of weights, dw = eᵀ x, adds up as many products as a batch has positions. In
// whole numbers its sums are exact in any order, and are rounded once, at the end.

// Outer is a product eᵀ x of errors and patches that lie on grids.
type Outer struct {
	C      Matrix // eᵀ x
	E      Matrix // a line of errors for each of x
	X      *Patches
	E1, X1 float32 // steps to 1: E·E1 are whole numbers, if all is well, and X1 is that of X
}

const (
	outerPart  = 64      // fours of lines that are turned at once
	outerWide  = 256     // columns that are packed at once
	outerSums  = 1 << 18 // sums of a piece of work: half of the second cache
	outerDepth = 2048    // lines that are packed at once
	outerSure  = 1 << 17 // lines whose sums fit 32 bits, whatever they are
	byteOffset = 1 << 7  // makes whole numbers of 8 bits 0 or more
	mostSum    = 1<<31 - 1
)

// Multiply sets C to the exact sums, rounded to single precision, and says whether it
// could: else C is as it was or holds anything.
func (o Outer) Multiply() bool {
	c := o.C
	fit := hasFours && c.Rows%gridCols == 0 && o.X.Run%gridCols == 0 && c.Cols == o.X.Depth() && c.Rows == o.E.Cols
	if !fit || o.E.Rows == 0 || c.Rows*c.Cols*o.E.Rows < gridLeast {
		return false
	}
	_, _ = c.view(), o.E.view()
	j := takeOuter()
	defer giveOuter(j)
	j.Outer, j.tiles = o, hasTiles
	return j.turn() && j.multiply()
}

// Sure says whether a chain of such a product rounds nothing, as no sum in it can reach what
// single precision does not hold.
func (o Outer) Sure() bool {
	j := takeOuter()
	defer giveOuter(j)
	j.sizes = grown(j.sizes, o.E.Cols)
	clear(j.sizes)
	for i := range o.E.Rows {
		addSizes(j.sizes, o.E.Data[i*o.E.Stride:])
	}
	return Largest(j.sizes)*o.E1*gridMost < gridExact
}

// outerJob is such a product under way.
type outerJob struct {
	Outer
	tiles   bool
	line    int     // numbers from one line of errors to the next
	errors  []int8  // a line for each row of the product
	start   []int32 // what the sums of a row start from
	largest atomic.Int64
	sizes   []float32 // of all errors of a row, added up
	unfit   atomic.Bool
	workers int
	stage   func(*outerJob, int, *outerDesk)
	desks   []*outerDesk

	units, pieces int // of the columns
}

// outerDesk is what a worker needs for itself.
type outerDesk struct {
	packed []int8
	bases  [outerDepth]int32
	panel  [outerPart * 4 * gridCols]int8
	room   *tileRoom
}

// idleOuters holds the jobs that wait for the next product.
var idleOuters struct {
	sync.Mutex
	jobs []*outerJob
}

func takeOuter() *outerJob {
	idleOuters.Lock()
	defer idleOuters.Unlock()
	if last := len(idleOuters.jobs) - 1; last >= 0 {
		j := idleOuters.jobs[last]
		idleOuters.jobs = idleOuters.jobs[:last]
		return j
	}
	return &outerJob{}
}

func giveOuter(j *outerJob) {
	j.Outer = Outer{}
	idleOuters.Lock()
	defer idleOuters.Unlock()
	idleOuters.jobs = append(idleOuters.jobs, j)
}

// run does all pieces of a stage.
func (j *outerJob) run(stage func(*outerJob, int, *outerDesk), count int) {
	j.stage, j.workers = stage, parallel.Workers()
	for len(j.desks) < min(j.workers, count) {
		j.desks = append(j.desks, &outerDesk{room: new(tileRoom)})
	}
	parallel.Seats(j.workers, count, j)
}

// DoAt does a piece of the stage.
func (j *outerJob) DoAt(seat, i int) { j.stage(j, i, j.desks[seat]) }

// turn makes lines of the columns of errors, and says whether they are fit.
func (j *outerJob) turn() bool {
	j.line = apart(ceil(j.E.Rows, tileSteps) * tileSteps)
	if size := j.C.Rows * j.line; cap(j.errors) < size {
		j.errors = make([]int8, size)
	}
	if cap(j.start) < j.C.Rows {
		j.start = make([]int32, j.C.Rows)
	}
	j.errors, j.start = j.errors[:j.C.Rows*j.line], j.start[:j.C.Rows]
	j.unfit.Store(false)
	j.largest.Store(0)
	j.run((*outerJob).turnPart, ceil(j.E.Rows, 4*outerPart))
	if j.unfit.Load() {
		return false
	}
	if sure := j.E.Rows <= outerSure; !sure || !j.tiles {
		j.run((*outerJob).sumRow, j.C.Rows)
		return sure || j.largest.Load() < mostSum/gridMost
	}
	return true
}

// turnPart turns some lines of errors.
func (j *outerJob) turnPart(part int, d *outerDesk) {
	first := part * 4 * outerPart
	e := Matrix{Rows: min(4*outerPart, j.E.Rows-first), Cols: gridCols, Stride: j.E.Stride}
	whole := ceil(e.Rows, tileSteps) * tileSteps
	clear(d.panel[e.Rows/4*4*gridCols : whole*gridCols])
	for row := 0; row < j.C.Rows; row += gridCols {
		e.Data = j.E.Data[first*j.E.Stride+row:]
		if !packFours(d.panel[:], e, gridding{scale: j.E1, most: gridMost}) {
			j.unfit.Store(true)
			return
		}
		turnPanel(j.errors[row*j.line+first:], j.line, d.panel[:whole*gridCols])
	}
}

// sumRow adds up the errors of a row, which tells what its sums start from where numbers
// are moved to 0 or more, and how large they can become.
func (j *outerJob) sumRow(row int, _ *outerDesk) {
	sum, size := sumBytes(j.errors[row*j.line:][:ceil(j.E.Rows, tileSteps)*tileSteps])
	j.start[row] = -sum * byteOffset
	for {
		largest := j.largest.Load()
		if int64(size) <= largest || j.largest.CompareAndSwap(largest, int64(size)) {
			return
		}
	}
}

// multiply makes the product, some columns in a piece of work.
func (j *outerJob) multiply() bool {
	const unit = 2 * gridCols
	units := ceil(j.C.Cols, unit)
	workers := parallel.Workers()
	pieces := ceil(ceil(units*unit*j.C.Rows, outerSums), workers) * workers
	j.pieces, j.units = min(pieces, units), units
	j.run((*outerJob).columns, j.pieces)
	return true
}

// columns computes some columns, a block of the lines after the other.
func (j *outerJob) columns(piece int, d *outerDesk) {
	first, end := part(piece, j.pieces, j.units)
	left, right := first*2*gridCols, min(end*2*gridCols, j.C.Cols)
	if d.packed == nil {
		d.packed = make([]int8, outerWide*outerDepth)
	}
	for line := 0; line < j.E.Rows; line += outerDepth {
		for column := left; column < right; column += outerWide {
			b := outerBlock{
				line: line, lines: min(outerDepth, j.E.Rows-line), left: column, right: min(column+outerWide, right),
			}
			j.pack(d, b)
			j.multiplyBlock(d, b)
		}
	}
}

// outerBlock is some lines of x and some columns, and the panels of these that are in work.
type outerBlock struct {
	line, lines    int
	left, right    int
	column, panels int
}

// steps is the lines, up to whole steps of the kernels.
func (b outerBlock) steps() int { return ceil(b.lines, tileSteps) * tileSteps }

// pack packs a block, run by run. What stands for the lines behind the last one is of no
// matter, as there are no errors.
func (j *outerJob) pack(d *outerDesk, b outerBlock) {
	x := j.X
	fours := ceil(b.lines, 4)
	for k := range 4 * fours {
		d.bases[k] = int32(x.base(b.line+min(k, b.lines-1)) - x.base(b.line))
	}
	w := weaving{bases: &d.bases[0], fours: uint64(fours), nextTo: uint64(gridCols * b.steps())}
	if !j.tiles {
		w.flip = byteOffset * 0x01010101
	}
	for column := b.left; column < b.right; {
		run, at := column/x.Run, column%x.Run
		count := min(x.Run-at, b.right-column)
		w.from, w.to = &x.Data[x.base(b.line)+int(x.Runs[run])+at], &d.packed[(column-b.left)*b.steps()]
		w.panels = uint64(count / gridCols)
		weaveFours(&w)
		column += count
	}
}

// weaving is what the kernel that packs reads. The generator spells out its layout.
type weaving struct {
	from          *int8
	bases         *int32
	fours, panels uint64
	to            *int8
	nextTo        uint64
	flip          uint32
}

// multiplyBlock continues the sums of all rows in the columns of a block.
func (j *outerJob) multiplyBlock(d *outerDesk, b outerBlock) {
	tall, wide := gridTall, 1
	if j.tiles {
		tall, wide = tileLines, 2
	}
	rest := j.C.Rows % tall
	for b.column = b.left; b.column < b.right; b.column += wide * gridCols {
		b.panels = min(wide, (b.right-b.column)/gridCols)
		if j.C.Rows > rest {
			j.multiplyBand(d, b, band{0, j.C.Rows / tall, tall})
		}
		if rest > 0 {
			j.multiplyBand(d, b, band{j.C.Rows - rest, 1, rest})
		}
	}
}

// multiplyBand continues the sums of a band of rows in the panels of columns at hand.
func (j *outerJob) multiplyBand(d *outerDesk, b outerBlock, rows band) {
	t := gridTile{
		x: &j.errors[rows.row*j.line+b.line], w: &d.packed[(b.column-b.left)*b.steps()],
		out: &j.C.Data[rows.row*j.C.Stride+b.column], start: &j.start[rows.row],
		stepX: uint64(j.line), stride: bytes(j.C.Stride), nextW: uint64(gridCols * b.steps()),
		panels: uint64(rows.panels), load: uint64(b.line), scale: 1 / (j.E1 * j.X1),
	}
	if b.line+b.lines == j.E.Rows {
		t.last = 1
	}
	if j.tiles {
		t.groups, t.room = uint64(b.steps()/tileSteps), d.room
		runTiles(&t, rows.height, b.panels)
		return
	}
	t.groups = uint64(b.steps() / gridUnit)
	runFours(&t, rows.height)
}

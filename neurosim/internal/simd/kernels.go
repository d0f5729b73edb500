package simd

// kernels is one instruction set's way to multiply. A tile of c has at most rows
// rows and cols columns; every kernel computes the same chains.
type kernels struct {
	name string

	// rows is the greatest height of a tile, and slot the numbers that the packed
	// a holds for each step: at least rows, a whole number of vectors.
	rows, slot int

	// cols is the width of a panel of b; a last panel that is no wider than half
	// of it is packed at half the width.
	cols int

	// blockDepth is the steps of a panel of b that fit the first cache, or half the
	// second of processors that read it as fast as their kernels need.
	blockDepth int

	// direct is the most panels of a for which b is read where it lies.
	direct int

	// masked kernels touch no column of c outside the mask; the others need a
	// tile of full width.
	masked bool

	// wide and narrow are the kernels by height, for panels of cols columns and
	// of half as many.
	wide, narrow []func(*tile)

	// wideDirect and narrowDirect read the rows of a where they lie, in a matrix whose
	// steps are side by side; nil: the set has none.
	wideDirect, narrowDirect []func(*tile)

	// crowded is the numbers from one line to the next of which, and of whose multiples,
	// lines share so few places in the caches that a panel of a, or a block, has no room.
	crowded int

	// spare is the lines of no use that multiply in less time than packing takes.
	spare int

	// transpose and copy pack, by width of the panel; what is missing here is
	// packed in Go.
	transpose func(*strip)
	copy      map[int]func(*strip)
}

// tile is what a micro-kernel works on: a tile of c, and those below it with the next
// panels of a. The generator spells out its layout.
type tile struct {
	a, b, c *float32
	depth   uint64 // steps of the chains
	stepB   uint64 // bytes from one step of b to the next
	stride  uint64 // bytes from one row of c to the next
	load    uint64 // not zero: c holds the chains so far
	mask    uint64 // the columns of c to work on
	panels  uint64 // of a, 1 or more
	nextA   uint64 // bytes from one panel of a to the next
	lineA   uint64 // bytes from one row of a to the next, where it is not packed
	sums    *sums  // where kernels in Go keep the chains
}

// strip is what a packing kernel works on. The generator spells out its layout.
type strip struct {
	from, to         *float32
	stepFrom, stepTo uint64 // bytes from one row to the next
	rows, depth      uint64
	panels           uint64 // to copy to, side by side in the rows
	nextTo           uint64 // bytes from one panel to the next
}

// best is the fastest set that this processor runs.
var best = detect()[0]

package cost

import (
	"math"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// tile is a group of processing elements with buffers and an H-tree. In the novel
// mapping each element has one position of the kernel; else they form a grid.
type tile struct {
	*design
	engine    *engine
	novel     bool
	side      int // elements along an edge
	count     int // elements
	modelled  int // elements that the sum and buffers are made for
	tree      circuit.AdderTree
	in, out   circuit.Buffer
	htree     circuit.HTree
	relu      circuit.BitShifter
	sigmoid   circuit.Sigmoid
	wordBits  int // of a result that leaves the tile
	cores     tileCores
	sizes     tileSizes
	lastUnits int
}

// tileCores is how many blocks both buffers have.
type tileCores struct{ in, out int }

type tileSizes struct {
	total circuit.Size
	by    [categories]units.SquareMetre
	array units.SquareMetre
	wires units.SquareMetre
	// of the elements' registers, too
	buffers units.SquareMetre
}

const tileFold = 16 // wires of a tile's H-tree on top of each other

// newTile makes a tile of elements: so many along an edge, or so many in all in
// the novel mapping.
func newTile(d *design, e *engine, elements int, novel bool) *tile {
	t := &tile{design: d, engine: e, novel: novel, side: elements, count: elements * elements}
	t.modelled = t.count
	if d.v21() {
		t.modelled = elements
	}
	if novel {
		t.side, t.count, t.modelled = ceil(math.Sqrt(float64(elements))), elements, elements
	}
	t.makeSum()
	t.makeBuffers()
	t.htree = circuit.HTree{
		Kit: d.kit, Rows: t.side, Cols: t.side, Width: t.side * d.rows,
		Unit: e.sizes.total, Tolerance: d.treeTolerance, Folded: tileFold,
	}
	return t
}

// lines is how many results the elements give at a time.
func (t *tile) lines() float64 {
	return float64(t.modelled) * float64(t.cols) / float64(t.shared)
}

func (t *tile) makeSum() {
	bits := math.Ceil(t.sumBits()) + float64(t.inputBits+t.cells+1) + math.Ceil(log2ratio(t.engine.size, t.rows))
	t.tree = circuit.AdderTree{
		Kit: t.kit, Fit: circuit.Fit{Width: units.Metre(t.side) * t.engine.sizes.total.Width},
		Rows: t.modelled, Bits: int(bits), Trees: ceil(t.lines()),
	}
	t.wordBits = t.tree.Bits
	if !t.tileActivation {
		return
	}
	t.wordBits = t.inputBits
	if t.design.sigmoid {
		t.sigmoid = circuit.Sigmoid{
			Kit: t.kit, Fit: t.tree.Fit, Bits: t.inputBits,
			Entries: t.tree.Bits + ceilLog2(t.modelled), Functions: ceil(t.lines()),
		}
		return
	}
	t.relu = circuit.BitShifter{
		Kit: t.kit, Fit: t.tree.Fit, Bits: t.inputBits,
		Units: ceil(float64(t.engine.size) * float64(t.cols) / float64(t.shared)),
	}
}

func log2ratio(a, b int) float64 { return math.Log2(float64(a) / float64(b)) }

// makeBuffers makes both buffers of whole blocks, or of one smaller one.
func (t *tile) makeBuffers() {
	edge := units.Metre(t.side)
	c := t.tileCore
	buffer := func(bits float64, line int) (circuit.Buffer, int) {
		b := circuit.Buffer{Kit: t.kit, Bits: c.bits(), Interface: c.cols, SRAM: c.sram}
		if bits < float64(c.bits()) {
			b.Bits, b.Interface = int(bits), line
		}
		return b, ceil(bits / float64(c.bits()))
	}
	t.out, t.cores.out = buffer(float64(t.wordBits)*t.lines(), t.wordBits*t.modelled)
	t.in, t.cores.in = buffer(float64(t.modelled*t.inputBits*t.rows), t.modelled*t.rows)
	t.in.Fit = circuit.Fit{Height: edge * t.engine.sizes.total.Height}
	t.out.Fit = circuit.Fit{Width: edge * t.engine.sizes.total.Width}
}

// measure adds the areas up, with so many blocks of the buffers.
func (t *tile) measure() {
	n := units.SquareMetre(t.count)
	m := tileSizes{array: n * t.engine.sizes.array, by: t.engine.sizes.by}
	for i := range m.by {
		m.by[i] *= n
	}
	buffers := t.in.Size().Area*units.SquareMetre(t.cores.in) + t.out.Size().Area*units.SquareMetre(t.cores.out)
	tree := t.tree.Size().Area
	activation := t.activationArea()
	m.wires = t.htree.Area()
	m.by[inAccumulation] += tree
	m.by[inOther] += activation
	m.buffers = n*t.engine.sizes.buffers + buffers
	m.total.Area = t.engine.sizes.total.Area*n + tree + buffers + m.wires + activation
	m.total.Height = units.Metre(math.Sqrt(float64(m.total.Area)))
	m.total.Width = units.Metre(float64(m.total.Area) / float64(m.total.Height))
	t.sizes = m
}

func (t *tile) activationArea() units.SquareMetre {
	switch {
	case !t.tileActivation:
		return 0
	case t.design.sigmoid:
		return t.sigmoid.Size().Area
	}
	return t.relu.Size().Area
}

// price is that of a block of weights in this tile, of which the layer has so
// many copies.
func (t *tile) price(j job, c copies) tally {
	var sum tally // of whichever mapping the tile has
	if t.novel {
		sum = t.novelPrice(j, c)
	} else {
		sum = t.gridPrice(j, c)
	}
	t.activate(&sum, j)
	t.transport(&sum, j)
	if t.v21() && t.sram() && t.tileActivation && t.design.sigmoid {
		sum.forget()
	}
	sum.leakage = sum.leakage*units.Watt(t.count) + t.treeLeakage() + t.in.Leakage() + t.out.Leakage()
	t.explainLeakage(&sum)
	return sum
}

func (t *tile) treeLeakage() units.Watt {
	if t.v21() && t.lastUnits == 0 {
		return 0
	}
	return t.tree.Leakage(t.lastUnits)
}

// add sums so many elements' results.
func (t *tile) add(sum *tally, j job, values int) {
	t.lastUnits = values
	one := uses("adder tree", float64(j.windows*t.steps()), t.tree.Add(values))
	sum.accumulate(one.of(atTile, inAccumulation), j.back)
}

// gridPrice is that of a grid of elements.
func (t *tile) gridPrice(j job, c copies) tally {
	size := t.engine.size
	switch {
	case c.count() > 1 && c.rows >= t.side && c.cols >= t.side:
		inside := copies{ceilDiv(c.rows, t.side), ceilDiv(c.cols, t.side)}
		sum := t.engine.price(j, inside)
		all := units.Second(t.count)
		sum.faster(t.count)
		for _, f := range []field{writeSum, peakWriteSum} {
			w := sum.sum(f)
			w.Latency *= all
			w.Energy *= units.Joule(t.count)
			sum.ledger = sum.ledger.scale(f, repeated(float64(t.count)), alike(float64(t.count)))
		}
		return sum
	case c.count() > 1:
		sum := t.tally()
		for _, b := range j.tiles(size, size) {
			sum.beside(t.engine.price(j.with(b), copies{1, 1}))
		}
		sum.faster(c.count())
		if values := ceilDiv(j.height(), size); values > 1 {
			t.add(&sum, j, values)
		}
		return sum
	}
	return t.plainPrice(j)
}

// plainPrice is that of a grid without copies. The reference counts the last
// element's figures again for each place without weights.
func (t *tile) plainPrice(j job) tally {
	sum, last := t.tally(), t.tally()
	size := t.engine.size
	for r := range t.side {
		for c := range t.side {
			b := j.part(r*size, c*size, size, size)
			if b.height() > 0 && b.width > 0 {
				last = t.engine.price(j.with(b), copies{1, 1})
			} else if !t.v21() {
				continue
			}
			sum.beside(last)
		}
	}
	t.add(&sum, j, t.side)
	return sum
}

// novelPrice is that of elements that have one position of the kernel each.
func (t *tile) novelPrice(j job, c copies) tally {
	sum := t.tally()
	rows := j.height() / t.count
	for i := range t.count {
		at := i * min(t.engine.size, rows)
		sum.beside(t.engine.price(j.with(j.part(at, 0, rows, j.width)), copies{1, 1}))
	}
	sum.faster(c.count())
	sum.writeCopies(c.count())
	t.add(&sum, j, t.count)
	return sum
}

// activate applies the activation where tiles have it.
func (t *tile) activate(sum *tally, j job) {
	if !t.tileActivation {
		return
	}
	results := float64(j.windows * t.steps())
	one, functions := t.activation()
	sum.compute(uses("activation", results/functions, one).of(atTile, inOther))
}

// activation is one use of all activation functions, and how many results that
// serves. The reference takes a table's entries for that number.
func (t *tile) activation() (circuit.Action, float64) {
	switch {
	case !t.design.sigmoid:
		return t.relu.Read(), float64(t.relu.Units)
	case t.v21():
		return t.sigmoid.Look(), float64(t.sigmoid.Entries)
	}
	return t.sigmoid.Look(), float64(t.sigmoid.Functions)
}

// traffic is the bits that a block moves: inputs into the elements and results
// out of them.
func (t *tile) traffic(j job) (inputs, results float64) {
	planes := float64(j.planes(t.design))
	inputs = float64(j.height()) * planes
	results = float64(j.width/t.cells) * float64(1+t.wordBits) * planes / float64(t.inputBits)
	if t.novel {
		inputs /= math.Sqrt(float64(t.count))
		results /= float64(t.count)
	}
	return inputs, results
}

// through is so many bits into and out of a buffer, by as many of its blocks as
// the bus feeds.
func (t *tile) through(b circuit.Buffer, bits float64, blocks int) charge {
	lines, wide := bits/float64(b.Interface), float64(b.Interface)
	c := inAll("", lines, b.Read(lines, wide).Plus(b.Write(lines, wide)))
	c.latency /= float64(blocks)
	return c.of(atTile, inBuffer)
}

// named is the charge with a name.
func (c charge) named(name string) charge {
	c.name = name
	return c
}

// fed is how many blocks of a buffer the bus feeds at a time.
func (t *tile) fed(blocks, line int) int {
	return min(blocks, ceilDiv(t.htree.Width, line))
}

// transport is the buffers and the H-tree.
func (t *tile) transport(sum *tally, j job) {
	inputs, results := t.traffic(j)
	line := t.out.Interface
	if t.novel && t.v21() {
		line = t.in.Interface // the reference takes the other buffer's
	}
	in := t.through(t.in, inputs, t.fed(t.cores.in, t.in.Interface))
	out := t.through(t.out, results, t.fed(t.cores.out, line))
	sum.moveBoth(in.named("input buffer"), j.back)
	sum.moveBoth(out.named("output buffer"), j.back)
	width := float64(t.htree.Width)
	wires := uses("H-tree", (inputs+results)/width, t.htree.Move(width)).of(atTile, inWires)
	sum.moveBoth(wires, j.back)
	if !t.training || j.fixed {
		return
	}
	deltas := float64(j.height()) * float64(j.width)
	sum.move(writeSum, t.through(t.in, deltas, 1).named("input buffer"))
	sum.move(writeSum, uses("H-tree", deltas/width, t.htree.Move(width)).of(atTile, inWires))
}

package cost

import (
	"math"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// engine is a processing element: a grid of subarrays whose results an adder tree
// sums, with registers and buses at its edges.
type engine struct {
	*design
	size          int // cells along an edge
	side          int // subarrays along an edge
	down, across  int // subarrays that the cells take
	first, rest   *subarray
	tree          circuit.AdderTree
	in, out       circuit.DFF
	inBus, outBus circuit.Bus
	sizes         engineSizes
	known         map[likeness]tally
	lastSum       int // values of the last sum, by which the reference's tree leaks
}

type engineSizes struct {
	total circuit.Size
	by    [categories]units.SquareMetre
	array units.SquareMetre
	// of registers, and of a tile's buffers
	buffers units.SquareMetre
}

// newEngine makes one for so many cells along an edge; first is the subarray of a
// layer without an error phase.
func newEngine(d *design, size int, first, rest *subarray) *engine {
	e := &engine{design: d, size: size, first: first, rest: rest, known: map[likeness]tally{}}
	e.down, e.across = ceilDiv(size, d.rows), ceilDiv(size, d.cols)
	e.side = ceil(math.Sqrt(float64(e.down * e.across)))
	unit := circuit.Size{Height: rest.sizes.height, Width: rest.sizes.width}
	edge := units.Metre(e.side)
	lines := float64(e.side) * float64(d.cols) / float64(d.shared)
	e.tree = circuit.AdderTree{
		Kit: d.kit, Fit: circuit.Fit{Width: unit.Width}, Rows: e.side,
		Bits: int(d.sumBits() + float64(d.inputBits+d.cells+1)), Trees: ceil(lines),
	}
	e.in = circuit.DFF{Kit: d.kit, Fit: circuit.Fit{Height: edge * unit.Height}, Count: d.inputBits * d.rows}
	bits := d.sumBits() + float64(d.inputBits+d.cells+e.tree.Stages())
	e.out = circuit.DFF{
		Kit: d.kit, Fit: circuit.Fit{Width: edge * unit.Width},
		Count: int(float64(d.cols/d.shared) * bits),
	}
	e.inBus = circuit.Bus{Kit: d.kit, Rows: e.side, Cols: e.side, Unit: unit}
	e.outBus = circuit.Bus{Kit: d.kit, Rows: e.side, Cols: e.side, Unit: unit, Vertical: true}
	e.sizes = e.measure()
	return e
}

func (e *engine) measure() engineSizes {
	n := units.SquareMetre(e.side * e.side)
	tree, registers := e.tree.Size().Area, area(e.in.Size(), e.out.Size())
	m := engineSizes{array: n * e.rest.sizes.array}
	m.by = e.rest.sizes.by
	for i := range m.by {
		m.by[i] *= n
	}
	m.by[inAccumulation] += tree
	m.buffers = registers
	m.total.Area = e.rest.sizes.used*n + tree + registers
	m.total.Height = units.Metre(math.Sqrt(float64(m.total.Area)))
	m.total.Width = units.Metre(float64(m.total.Area) / float64(m.total.Height))
	return m
}

// copies is how often a block is there, to be read in parallel.
type copies struct{ rows, cols int }

func (c copies) count() int { return c.rows * c.cols }

// job is a block to be priced: for so many windows, in a layer with an error
// phase or without.
type job struct {
	block
	windows int
	back    bool
	fixed   bool // weights that are never written
}

func (j job) with(b block) job {
	j.block = b
	return j
}

func (j job) planes(d *design) int { return j.windows * d.inputBits }

func (e *engine) subarray(back bool) *subarray {
	if back && !e.wolters { // the study reads no arrays backwards
		return e.rest
	}
	return e.first
}

// price is that of a block of weights in this element.
func (e *engine) price(j job, c copies) tally {
	t := e.compute(j, c)
	t.peak()
	e.transport(&t, j)
	t.leakage = e.subarray(j.back).leakage*units.Watt(e.down*e.across) +
		e.treeLeakage() + e.in.Leakage() + e.out.Leakage()
	e.explainLeakage(&t, j.back)
	return t
}

// peak takes what there is so far, without the movement of data.
func (t *tally) peak() {
	t.peakForward, t.peakBack, t.peakWrite = t.forward, t.back, t.write
	t.ledger = t.ledger.peak()
}

func (e *engine) treeLeakage() units.Watt {
	if e.v21() && e.lastSum == 0 {
		return 0
	}
	return e.tree.Leakage(e.lastSum)
}

// compute is the subarrays' part and the sum of their results.
func (e *engine) compute(j job, c copies) tally {
	t := e.tally()
	lone := c.rows >= e.down && c.cols >= e.across
	single := c.count() == 1
	sum := e.sum(j, single || !lone)
	for _, b := range j.tiles(e.rows, e.cols) {
		one := e.blockPrice(j.with(b))
		if !single && !lone {
			one.put(forwardSum, sum)
			one.put(categorySum+field(inAccumulation), sum)
			if j.back || e.v21() && e.training { // the reference has it in the first layer, too
				one.put(backSum, sum.loose())
			}
			if j.back {
				one.put(categorySum+field(inAccumulation), sum.spent())
				one.put(backSum, sum.spent())
			}
		}
		t.beside(one)
	}
	if single {
		t.put(forwardSum, sum)
		t.put(categorySum+field(inAccumulation), sum)
		if j.back {
			t.put(backSum, sum)
			t.put(categorySum+field(inAccumulation), sum)
		}
		return t
	}
	t.faster(c.count())
	t.writeCopies(c.count())
	return t
}

// writeCopies writes so many copies at the same time.
func (t *tally) writeCopies(n int) {
	t.write.Energy *= units.Joule(n)
	t.ledger = t.ledger.scale(writeSum, nil, alike(float64(n)))
}

// sum is what the adder tree takes for a block; it is remembered for the tree's
// leakage.
func (e *engine) sum(j job, used bool) charge {
	if !used {
		return charge{}
	}
	values := ceilDiv(j.height(), e.rows)
	e.lastSum = values
	return uses("adder tree", float64(j.windows*e.steps()), e.tree.Add(values)).of(atElement, inAccumulation)
}

// likeness is what blocks of typical data have in common that cost the same.
type likeness struct {
	of                     *operand
	height, width, windows int
	back, fixed            bool
}

// blockPrice reads one subarray with all vectors and writes it once. What it is
// for one block of typical data it is for all of that size.
func (e *engine) blockPrice(j job) tally {
	if !j.typical() {
		return e.onePrice(j)
	}
	like := likeness{j.operand, j.height(), j.width, j.windows, j.back, j.fixed}
	t, known := e.known[like]
	if !known {
		t = e.onePrice(j)
		e.known[like] = t
	}
	return t
}

func (e *engine) onePrice(j job) tally {
	s := e.subarray(j.back)
	t := e.tally()
	if planes := j.planes(e.design); j.typical() {
		shares, times := j.activity.reads(e.inputBits)
		for _, ones := range shares {
			t.read(s.read(s.average(j.block, ones)), j.windows*times)
		}
	} else {
		inverses := s.inverses(j.block)
		for plane := range planes {
			t.read(s.read(s.vector(j.block, inverses, plane)), 1)
		}
	}
	if e.training && !j.fixed && !e.wolters { // the study counts no pulses
		for _, c := range s.write(s.update(j.block)) {
			t.put(writeSum, e.calibration.charge(inCells, c).of(atSubarray, inCells))
		}
	}
	return t
}

// read adds so many readings of a subarray.
func (t *tally) read(r reading, times int) {
	n := float64(times)
	t.forward = t.forward.Plus(r.forward.Times(n))
	t.back = t.back.Plus(r.back.Times(n))
	for i := range t.by {
		t.by[i] = t.by[i].Plus(r.by[i].Times(n))
	}
	t.ledger = t.ledger.plus(r.ledger, n)
}

// transport is the registers and buses at the edges.
func (e *engine) transport(t *tally, j job) {
	planes := float64(j.planes(e.design))
	blocks := float64(ceilDiv(j.height(), e.rows))
	in := charge{name: "input registers", one: e.in.Read(0), latency: planes * blocks}
	results := float64(j.width / e.cells)
	out := charge{name: "output registers", one: e.out.Read(0), latency: float64(j.windows)}
	inWrites, inBits := planes, float64(j.height())
	outWrites, outBits := float64(j.windows), results*float64(e.tree.Bits)
	if e.v21() { // swaps the number of accesses with that of bits
		inWrites, inBits = inBits, inWrites
		outWrites, outBits = outBits, outWrites
	}
	in.one.Energy, in.energy = e.in.Read(inBits).Energy, inWrites
	out.one.Energy, out.energy = e.out.Read(outBits).Energy, outWrites
	t.moveBoth(in.of(atElement, inBuffer), j.back)
	t.moveBoth(out.of(atElement, inBuffer), j.back)

	edge := float64(e.side * e.cols)
	moves := float64(j.height()) * planes / float64(e.rows)
	t.moveBoth(uses("input bus", moves, e.inBus.Move(float64(e.rows))).of(atElement, inWires), j.back)
	moves = results * e.sumBits() * planes / float64(e.inputBits) / edge
	t.moveBoth(uses("output bus", moves, e.outBus.Move(edge)).of(atElement, inWires), j.back)
}

package cost

import (
	"math"
	"slices"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// chip is a design with its layers placed: tiles, and what serves them all.
type chip struct {
	*design
	*floorplan
	rule         *rule
	grid, nested *tile // tiles of both mappings; nested is that of the novel one
	bus          int   // bits of the global bus
	cores        int   // blocks of the global buffer
	coresEach    int   // of them, those that a gradient unit works with
	written      int   // subarrays that a gradient unit lets be written at a time
	core         circuit.Buffer
	tree         circuit.HTree
	pool         circuit.MaxPooling
	sum          circuit.AdderTree
	relu         circuit.BitShifter
	sigmoid      circuit.Sigmoid
	units        []gradientUnit
	areas        Areas
	subarray     *subarray
}

// Areas is what a chip takes up, by what it is for.
type Areas struct {
	Total        units.SquareMetre
	Array        units.SquareMetre // memory cells of the synapses
	ADC          units.SquareMetre // converters and sense amplifiers
	Accumulation units.SquareMetre // adders, adder trees, shift-adds
	Wires        units.SquareMetre // H-trees
	Buffers      units.SquareMetre // registers of the elements, buffers of the tiles, global buffer
	Other        units.SquareMetre // drivers, decoders, activation, pooling
	Gradient     units.SquareMetre // weight-gradient unit with its accumulator
}

// newChip makes everything that does not depend on a layer's weights.
func newChip(d *design, w Workload) (*chip, error) {
	r := newRule(d, w)
	d.transposed = d.training && slices.Contains(r.Transposed, true)
	plan, err := d.plan(w.Layers.shapes(), r.feedback)
	if err != nil {
		return nil, err
	}
	c := &chip{design: d, floorplan: plan, rule: r}
	first, rest := newSubarray(d, false), newSubarray(d, true)
	c.subarray = rest
	c.makeTiles(first, rest)
	c.widenBus()
	c.makeUnits()
	c.makeBuffer()
	c.makeShared()
	c.measure()
	return c, nil
}

func (c *chip) makeTiles(first, rest *subarray) {
	c.grid = newTile(c.design, newEngine(c.design, c.gridSize, first, rest), ceilDiv(c.gridTile, c.gridSize), false)
	if c.novel {
		c.nested = newTile(c.design, newEngine(c.design, c.novelSize, first, rest), c.novelCount, true)
		if c.v21() { // both kinds share the numbers of blocks of their buffers
			c.nested.cores = c.grid.cores
		}
		c.nested.measure()
	}
	c.grid.measure()
}

func (c *chip) tileOf(l placed) *tile {
	if l.novel {
		return c.nested
	}
	return c.grid
}

func (c *chip) tiles() int { return c.novelTiles + c.gridTiles + c.feedbackTiles }

// novelEdge is the cells along an edge of a tile of the novel mapping.
func (c *chip) novelEdge() int {
	return c.novelSize * ceil(math.Sqrt(float64(c.novelCount)))
}

// widenBus adds the lines of a tile of each layer, and halves the bus until it is
// narrow enough.
func (c *chip) widenBus() {
	for _, l := range c.layers {
		edge := c.gridTile
		if l.novel {
			edge = c.novelEdge()
		}
		if lines := edge + edge/c.shared; c.pipelined { // all layers at the same time
			c.bus += lines * l.tiles()
		} else {
			c.bus += lines
		}
	}
	for c.bus > c.widestBus {
		c.bus /= 2
	}
}

// largest is the layer of a gradient unit with the largest map. In a pipeline the
// reference takes the first.
func (c *chip) largest(unit int) placed {
	if c.v21() && c.pipelined {
		return c.layers[0]
	}
	var layer placed
	size := 0
	for i, l := range c.layers {
		n := l.Height * l.Width * l.Channels
		if c.rule.unit[i] == unit && n > size {
			layer, size = l, n
		}
	}
	return layer
}

// makeBuffer sizes the global buffer for a map and, in training, for the
// gradients of the subarrays that each gradient unit writes at a time.
func (c *chip) makeBuffer() {
	size, gradientBits := c.mapSize(), ceilLog2(c.batch)
	for _, u := range c.units {
		if !c.v21() { // not known when the reference asks
			gradientBits = max(gradientBits, ceilLog2(c.batch)+u.Precision())
		}
	}
	bits := c.inputBits * size
	cells := c.rows() * c.cols()
	overhead := cells * c.cells * gradientBits
	c.written = overhead / (cells * c.synapseBits)
	if !c.v21() {
		c.written = max(1, c.written)
	}
	if !c.training {
		overhead = 0
	}
	for overhead > 0 && bits+overhead < bits*(c.overhead+1) {
		overhead *= 2
		c.written *= 2
	}
	c.core = circuit.Buffer{Kit: c.kit, Bits: c.globalCore.bits(), Interface: c.globalCore.cols, SRAM: c.globalCore.sram}
	c.coresEach = c.blocks(bits + overhead)
	c.cores = c.blocks(bits + overhead*len(c.units))
	for i := range c.units {
		c.units[i].sum.Count = c.written * c.rows() * c.cols()
	}
}

// mapSize is how many values of maps the global buffer holds: the largest, or half
// of all where all layers work at the same time.
func (c *chip) mapSize() int {
	largest, all := 0, 0
	for _, l := range c.layers {
		n := l.Height * l.Width * l.Channels
		largest, all = max(largest, n), all+n/2
	}
	if c.pipelined {
		return all
	}
	return largest
}

// blocks is how many blocks of the global buffer hold so many bits. The reference
// counts whole ones only.
func (c *chip) blocks(bits int) int {
	if c.v21() && !c.wolters {
		return bits / c.globalCore.bits()
	}
	return ceilDiv(bits, c.globalCore.bits())
}

func (c *chip) rows() int { return c.design.rows }

func (c *chip) cols() int { return c.design.cols }

// throughput is the most lines of a tile, and how many partial results of theirs
// a sum may have.
func (c *chip) throughput() (lines, partial int) {
	lines = c.gridTile
	partial = ceilDiv(c.gridSize, c.rows()) * ceilDiv(c.gridTile, c.gridSize)
	if c.novel {
		lines = max(lines, c.novelEdge())
		elements := max(ceilDiv(c.gridTile, c.gridSize), ceil(math.Sqrt(float64(c.novelCount))))
		partial = max(ceilDiv(c.gridSize, c.rows()), ceilDiv(c.novelSize, c.rows())) * elements
	}
	switch n := len(c.layers); {
	case !c.pipelined:
	case !c.v21():
		lines *= n
	default: // counts the layers as partial results, too
		partial *= n + 1
		if c.novel {
			lines *= n + 1
		}
	}
	return lines, partial
}

func (c *chip) makeShared() {
	lines, partial := c.throughput()
	high := units.Metre(c.floorplan.rows) * c.tileSize().Height
	c.core.Fit = circuit.Fit{Height: high}
	wide := units.Metre(float64(c.core.Size().Area) * float64(c.cores) / float64(high))
	c.pool = circuit.MaxPooling{Kit: c.kit, Fit: circuit.Fit{Width: wide}, Bits: c.inputBits, Window: 4, Units: c.gridTile}
	c.tree = circuit.HTree{
		Kit: c.kit, Rows: c.floorplan.rows, Cols: c.floorplan.cols, Width: c.bus,
		Unit: c.tileSize(), Tolerance: c.busTolerance, Folded: c.folded,
	}
	most := 0
	for _, l := range append(slices.Clone(c.layers), c.feedback...) {
		if c.v21() {
			l.down *= max(1, l.repeat)
		}
		most = max(most, l.down)
	}
	trees := ceil(float64(lines) / float64(c.shared))
	bits := int(math.Ceil(c.sumBits())+math.Ceil(math.Log2(float64(partial)))) + c.inputBits + c.cells + 1
	if c.tileActivation {
		bits = c.inputBits
	} else {
		c.makeActivation(trees, partial, most, circuit.Fit{Width: wide / 3})
	}
	c.sum = circuit.AdderTree{Kit: c.kit, Fit: circuit.Fit{Width: high / 3}, Rows: most, Bits: bits, Trees: trees}
	for i := range c.units {
		c.units[i].sum.Fit = circuit.Fit{Height: high}
	}
}

func (c *chip) makeActivation(functions, partial, most int, fit circuit.Fit) {
	if !c.design.sigmoid {
		c.relu = circuit.BitShifter{Kit: c.kit, Fit: fit, Units: functions, Bits: c.inputBits}
		return
	}
	rows := math.Ceil(math.Log2(float64(c.rows())) + float64(c.cellBits-1))
	width := rows + float64(c.inputBits+c.cells+1) + math.Log2(float64(partial)) + float64(ceilLog2(most))
	c.sigmoid = circuit.Sigmoid{Kit: c.kit, Fit: fit, Bits: c.inputBits, Entries: int(width), Functions: functions}
}

// tileSize is the larger of both kinds in each direction.
func (c *chip) tileSize() circuit.Size {
	size := c.grid.sizes.total
	if c.nested != nil {
		size.Height = max(size.Height, c.nested.sizes.total.Height)
		size.Width = max(size.Width, c.nested.sizes.total.Width)
	}
	return size
}

// measure adds the areas up.
func (c *chip) measure() {
	add := func(t *tile, count int) {
		n := units.SquareMetre(count)
		c.areas.Total += n * t.sizes.total.Area
		c.areas.Array += n * t.sizes.array
		c.areas.ADC += n * t.sizes.by[inADC]
		c.areas.Accumulation += n * t.sizes.by[inAccumulation]
		c.areas.Other += n * t.sizes.by[inOther]
		c.areas.Buffers += n * t.sizes.buffers
		c.areas.Wires += n * t.sizes.wires
	}
	add(c.grid, c.gridTiles+c.feedbackTiles+c.studyTiles())
	if c.nested != nil {
		add(c.nested, c.novelTiles)
	}
	buffer := c.core.Size().Area * units.SquareMetre(c.cores)
	other := c.pool.Size().Area + c.activationArea()
	c.areas.Buffers += buffer
	c.areas.Other += other
	sum, wires := c.sum.Size().Area, c.tree.Area()
	c.areas.Accumulation += sum
	c.areas.Wires += wires
	c.areas.Gradient = c.gradientArea()
	c.areas.Total += buffer + other + sum + wires + c.areas.Gradient
}

func (c *chip) activationArea() units.SquareMetre {
	switch {
	case c.tileActivation:
		return 0
	case c.design.sigmoid:
		return c.sigmoid.Size().Area
	}
	return c.relu.Size().Area
}

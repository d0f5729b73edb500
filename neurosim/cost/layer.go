package cost

import (
	"math"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// layerCost is what a layer costs in all images and batches of an epoch.
type layerCost struct {
	tally
	gradient, peakGradient circuit.Action
	dram                   circuit.Action

	later           units.Second   // of dram: what comes after the forward phase
	feedback        circuit.Action // of back: what a memory of feedback weights takes
	feedbackLeakage units.Watt     // of one of its tiles
	feedbackLeaks   []term         // of that, to be explained
}

// put adds a charge to one of the sums.
func (l *layerCost) put(f field, c charge) {
	var a *circuit.Action
	switch f {
	case gradientSum:
		a = &l.gradient
	case peakGradSum:
		a = &l.peakGradient
	case dramSum:
		a = &l.dram
	default:
		l.tally.put(f, c)
		return
	}
	*a = a.Plus(c.total())
	l.ledger = l.ledger.add(f, c)
}

// fetch adds the movement of data by memory or the global buffer to a phase and to
// its own sum.
func (l *layerCost) fetch(phase field, c charge) {
	l.put(phase, c)
	if c.part == inMemory {
		l.put(dramSum, c)
		if phase != forwardSum {
			l.later += c.total().Latency
		}
	} else {
		l.put(bufferSum, c)
	}
}

// all lists the prices of a layer.
func (l *layerCost) all() []*circuit.Action {
	list := l.readings()
	return append(list[:], &l.write, &l.peakWrite, &l.gradient, &l.peakGradient, &l.dram)
}

// layerPrice is that of a layer whose weights, inputs and share of active bits are
// given.
func (c *chip) layerPrice(at int, o *operand, active float64) layerCost {
	l := c.layers[at]
	back := c.backward(at)
	cost := layerCost{tally: c.tally()}
	for _, b := range c.cutTiles(l, o) {
		j := job{block: b, windows: l.windows(), back: back}
		cost.beside(c.tileOf(l).price(j, l.copies()))
	}
	c.activate(&cost.tally, l)
	c.gather(&cost.tally, l, back)
	c.poolMaps(&cost.tally, l)
	c.distribute(&cost, l, back)
	if c.training {
		c.train(&cost, at, active)
		if c.rule.feedback[at].Kernels > 0 && !c.wolters {
			cost.plus(c.feedbackCost(at, o.activity))
		}
		c.repeat(&cost)
		return cost
	}
	if at == 0 || c.v21() { // the reference fetches the image for each layer
		cost.fetch(forwardSum, c.moved("image from memory", c.mapBits(c.layers[0])))
	}
	return cost
}

// gather sums what the tiles below each other give. The reference sums the results
// of tiles that are repeated, too.
func (c *chip) gather(t *tally, l placed, back bool) {
	down := l.down
	if c.v21() {
		down *= max(1, l.repeat)
	}
	if down > 1 {
		sums := math.Ceil(float64(l.windows()) / float64(c.sum.Trees))
		one := uses("adder tree", float64(l.over*l.Kernels)*sums, c.sum.Add(down))
		t.accumulate(one.of(atChip, inAccumulation), back)
	}
}

// cutTiles gives each tile of a layer its weights. In the novel mapping they are
// sorted by the position in the kernel.
func (c *chip) cutTiles(l placed, o *operand) []block {
	whole := o.whole()
	if !l.novel {
		return whole.tiles(c.gridTile, c.gridTile)
	}
	var list []block
	down := l.down
	for i := range down {
		var index []int
		for position := range l.positions() {
			for channel := i * l.Channels / down; channel < (i+1)*l.Channels/down; channel++ {
				index = append(index, c.row(l, position, channel))
			}
		}
		for j := range l.over {
			from, to := j*l.columns/l.over, (j+1)*l.columns/l.over
			list = append(list, block{o, index, from, to - from})
		}
	}
	return list
}

// row is where the weight of a channel at a position of the kernel stands. Kernels
// are stored channel by channel; the reference reads them position by position.
func (c *chip) row(l placed, position, channel int) int {
	if c.v21() {
		return position*l.Channels + channel
	}
	return channel*l.positions() + position
}

func (c *chip) activate(t *tally, l placed) {
	if c.tileActivation {
		return
	}
	one, functions := c.activation()
	n := math.Ceil(float64(l.windows()*l.Kernels) / functions)
	t.compute(uses("activation", n, one).of(atChip, inOther))
}

// activation is one use of all activation functions, and how many results that
// serves. The reference takes a table's entries for that number.
func (c *chip) activation() (circuit.Action, float64) {
	switch {
	case !c.design.sigmoid:
		return c.relu.Read(), float64(c.relu.Units)
	case c.v21():
		return c.sigmoid.Look(), float64(c.sigmoid.Entries)
	}
	return c.sigmoid.Look(), float64(c.sigmoid.Functions)
}

// poolMaps takes the largest of each four results. The latency is that of a
// quarter of all, the energy that of the whole ones among them.
func (c *chip) poolMaps(t *tally, l placed) {
	if !l.Pool {
		return
	}
	n := float64(l.windows()) / 4
	whole := float64(l.windows() / 4)
	times := func(n float64) float64 {
		if l.novel {
			return math.Ceil(n / float64(c.novelSize) * math.Sqrt(float64(c.novelCount)))
		}
		return math.Ceil(n / float64(c.gridTile))
	}
	pool := charge{name: "pooling", one: c.pool.Pool(), latency: times(n), energy: times(whole)}
	t.compute(pool.of(atChip, inOther))
}

// served is how many blocks of a gradient unit's part of the global buffer the bus
// serves at a time.
func (c *chip) served() int {
	return min(c.coresEach, ceilDiv(c.bus, c.core.Interface))
}

// movement is that of a layer's maps through the global buffer and between it and
// the tiles.
func (c *chip) movement(l placed) (buffer, wires charge) {
	n := float64(l.windows())
	bits := float64(c.inputBits)
	out := float64(l.rows()) * bits * n
	if l.novel {
		out /= float64(l.KernelHeight)
	}
	in := float64(l.columns/c.cells) * bits * n
	if l.Pool {
		in /= 4
	}
	width := math.Ceil(float64(c.bus) * float64(l.tiles()) / float64(c.tiles()))
	tree := c.tree
	tree.Unit = c.tileOf(l).sizes.total
	wires = uses("global H-tree", math.Ceil((out+in)/width), tree.Move(width)).of(atChip, inWires)
	line := float64(c.core.Interface)
	buffer = inAll("global buffer", (out+in)/line, c.core.Read(out/line, line).Plus(c.core.Write(in/line, line)))
	buffer.latency *= math.Ceil(float64(c.tiles())/float64(l.tiles())) / float64(c.served())
	return buffer.of(atChip, inBuffer), wires
}

// distribute moves maps between the global buffer and the tiles.
func (c *chip) distribute(cost *layerCost, l placed, back bool) {
	buffer, wires := c.movement(l)
	if c.training {
		buffer = buffer.times(2)
		cost.fetch(gradientSum, buffer)
	}
	if back {
		cost.fetch(backSum, buffer)
		cost.move(backSum, wires)
	}
	cost.fetch(forwardSum, buffer)
	cost.move(forwardSum, wires)
}

// moved is the way of so many bits between memory and chip.
func (c *chip) moved(name string, bits float64) charge {
	return uses(name, bits, c.dram.Move(1)).of(atMemory, inMemory)
}

// mapBits is a layer's input. The reference leaves the channels out.
func (c *chip) mapBits(l placed) float64 {
	bits := float64(l.Height * l.Width * c.inputBits)
	if c.v21() {
		return bits
	}
	return bits * float64(l.Channels)
}

// train adds what training has beyond inference, for an image.
func (c *chip) train(cost *layerCost, at int, active float64) {
	maps := c.moved("maps to memory and back", 2*c.mapBits(c.layers[at]))
	for _, phase := range []field{forwardSum, gradientSum, backSum} {
		if phase == backSum && !c.backward(at) {
			continue
		}
		cost.fetch(phase, maps)
		if c.v21() { // reports six times what it charges
			cost.put(dramSum, maps.times(5))
		}
	}
	c.gradientPrice(cost, at, active)
}

// repeat counts the prices of an image for a batch and for all batches.
func (c *chip) repeat(cost *layerCost) {
	batch, batches := float64(c.batch), float64(c.iterations)
	for i, a := range cost.all() {
		f := field(i)
		if f == writeSum || f == peakWriteSum {
			a.Latency /= units.Second(c.written)
			cost.ledger = cost.ledger.scale(f, shared(float64(c.written)), nil)
		} else {
			*a = a.Times(batch)
			image := func(t *term) { t.images = batch }
			cost.ledger = cost.ledger.scale(f, image, image)
		}
		*a = a.Times(batches)
		repeat := func(t *term) { t.batches = batches }
		cost.ledger = cost.ledger.scale(f, repeat, repeat)
	}
	cost.feedback = cost.feedback.Times(batch * batches)
	cost.later *= units.Second(batch * batches)
}

// gradientPrice is that of a layer's weight gradient for one image: products,
// their sum, and the way of the sum to memory and back.
func (c *chip) gradientPrice(cost *layerCost, at int, active float64) {
	l, g := c.layers[at], c.units[c.rule.unit[at]]
	rows, cols := l.allWindows(), l.Channels*c.inputBits
	copies := g.Across * g.Down
	down, over := max(1, g.Down/max(1, ceilDiv(rows, g.Rows))), max(1, g.Across/max(1, ceilDiv(cols, g.Cols)))
	if rows == 1 {
		down, over = g.Down, max(1, cols/g.Cols)
	}
	read, write := g.Multiply(active, l.Kernels), g.Store(active)
	used := float64(rows*cols) / float64(copies*g.Rows*g.Cols)
	positions := float64(l.positions())
	weights := l.rows() * l.Kernels
	sums := math.Ceil(float64(weights) / float64(g.sum.Count))
	add := g.sum.Add(0, float64(min(weights, g.sum.Count)))
	products := inAll("products", positions*float64(l.Kernels), read.Times(positions))
	products.latency /= float64(down * over)
	products.one.Energy *= units.Joule(used) // the other cells have nothing to multiply
	stored := uses("activations stored", positions, write)
	stored.one.Energy *= units.Joule(used)
	for _, charged := range []charge{products, stored, uses("accumulator", sums, add)} {
		cost.put(peakGradSum, charged.of(atChip, inGradient))
		cost.put(gradientSum, charged.of(atChip, inGradient))
	}
	c.store(cost, weights*g.Precision())
}

// store is the way of so many bits of gradient through the global buffer to
// memory and back.
func (c *chip) store(cost *layerCost, bits int) {
	cost.fetch(gradientSum, c.moved("gradients to memory and back", 2*float64(bits)))
	lines, width := float64(bits/c.core.Interface), float64(c.core.Interface)
	if !c.v21() {
		lines = float64(bits) / width
	}
	buffer := inAll("gradients in the global buffer", lines, c.core.Read(lines, width).Plus(c.core.Write(lines, width)))
	buffer = buffer.times(2)
	buffer.latency /= float64(c.served())
	cost.fetch(gradientSum, buffer.of(atChip, inBuffer))
}

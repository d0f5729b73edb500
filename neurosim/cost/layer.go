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

	later           circuit.Action // of dram: what comes after the forward phase
	feedback        circuit.Action // of back: what a memory of feedback weights takes
	feedbackLeakage units.Watt     // of one of its tiles
}

// all lists the prices of a layer.
func (l *layerCost) all() []*circuit.Action {
	return append(l.readings(), &l.write, &l.peakWrite, &l.gradient, &l.peakGradient, &l.dram, &l.later)
}

// layerPrice is that of a layer whose weights, inputs and share of active bits are
// given.
func (c *chip) layerPrice(at int, o *operand, active float64) layerCost {
	l := c.layers[at]
	back := c.backward(at)
	var cost layerCost
	for _, b := range c.cutTiles(l, o) {
		j := job{b, l.windows(), back}
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
		cost.dram = c.dram.Move(c.mapBits(c.layers[0]))
		cost.forward = cost.forward.Plus(cost.dram)
	}
	return cost
}

// gather sums what the tiles below each other give.
func (c *chip) gather(t *tally, l placed, back bool) {
	if l.down > 1 {
		sums := math.Ceil(float64(l.windows()) / float64(c.sum.Trees))
		t.accumulate(c.sum.Add(l.down).Times(float64(l.over*l.Kernels)*sums), back)
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
	a := one.Times(math.Ceil(float64(l.windows()*l.Kernels) / functions))
	t.forward = t.forward.Plus(a)
	t.peakForward = t.peakForward.Plus(a)
	t.by[inOther] = t.by[inOther].Plus(a)
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
	a := split(c.pool.Pool(), times(n), times(whole))
	t.forward = t.forward.Plus(a)
	t.peakForward = t.peakForward.Plus(a)
	t.by[inOther] = t.by[inOther].Plus(a)
}

// served is how many blocks of a gradient unit's part of the global buffer the bus
// serves at a time.
func (c *chip) served() int {
	return min(c.coresEach, ceilDiv(c.bus, c.core.Interface))
}

// movement is that of a layer's maps through the global buffer and between it and
// the tiles.
func (c *chip) movement(l placed) (buffer, wires circuit.Action) {
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
	wires = tree.Move(width).Times(math.Ceil((out + in) / width))
	line := float64(c.core.Interface)
	buffer = c.core.Read(out/line, line).Plus(c.core.Write(in/line, line))
	buffer.Latency *= units.Second(math.Ceil(float64(c.tiles())/float64(l.tiles())) / float64(c.served()))
	return buffer, wires
}

// distribute moves maps between the global buffer and the tiles.
func (c *chip) distribute(cost *layerCost, l placed, back bool) {
	buffer, wires := c.movement(l)
	uses, forward := 1.0, 1.0
	if c.training {
		uses, forward = 4, 2
		cost.gradient = buffer.Times(2)
	}
	if back {
		uses = 6
		cost.back = cost.back.Plus(buffer.Times(2)).Plus(wires)
	}
	cost.forward = cost.forward.Plus(buffer.Times(forward)).Plus(wires)
	cost.buffer = cost.buffer.Plus(buffer.Times(uses))
	cost.wires = cost.wires.Plus(wires.Times(phases(back)))
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
	maps := c.dram.Move(c.mapBits(c.layers[at]))
	uses := 4.0
	if c.backward(at) {
		uses = 6
		cost.back = cost.back.Plus(maps.Times(2))
	}
	cost.forward = cost.forward.Plus(maps.Times(2))
	cost.gradient = cost.gradient.Plus(maps.Times(2))
	cost.dram = maps.Times(uses)
	if c.v21() { // reports six times what it charges
		cost.dram = maps.Times(6 * uses)
	}
	cost.later = maps.Times(uses - 2)
	c.gradientPrice(cost, at, active)
}

// repeat takes the price of an image to that of an epoch. Weights are written once
// a batch.
func (c *chip) repeat(cost *layerCost) {
	for _, a := range cost.all() {
		if a != &cost.write && a != &cost.peakWrite {
			*a = a.Times(float64(c.batch))
		}
	}
	for _, a := range []*circuit.Action{&cost.write, &cost.peakWrite} {
		a.Latency /= units.Second(c.written)
	}
	for _, a := range append(cost.all(), &cost.feedback) {
		*a = a.Times(float64(c.iterations))
	}
	cost.feedback = cost.feedback.Times(float64(c.batch))
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
	peak := circuit.Action{
		Latency: (read.Latency/units.Second(down*over) + write.Latency) * units.Second(positions),
		Energy:  (read.Energy + write.Energy) * units.Joule(used*positions),
	}
	weights := l.rows() * l.Kernels
	sums := math.Ceil(float64(weights) / float64(g.sum.Count))
	add := g.sum.Add(0, float64(min(weights, g.sum.Count))).Times(sums)
	cost.peakGradient = peak.Plus(add)
	c.store(cost, weights*g.Precision())
	cost.gradient = cost.gradient.Plus(cost.peakGradient)
}

// store is the way of so many bits of gradient through the global buffer to
// memory and back.
func (c *chip) store(cost *layerCost, bits int) {
	memory := c.dram.Move(float64(bits)).Times(2)
	lines, width := float64(bits/c.core.Interface), float64(c.core.Interface)
	if !c.v21() {
		lines = float64(bits) / width
	}
	buffer := c.core.Read(lines, width).Plus(c.core.Write(lines, width)).Times(2)
	buffer.Latency /= units.Second(c.served())
	cost.gradient = cost.gradient.Plus(memory).Plus(buffer)
	cost.buffer = cost.buffer.Plus(buffer)
	cost.dram, cost.later = cost.dram.Plus(memory), cost.later.Plus(memory)
}

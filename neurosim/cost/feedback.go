package cost

import "crossbook/neurosim/cost/circuit"

// feedbackCost is what the memory of feedback weights behind a layer's error costs
// in an epoch: as arrays that are read forward, the errors being the inputs.
func (c *chip) feedbackCost(at int, own Activity) layerCost {
	p := c.feedback[at]
	activity := own
	activity.Ones, activity.Planes, activity.Weight = backActive, nil, 0
	o := &operand{rows: p.rows(), cols: p.columns, vectors: p.allWindows() * c.inputBits, activity: activity}
	var cost layerCost
	for _, b := range o.whole().tiles(c.gridTile, c.gridTile) {
		cost.beside(c.grid.price(job{b, p.windows(), false}, p.copies()))
	}
	c.gather(&cost.tally, p, false)
	buffer, wires := c.movement(p)
	cost.forward = cost.forward.Plus(buffer.Times(2)).Plus(wires)
	cost.buffer, cost.wires = cost.buffer.Plus(buffer.Times(2)), cost.wires.Plus(wires)
	cost.dram = c.dram.Move(float64(p.windows() * p.Kernels * c.inputBits)).Times(2) // the error, there and back
	cost.forward = cost.forward.Plus(cost.dram)
	cost.errors()
	if !c.rule.Trained {
		cost.write, cost.peakWrite = circuit.Action{}, circuit.Action{}
	}
	return cost
}

// errors makes what was read forward the price of an error.
func (l *layerCost) errors() {
	l.back, l.forward = l.forward, circuit.Action{}
	l.peakBack, l.peakForward = l.peakForward, circuit.Action{}
}

// plus adds a memory's price to that of its layer; it is not part of what a tile
// of the layer leaks.
func (l *layerCost) plus(memory layerCost) {
	leakage, list := l.leakage, memory.all()
	for i, a := range l.all() {
		*a = a.Plus(*list[i])
	}
	l.leakage = leakage
	l.feedback, l.feedbackLeakage = memory.back, memory.leakage
}

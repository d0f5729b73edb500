package cost

// feedbackCost is what the memory of feedback weights behind a layer's error costs
// for an image: arrays that are read forward, the errors being the inputs.
func (c *chip) feedbackCost(at int, own Activity) layerCost {
	p := c.feedback[at]
	activity := own
	activity.Ones, activity.Planes, activity.Weight = backActive, nil, 0
	o := &operand{rows: p.rows(), cols: p.columns, vectors: p.allWindows() * c.inputBits, activity: activity}
	cost := layerCost{tally: c.tally()}
	for _, b := range o.whole().tiles(c.gridTile, c.gridTile) {
		j := job{block: b, windows: p.windows(), fixed: !c.rule.Trained}
		cost.beside(c.grid.price(j, p.copies()))
	}
	c.gather(&cost.tally, p, false)
	buffer, wires := c.movement(p)
	cost.fetch(forwardSum, buffer.times(2))
	cost.move(forwardSum, wires)
	bits := float64(p.windows() * p.Kernels * c.inputBits)
	cost.fetch(forwardSum, c.moved("errors to memory and back", 2*bits))
	cost.later = cost.dram.Latency
	return cost
}

// plus adds a memory's price for an image, that of reading it to the error phase.
// What its tiles leak is kept apart from what those of the layer do.
func (l *layerCost) plus(memory layerCost) {
	memory.ledger = memory.ledger.backward()
	memory.back, memory.forward = memory.forward, memory.back
	memory.peakBack, memory.peakForward = memory.peakForward, memory.peakBack
	list := memory.all()
	for i, a := range l.all() {
		*a = a.Plus(*list[i])
	}
	l.later += memory.later
	l.ledger = l.ledger.plus(memory.ledger, 1)
	l.feedback, l.feedbackLeakage = memory.back, memory.leakage
	if memory.ledger != nil {
		l.feedbackLeaks = memory.ledger.leakage
	}
}

package simd

// panel is a piece of an operand: some lines over some steps.
type panel struct {
	operand
	line, count int // the first line, and how many
	step, steps int
	width       int // that each step takes when packed
}

// pack writes a panel step by step, each in width numbers, of which the first
// hold the lines and the rest hold anything.
func (d *desk) pack(k *kernels, to []float32, p panel) {
	if p.across {
		d.packAcross(k.copy[p.width], to, p)
	} else {
		d.packAlong(k.transpose, to, p)
	}
}

// packSide packs panels that lie side by side, step by step through all of them.
func (d *desk) packSide(kernel func(*strip), to []float32, p panel, panels int) {
	_, _ = p.data[p.at(p.line+panels*p.width-1, p.step+p.steps-1)], to[panels*p.width*p.steps-1]
	d.strip = strip{
		from: &p.data[p.at(p.line, p.step)], stepFrom: bytes(p.stride),
		to: &to[0], stepTo: bytes(p.width), depth: uint64(p.steps),
		panels: uint64(panels), nextTo: bytes(p.width * p.steps),
	}
	kernel(&d.strip)
}

// packAcross copies the lines of each step, which lie side by side. The vector
// kernel reads full widths, so it must not be used where the operand ends.
func (d *desk) packAcross(kernel func(*strip), to []float32, p panel) {
	if p.line+p.width <= p.lines && kernel != nil {
		d.strip = strip{
			from: &p.data[p.at(p.line, p.step)], stepFrom: bytes(p.stride),
			to: &to[0], stepTo: bytes(p.width), depth: uint64(p.steps), panels: 1,
		}
		kernel(&d.strip)
		return
	}
	for s := range p.steps {
		from := p.at(p.line, p.step+s)
		copy(to[s*p.width:][:p.count], p.data[from:])
	}
}

// packAlong transposes eight lines at once, over a multiple of eight steps and then
// over the last eight, which may be some of them again. It writes eight lines, whatever
// the count.
func (d *desk) packAlong(kernel func(*strip), to []float32, p panel) {
	const side = 8
	for first := 0; first < p.count; first += side {
		lines := min(side, p.count-first)
		if kernel == nil || p.steps < side {
			p.packOneByOne(to, first, lines)
			continue
		}
		d.strip = strip{
			from: &p.data[p.at(p.line+first, p.step)], stepFrom: bytes(p.stride),
			to: &to[first], stepTo: bytes(p.width), rows: uint64(lines), depth: uint64(p.steps &^ (side - 1)),
		}
		kernel(&d.strip)
		if last := p.steps - side; p.steps%side != 0 {
			d.strip.from, d.strip.to = &p.data[p.at(p.line+first, p.step+last)], &to[last*p.width+first]
			d.strip.depth = side
			kernel(&d.strip)
		}
	}
}

// packOneByOne transposes some lines in Go.
func (p panel) packOneByOne(to []float32, first, lines int) {
	for i := first; i < first+lines; i++ {
		for s, v := range p.data[p.at(p.line+i, p.step):][:p.steps] {
			to[s*p.width+i] = v
		}
	}
}

// bytes is the size of a row of count numbers.
func bytes(count int) uint64 { return 4 * uint64(count) }

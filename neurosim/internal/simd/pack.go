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

// packAcross copies the lines of each step, which lie side by side. The vector
// kernel reads full widths, so it must not be used where the operand ends.
func (d *desk) packAcross(kernel func(*strip), to []float32, p panel) {
	if p.line+p.width <= p.lines && kernel != nil {
		d.strip = strip{
			from: &p.data[p.at(p.line, p.step)], stepFrom: bytes(p.stride),
			to: &to[0], stepTo: bytes(p.width), depth: uint64(p.steps),
		}
		kernel(&d.strip)
		return
	}
	for s := range p.steps {
		from := p.at(p.line, p.step+s)
		copy(to[s*p.width:][:p.count], p.data[from:])
	}
}

// packAlong transposes: eight lines at once over a multiple of eight steps, and
// the rest one by one.
func (d *desk) packAlong(kernel func(*strip), to []float32, p panel) {
	done := 0
	if kernel != nil && p.steps >= 8 {
		done = p.steps &^ 7
		for i := 0; i < p.count; i += 8 {
			d.strip = strip{
				from: &p.data[p.at(p.line+i, p.step)], stepFrom: bytes(p.stride),
				to: &to[i], stepTo: bytes(p.width), rows: uint64(p.count - i), depth: uint64(done),
			}
			kernel(&d.strip)
		}
	}
	for i := range p.count {
		line := p.data[p.at(p.line+i, p.step):][:p.steps]
		for s := done; s < p.steps; s++ {
			to[s*p.width+i] = line[s]
		}
	}
}

// bytes is the size of a row of count numbers.
func bytes(count int) uint64 { return 4 * uint64(count) }

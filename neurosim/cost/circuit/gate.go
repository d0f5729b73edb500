package circuit

import "math"

// Lengths of layout rules, in feature sizes.
const (
	cellHeight  = 28.0 // of a row of standard cells
	polyGap     = 2.8  // between gates of a planar transistor
	polyWidth   = 1.0
	polyGapFin  = 3.9
	polyWideFin = 1.4
	pnGap       = 3.5               // between the diffusions of both polarities
	edgeGap     = (1.0 + 1.6/2) * 2 // above and below both
)

type gateKind int

const (
	inverter gateKind = iota
	nor
	nand
)

// gate is a logic gate: the width of each of its transistors and the height of
// the row it stands in, in metres.
type gate struct {
	kind   gateKind
	inputs int
	n, p   float64
	height float64
}

// pitch is the length from one gate of a folded transistor to the next.
func (k *Kit) pitch() float64 {
	if k.FinFET() {
		return (polyWideFin + polyGapFin) * k.feature()
	}
	return (polyWidth + polyGap) * k.feature()
}

// gap is the length of a diffusion between two gates.
func (k *Kit) gap() float64 {
	if k.FinFET() {
		return polyGapFin * k.feature()
	}
	return polyGap * k.feature()
}

// side is one polarity of a gate as it is laid out.
type side struct {
	unit   float64 // length of one transistor
	folds  int
	height float64 // of the drain
	width  float64 // as drawn
}

// sides folds both polarities into the height of the row, which they share in
// proportion to their widths.
func (k *Kit) sides(g gate) (n, p side) {
	wn, wp := k.drawn(g.n), k.drawn(g.p)
	f := k.feature()
	ratio := wp / (wp + wn)
	room := g.height - pnGap*f - edgeGap*f
	alone := g.height - edgeGap*f
	switch {
	case ratio == 0:
		return k.fold(wn, alone), side{folds: 1}
	case ratio == 1:
		return side{folds: 1}, k.fold(wp, alone)
	case k.FinFET():
		return k.fold(wn, (1-ratio)*room), k.fold(wp, ratio*room)
	}
	top := ratio * room
	return k.fold(wn, top/ratio*(1-ratio)), k.fold(wp, top)
}

func (k *Kit) fold(width, room float64) side {
	if k.FinFET() {
		return k.foldFins(width, room)
	}
	if width <= room {
		return side{2 * k.pitch(), 1, width, width}
	}
	folds := int(math.Ceil(width / room))
	return side{float64(folds+1) * k.pitch(), folds, room, width}
}

func (k *Kit) foldFins(width, room float64) side {
	pitch, fin := float64(k.Fin.Pitch), float64(k.Fin.Width)
	most := max(1, int(math.Floor(room/pitch))+1)
	fins := int(k.fins(width))
	if fins <= most {
		return side{2 * k.pitch(), 1, float64(fins-1)*pitch + fin, width}
	}
	folds := shares(fins, most)
	if k.v21() {
		folds = fins / most // rounds up an integer division
	}
	return side{float64(folds+1) * k.pitch(), folds, float64(most-1)*pitch + fin, width}
}

// gateSize is the room that a gate takes.
func (k *Kit) gateSize(g gate) Size {
	n, p := k.sides(g)
	wide, other := n.unit, p.unit
	if g.kind != inverter {
		inputs := float64(g.inputs)
		wide, other = wide*inputs, other*inputs
		if n.folds == 1 && p.folds == 1 {
			shared := (inputs - 1) * k.pitch()
			wide, other = wide-shared, other-shared
		}
	}
	return box(g.height, max(wide, other))
}

// inputCap is the capacitance of one input.
func (k *Kit) inputCap(g gate) float64 {
	n, p := g.n, g.p
	if k.v21() {
		// The reference counts the fins of a width that it has already counted.
		n, p = k.drawn(n), k.drawn(p)
	}
	return k.gateCap(n) + k.gateCap(p)
}

// outputCap is the capacitance of the drains at the output.
func (k *Kit) outputCap(g gate) float64 {
	n, p := k.sides(g)
	single := n.folds == 1 && p.folds == 1
	switch g.kind {
	case inverter:
		edges := n.folds
		if k.v21() {
			edges = p.folds // the reference takes the other polarity's folds
		}
		return k.drains(p, k.lone(p, p.folds)) + k.drains(n, k.lone(n, edges))
	case nor:
		return k.drains(p, k.series(p, g.inputs, single)) + k.drains(n, k.parallel(n, g.inputs, single))
	default:
		return k.drains(p, k.parallel(p, g.inputs, single)) + k.drains(n, k.series(n, g.inputs, single))
	}
}

// diffusion is the length of the drains that switch and the edge around them.
type diffusion struct{ length, edge float64 }

// drains is the capacitance of a polarity's drains at the output.
func (k *Kit) drains(s side, d diffusion) float64 {
	if s.width == 0 {
		return 0
	}
	return d.length*s.height*float64(k.Junction) +
		d.edge*float64(k.Sidewall) +
		float64(s.folds)*s.height*float64(k.ToChannel)
}

// lone is the output diffusion of one transistor.
func (k *Kit) lone(s side, folds int) diffusion {
	length := k.drainLength(s)
	return diffusion{length, 2*length + s.height*even(folds)}
}

// series is that of stacked transistors, of which the outermost meets the output.
func (k *Kit) series(s side, inputs int, single bool) diffusion {
	n := float64(inputs)
	drain := k.drainLength(s)
	if single {
		return diffusion{n * drain, 2*(n*drain) + s.height}
	}
	length := n*drain + (n-1)*k.sourceLength(s)
	return diffusion{length, 2*length + s.height*even(s.folds)*n + s.height*odd(s.folds)*(n-1)}
}

// parallel is that of transistors side by side, which share drains in pairs.
func (k *Kit) parallel(s side, inputs int, single bool) diffusion {
	drain := k.drainLength(s)
	if single {
		length := drain * float64((inputs+1)/2)
		return diffusion{length, 2*length + s.height*odd(inputs)}
	}
	length := float64(inputs) * drain
	return diffusion{length, 2*length + s.height*even(s.folds)*float64(inputs)}
}

func (k *Kit) drainLength(s side) float64 {
	if s.folds == 1 {
		return k.gap()
	}
	return float64((s.folds+2)/2) * k.gap()
}

func (k *Kit) sourceLength(s side) float64 {
	if s.folds == 1 {
		return k.gap()
	}
	return float64((s.folds+1)/2) * k.gap()
}

// even is 2 for an even number of folds, whose outer diffusions are both drains
// with an edge, and 1 for an odd one.
func even(folds int) float64 { return float64(1 + (folds+1)%2) }

// odd is 1 for an odd number, which leaves one unshared, and 0 for an even one.
func odd(n int) float64 { return float64(1 - (n+1)%2) }

// leak is a gate's average current when idle. The shares of input patterns that
// leak are those of Y.-F. Tsai, D. E. Duarte, N. Vijaykrishnan and M. J. Irwin,
// "Characterization and modeling of run-time techniques for leakage power
// reduction", IEEE Trans. VLSI Syst. 12(11), 2004.
func (k *Kit) leak(g gate) float64 {
	n := k.effective(g.n) * float64(k.NChannel.Off)
	p := k.effective(g.p) * float64(k.PChannel.Off)
	inputs := float64(g.inputs)
	switch {
	case g.kind == inverter:
		return (n + p) / 2
	case g.kind == nor && g.inputs == 2:
		return 0.95 * n * inputs
	case g.kind == nor:
		return 0.62 * n * inputs
	case g.inputs == 2:
		return 0.48 * p * inputs
	}
	return 0.31 * p * inputs
}

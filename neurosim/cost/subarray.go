package cost

import (
	"math"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// category is what a part of a subarray is for.
type category int

const (
	inADC category = iota
	inAccumulation
	inOther
	categories
)

// The other parts of a price, which subarrays have none of.
const (
	inBuffer category = categories + iota
	inWires
	inMemory
	inGradient
	inCells
	partKinds
)

// place is where a part stands around the cells.
type place int

const (
	above  place = iota // over the columns: adds to the height
	beside              // the drivers of the rows
	corner              // between both
	behind              // at the other end of the rows: adds to the width
	inside              // in the room of another part
)

// part is one circuit of a subarray.
type part struct {
	name    string
	kind    category
	place   place
	size    circuit.Size
	leakage units.Watt
	back    bool // of the error phase
}

// vector is one bit plane of one window of the inputs as a block of cells sees it.
type vector struct {
	active  float64   // share of the rows whose bit is one
	columns []float64 // resistance of each column over the active rows, ohm
}

// update is what the last step of training does to a block of cells.
type update struct {
	rows, columns float64     // share that changes
	pulses        float64     // one after the other
	energy        units.Joule // of cells and lines
}

// reading is the price of reading a block with one vector.
type reading struct {
	forward, back circuit.Action
	by            [categories]circuit.Action // of both
	ledger        *ledger
	calibration   *Calibration
}

// reading begins one.
func (d *design) reading() reading {
	r := reading{calibration: d.calibration}
	if d.explain {
		r.ledger = &ledger{}
	}
	return r
}

// add puts a charge of the forward phase in its category.
func (r *reading) add(kind category, c charge) {
	r.addOnly(kind, c)
	c = r.calibration.charge(kind, c)
	r.forward = r.forward.Plus(c.total())
	r.ledger = r.ledger.add(forwardSum, c.of(atSubarray, kind))
}

// addBack puts a charge of the error phase in its category.
func (r *reading) addBack(kind category, c charge) {
	r.addOnly(kind, c)
	c = r.calibration.charge(kind, c)
	r.back = r.back.Plus(c.total())
	r.ledger = r.ledger.add(backSum, c.of(atSubarray, kind))
}

// addOnly puts a charge in a category but in no phase.
func (r *reading) addOnly(kind category, c charge) {
	c = r.calibration.charge(kind, c)
	r.by[kind] = r.by[kind].Plus(c.total())
	r.ledger = r.ledger.add(categorySum+field(kind), c.of(atSubarray, kind))
}

// charger is the add of one phase.
type charger func(kind category, c charge)

// together adds charges of circuits that work at the same time.
func (add charger) together(kind category, a, b charge) {
	a, b = together(a, b)
	add(kind, a)
	add(kind, b)
}

// writing is what an update of a subarray is charged for.
type writing [4]charge

func (w writing) total() circuit.Action {
	var sum circuit.Action
	for _, c := range w {
		sum = sum.Plus(c.total())
	}
	return sum
}

// periphery is what stands around the cells: one kind for each way to read.
type periphery interface {
	parts() []part
	read(v vector) reading
	write(u update) writing
}

// subarray is a block of cells with its periphery.
type subarray struct {
	*design
	array circuit.Array
	back  bool // reads errors, too
	periphery
	sizes   subarraySizes
	leakage units.Watt
}

type subarraySizes struct {
	used          units.SquareMetre
	by            [categories]units.SquareMetre
	array         units.SquareMetre
	height, width units.Metre
}

// newSubarray makes a subarray of a layer whose errors are read out (back), or
// not, as in the first layer.
func newSubarray(d *design, back bool) *subarray {
	s := &subarray{design: d, back: back && d.transposed}
	s.array = circuit.Array{
		Kit: d.kit, Cell: d.kit.Cell, Rows: d.rows, Cols: d.cols,
		RelaxedHeight: d.relaxedHeight, RelaxedWidth: d.relaxedWidth,
	}
	switch {
	case d.sram() && d.sequential:
		s.periphery = newSRAMRows(s)
	case d.sram():
		s.periphery = newSRAMColumns(s)
	default:
		s.periphery = newNVM(s)
	}
	s.sizes = s.measure()
	s.leakage = s.leak()
	return s
}

// measure adds the parts up.
func (s *subarray) measure() subarraySizes {
	cells := s.array.Size()
	array := s.calibration.size(inCells, cells.Area)
	m := subarraySizes{used: array, array: array, height: cells.Height}
	var left, middle, right units.Metre
	for _, p := range s.parts() {
		size := s.calibration.size(p.kind, p.size.Area)
		m.used += size
		m.by[p.kind] += size
		switch p.place {
		case above:
			m.height += p.size.Height
		case beside:
			left += p.size.Width
		case corner:
			middle = max(middle, p.size.Width)
		case behind:
			right += p.size.Width
		}
	}
	m.width = max(left, middle) + cells.Width + right
	return m
}

// leak is the leakage of the subarray; the error phase's parts leak where they are
// used.
func (s *subarray) leak() units.Watt {
	sum := units.Watt(s.array.Leakage())
	for _, p := range s.parts() {
		if s.leaks(p) {
			sum += p.leakage
		}
	}
	return sum
}

// leaks says whether a part counts: the reference leaves those of the error phase
// out in a layer that has none.
func (s *subarray) leaks(p part) bool { return !p.back || s.back || !s.v21() && s.transposed }

func (s *subarray) wide() circuit.Fit { return circuit.Fit{Width: s.array.Size().Width} }

func (s *subarray) high() circuit.Fit { return circuit.Fit{Height: s.array.Size().Height} }

// writes is how many times a row's line is driven in an update.
func (s *subarray) writes(u update) float64 {
	k := float64(s.cols)
	return math.Ceil(k*u.columns/k) * float64(s.rows) * u.rows
}

// backBits is the width of an error, constant in the reference.
func (s *subarray) backBits() int {
	if s.v21() {
		return 8
	}
	return s.inputBits
}

// backActive is the share of an error's bits that are ones.
const backActive = 0.5

// errors is how many errors are read one after the other where the error phase
// goes column by column.
func (s *subarray) errors() float64 { return float64(s.cols) * backActive }

// slower takes the longer of two latencies and both energies.
func slower(a, b circuit.Action) circuit.Action {
	return circuit.Action{Latency: max(a.Latency, b.Latency), Energy: a.Energy + b.Energy}
}

// ramped is a price that rises with the share of active rows.
type ramped struct{ idle, full circuit.Action }

func (r ramped) at(active float64) circuit.Action {
	return circuit.Action{
		Latency: r.idle.Latency,
		Energy:  r.idle.Energy + (r.full.Energy-r.idle.Energy)*units.Joule(active),
	}
}

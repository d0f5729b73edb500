package simd

import (
	"math"
	"unsafe"

	"crossbook/neurosim/internal/parallel"
)

// Step is the decrease of a weight w by a number of pulses: Offset - Slope w.
type Step struct{ Offset, Slope float32 }

// Program is one update of cells that move by tabulated steps and are written in
// whole steps. For each cell it makes
//
//	n = round(v Inverse Gain Half)         pulses by its velocity, within the table
//	D = w - clip(w - (Offset - Slope w))   by the step of n pulses
//	q = floor(D + r)                       stochastic rounding, r uniform in [0,1)
//	w = clip(w - Rate (q Unit))
//
// where clip is to ±Limit, within which w must be. Most cells get no pulse, and few of
// those that do move: what is random is made for those alone that need it.
type Program struct {
	Steps               []Step // of -P, -P+1 ... P pulses
	Inverse, Gain, Half float32
	Limit, Unit, Rate   float32

	// Open leaves cells with q other than 0 unclipped, for what is to be added.
	Open bool

	// Counter and Key are the stream of the r: that of cell i is number i of
	// [Uniform].
	Counter [4]uint32
	Key     [2]uint32
}

// mostCells is the most cells that are programmed at once: a piece of a loop.
const mostCells = parallel.Chunk

// Moves is room for the cells that are at work in an update. The lists have places for
// the last lanes of a vector.
type Moves struct {
	pulsed [mostCells + lanes]uint32
	counts [mostCells + lanes]int32
	listed int // in both
	moved  [mostCells + lanes]uint32
	values [mostCells + lanes]float32
	normal [mostCells + lanes]float64

	uniform [mostCells]float32
}

// many is the share of the cells, one in so many, from which on it takes less time to go
// through all of them than through those that are listed.
const many = 2

// Pulses says whether a cell with a velocity of such a size gets any; none with a smaller
// one then does without it.
func (p *Program) Pulses(v float32) bool { return p.pulses(v) != 0 }

func (p *Program) pulses(v float32) float32 {
	most := float32(len(p.Steps) / 2)
	if n := rint(float32(float32(v*p.Inverse)*p.Gain) * p.Half); n == n {
		return min(max(n, -most), most)
	}
	return 0
}

// Pulse lists those of the cells with the weights w and the velocities v that get pulses.
// They are cells at, at+1 ... of the piece that is to be programmed; what is called for is
// to be in rising order.
func (p *Program) Pulse(m *Moves, w, v []float32, at int) {
	most := float32(len(p.Steps) / 2)
	s := pulsing{
		v: unsafe.SliceData(v), index: &m.pulsed[0], counts: &m.counts[0], groups: grouped(len(v)), found: uint64(m.listed),
		inverse: p.Inverse, gain: p.Gain, half: p.Half, low: -most, high: most, first: uint32(at), w: unsafe.SliceData(w),
	}
	done := 0
	if s.groups > 0 {
		pulseGroups(&s)
		done, m.listed = int(s.groups)*updateLanes, int(s.found)
	}
	for i := done; i < len(v); i++ {
		if n := p.pulses(v[i]); n != 0 {
			m.pulsed[m.listed], m.counts[m.listed] = uint32(at+i), int32(n)
			m.listed++
		}
	}
}

// Cells programs the listed ones of the cells first, first+1 ... of the stream: at most
// a piece of a loop, and first is a multiple of that. It returns the cells with q other than 0,
// counted from first on, in rising order, with the weights to be given to them. The lists
// lie in m, where none is listed then. The velocities are those of all cells, if all were
// looked at, else nil.
func (p *Program) Cells(m *Moves, w, v []float32, first int) (moved []uint32, values []float32) {
	count := m.listed
	m.listed = 0
	s := programming{
		placing: m.placing(m.pulsed[:count], first, p.Counter, p.Key),
		w:       unsafe.SliceData(w), counts: &m.counts[0], zero: &p.Steps[len(p.Steps)/2],
		moved: &m.moved[0], values: &m.values[0],
		bottom: -p.Limit, top: p.Limit, unit: p.Unit, rate: p.Rate,
	}
	if p.Open {
		s.open = math.MaxUint32
	}
	of := rest{end: count}
	switch {
	case count == 0 || updateLanes == 0:
	case many*count > len(w) && len(v) >= updateLanes:
		p.programAll(m, &s, v[:len(w)])
		whole := len(w) / updateLanes * updateLanes
		for of.first = count; of.first > 0 && int(m.pulsed[of.first-1]) >= whole; of.first-- {
		}
		of.found = int(s.found)
	default:
		s.groups = (uint64(count) + uint64(updateLanes) - 1) / uint64(updateLanes)
		programGroups(&s)
		of.first, of.found = count, int(s.found)
	}
	found := p.program(m, w, of, s.counter)
	return m.moved[:found], m.values[:found]
}

// programAll gives all whole groups of cells their pulses.
func (p *Program) programAll(m *Moves, s *programming, v []float32) {
	most := float32(len(p.Steps) / 2)
	s.groups, s.v, s.r = grouped(len(v)), &v[0], &m.uniform[0]
	s.gain, s.half, s.low, s.high, s.inverse = p.Gain, p.Half, -most, most, p.Inverse
	Uniform(m.uniform[:int(s.groups)*updateLanes], s.counter, p.Key)
	programAllGroups(s)
}

// Move programs all cells first, first+1 ... of the stream by decreases d that do not come
// from the table, as Cells does the listed ones by theirs.
func (p *Program) Move(m *Moves, w, d []float32, first int) (moved []uint32, values []float32) {
	if first%mostCells != 0 {
		panic("simd: cells from the middle of a piece on")
	}
	b := blocks{counter: p.Counter}
	b.count(uint64(first) / 4)
	r := m.uniform[:len(w)]
	Uniform(r, b.counter, p.Key)
	found := 0
	for i, down := range d[:len(w)] {
		sum := down + r[i]
		if sum >= 0 && sum < 1 {
			continue
		}
		q := float32(math.Floor(float64(sum)))
		next := w[i] - float32(p.Rate*float32(q*p.Unit))
		if !p.Open {
			next = min(max(next, -p.Limit), p.Limit)
		}
		m.moved[found], m.values[found] = uint32(i), next
		found++
	}
	return m.moved[:found], m.values[:found]
}

// rest is the listed cells that are to be programmed, and how many were found to move.
type rest struct{ first, end, found int }

// program is the second half of Cells in Go, for the rest of the cells.
func (p *Program) program(m *Moves, w []float32, of rest, counter [4]uint32) (found int) {
	zero := len(p.Steps) / 2
	found = of.found
	for k := of.first; k < of.end; k++ {
		i := m.pulsed[k]
		step, old := p.Steps[zero+int(m.counts[k])], w[i]
		down := step.Offset - float32(step.Slope*old)
		d := old - min(max(old-down, -p.Limit), p.Limit)
		words := Philox4x32(placed(counter, i), p.Key)
		r := float32(words[i&3]>>8) * 0x1p-24
		q := float32(math.Floor(float64(d + r)))
		if q == 0 {
			continue
		}
		next := old - float32(p.Rate*float32(q*p.Unit))
		if !p.Open {
			next = min(max(next, -p.Limit), p.Limit)
		}
		m.moved[found], m.values[found] = i, next
		found++
	}
	return found
}

// Deviates returns the normal deviates of listed cells, which [Program.Cells] found from
// first on, in double precision: number i is that of cell i in the stream. They lie in m.
func (m *Moves) Deviates(moved []uint32, first int, counter [4]uint32, key [2]uint32) []float64 {
	normals := m.normal[:len(moved)]
	s := deviating{placing: m.placing(moved, first, counter, key), to: &m.normal[0]}
	if len(moved) == 0 {
		return normals
	}
	if updateLanes > 0 {
		s.groups = (uint64(len(moved)) + 7) / 8
		deviateGroups(&s)
		return normals
	}
	for k, i := range moved {
		normals[k] = Deviate(Philox4x32(placed(s.counter, i), key), uint64(i))
	}
	return normals
}

// placing is listed places in a stream, up to whole vectors of them. The generator
// spells out its layout and that of what it is in.
type placing struct {
	index   *uint32
	counter [4]uint32 // of place 0
	key     [2]uint32
	groups  uint64 // of the lanes of a vector
}

// placing is what the kernels read of a list, which lies in m and is filled up with
// places 0 without pulses.
func (m *Moves) placing(list []uint32, first int, counter [4]uint32, key [2]uint32) placing {
	if first%mostCells != 0 {
		panic("simd: cells from the middle of a piece on")
	}
	clear(list[len(list):][:lanes])
	clear(m.counts[len(list):][:lanes])
	b := blocks{counter: counter}
	b.count(uint64(first) / 4)
	return placing{index: unsafe.SliceData(list), counter: b.counter, key: key}
}

// placed is the counter of the block that has place i.
func placed(counter [4]uint32, i uint32) [4]uint32 {
	b := blocks{counter: counter}
	b.count(uint64(i) / 4)
	return b.counter
}

type pulsing struct {
	v                              *float32
	index                          *uint32
	counts                         *int32
	groups, found                  uint64
	inverse, gain, half, low, high float32
	first                          uint32   // place of the first cell
	w                              *float32 // of the cells
}

type programming struct {
	placing
	w                       *float32
	counts                  *int32
	zero                    *Step // that of no pulse
	moved                   *uint32
	values                  *float32
	found                   uint64
	bottom, top, unit, rate float32
	open                    uint32 // all bits, or none

	// Of all cells, not of those that are listed.
	v, r                           *float32
	gain, half, low, high, inverse float32
}

type deviating struct {
	placing
	to *float64
}

package simd

import (
	"math"
	"unsafe"
)

// Step is the decrease of a weight w by a number of pulses: Offset - Slope w.
type Step struct{ Offset, Slope float32 }

// Program is one update of cells that move by tabulated steps and are written in
// whole steps. For each cell it makes
//
//	v = v Inverse                          the velocity
//	n = round(v Gain Half)                 pulses, within the table
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

// MostCells is the most cells that are programmed at once.
const MostCells = 4096

// Moves is room for the cells that are at work in an update. The lists have places for
// the last lanes of a vector.
type Moves struct {
	pulsed [MostCells + lanes]uint32
	counts [MostCells + lanes]int32
	moved  [MostCells + lanes]uint32
	values [MostCells + lanes]float32
	normal [MostCells + lanes]float64
}

// Cells programs the cells first, first+1 ... of the stream: at most MostCells, and first
// is a multiple of that. It sets v, and returns the cells with q other than 0, counted
// from first on, in rising order, with the weights to be given to them. The lists lie in
// m.
func (p *Program) Cells(m *Moves, w, v []float32, first int) (moved []uint32, values []float32) {
	count := p.pulse(m, v[:len(w)])
	s := programming{
		placing: m.placing(m.pulsed[:count], first, p.Counter, p.Key),
		w:       unsafe.SliceData(w), counts: &m.counts[0], zero: &p.Steps[len(p.Steps)/2],
		moved: &m.moved[0], values: &m.values[0],
		bottom: -p.Limit, top: p.Limit, unit: p.Unit, rate: p.Rate,
	}
	if p.Open {
		s.open = math.MaxUint32
	}
	found := 0
	if count > 0 && programGroups(&s) {
		found = int(s.found)
	} else if count > 0 {
		found = p.program(m, w, s.counter, count)
	}
	return m.moved[:found], m.values[:found]
}

// pulse lists the cells that get pulses, and sets v to the velocities.
func (p *Program) pulse(m *Moves, v []float32) (count int) {
	most := float32(len(p.Steps) / 2)
	s := pulsing{
		v: unsafe.SliceData(v), index: &m.pulsed[0], counts: &m.counts[0], groups: uint64(len(v) / lanes),
		inverse: p.Inverse, gain: p.Gain, half: p.Half, low: -most, high: most,
	}
	done := 0
	if s.groups > 0 && pulseGroups(&s) {
		done, count = int(s.groups)*lanes, int(s.found)
	}
	for i := done; i < len(v); i++ {
		v[i] *= p.Inverse
		n := rint(float32(v[i]*p.Gain) * p.Half)
		if n = min(max(n, -most), most); n != 0 && n == n {
			m.pulsed[count], m.counts[count] = uint32(i), int32(n)
			count++
		}
	}
	return count
}

// program is the second half of Cells in Go.
func (p *Program) program(m *Moves, w []float32, counter [4]uint32, count int) (found int) {
	zero := len(p.Steps) / 2
	for k, i := range m.pulsed[:count] {
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
	if len(moved) == 0 || deviateGroups(&s) {
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
	groups  uint64
}

// placing is what the kernels read of a list, which lies in m and is filled up with
// places 0 without pulses.
func (m *Moves) placing(list []uint32, first int, counter [4]uint32, key [2]uint32) placing {
	if first%MostCells != 0 {
		panic("simd: cells from the middle of a piece on")
	}
	clear(list[len(list):][:lanes])
	clear(m.counts[len(list):][:lanes])
	b := blocks{counter: counter}
	b.count(uint64(first) / 4)
	return placing{
		index: unsafe.SliceData(list), counter: b.counter, key: key, groups: uint64(len(list)+lanes-1) / lanes,
	}
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
}

type deviating struct {
	placing
	to *float64
}

package cost

import (
	"math"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// nvm is the periphery of resistive or ferroelectric cells.
type nvm struct {
	*subarray
	rowParts []part         // drivers of the rows
	rowRead  ramped         // one read of the rows
	rowWrite circuit.Action // all writes of the rows for each write of a line
	sources  circuit.SwitchMatrix
	front    nvmSide
	rear     nvmSide
}

// nvmSide is what reads the columns, or the rows in the error phase.
type nvmSide struct {
	switches  switches
	converter converter
	adding    adding
}

func newNVM(s *subarray) *nvm {
	n := &nvm{subarray: s}
	n.drivers()
	n.sources = circuit.SwitchMatrix{
		Kit: s.kit, Fit: s.wide(), Outputs: s.cols, Column: true, Load: units.Ohm(s.array.On()),
	}
	load, rowBits := s.array.On()/float64(s.rows), 0
	if s.sequential {
		load, rowBits = s.array.On(), ceilLog2(s.rows)+s.cellBits
	}
	lines := s.outputs()
	n.front = nvmSide{
		switches: s.newSwitches(above, lines, min(s.shared, s.cols), load).driving(lines),
		adding: s.newAdding(addSpec{
			fit: s.wide(), units: lines, rowBits: rowBits, sumBits: log2(s.levels), inputs: s.inputBits,
		}),
	}
	if s.sequential {
		n.front.converter = s.newBitConverter(s.wide(), lines, min(s.shared, s.cols))
	} else {
		n.front.converter = s.newConverter(s.wide(), lines, s.levels, min(s.shared, s.cols))
	}
	if s.transposed {
		n.rear = n.behind()
	}
	return n
}

// byColumn says whether errors are read in column by column.
func (s *subarray) byColumn() bool { return s.sequential || s.backSequential }

// behind is the periphery of the error phase.
func (n *nvm) behind() nvmSide {
	s := n.subarray
	lines := s.rows / s.backShared
	load, rowBits := s.array.On()/float64(s.cols), 0
	if s.sequential {
		load = s.array.On()
	}
	if s.byColumn() {
		rowBits = ceilLog2(s.cols) + s.cellBits
	}
	side := nvmSide{
		switches: s.newSwitches(behind, lines, s.backShared, load).driving(lines),
		adding: s.newAdding(addSpec{
			fit: s.high(), units: lines, rowBits: rowBits, sumBits: log2(s.backLevels), inputs: s.backBits(),
		}),
	}
	if s.byColumn() {
		side.converter = s.newBitConverter(s.high(), lines, s.backShared)
	} else {
		side.converter = s.newConverter(s.high(), lines, s.backLevels, s.backShared)
	}
	return side
}

// drivers of the rows: all at once, or one after the other behind a decoder.
func (n *nvm) drivers() {
	gates := n.array.Gates()
	if n.kit.Cell.CrossPoint {
		gates = n.array.Row()
	}
	switch {
	case n.sequential:
		n.sequentialDrivers(gates)
	case n.kit.Cell.CrossPoint:
		m := circuit.SwitchMatrix{
			Kit: n.kit, Fit: n.high(), Outputs: n.rows, Load: units.Ohm(n.array.On() / float64(n.cols)),
			Writing: circuit.Writing{Cells: n.cols},
		}
		n.rowRead = ramped{m.Read(gates, 0), m.Read(gates, 1)}
		n.rowWrite = m.Write(gates, 1, 0)
		n.rowParts = []part{{"word lines", inOther, beside, m.Size(), m.Leakage(), false}}
	default:
		m := circuit.WordLines{Kit: n.kit, Fit: n.high(), Rows: n.rows}
		n.rowRead = ramped{m.Read(gates, 0), m.Read(gates, 1)}
		n.rowWrite = m.Write(gates, 1, 0)
		n.rowParts = []part{{"word lines", inOther, beside, m.Size(), m.Leakage(), false}}
	}
}

func (n *nvm) sequentialDrivers(line circuit.Line) {
	decoder := circuit.RowDecoder{Kit: n.kit, Fit: n.high(), Address: circuit.AddressBits(n.rows)}
	load := n.array.Gates()
	choose, ramp := decoder.Rise(load.Cap)
	n.rowParts = []part{{"row decoder", inOther, beside, decoder.Size(), decoder.Leakage(), false}}
	var read, write circuit.Action
	if n.kit.Cell.CrossPoint {
		d := circuit.CrossPointDrivers{
			Kit: n.kit, Fit: n.high(), Outputs: n.rows, Cells: n.cols, Load: units.Ohm(n.array.On()),
		}
		read = d.Read(line, ramp, ceilDiv(n.cols, min(n.shared, n.cols)))
		write = d.Write(line, ramp, n.cols)
		n.rowParts = append(n.rowParts, part{"row drivers", inOther, beside, d.Size(), d.Leakage(), false})
	} else {
		d := circuit.RowDrivers{Kit: n.kit, Fit: n.high(), Rows: n.rows}
		read, write = d.Read(line, ramp), d.Write(line, ramp)
		n.rowParts = append(n.rowParts, part{"row drivers", inOther, beside, d.Size(), d.Leakage(), false})
	}
	n.rowRead = ramped{choose.Plus(read), choose.Plus(read)}
	n.rowWrite = choose.Plus(write)
}

func (n *nvm) parts() []part {
	list := append([]part{}, n.rowParts...)
	list = append(list, part{"source lines", inOther, above, n.sources.Size(), n.sources.Leakage(), false})
	list = append(list, n.front.parts(above, false, "forward")...)
	if !n.transposed {
		return list
	}
	if n.v21() { // counts the source lines a second time
		list = append(list, part{"source lines again", inOther, inside, circuit.Size{}, n.sources.Leakage(), true})
	}
	return append(list, n.rear.parts(behind, true, "error")...)
}

func (s nvmSide) parts(at place, back bool, name string) []part {
	list := s.switches.parts(at, back, name)
	list = append(list, s.converter.parts(at, back, name)...)
	return append(list, s.adding.parts(at, back, name)...)
}

// turns is how many columns take turns at a converter.
func (n *nvm) turns() int { return min(n.shared, n.cols) }

// reads is how many rows are read one after the other: their active share, or
// all at once.
func (n *nvm) reads(v vector) float64 {
	if n.sequential {
		return float64(n.rows) * v.active
	}
	return 1
}

func (n *nvm) read(v vector) reading {
	r := n.reading()
	n.readForward(&r, v)
	if n.back {
		n.readBack(&r, v)
	}
	return r
}

func (n *nvm) readForward(r *reading, v vector) {
	m, rows := n.turns(), n.reads(v)
	planes := float64(n.inputBits)
	charger(r.add).together(
		inOther,
		uses("row lines", float64(m)*rows, n.rowRead.at(v.active)),
		uses("column multiplexers", float64(m)/planes, n.front.switches.price),
	)
	r.add(inOther, uses("columns settle", 1/planes, n.settle(n.array.Column(), n.rows, m)))
	add := r.add
	if n.sequential && n.v21() && !n.sar { // counts the converters' energy in their category only
		add = func(kind category, c charge) {
			r.add(kind, c.loose())
			r.addOnly(kind, c.spent())
		}
	}
	n.front.converter.read(add, v.columns, rows)
	r.add(inADC, n.cellEnergy(v.active, rows))
	n.front.adding.sums(r.add, float64(m)*rows, float64(m), float64(n.results(m)))
}

// settle is how long a line takes for all turns.
func (n *nvm) settle(line circuit.Line, cells, turns int) circuit.Action {
	parallel := cells / 2
	if n.sequential {
		parallel = 1
	}
	tau := float64(line.Cap) * (n.array.Average() / float64(parallel))
	return circuit.Action{Latency: units.Second(tau * 0.2 * float64(turns))}
}

// cellEnergy charges the columns and the gates of the active rows.
func (n *nvm) cellEnergy(active, rows float64) charge {
	m := n.turns()
	gates := n.gateEnergy()
	if !n.sequential {
		gates *= float64(n.rows) * active
	}
	each := n.columnEnergy() + gates
	return uses("cells and columns", rows*float64(m), circuit.Action{Energy: units.Joule(each)})
}

func (n *nvm) columnEnergy() float64 {
	read := float64(n.kit.Cell.ReadVoltage)
	columns := float64(ceilDiv(n.cols, n.turns()))
	return float64(n.array.Bare().Cap) * read * read * columns
}

func (n *nvm) gateEnergy() float64 {
	vdd := float64(n.kit.Vdd)
	return float64(n.array.Gates().Cap) * vdd * vdd
}

func (n *nvm) readBack(r *reading, v vector) {
	m := float64(n.backShared)
	columns := 1.0
	if n.byColumn() {
		columns = n.errors()
	}
	planes := float64(n.backBits())
	choose := uses("row multiplexers", m/planes, n.rear.switches.price)
	if n.v21() { // compares a latency with an energy
		choose = choose.spent()
	}
	drive := uses("source lines", m*columns, n.sources.Read(n.array.Column(), backActive))
	charger(r.addBack).together(inOther, drive, choose)
	r.addBack(inOther, uses("rows settle", 1/planes, n.settle(n.array.Back(), n.cols, n.backShared)))
	n.rear.converter.read(r.addBack, v.columns, columns)
	r.addBack(inADC, n.backCells(columns))
	n.rear.adding.sums(r.addBack, m*columns, m, float64(n.results(n.backShared)))
}

// backCells is what the cells' lines take in the error phase.
func (n *nvm) backCells(columns float64) charge {
	gates := n.gateEnergy()
	if !n.byColumn() {
		gates *= float64(n.rows) * backActive
	}
	turns := columns
	if n.byColumn() {
		turns = float64(n.rows) * backActive
	}
	each := n.columnEnergy() + gates
	return uses("cells and rows", turns*float64(n.backShared), circuit.Action{Energy: units.Joule(each)})
}

func (n *nvm) write(u update) writing {
	writes := 2 * n.writes(u)
	sources := n.sources
	sources.Writing = circuit.Writing{Columns: u.columns, Cells: n.cols, Pulses: 1}
	if n.v21() {
		sources.Writing.Pulses = 0 // not set when the reference makes it
	}
	rows := uses("row lines", writes, n.rowWrite)
	if n.v21() && !n.sequential && writes > 0 { // clocks the register once for each read
		rows = inAll("row lines", writes, n.clockedByReads(writes))
	}
	lines := sources.Write(n.array.Column(), writes, 0)
	if n.v21() && n.back { // keeps the energy of the error phase's call
		lines.Energy = sources.Write(n.array.Column(), writes, n.backReads()).Energy
	}
	drive, source := together(rows, inAll("source lines", writes, lines))
	pulses := uses("write pulses", u.pulses, circuit.Action{Latency: n.kit.Cell.WritePulse})
	return writing{drive, source, pulses, uses("cells and lines", 1, circuit.Action{Energy: u.energy})}
}

func (n *nvm) backReads() float64 {
	m := float64(n.backShared)
	if n.byColumn() {
		return m * n.errors()
	}
	return m
}

func (n *nvm) clockedByReads(writes float64) circuit.Action {
	m := float64(n.turns())
	if n.kit.Cell.CrossPoint {
		w := circuit.SwitchMatrix{
			Kit: n.kit, Fit: n.high(), Outputs: n.rows, Load: units.Ohm(n.array.On() / float64(n.cols)),
			Writing: circuit.Writing{Cells: n.cols},
		}
		return w.Write(n.array.Row(), writes, m)
	}
	w := circuit.WordLines{Kit: n.kit, Fit: n.high(), Rows: n.rows}
	return w.Write(n.array.Gates(), writes, m)
}

func ceilLog2(n int) int { return int(math.Ceil(math.Log2(float64(n)))) }

package cost

import (
	"math"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// sramLines is what both ways to read an SRAM have along its bit lines.
type sramLines struct {
	*subarray
	precharge, rearPrecharge circuit.Precharger
	driver, rearDriver       circuit.WriteDriver
}

func newSRAMLines(s *subarray) sramLines {
	active := 1.0
	if s.v21() {
		active = 0 // not known when the reference makes it
	}
	line := func(fit circuit.Fit, count int) circuit.Precharger {
		return circuit.Precharger{Kit: s.kit, Fit: fit, Columns: count, Cells: s.cols, Active: active}
	}
	driver := func(p circuit.Precharger) circuit.WriteDriver {
		return circuit.WriteDriver{Kit: s.kit, Fit: p.Fit, Columns: p.Columns, Cells: p.Cells, Active: active}
	}
	front, rear := line(s.wide(), s.cols), line(s.high(), s.rows)
	return sramLines{s, front, rear, driver(front), driver(rear)}
}

func (l sramLines) parts() []part {
	list := []part{
		{"precharge", inADC, above, l.precharge.Size(), l.precharge.Leakage(), false},
		{"write drivers", inOther, above, l.driver.Size(), l.driver.Leakage(), false},
	}
	if !l.transposed {
		return list
	}
	last := part{"error write drivers", inOther, behind, l.rearDriver.Size(), l.rearDriver.Leakage(), true}
	if l.v21() {
		last.leakage = 0 // not counted
	}
	return append(list, part{"error precharge", inADC, behind, l.rearPrecharge.Size(), l.rearPrecharge.Leakage(), true}, last)
}

// store is an update of cells and bit lines; the word lines come on top.
func (l sramLines) store(u update) (bits, flips charge) {
	rows := l.writes(u)
	energyRows := l.storedRows(u)
	column := l.array.Column()
	flip := l.array.Flip()
	lines := l.precharge.Write(column).Plus(l.driver.Write(column))
	cells := float64(l.cols) * u.columns * float64(l.rows) * u.rows
	bits = charge{name: "bit lines", one: lines, latency: rows, energy: energyRows}
	return bits, charge{name: "cells", one: flip, latency: rows, energy: cells}
}

// storedRows is how many rows an update writes.
func (s *subarray) storedRows(u update) float64 {
	return float64(s.rows) * u.rows * math.Max(1, u.columns)
}

// sramColumns reads all rows of an SRAM at once.
type sramColumns struct {
	sramLines
	words, rearWords circuit.SwitchMatrix
	drive, rearDrive ramped
	front            nvmSide
	rear             nvmSide
	rowRear          sramSums // instead of rear where errors go column by column
}

func newSRAMColumns(s *subarray) *sramColumns {
	c := &sramColumns{sramLines: newSRAMLines(s)}
	row, column := s.array.Row(), s.array.Column()
	c.words = circuit.SwitchMatrix{Kit: s.kit, Fit: s.high(), Outputs: s.rows, Load: row.Res, Writing: circuit.Writing{Cells: s.cols, Pulses: 1}}
	c.drive = ramped{c.words.Read(row, 0), c.words.Read(row, 1)}
	lines, turns := s.outputs(), min(s.shared, s.cols)
	pull := s.array.PullDown()
	c.front = nvmSide{
		switches:  s.newSwitches(above, lines, turns, pull/float64(s.rows)/2).driving(lines),
		converter: s.newConverter(s.wide(), lines, s.levels, turns),
		adding:    s.newAdding(addSpec{fit: s.wide(), units: lines, sumBits: log2(s.levels), inputs: s.inputBits}),
	}
	if !s.transposed {
		return c
	}
	c.rearWords = circuit.SwitchMatrix{Kit: s.kit, Outputs: s.cols, Load: column.Res}
	c.rearDrive = ramped{c.rearWords.Read(column, 0), c.rearWords.Read(column, 1)}
	if s.backSequential {
		c.rowRear = newSRAMSums(s, true)
		return c
	}
	rear := s.rows / s.backShared
	c.rear = nvmSide{
		switches:  s.newSwitches(behind, rear, s.backShared, pull/float64(s.cols)/2),
		converter: s.newConverter(s.high(), rear, s.backLevels, s.backShared),
		adding:    s.newAdding(addSpec{fit: s.high(), units: rear, sumBits: log2(s.backLevels), inputs: s.backBits()}),
	}
	c.rear.switches = c.drivingRear(c.rear.switches, rear)
	return c
}

// drivingRear prices the error phase's switches. The reference loads their
// decoder with the gates of the forward phase's.
func (c *sramColumns) drivingRear(w switches, lines int) switches {
	w = w.driving(lines)
	if !c.v21() || !w.used {
		return w
	}
	var n, p units.Farad
	if c.front.switches.used {
		n, p = c.front.switches.mux.Gates()
	}
	count := units.Farad(c.cols / c.backShared)
	w.price = w.mux.Select(0).Plus(w.decoder.Decode(n*count, p*count))
	return w
}

func (c *sramColumns) parts() []part {
	list := append(c.sramLines.parts(), part{"word lines", inOther, beside, c.words.Size(), c.words.Leakage(), false})
	front := c.front.parts(above, false, "forward")
	for i := range front {
		if c.v21() && front[i].place == corner {
			front[i].leakage = 0 // not counted
		}
	}
	list = append(list, front...)
	if !c.transposed {
		return list
	}
	list = append(list, part{"error word lines", inOther, above, c.rearWords.Size(), c.rearWords.Leakage(), true})
	if c.backSequential {
		return append(list, c.rowRear.parts(behind, true)...)
	}
	return append(list, c.rear.parts(behind, true, "error")...)
}

func (c *sramColumns) read(v vector) reading {
	r := c.reading()
	m := float64(min(c.shared, c.cols))
	row, column := c.array.Row(), c.array.Column()
	charger(r.add).together(
		inOther,
		uses("word lines", m, c.drive.at(v.active)),
		uses("column multiplexers", m/float64(c.inputBits), c.front.switches.price),
	)
	r.add(inADC, uses("precharge", m, c.precharge.Read(column)))
	r.add(inADC, fall(1, c.array.Discharge(column, c.words.Ramp(row))))
	c.front.converter.read(r.add, v.columns, 1)
	c.front.adding.sums(r.add, 0, m, float64(c.results(int(m))))
	if !c.back {
		return r
	}
	if c.backSequential {
		c.readRows(&r, v)
	} else {
		c.readBack(&r, v)
	}
	return r
}

func (c *sramColumns) readBack(r *reading, v vector) {
	m := float64(c.backShared)
	row, column := c.array.Row(), c.array.Column()
	choose := uses("row multiplexers", m/float64(c.backBits()), c.rear.switches.price)
	if c.v21() { // compares a latency with an energy
		choose = choose.spent()
	}
	charger(r.addBack).together(inOther, uses("word lines", m, c.rearDrive.at(c.errorShare(v))), choose)
	r.addBack(inADC, uses("precharge", m, c.rearPrecharge.Read(row)))
	r.addBack(inADC, fall(1, c.array.Discharge(row, c.rearWords.Ramp(column))))
	c.rear.converter.read(r.addBack, v.columns, 1)
	c.rear.adding.sums(r.addBack, 0, m, float64(c.results(c.backShared)))
}

// fall is the discharge of bit lines, so often.
func fall(times, seconds float64) charge {
	return uses("bit lines fall", times, circuit.Action{Latency: units.Second(seconds)})
}

// errorShare is the share of active errors. The reference takes that of inputs.
func (c *sramColumns) errorShare(v vector) float64 {
	if c.v21() {
		return v.active
	}
	return backActive
}

// readRows reads errors column by column.
func (c *sramColumns) readRows(r *reading, v vector) {
	row, column := c.array.Row(), c.array.Column()
	reads, counted := c.errors(), c.counted()
	words := charge{name: "word lines", one: c.rearDrive.at(c.errorShare(v)), latency: reads, energy: counted}
	r.addBack(inOther, words)
	r.addBack(inADC, charge{name: "precharge", one: c.rearPrecharge.Read(row), latency: reads, energy: counted})
	r.addBack(inADC, fall(reads, c.array.Discharge(row, c.rearWords.Ramp(column))))
	c.rowRear.decide(r.addBack, reads, counted)
}

// counted is how many reads the energy of an error phase column by column counts.
func (s *subarray) counted() float64 {
	if s.v21() {
		return float64(s.rows/s.cols) * s.errors()
	}
	return s.errors()
}

// split repeats latency and energy by counts of their own.
func split(a circuit.Action, latency, energy float64) circuit.Action {
	return circuit.Action{Latency: a.Latency * units.Second(latency), Energy: a.Energy * units.Joule(energy)}
}

func (c *sramColumns) write(u update) writing {
	reads := float64(min(c.shared, c.cols))
	row := c.array.Row()
	words := c.words.Write(row, 2*c.writes(u), reads)
	words.Energy = c.words.Write(row, 2*c.storedRows(u), reads).Energy
	bits, flips := c.store(u)
	return writing{inAll("word lines", 2*c.writes(u), words), bits, flips}
}

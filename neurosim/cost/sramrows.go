package cost

import (
	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// sramSums decides the bits of an SRAM's columns, or of its rows in the error
// phase, and adds them up read by read.
type sramSums struct {
	*subarray
	senses circuit.SenseAmp
	adding adding
	back   bool
}

func newSRAMSums(s *subarray, back bool) sramSums {
	size := s.array.Size()
	sums := sramSums{subarray: s, back: back}
	spec := addSpec{fit: s.wide(), units: s.cols / s.cells, rowBits: ceilLog2(s.rows) + 1, inputs: s.inputBits}
	pitch := size.Width / units.Metre(s.cols)
	if back {
		spec = addSpec{fit: s.high(), units: s.rows / s.cells, rowBits: ceilLog2(s.cols) + 1, inputs: s.backBits()}
		pitch = size.Height / units.Metre(s.rows)
	}
	sums.adding = s.newAdding(spec)
	if back && s.v21() && !s.sequential {
		sums.adding.sum = sums.unclocked()
	}
	sums.senses = circuit.SenseAmp{Kit: s.kit, Fit: spec.fit, Columns: s.cols, Pitch: pitch}
	return sums
}

// unclocked is a sum in which only one flip-flop of each changes: the reference
// asks for the bits of an adder that it has not made.
func (s sramSums) unclocked() circuit.Action {
	a := s.adding
	return a.adder.Add(a.register.Load(), float64(a.adder.Count)).Plus(a.register.Read(float64(s.cols / s.cells)))
}

func (s sramSums) sense() circuit.Action { return s.senses.Read(float64(s.cols)) }

func (s sramSums) parts(at place, back bool) []part {
	name := "forward"
	if back {
		name = "error"
	}
	amp := part{name + " sense amplifiers", inADC, at, s.senses.Size(), s.senses.Leakage(), back}
	return append([]part{amp}, s.adding.parts(at, back, name)...)
}

// decide senses and adds up so many reads; the energy may count another number.
func (s sramSums) decide(add charger, reads, counted float64) {
	add(inADC, charge{name: "sense amplifiers", one: s.sense(), latency: reads, energy: counted})
	add(inAccumulation, charge{name: "row adder and register", one: s.adding.sum, latency: reads, energy: counted})
	s.adding.shifts(add, float64(s.cells), 1)
}

// sramRows reads an SRAM row by row.
type sramRows struct {
	sramLines
	decoder, rearDecoder circuit.RowDecoder
	front, rear          sramSums
}

func newSRAMRows(s *subarray) *sramRows {
	r := &sramRows{sramLines: newSRAMLines(s), front: newSRAMSums(s, false)}
	r.decoder = circuit.RowDecoder{Kit: s.kit, Fit: s.high(), Address: circuit.AddressBits(s.rows)}
	if s.transposed {
		r.rearDecoder = circuit.RowDecoder{Kit: s.kit, Address: circuit.AddressBits(s.cols)}
		r.rear = newSRAMSums(s, true)
	}
	return r
}

func (r *sramRows) parts() []part {
	list := append(r.sramLines.parts(), part{"row decoder", inOther, beside, r.decoder.Size(), r.decoder.Leakage(), false})
	list = append(list, r.front.parts(above, false)...)
	if !r.transposed {
		return list
	}
	list = append(list, part{"error decoder", inOther, above, r.rearDecoder.Size(), r.rearDecoder.Leakage(), true})
	return append(list, r.rear.parts(behind, true)...)
}

func (r *sramRows) read(v vector) reading {
	sum := r.reading()
	rows := float64(r.rows) * v.active
	row, column := r.array.Row(), r.array.Column()
	choose, ramp := r.decoder.Rise(row.Cap)
	sum.add(inOther, uses("row decoder", rows, choose))
	sum.add(inADC, uses("precharge", rows, r.precharge.Read(column)))
	sum.add(inADC, fall(rows, r.array.Discharge(column, ramp)))
	r.front.decide(sum.add, rows, rows)
	if r.back {
		r.readBack(&sum)
	}
	return sum
}

func (r *sramRows) readBack(sum *reading) {
	row, column := r.array.Row(), r.array.Column()
	choose, ramp := r.rearDecoder.Rise(column.Cap)
	reads, counted := r.errors(), r.counted()
	sum.addBack(inOther, uses("row decoder", reads, choose))
	sum.addBack(inADC, charge{name: "precharge", one: r.rearPrecharge.Read(row), latency: reads, energy: counted})
	sum.addBack(inADC, fall(reads, r.array.Discharge(row, ramp)))
	r.rear.decide(sum.addBack, reads, counted)
}

func (r *sramRows) write(u update) writing {
	choose, _ := r.decoder.Rise(r.array.Row().Cap)
	bits, flips := r.store(u)
	return writing{uses("row decoder", float64(r.rows)*u.rows, choose), bits, flips}
}

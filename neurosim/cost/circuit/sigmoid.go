package circuit

import (
	"math"

	"crossbook/neurosim/units"
)

// Sigmoid looks an activation up in a table of memory cells.
type Sigmoid struct {
	Kit       *Kit
	Fit       Fit
	Bits      int // of a result
	Entries   int // of the table
	Functions int // tables side by side
}

func (s Sigmoid) decoder() RowDecoder {
	return RowDecoder{Kit: s.Kit, Address: AddressBits(s.Entries)}
}

func (s Sigmoid) senses() voltageSense { return voltageSense{s.Kit, s.Bits} }

func (s Sigmoid) unit() float64 {
	f := s.Kit.feature()
	height, width := s.Kit.Cell.Height*f, s.Kit.Cell.Width*f*float64(s.Bits)
	return height*width*float64(s.Entries) + float64(s.decoder().Size().Area) + s.senses().area()
}

// Size of all tables in the room given.
func (s Sigmoid) Size() Size { return s.Fit.reshape(s.unit() * float64(s.Functions)) }

// Look is one look-up in every table.
func (s Sigmoid) Look() Action {
	one := s.decoder().Decode(0, 0).Plus(s.senses().read())
	one.Energy *= units.Joule(s.Functions)
	return one
}

// Leakage of all tables. The reference counts a single one.
func (s Sigmoid) Leakage() units.Watt {
	one := s.decoder().Leakage() + s.senses().leakage()
	if s.Kit.v21() {
		return one
	}
	return one * units.Watt(s.Functions)
}

// voltageSense reads the columns of a table by their voltage.
type voltageSense struct {
	kit     *Kit
	columns int
}

func (v voltageSense) gates() (n, p element) {
	k := v.kit
	f := k.feature()
	n = k.element(gate{inverter, 1, k.smallNMOS(), 0, cellHeight * f})
	p = k.element(gate{inverter, 1, k.smallPMOS(), 0, cellHeight * f})
	if !k.v21() { // the reference draws the p-channels as n-channels
		p = k.element(gate{inverter, 1, 0, k.smallPMOS(), cellHeight * f})
	}
	return n, p
}

func (v voltageSense) area() float64 {
	n, p := v.gates()
	return (n.area()*6 + p.area()*5) * float64(v.columns)
}

func (v voltageSense) read() Action {
	k := v.kit
	n, p := v.gates()
	node := n.in + n.out + p.out
	precharge := 2.3 * k.resistance(pChannel, k.smallPMOS()) * node
	volts := float64(k.Cell.ReadVoltage)
	table := Array{Kit: k, Cell: k.Cell}
	current := volts/table.On() - volts/table.Off()
	delay := precharge + 0.1*(node+n.out)/current + 2/float64(k.Clock)
	return seconds(delay, 9.845e-15*math.Pow(float64(k.Vdd)/1.1, 2)*float64(v.columns))
}

func (v voltageSense) leakage() units.Watt {
	k := v.kit
	two := k.element(gate{nand, 2, k.smallNMOS(), k.smallPMOS(), cellHeight * k.feature()}).power * 2
	if k.v21() {
		return units.Watt(two) // the reference counts a single column
	}
	return units.Watt(two * float64(v.columns))
}

package circuit

import (
	"math"

	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// Buffer stores bits between layers: a register file, or an SRAM.
type Buffer struct {
	Kit       *Kit
	Fit       Fit
	Bits      int
	Interface int  // bits that are read or written at a time
	SRAM      bool // instead of a register file
}

// lines is how many times the interface the buffer holds.
func (b Buffer) lines() int { return shares(b.Bits, b.Interface) }

// cell is the size of one bit's storage.
func (b Buffer) cell() (height, width float64) {
	k := b.Kit
	f := k.feature()
	if b.SRAM {
		return k.SRAM.Height * f, k.SRAM.Width * f
	}
	inv := k.inverter(1)
	return inv.h, 12 * inv.w
}

// sizes of the array.
func (b Buffer) array() (height, width float64) {
	h, w := b.cell()
	return float64(b.lines()) * h, float64(b.Interface) * w
}

func (b Buffer) decoder() RowDecoder {
	height, _ := b.array()
	return RowDecoder{Kit: b.Kit, Fit: Fit{Height: units.Metre(height)}, Address: AddressBits(b.lines())}
}

func (b Buffer) precharger() Precharger {
	_, width := b.array()
	return Precharger{Kit: b.Kit, Fit: Fit{Width: units.Metre(width)}, Columns: b.Interface, Cells: b.Interface, Active: 1}
}

func (b Buffer) driver() WriteDriver {
	_, width := b.array()
	return WriteDriver{Kit: b.Kit, Fit: Fit{Width: units.Metre(width)}, Columns: b.Interface, Cells: b.Interface, Active: 1}
}

// Size of storage and periphery in the room given.
func (b Buffer) Size() Size {
	h, w := b.cell()
	area := h * w * float64(b.Bits)
	if b.SRAM {
		height, width := b.array()
		area = height*width + float64(b.precharger().Size().Area) + float64(b.driver().Size().Area)
	}
	return b.Fit.reshape(area + float64(b.decoder().Size().Area))
}

// Read is reading so many lines of so many bits each.
func (b Buffer) Read(lines, bits float64) Action { return b.access(b.readAll(), lines, bits) }

// Write is writing so many lines of so many bits each.
func (b Buffer) Write(lines, bits float64) Action { return b.access(b.writeAll(), lines, bits) }

// access takes from the price of the whole buffer that of some lines.
func (b Buffer) access(all Action, lines, bits float64) Action {
	held := float64(b.Bits) / float64(b.Interface)
	if b.Kit.v21() {
		held = float64(b.Bits / b.Interface)
	}
	return Action{
		all.Latency / units.Second(held) * units.Second(lines),
		all.Energy / units.Joule(b.Bits) * units.Joule(bits*lines),
	}
}

// readAll is the price of reading the whole buffer.
func (b Buffer) readAll() Action {
	if !b.SRAM {
		return b.registers()
	}
	line := b.bitLine()
	decode, ramp := b.decode()
	time, count := b.accesses()
	discharge := units.Second(Array{Kit: b.Kit, Cell: b.Kit.SRAM}.Discharge(line, ramp))
	energy := decode.Plus(b.precharger().Read(line)).Energy * units.Joule(count)
	return Action{(decode.Latency + b.precharger().Read(line).Latency + discharge) * units.Second(time), energy}
}

// writeAll is the price of writing the whole buffer.
func (b Buffer) writeAll() Action {
	if !b.SRAM {
		return b.registers()
	}
	decode, _ := b.decode()
	one := decode.Plus(b.precharger().Write(b.bitLine())).Plus(b.driver().Write(b.bitLine()))
	time, count := b.accesses()
	return Action{one.Latency * units.Second(time), one.Energy * units.Joule(count)}
}

// accesses is how many lines the price of the whole buffer covers; the reference
// counts a broken one in the latency only.
func (b Buffer) accesses() (latency, energy float64) {
	latency = float64(b.Bits) / float64(b.Interface)
	if b.Kit.v21() {
		return latency, float64(b.Bits / b.Interface)
	}
	return latency, latency
}

// registers is the price of reading or writing the whole register file.
func (b Buffer) registers() Action {
	k := b.Kit
	inv := k.inverter(1)
	pass := k.smallPass()
	time, count := b.accesses()
	decode, _ := b.decode()
	bit := (inv.in+inv.out)*4 + pass.gates()*2 + moved(inv, k.passDrain(pass, inv.h))
	energy := float64(decode.Energy)*count + bit*float64(b.Bits)*k.vdd2()
	return seconds((float64(decode.Latency)+k.halfCycle())*time, energy)
}

// decode is the selection of a line.
func (b Buffer) decode() (Action, float64) {
	_, width := b.array()
	return b.decoder().decode(width*float64(tech.WireCap), 0)
}

// bitLine is the wire down a column. The precharger is laid beside it, so that
// its own resistance is that of the whole column.
func (b Buffer) bitLine() Line {
	height, _ := b.array()
	return b.Kit.line(units.Metre(height))
}

// line is a wire of a length.
func (k *Kit) line(length units.Metre) Line {
	return Line{
		units.Farad(float64(length) * float64(tech.WireCap)),
		units.Ohm(float64(length) * float64(k.Wire.Resistance(k.Temperature))),
	}
}

// swing is the part of a time constant in which a bit line falls by half of what
// a sense amplifier sees.
func (k *Kit) swing() float64 {
	return math.Log(float64(k.Vdd) / float64(k.Vdd-k.SRAM.SenseVoltage/2))
}

// Leakage of periphery and registers; the cells of an SRAM are not counted.
func (b Buffer) Leakage() units.Watt {
	if b.SRAM {
		return b.decoder().Leakage() + b.precharger().Leakage() + b.driver().Leakage()
	}
	return DFF{Kit: b.Kit, Count: b.Bits}.Leakage() + b.decoder().Leakage()
}

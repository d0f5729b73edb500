package circuit

import "crossbook/neurosim/units"

// ShiftAdd accumulates partial sums of rising weight: an adder and a register.
type ShiftAdd struct {
	Kit    *Kit
	Fit    Fit
	Units  int // side by side
	Bits   int // of a partial sum
	Pulses int // partial sums of a result
}

func (s ShiftAdd) adder() Adder {
	return Adder{Kit: s.Kit, Fit: s.Fit, Bits: s.Bits, Count: s.Units}
}

func (s ShiftAdd) register() DFF {
	return DFF{Kit: s.Kit, Fit: s.Fit, Count: (s.Bits + 1 + s.Pulses - 1) * s.Units}
}

// Size of adders, registers and the wires between.
func (s ShiftAdd) Size() Size {
	add, reg := s.adder().Size(), s.register().Size()
	inv, gate := s.Kit.inverter(1), s.Kit.nand(2, 1)
	if s.Fit.Height != 0 {
		return box(float64(s.Fit.Height), float64(add.Width)+inv.w+gate.w+float64(reg.Width))
	}
	return box(float64(add.Height)+inv.h+float64(reg.Height), float64(max(add.Width, reg.Width)))
}

// Accumulate is so many additions in all units. They overlap with the array's
// reads: only what a step takes longer than a read pulse is waited for.
func (s ShiftAdd) Accumulate(sums float64) Action {
	reg := s.register()
	all := float64(s.Units)
	add := s.adder().Add(reg.Load(), all)
	store := reg.Read(float64(reg.Count))
	one := add.Plus(store)
	wait := max(one.Latency-s.Kit.Cell.ReadPulse, 0) * units.Second(sums-1)
	return Action{one.Latency + wait, one.Energy * units.Joule(sums)}
}

// Leakage of adders and registers.
func (s ShiftAdd) Leakage() units.Watt {
	return s.adder().Leakage() + s.register().Leakage()
}

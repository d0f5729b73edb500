package circuit

import "crossbook/neurosim/units"

// DFF is a register of D flip-flops, each twelve inverters wide.
type DFF struct {
	Kit   *Kit
	Fit   Fit
	Count int // flip-flops
}

// Size of all flip-flops.
func (d DFF) Size() Size {
	inv := d.Kit.inverter(1)
	return d.Fit.tile(inv.h, 12*inv.w, d.Count)
}

// Read is one clock edge at which so many flip-flops change, out of all, which
// are clocked. The data are there after half a cycle.
func (d DFF) Read(changing float64) Action {
	k := d.Kit
	inv := k.inverter(1)
	pass := k.smallPass()
	drain := k.passDrain(pass, inv.h)
	clocked := (inv.in+inv.out)*4 + pass.gates()*2
	energy := clocked*float64(d.Count) + min(changing, float64(d.Count))*moved(inv, drain)
	return seconds(k.halfCycle(), energy*k.vdd2())
}

// moved is the capacitance that a flip-flop charges when its value changes.
func moved(inv element, drain float64) float64 {
	return (3*drain + inv.in) + (drain + inv.out) + (inv.in + inv.out)
}

// Load is the capacitance of a flip-flop's input.
func (d DFF) Load() units.Farad {
	return units.Farad(d.Kit.passDrain(d.Kit.smallPass(), cellHeight*d.Kit.feature()))
}

// Leakage of all flip-flops, eight inverters each.
func (d DFF) Leakage() units.Watt {
	return units.Watt(d.Kit.inverter(1).power * 8 * float64(d.Count))
}

// BitShifter is a register whose sign bit selects the value or zero: a ReLU.
type BitShifter struct {
	Kit   *Kit
	Fit   Fit
	Units int // values at a time
	Bits  int // of a value
}

func (b BitShifter) register() DFF {
	return DFF{Kit: b.Kit, Count: b.Units * b.Bits}
}

// Size of the register in the room given.
func (b BitShifter) Size() Size {
	row := b.register().Size()
	if b.Fit == (Fit{}) {
		return row
	}
	return b.Fit.reshape(float64(row.Area))
}

// Read is one value of each unit.
func (b BitShifter) Read() Action { return b.register().Read(float64(b.Units * b.Bits)) }

// Leakage of the register.
func (b BitShifter) Leakage() units.Watt { return b.register().Leakage() }

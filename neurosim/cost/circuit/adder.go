package circuit

import "crossbook/neurosim/units"

// Adder is a row of ripple-carry adders, nine NAND gates a bit.
type Adder struct {
	Kit   *Kit
	Fit   Fit
	Bits  int // of each operand
	Count int // adders
}

const nandsPerBit = 9

// Size of all adders: bits side by side in a room of a height, on top of each
// other in one of a width.
func (a Adder) Size() Size {
	gate := a.Kit.nand(2, 1)
	bits := float64(a.Bits)
	if a.Fit.Width != 0 && a.Fit.Height == 0 {
		return a.Fit.tile(gate.h*bits, nandsPerBit*gate.w, a.Count)
	}
	return a.Fit.tile(gate.h, nandsPerBit*gate.w*bits, a.Count)
}

// Add is one addition of so many of the adders, each driving a load.
func (a Adder) Add(load units.Farad, active float64) Action {
	sum := a.carry(float64(load))
	energy := a.charge() * min(active, float64(a.Count))
	return seconds(sum.delay, energy*a.Kit.vdd2())
}

// carry follows the longest path: the carry through all bits, then the sum.
func (a Adder) carry(load float64) chain {
	k := a.Kit
	g := k.nand(2, 1)
	down := k.resistance(nChannel, g.n) * 2 // in series
	up := k.resistance(pChannel, g.p)
	c := chain{ramp: step}
	c.stage(down * (g.out + g.in*3))
	c.stage(up * (g.out + g.in*2))
	before := c.delay
	c.stage(down * (g.out + g.in*3))
	c.stage(up * (g.out + g.in*2))
	c.delay = before + (c.delay-before)*float64(max(a.Bits-2, 0))
	c.stage(down * (g.out + g.in*3))
	c.stage(up * (g.out + g.in))
	c.stage(down * (g.out + load))
	return c
}

// charge is the capacitance that one addition charges: the inputs, the first
// bit's inner nodes and those of the others.
func (a Adder) charge() float64 {
	g := a.Kit.nand(2, 1)
	in, out := g.in, g.out
	rest := float64(a.Bits - 1)
	inputs := in*6 + out*2 + rest*(in*7+out*3)
	first := (out+in)*2 + (out + in*2) + (out + in*3) + (out + in)
	others := rest * ((out + in*3) + (out + in) + (out+in)*2)
	return inputs + first + others
}

// Leakage of all adders.
func (a Adder) Leakage() units.Watt {
	return units.Watt(a.Kit.nand(2, 1).power * float64(nandsPerBit*a.Bits*a.Count))
}

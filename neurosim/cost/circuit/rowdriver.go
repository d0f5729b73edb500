package circuit

import (
	"math"

	"crossbook/neurosim/units"
)

// RowDrivers stands behind the decoder of an array of cells with selecting
// transistors that is read row by row: three NAND gates, an inverter and two
// pass gates for each row.
type RowDrivers struct {
	Kit  *Kit
	Fit  Fit
	Rows int
}

// layout is the room of all drivers and the height of a pass gate.
func (r RowDrivers) layout() (Size, float64) {
	k := r.Kit
	p := k.smallPass()
	least := cellHeight * k.feature()
	height := least
	if r.Fit.Height != 0 {
		height = float64(r.Fit.Height) / float64(r.Rows)
		if height < least {
			columns := int(math.Ceil(least / height))
			height = float64(r.Fit.Height) / float64(shares(r.Rows, columns))
		}
	}
	inv, gates := k.inverter(1), k.nand(2, 1)
	tg := k.gateSize(gate{inverter, 1, p.n, p.p, height})
	one := 3*gates.w + inv.w + 2*float64(tg.Width)
	tall := max(inv.h, gates.h, float64(tg.Height))
	if r.Fit.Height == 0 {
		return box(tall*float64(r.Rows), one), height
	}
	columns := shares(r.Rows, max(1, int(float64(r.Fit.Height)/tall)))
	return box(float64(r.Fit.Height), one*float64(columns)), height
}

// Size of all drivers.
func (r RowDrivers) Size() Size {
	size, _ := r.layout()
	return size
}

// drive is one access of a line that takes a voltage, behind an input that rises
// with a ramp.
func (r RowDrivers) drive(line Line, ramp, voltage float64) Action {
	k := r.Kit
	inv, gates, p := k.inverter(1), k.nand(2, 1), k.smallPass()
	_, height := r.layout()
	drain := k.passDrain(p, height)
	on := 1 / (1/k.resistance(nChannel, p.n) + 1/k.resistance(pChannel, p.p))
	down, up := 2*k.resistance(nChannel, gates.n), k.resistance(pChannel, inv.p)

	// The reference feeds each stage with the input's ramp; by default each takes
	// that of the stage before.
	c := chain{ramp: ramp}
	for _, tau := range []float64{
		down * (gates.out + inv.in),
		up * (inv.out + 2*gates.in),
		down * (gates.out + p.gates()),
	} {
		c.stage(tau)
		if k.v21() {
			c.ramp = ramp
		}
	}
	delay := c.delay + after(line.behind(on, 2*drain))
	energy := (gates.in + (inv.out + p.gateN) + (gates.out + p.gates())) * k.vdd2()
	return seconds(delay, energy+drain*voltage*voltage)
}

// Read is one access to read.
func (r RowDrivers) Read(line Line, ramp float64) Action {
	return r.drive(line, ramp, float64(r.Kit.Cell.ReadVoltage))
}

// Write is one access to write.
func (r RowDrivers) Write(line Line, ramp float64) Action {
	return r.drive(line, ramp, r.Kit.WriteDrive())
}

// Leakage of all drivers.
func (r RowDrivers) Leakage() units.Watt {
	each := r.Kit.nand(2, 1).power + r.Kit.inverter(1).power
	return units.Watt(each * 2 * float64(r.Rows))
}

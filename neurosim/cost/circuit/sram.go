package circuit

import "crossbook/neurosim/units"

// Precharger brings the pairs of bit lines of an SRAM to the supply before an
// access.
type Precharger struct {
	Kit     *Kit
	Fit     Fit
	Columns int
	Cells   int     // most columns accessed at a time
	Active  float64 // share of the columns that a write changes
}

const (
	prechargeWidth = 6.0 // feature sizes
	equalizeWidth  = 2.0
)

func (p Precharger) unit() (height, width float64) {
	k := p.Kit
	f := k.feature()
	charge := k.gateSize(gate{inverter, 1, 0, prechargeWidth * f, cellHeight * f})
	equal := k.gateSize(gate{inverter, 1, 0, equalizeWidth * f, cellHeight * f})
	return float64(charge.Height) + 2*float64(equal.Height), float64(max(charge.Width, equal.Width))
}

// Size of all columns' prechargers.
func (p Precharger) Size() Size {
	height, width := p.unit()
	return Fit{Width: p.Fit.Width}.tile(height, width, p.Columns)
}

func (p Precharger) charge(line Line, columns float64) Action {
	k := p.Kit
	f := k.feature()
	height := cellHeight * f
	own := k.drainCap(pChannel, prechargeWidth*f, height) + k.drainCap(pChannel, equalizeWidth*f, height)
	delay := after(line.behind(k.resistance(pChannel, prechargeWidth*f), own))
	return seconds(delay, float64(line.Cap)*k.vdd2()*columns)
}

// Read is one precharge of both bit lines of the columns that are read.
func (p Precharger) Read(line Line) Action {
	return p.charge(line, 2*min(float64(p.Cells), float64(p.Columns)))
}

// Write is one precharge of the bit line that a write pulled down.
func (p Precharger) Write(line Line) Action {
	return p.charge(line, min(float64(p.Cells), float64(p.Columns)*p.Active))
}

// Leakage of all prechargers.
func (p Precharger) Leakage() units.Watt {
	k := p.Kit
	idle := k.leak(gate{inverter, 1, 0, prechargeWidth * k.feature(), 0})
	return units.Watt(idle * float64(k.Vdd) * float64(p.Columns))
}

// WriteDriver pulls the bit lines of an SRAM to what is written.
type WriteDriver struct {
	Kit     *Kit
	Fit     Fit
	Columns int
	Cells   int     // most columns written at a time
	Active  float64 // share of the columns that a write changes
}

// Size of all columns' drivers, three inverters each.
func (w WriteDriver) Size() Size {
	inv := w.Kit.inverter(1)
	return Fit{Width: w.Fit.Width}.tile(3*inv.h, inv.w, w.Columns)
}

// Write is one write of the columns that change.
func (w WriteDriver) Write(line Line) Action {
	k := w.Kit
	inv := k.inverter(1)
	c := chain{ramp: step}
	c.stage(k.resistance(pChannel, inv.p) * (inv.out + inv.in))
	c.stage(line.behind(k.resistance(nChannel, inv.n), inv.out))
	columns := min(float64(w.Cells), float64(w.Columns)*w.Active)
	return seconds(c.delay, (inv.out+inv.in)*k.vdd2()*columns)
}

// Leakage of all drivers.
func (w WriteDriver) Leakage() units.Watt {
	return units.Watt(w.Kit.inverter(1).power * 3 * float64(w.Columns))
}

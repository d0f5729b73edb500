package circuit

import "crossbook/neurosim/units"

// Mux connects each converter to one of the columns that share it, by analogue
// pass gates.
type Mux struct {
	Kit       *Kit
	Fit       Fit       // with both lengths given, the pass gates stay in one row inside
	Outputs   int       // converters
	Selection int       // columns that share one
	Load      units.Ohm // resistance of what is read; the switch may have a quarter of it
}

func (m Mux) pass() pass {
	return m.Kit.passFor(float64(m.Load)*irDrop, linearRatio)
}

// layout is the room of all pass gates and the height of a row of them.
func (m Mux) layout() (Size, float64) {
	s := m.pass()
	count := m.Outputs * m.Selection
	fixed := m.Fit.Height != 0 && m.Fit.Width != 0
	if m.Fit.Width == 0 || fixed && m.Kit.v21() {
		one := m.Kit.passGate(s.n, s.p, 1)
		if fixed {
			return box(float64(m.Fit.Height), float64(m.Fit.Width)), float64(one.Height)
		}
		return box(float64(one.Height), float64(one.Width)*float64(count)), float64(one.Height)
	}
	height, one := m.Kit.foldedPass(s, float64(m.Fit.Width), count, 1)
	if fixed {
		height = float64(m.Fit.Height)
	}
	return box(height, float64(m.Fit.Width)), one
}

// Size of all pass gates.
func (m Mux) Size() Size {
	size, _ := m.layout()
	return size
}

// drain is the capacitance that a pass gate adds to a column.
func (m Mux) drain() float64 {
	_, height := m.layout()
	return m.Kit.passDrain(m.pass(), height)
}

// Gates are the capacitances of the gates that one select line drives, of both
// polarities.
func (m Mux) Gates() (n, p units.Farad) {
	s := m.pass()
	return units.Farad(s.gateN), units.Farad(s.gateP)
}

// Select is one switching of all outputs, each with a load behind it.
func (m Mux) Select(load units.Farad) Action {
	s := m.pass()
	drain := m.drain()
	read := float64(m.Kit.Cell.ReadVoltage)
	tau := 2 * s.resistance * (drain + s.gateN*0.5 + s.gateP*0.5 + float64(load))
	energy := s.gateN*m.Kit.vdd2() + 2*drain*read*read
	return seconds(2.3*tau, energy*float64(m.Outputs))
}

package circuit

import "crossbook/neurosim/units"

// MaxPooling finds the largest number of a window.
type MaxPooling struct {
	Kit    *Kit
	Fit    Fit
	Bits   int
	Window int // numbers of a window
	Units  int // windows at a time
}

// tournament is how many comparators a window takes and how many one after the
// other.
func (m MaxPooling) tournament() (comparators, stages int) {
	for left := m.Window; left != 0; left /= 2 {
		comparators += left / 2
		stages++
	}
	return comparators + m.Window%2, stages + m.Window%2
}

// poolParts are the gates that pass the larger number on.
type poolParts struct {
	inv, pair, either, all element
	compare                Comparator // one bit of it
}

func (m MaxPooling) parts() poolParts {
	k := m.Kit
	f := k.feature()
	b := float64(m.Bits)
	return poolParts{
		inv: k.inverter(1), pair: k.nand(2, 1),
		either:  k.element(gate{nor, 2, 8 * f, k.smallPMOS(), cellHeight * f}),
		all:     k.element(gate{nor, m.Bits, b * 2 * 2 * f, k.smallPMOS(), cellHeight * f}),
		compare: Comparator{Kit: k, Bits: 1, Count: 1},
	}
}

func (m MaxPooling) unit() float64 {
	p := m.parts()
	comparators, _ := m.tournament()
	perBit := p.compare.unit() + p.inv.area()*5
	rest := p.inv.area()*6 + (p.pair.area() + p.inv.area()) + p.either.area() + p.all.area()
	return float64(comparators) * (float64(m.Bits)*perBit + rest)
}

// Size of all units in the room given.
func (m MaxPooling) Size() Size { return m.Fit.reshape(m.unit() * float64(m.Units)) }

// Pool is one window in every unit.
func (m MaxPooling) Pool() Action {
	k, p := m.Kit, m.parts()
	comparators, stages := m.tournament()
	bits := float64(m.Bits)
	one := p.compare.Compare(units.Farad(2*p.inv.out), 1)

	delay := float64(one.Latency)*bits/2 + after(2*k.resistance(nChannel, bits*4*k.feature())*(2*p.inv.in+bits*p.inv.out))
	c := chain{ramp: step}
	c.stage(2 * k.resistance(nChannel, k.smallNMOS()) * (p.inv.in + p.all.out))
	c.stage(2 * k.resistance(nChannel, k.smallNMOS()) * 2 * p.inv.in)

	charge := (p.pair.in + p.inv.out) + (p.either.in + p.inv.out) + 2*(p.inv.in+p.inv.out) + (p.all.in + p.inv.out)
	energy := charge*k.vdd2() + float64(one.Energy)*bits/2
	return seconds((delay+c.delay)*float64(stages), energy*float64(comparators*m.Units))
}

// Leakage of all units.
func (m MaxPooling) Leakage() units.Watt {
	comparators, _ := m.tournament()
	return units.Watt(m.Kit.inverter(1).power * float64(comparators*m.Units))
}

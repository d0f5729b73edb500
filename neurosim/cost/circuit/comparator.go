package circuit

import "crossbook/neurosim/units"

// Comparator says which of two numbers is the larger.
type Comparator struct {
	Kit   *Kit
	Fit   Fit
	Bits  int
	Count int // side by side
}

// comparatorParts are the gates of one bit: four inverters, four pairs and three
// triples.
type comparatorParts struct{ inv, pair, triple element }

func (c Comparator) parts() comparatorParts {
	k := c.Kit
	f := k.feature()
	triple := gate{nand, 3, 6 * f, k.smallPMOS(), cellHeight * f}
	return comparatorParts{k.inverter(1), k.nand(2, 1), k.element(triple)}
}

func (c Comparator) unit() float64 {
	p := c.parts()
	return float64(c.Bits) * (p.inv.area()*4 + p.pair.area()*4 + p.triple.area()*3)
}

// Size of all comparators in the room given.
func (c Comparator) Size() Size { return c.Fit.reshape(c.unit() * float64(c.Count)) }

// Compare is one comparison by so many of the comparators, each driving a load.
func (c Comparator) Compare(load units.Farad, active float64) Action {
	p := c.parts()
	charge := (p.inv.in+p.inv.out)*4 + (p.pair.in+p.pair.out)*4 + (p.triple.in+p.triple.out)*3
	energy := charge * float64(c.Bits) * min(active, float64(c.Count)) * c.Kit.vdd2()
	return seconds(c.delay(p, float64(load)), energy)
}

// delay follows the longest path, a triple and a pair in each bit.
func (c Comparator) delay(p comparatorParts, load float64) float64 {
	k := c.Kit
	down := 2 * k.resistance(nChannel, p.pair.n)
	up := k.resistance(pChannel, p.pair.p)
	path := chain{ramp: step}
	between := func() {
		path.stage(down * (p.pair.out + p.triple.in))
		path.stage(up * (p.triple.out + p.pair.in))
	}
	between()
	before := path.delay
	between()
	further := float64(c.Bits - 2)
	if !k.v21() {
		further = max(further, 0) // the reference gains time with a single bit
	}
	path.delay = before + (path.delay-before)*further
	path.stage(down * (p.pair.out + p.triple.in))
	path.stage(up * (p.triple.out + load))
	return path.delay
}

// Leakage of all comparators.
func (c Comparator) Leakage() units.Watt {
	p := c.parts()
	return units.Watt((4*p.inv.power + 4*p.pair.power + 3*p.triple.power) * float64(c.Bits*c.Count))
}

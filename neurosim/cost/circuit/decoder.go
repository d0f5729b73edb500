package circuit

import (
	"math"

	"crossbook/neurosim/units"
)

// Layout rules of the wires inside a decoder, in feature sizes.
const (
	metal2Pitch = 3.2
	metal3Pitch = 2.8
)

// RowDecoder selects one of 2^Address lines: inverters, NAND gates for pairs of
// address bits, NOR gates that join the pairs, and drivers.
type RowDecoder struct {
	Kit     *Kit
	Fit     Fit
	Address int  // bits
	Mux     bool // drives the two polarities of a multiplexer's pass gates
	Strong  bool // gates eight times as large, for arrays read in parallel
	Column  bool // stands above or below the array instead of beside it
}

// decoderParts are the gates of a decoder and how many of each it has.
type decoderParts struct {
	inv, nand, nor, driver element
	invs, nands, nors      int
	metal                  int // wires across
}

func (d RowDecoder) parts() decoderParts {
	k := d.Kit
	times := 1.0
	if d.Strong {
		times = 8
	}
	inputs := (d.Address + 1) / 2
	f := k.feature()
	p := decoderParts{
		inv: k.inverter(times), nand: k.nand(2, times), driver: k.inverter(3 * times),
		nor: k.element(gate{
			nor, inputs, times * 2 * f, times * float64(inputs) * k.PNRatio * 2 * f, cellHeight * f,
		}),
		invs: d.Address, nands: 4 * (d.Address / 2),
	}
	if d.Address > 2 {
		p.nors = 1 << d.Address
		p.metal = p.nands + 2*(d.Address%2)
	}
	if p.nands == 0 {
		p.nand.in, p.nand.out = 0, 0
	}
	if p.nors == 0 {
		p.nor.in, p.nor.out = 0, 0
	}
	return p
}

// Size of gates and wires.
func (d RowDecoder) Size() Size {
	if d.Address == 0 {
		return Size{}
	}
	p := d.parts()
	if d.Column {
		return d.columnSize(p)
	}
	wires := metal3Pitch * float64(p.metal) * d.Kit.feature()
	ends := 2 * p.driver.w
	if d.Mux {
		ends = p.nand.w + 2*p.inv.w
	}
	if d.Fit.Height == 0 {
		height := max(p.nor.h*float64(p.nors), p.nand.h*float64(p.nands))
		return box(height, p.inv.w+p.nand.w+wires+p.nor.w+ends)
	}
	lines := func(e element, count int) float64 {
		return float64(shares(count, fits(d.Fit.Height, e.h, count)))
	}
	nors := lines(p.nor, p.nors)
	width := p.inv.w*lines(p.inv, p.invs) + p.nand.w*lines(p.nand, p.nands) + wires + p.nor.w*nors + ends*nors
	return box(float64(d.Fit.Height), width)
}

func (d RowDecoder) columnSize(p decoderParts) Size {
	wires := metal2Pitch * float64(p.metal) * d.Kit.feature()
	ends := 2 * p.driver.h
	if d.Mux {
		ends = p.nand.h + 2*p.inv.h
	}
	if d.Fit.Width == 0 {
		width := max(p.nor.w*float64(p.nors), p.nand.w*float64(p.nands))
		return box(p.inv.h+p.nand.h+wires+p.nor.h+ends, width)
	}
	lines := func(e element, count int) float64 {
		return float64(shares(count, fits(d.Fit.Width, e.w, count)))
	}
	nors := lines(p.nor, p.nors)
	height := p.inv.h*lines(p.inv, p.invs) + p.nand.h*lines(p.nand, p.nands) + wires + p.nor.h*nors + ends*nors
	return box(height, float64(d.Fit.Width))
}

// Decode is one access; the loads are those of a line, and of its complement
// when the decoder drives a multiplexer.
func (d RowDecoder) Decode(load, complement units.Farad) Action {
	a, _ := d.decode(float64(load), float64(complement))
	return a
}

// Rise is an access and the ramp with which the selected line of a capacitance
// rises.
func (d RowDecoder) Rise(load units.Farad) (Action, float64) {
	return d.decode(float64(load), 0)
}

// decode also gives the ramp of the selected line, or in the reference's
// arithmetic the ramp at the input of the last gate.
func (d RowDecoder) decode(load, complement float64) (Action, float64) {
	if d.Address == 0 {
		return Action{}, step
	}
	p := d.parts()
	c := d.selection(p, load)
	var last float64
	up, down := d.Kit.resistance(pChannel, p.inv.p), d.Kit.resistance(nChannel, p.inv.n)
	if d.Mux {
		c.stage(d.Kit.resistance(nChannel, p.nand.n) * (p.nand.out + p.inv.in))
		c.stage(up * (p.inv.out + p.inv.in + load))
		last = c.ramp
		c.stage(down * (p.inv.out + complement))
	} else {
		c.stage(d.Kit.resistance(nChannel, p.driver.n) * (p.driver.out + p.driver.in))
		last = c.ramp
		c.stage(d.Kit.resistance(pChannel, p.driver.p) * (p.driver.out + load))
	}
	if !d.Kit.v21() {
		last = c.ramp
	}
	return seconds(c.delay, d.charge(p)*d.Kit.vdd2()), last
}

// selection is the path from the address to the NOR gate of a line.
func (d RowDecoder) selection(p decoderParts, load float64) chain {
	k := d.Kit
	c := chain{ramp: step}
	driven := load
	if p.nands != 0 {
		driven = 2 * p.nand.in
	}
	c.stage(k.resistance(nChannel, p.inv.n) * (p.inv.out + driven))
	if p.nands != 0 {
		driven = load
		if p.nors != 0 {
			driven = p.nor.in * float64(p.nors) / 4
		}
		c.stage(2 * k.resistance(nChannel, p.nand.n) * (p.nand.out + driven))
	}
	if p.nors == 0 {
		c.ramp = step
		return c
	}
	driven = p.inv.in
	if d.Mux {
		driven = p.nand.in
	}
	c.stage(2 * k.resistance(pChannel, p.nor.p) * (p.nor.out + driven))
	return c
}

// charge is the capacitance that an access charges.
func (d RowDecoder) charge(p decoderParts) float64 {
	pairs := float64(d.Address / 2)
	sum := (p.inv.in + p.nand.in*2) * 2 * pairs
	sum += (p.inv.in + p.nor.in*float64(p.nors)/2) * (float64(d.Address) - 2*pairs)
	sum += (p.nand.out + p.nor.in*float64(p.nors)/4) * float64(p.nands) / 4
	if d.Mux {
		sum += p.nor.out + p.nand.in
		return sum + (p.nand.out + p.inv.in) + (p.inv.out + p.inv.in) + p.inv.out
	}
	return sum + p.nor.out + p.inv.in + (p.driver.in+p.driver.out)*2
}

// Leakage of all gates.
func (d RowDecoder) Leakage() units.Watt {
	if d.Address == 0 {
		return 0
	}
	p := d.parts()
	ends := 2 * p.driver.power
	if d.Mux {
		ends = p.nand.power + 2*p.inv.power
	}
	sum := p.inv.power*float64(p.invs) + p.nand.power*float64(p.nands) + (p.nor.power+ends)*float64(p.nors)
	return units.Watt(sum)
}

// AddressBits is how many bits select one of n lines.
func AddressBits(n int) int { return int(math.Ceil(math.Log2(float64(max(n, 1))))) }

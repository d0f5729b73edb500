package circuit

import (
	"math"

	"crossbook/neurosim/tech"
)

// repeaters are the inverters along a long wire: their size, the distance
// between two, and what a piece of wire with its inverter is worth. The optimum
// is that of H. B. Bakoglu, Circuits, Interconnections, and Packaging for VLSI,
// Addison-Wesley, 1990, ch. 5.
type repeaters struct {
	kit      *Kit
	size     int
	distance float64
	out      element
	drive    float64 // resistance of both transistors
}

// shrink makes inverters smaller when a delay above the shortest is allowed.
type shrink func(size int) int

func halve(size int) int { return size / 2 }

func less(size int) int { return size - 1 }

// repeat finds the smallest inverters whose delay is at most so much above the
// shortest.
func (k *Kit) repeat(tolerance float64, smaller shrink) repeaters {
	inv := k.inverter(1)
	drive := k.resistance(nChannel, inv.n) + k.resistance(pChannel, inv.p)
	wire, ohm := float64(tech.WireCap), k.wireOhm()
	r := k.repeaters(
		int(math.Floor(math.Sqrt(drive*wire/inv.in/ohm))),
		math.Sqrt(2*drive*(inv.out+inv.in)/(ohm*wire)),
	)
	shortest := r.delay(ohm)
	for delay := 0.0; tolerance != 0 && delay < shortest*(1+tolerance); delay = r.delay(ohm) {
		size, distance := smaller(r.size), r.distance*0.9
		if size < 1 {
			r.size, r.distance = size, distance
			break
		}
		r = k.repeaters(size, distance)
	}
	final := k.repeaters(max(1, r.size), r.distance)
	final.size = r.size
	return final
}

func (k *Kit) repeaters(size int, distance float64) repeaters {
	out := k.inverter(float64(size))
	return repeaters{
		k, size, distance, out,
		k.resistance(nChannel, out.n) + k.resistance(pChannel, out.p),
	}
}

func (k *Kit) wireOhm() float64 { return float64(k.Wire.Resistance(k.Temperature)) }

// delay of a metre of wire of a resistance.
func (r repeaters) delay(ohm float64) float64 {
	d := r.distance
	wire := float64(tech.WireCap) * d
	return 0.7 * (r.drive*(r.out.in+r.out.out+wire) + 0.5*ohm*d*wire + ohm*d*r.out.in) / d
}

// energy of a bit along a metre; every fourth bit charges the wire.
func (r repeaters) energy() float64 {
	wire := float64(tech.WireCap) * r.distance
	return 0.25 * r.kit.vdd2() * (r.out.in + r.out.out + wire) / r.distance
}

// leakage of a metre.
func (r repeaters) leakage() float64 { return r.out.power / r.distance }

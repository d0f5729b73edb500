package circuit

import "crossbook/neurosim/units"

// Encoder makes a binary number of the levels of a flash converter.
type Encoder struct {
	Kit    *Kit
	Fit    Fit
	Levels int
	Count  int // converters
}

// encoderParts are the gates of an encoder and how many of each.
type encoderParts struct {
	inv, pair, wide element
	small, large    float64 // pairs with an inverter; wide gates
}

func (e Encoder) parts() encoderParts {
	k := e.Kit
	bits := ceilLog2(e.Levels)
	return encoderParts{
		inv: k.inverter(1), pair: k.nand(2, 1), wide: k.nand(e.Levels/2, 1),
		small: float64(e.Levels + bits), large: float64(bits),
	}
}

// Size of all encoders.
func (e Encoder) Size() Size {
	p := e.parts()
	width := 2*p.inv.w + p.pair.w + p.wide.w
	height := max(float64(e.Levels-1)*p.inv.h, float64(e.Levels-1)*p.pair.h)
	switch {
	case e.Fit.Width != 0:
		perRow := min(shareLength(float64(e.Fit.Width), width), e.Count)
		return box(height*float64(shares(e.Count, perRow)), max(float64(e.Fit.Width), width))
	case e.Fit.Height != 0:
		perColumn := min(shareLength(float64(e.Fit.Height), height), e.Count)
		return box(max(float64(e.Fit.Height), height), width*float64(shares(e.Count, perColumn)))
	}
	return box(height, width*float64(e.Count))
}

// shareLength is how many units stand on a length; the last may stand out.
func shareLength(room, unit float64) int {
	n := int(room / unit)
	if float64(n)*unit < room {
		n++
	}
	return n
}

// Encode is one conversion of all encoders. The path is that of the first two
// gates, as in the reference; the others switch with the next conversion.
func (e Encoder) Encode() Action {
	k, p := e.Kit, e.parts()
	c := chain{ramp: step}
	c.stage(2 * k.resistance(nChannel, k.smallNMOS()) * (p.inv.out + p.pair.in*2))
	c.stage(k.resistance(pChannel, k.smallPMOS()) * (p.pair.out + p.wide.in*float64(e.Levels/2)))
	charge := ((p.inv.in+p.inv.out)+(p.pair.in+p.pair.out))*p.small + (p.wide.in+p.wide.out)*p.large
	return seconds(c.delay, charge*k.vdd2()*float64(e.Count))
}

// Leakage of all encoders.
func (e Encoder) Leakage() units.Watt {
	p := e.parts()
	return units.Watt(((p.inv.power+p.pair.power)*p.small + p.wide.power*p.large) * float64(e.Count))
}

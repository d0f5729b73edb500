package device

import "math"

// tableSideConstants are A and B of one side in the reference's arithmetic: one
// value for all cells, or one for each.
type tableSideConstants struct{ a, b []float32 }

// at returns the constants of cell i.
func (s *side) at(i int) (a, b float32) {
	if len(s.table.a) == 1 {
		i = 0
	}
	return s.table.a[i], s.table.b[i]
}

// tableSide computes A and B in double precision and rounds them to single.
func tableSide(label, pulses float64, variation []float32) side {
	if variation == nil {
		variation = []float32{0}
	}
	t := tableSideConstants{make([]float32, len(variation)), make([]float32, len(variation))}
	for i, delta := range variation {
		a := TableA(float32(label)+delta) * pulses
		t.a[i] = float32(a)
		t.b[i] = float32(2 / (1 - math.Exp(-pulses/a)))
	}
	return side{table: t}
}

// changeByTable is steps 4 to 7 of the update in the reference's order: back
// from the weight to its place on the curve, on by the pulses, and forward
// again, every operation rounded to single precision.
func (c *Cells) changeByTable(dst, w, u []float32, first int) {
	pulses := float32(c.pulses)
	for i := range dst {
		n := float32(math.RoundToEven(float64(u[i] / 2 * pulses)))
		side := &c.down
		if n < 0 {
			side = &c.up
		}
		a, b := side.at(first + i)
		place := -a * log32(1-(w[i]+1)/b)
		next := b*(1-exp32(-(place-n)/a)) - 1
		dst[i] = w[i] - c.clip(next)
	}
}

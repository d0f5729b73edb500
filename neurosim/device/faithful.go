package device

import (
	"math"

	"crossbook/neurosim/internal/simd"
)

// tableSideConstants are A and B of one side in the reference's arithmetic: one
// value for all cells, or one for each.
type tableSideConstants struct{ a, b []float32 }

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

// byTable is the update in the reference's order and arithmetic.
func (c *Cells) byTable() simd.Curve {
	up, down := &c.up.table, &c.down.table
	return simd.Curve{
		A: [2][]float32{up.a, down.a}, B: [2][]float32{up.b, down.b}, Pulses: float32(c.pulses), Limit: c.limit,
	}
}

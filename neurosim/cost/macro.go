package cost

import (
	"fmt"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// Macro is one subarray with its circuits, alone, such as published silicon often
// is: what it takes up, and what it costs to multiply one vector of inputs with all
// of its weights.
type Macro struct {
	Area       units.SquareMetre
	Cells      units.SquareMetre // of the area
	Read       circuit.Action    // of one product of matrix and vector
	Operations float64           // multiplications and additions of it
}

// Macro prices one subarray of the chip, without the circuits of training, for
// inputs and weights that are like the activity; the zero value is the [Typical]
// one. It fails as Estimate does.
func (c Chip) Macro(a Activity) (Macro, error) {
	c.Inference = true
	d, err := c.design()
	if err != nil {
		return Macro{}, fmt.Errorf("cost: macro: %w", err)
	}
	if a.unknown() {
		a = Typical()
	}
	s := newSubarray(d, false)
	whole := (&operand{rows: d.rows, cols: d.cols, vectors: d.inputBits, activity: a}).whole()
	var read circuit.Action
	shares, times := a.reads(d.inputBits)
	for _, ones := range shares {
		read = read.Plus(s.read(s.average(whole, ones)).forward.Times(float64(times)))
	}
	return Macro{
		Area: s.sizes.used, Cells: s.sizes.array, Read: read,
		Operations: 2 * float64(d.rows) * float64(d.cols/d.cells),
	}, nil
}

// TOPS is the throughput in 10^12 operations a second.
func (m Macro) TOPS() float64 { return m.Operations / float64(m.Read.Latency) * 1e-12 }

// TOPSPerWatt is the efficiency in 10^12 operations a joule.
func (m Macro) TOPSPerWatt() float64 { return m.Operations / float64(m.Read.Energy) * 1e-12 }

// String says it in one line.
func (m Macro) String() string {
	return fmt.Sprintf("%s; %v and %v a product of matrix and vector; %.4g TOPS, %.4g TOPS/W",
		quantityText(float64(m.Area), "m²"), m.Read.Latency, m.Read.Energy, m.TOPS(), m.TOPSPerWatt())
}

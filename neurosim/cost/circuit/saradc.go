package circuit

import (
	"math"

	"crossbook/neurosim/units"
)

// SarADC finds the level of a column by successive approximation, a bit in each
// nanosecond.
type SarADC struct {
	Kit     *Kit
	Fit     Fit
	Columns int // converters
	Levels  int
}

// Transistors of a converter of one bit and of each further bit, by the smallest
// of each polarity.
const (
	sarFirstN, sarBitN = 269, 109
	sarFirstP, sarBitP = 209, 73
	sarCycle           = 1e-9
)

func (a SarADC) bits() float64 { return math.Log2(float64(a.Levels)) }

// Size of all converters.
func (a SarADC) Size() Size {
	n, p := a.Kit.smallAreas()
	more := a.bits() - 1
	unit := n*(sarFirstN+more*sarBitN) + p*(sarFirstP+more*sarBitP)
	return a.Fit.reshape(unit * float64(a.Columns))
}

// Convert is one conversion of every converter's column. The energy is that of
// all columns whose resistances (ohm) are given; a NaN costs nothing.
func (a SarADC) Convert(columns []float64) Action {
	return seconds((a.bits()+1)*sarCycle, total(columns, a.energy))
}

func (a SarADC) energy(column float64) float64 {
	k := a.Kit
	time := (a.bits() + 1) * sarCycle
	r := column * 0.5 / float64(k.Cell.ReadVoltage)
	switch {
	case math.IsInf(r, 0):
		return idleColumn * k.heating() * time
	case r == 0:
		return 0
	}
	fit := k.adcPower()
	watts := (fit.perBit*a.bits()+fit.fixed)*1e-6 + fit.voltageBias*math.Exp(-fit.decay*math.Log10(r))
	return watts * k.heating() * time
}

// Leakage is counted in the energy of a conversion.
func (a SarADC) Leakage() units.Watt { return 0 }

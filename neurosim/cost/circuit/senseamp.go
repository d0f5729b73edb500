package circuit

import (
	"math"

	"crossbook/neurosim/units"
)

// SenseAmp decides the bits of an SRAM's columns by the difference of voltage
// between their bit lines.
type SenseAmp struct {
	Kit     *Kit
	Fit     Fit
	Columns int
	Pitch   units.Metre // width of a column
}

// Widths of a sense amplifier's transistors, in feature sizes.
const (
	senseP, senseN       = 7.5, 3.75
	senseIso, senseOn    = 12.5, 5.0
	senseMux             = 9.0
	latches, selectorsPN = 2, 1
)

// Size of all amplifiers.
func (s SenseAmp) Size() Size {
	area := s.unit() * float64(s.Columns)
	if s.Fit == (Fit{}) {
		wide := float64(s.Pitch) * float64(s.Columns)
		return box(area/wide, wide)
	}
	return s.Fit.reshape(area)
}

func (s SenseAmp) unit() float64 {
	k := s.Kit
	f := k.feature()
	area := func(n, p float64) float64 {
		return float64(k.gateSize(gate{inverter, 1, n * f, p * f, float64(s.Pitch)}).Area)
	}
	return latches*area(0, senseP) + latches*area(senseN, 0) + selectorsPN*(area(0, senseIso)+area(senseOn, 0))
}

// load is the capacitance of a node of the latch.
func (s SenseAmp) load() float64 {
	k := s.Kit
	f, pitch := k.feature(), float64(s.Pitch)
	return k.gateCap((senseP+senseN)*f) +
		k.drainCap(nChannel, senseN*f, pitch) + k.drainCap(pChannel, senseP*f, pitch) +
		k.drainCap(pChannel, senseIso*f, pitch) + k.drainCap(nChannel, senseMux*f, pitch)
}

// Read is one decision of so many columns.
func (s SenseAmp) Read(columns float64) Action {
	k := s.Kit
	f := k.feature()
	gain := k.transconductance(nChannel, senseN*f) + k.transconductance(pChannel, senseP*f)
	load := s.load()
	delay := load/gain*math.Log(float64(k.Vdd)/float64(k.SRAM.SenseVoltage)) + 1/float64(k.Clock)
	return seconds(delay, load*k.vdd2()*min(columns, float64(s.Columns)))
}

// Leakage of all amplifiers. The reference multiplies by the supply twice.
func (s SenseAmp) Leakage() units.Watt {
	k := s.Kit
	power := k.leak(gate{inverter, 1, senseOn * k.feature(), 0, 0}) * float64(k.Vdd)
	if k.v21() {
		power *= float64(k.Vdd)
	}
	return units.Watt(power * float64(s.Columns))
}

package circuit

import (
	"math"

	"crossbook/neurosim/units"
)

// FlashADC compares the current of each column with all its levels at once, by
// as many sense amplifiers less one.
type FlashADC struct {
	Kit     *Kit
	Fit     Fit
	Columns int  // converters
	Levels  int  // at least 2
	Voltage bool // senses a voltage instead of a current
	Shared  int  // columns that share a converter, one after the other
	Rows    int  // cells of a column that are read at once: all, or 1 row by row
}

// Transistors of a comparator and its reference, by the smallest of each polarity.
const (
	currentN, currentP = 48, 24
	voltageN, voltageP = 52, 60
)

// Size of all converters.
func (a FlashADC) Size() Size {
	n, p := a.Kit.smallAreas()
	unit := currentN*n + currentP*p
	if a.Voltage {
		unit = voltageN*n + voltageP*p
	}
	return a.Fit.reshape(unit * float64(a.Levels-1) * float64(a.Columns))
}

// smallAreas are those of a lone smallest transistor of each polarity.
func (k *Kit) smallAreas() (n, p float64) {
	height := cellHeight * k.feature()
	n = float64(k.gateSize(gate{inverter, 1, k.smallNMOS(), 0, height}).Area)
	p = float64(k.gateSize(gate{inverter, 1, 0, k.smallPMOS(), height}).Area)
	return n, p
}

// Limits of the time in which a comparator decides.
const (
	fastest = 1e-9
	slowest = 10e-9
)

// Convert is one reading of all columns, whose resistances (ohm) are given one
// for each column of the array; the columns that share a converter take turns.
// A NaN stands for a column without any active row and costs nothing.
func (a FlashADC) Convert(columns []float64) Action {
	decide := a.decide(columns)
	energy := total(columns, func(r float64) float64 { return a.power(r) * decide })
	return seconds(decide*float64(a.Shared), energy)
}

// decide is how long the slowest column takes.
func (a FlashADC) decide(columns []float64) float64 {
	if a.Voltage {
		return fastest
	}
	slow, last := 0.0, math.NaN()
	for _, r := range columns {
		if r == last {
			continue
		}
		last = r
		if t := a.delay(r); t > slow {
			slow = t
		}
	}
	return min(max(slow, fastest), slowest)
}

// total adds up what each column takes, as far as it is above 0. Columns that are
// like the one before are not computed again.
func total(columns []float64, of func(r float64) float64) float64 {
	sum, last, each := 0.0, math.NaN(), 0.0
	for _, r := range columns {
		if r != last {
			last, each = r, of(r)
		}
		if each > 0 {
			sum += each
		}
	}
	return sum
}

// delay of a column: a fit to circuit simulations of a current-mode sense
// amplifier, by the ratio of each reference to the column. P.-Y. Chen, X. Peng
// and S. Yu, "NeuroSim: a circuit-level macro model for benchmarking
// neuro-inspired architectures in online learning", IEEE Trans. CAD 37(12), 2018.
func (a FlashADC) delay(column float64) float64 {
	k := a.Kit
	r := column * 0.5 / float64(k.Cell.ReadVoltage)
	if r == 0 || math.IsInf(r, 0) {
		return 0
	}
	fit, fitted := k.senseDelay()
	if !fitted {
		return fastest
	}
	most := (fit.slope*math.Log(r/1000) + fit.offset) * 1e-9
	slow := 0.0
	first := 0
	if k.v21() {
		first = 1 // the reference leaves the lowest level out
	}
	for i := first; i < a.Levels-1; i++ {
		slow = max(slow, a.level(fit, most, a.reference(i)/r))
	}
	return slow
}

// level is the delay of one comparator at a ratio of reference to column.
func (a FlashADC) level(fit senseFit, most, x float64) float64 {
	switch {
	case x >= 20 || x <= 0.05:
		return fastest
	case x <= 0.9:
		return most * polynomial(fit.below, x)
	case x < 1.1 && !a.Kit.v21():
		return most // the slowest: both currents are nearly the same
	}
	return most * polynomial(fit.above, x)
}

func polynomial(highestFirst []float64, x float64) float64 {
	sum := 0.0
	for _, c := range highestFirst {
		sum = sum*x + c
	}
	return sum
}

// reference is the resistance that level i compares with.
func (a FlashADC) reference(i int) float64 {
	on, off := float64(a.Kit.Cell.On), float64(a.Kit.Cell.Off)
	rows := float64(a.Rows)
	return on/rows + float64(i+1)*(off/rows)/float64(a.Levels)
}

// power of a column's converter while it decides.
func (a FlashADC) power(column float64) float64 {
	k := a.Kit
	r := column * 0.5 / float64(k.Cell.ReadVoltage)
	if math.IsInf(r, 0) {
		return idleColumn * k.heating()
	}
	if r == 0 {
		return 0
	}
	fit := k.adcPower()
	base, bias := fit.current, fit.currentBias
	if a.Voltage {
		base, bias = fit.voltage, fit.voltageBias
	}
	watts := base*float64(a.Levels-1)*1e-6 + bias*math.Exp(-fit.decay*math.Log10(r))
	return watts * k.heating()
}

// heating is how much more a converter draws above 300 K.
func (k *Kit) heating() float64 {
	return 1 + 1.3e-3*(float64(k.Temperature)-300)
}

// Leakage is counted in the power of a conversion.
func (a FlashADC) Leakage() units.Watt { return 0 }

// idleColumn is the power of a converter whose column carries no current.
const idleColumn = 1e-6

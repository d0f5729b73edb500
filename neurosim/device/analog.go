package device

import (
	"fmt"
	"strings"

	"crossbook/neurosim/internal/check"
)

// Limits of the fields of [Analog].
const (
	MaxLabel  = 9     // largest magnitude of a nonlinearity label
	MaxLevels = 65536 // most conductance levels
)

// Analog is an analog non-volatile memory cell. It is plain data; the zero
// value is ideal: linear, continuous, noiseless, and each non-zero field adds
// one nonideality.
type Analog struct {
	// Levels is the number of conductance levels, which is also the number of
	// pulses over the whole range. 0: continuous. Allowed: 0, or 2 to MaxLevels.
	Levels int

	// LTP and LTD are the nonlinearity labels of potentiation and depression,
	// -9 to 9. 0: linear. Positive: the change is largest at the start of the
	// potentiation (LTP), and the depression retraces such a curve (LTD).
	LTP, LTD float64

	// DeviceToDevice is the standard deviation of the labels among the cells,
	// drawn once when they are made; of the slopes, exponents and rates of the linear,
	// the power and the exponential step. 0 to 9; 0 with the other laws.
	DeviceToDevice float64

	// CycleToCycle is the standard deviation of a programmed conductance from
	// one write to the next, as a share of the whole range, however many pulses the
	// write has; StepNoise is that of a single pulse. 0 to 1.
	CycleToCycle float64

	// OnOff is the ratio of the highest to the lowest conductance, above 1.
	// 0: infinite. It acts where an array of cells is read, and in the cost of a
	// chip; a training whose forward pass is ideal does not depend on it.
	OnOff float64

	// Law is how a pulse depends on the weight: ConstantStep, LinearStep,
	// SoftBounds, PowerStep, ExponentialStep or PiecewiseStep, for which Levels is
	// needed. "" is the exponential model of the package. With a law, cells take
	// every pulse by itself, and LTP and LTD are its slopes (linear step, 0 to 1) or
	// its exponents (power step, 0 to 9), else 0.
	Law string `json:",omitzero"`

	// Exponential shapes the ExponentialStep, Piecewise the PiecewiseStep; see
	// [Analog.WithSteps] and [Measured]. Zero with any other law.
	Exponential Exponential `json:",omitzero"`
	Piecewise   Piecewise   `json:",omitzero"`

	// Asymmetry makes the steps of LTP larger by its share, and those of LTD
	// smaller: 0.1 is 1.1 and 0.9. AsymmetryVariation is its standard deviation
	// among the cells. -0.9 to 0.9, and 0 to 1.
	Asymmetry          float64 `json:",omitzero"`
	AsymmetryVariation float64 `json:",omitzero"`

	// Skew puts the symmetry point of a law off the middle of the range, which
	// then goes from -(1-Skew) to 1+Skew. With a law only. -0.9 to 0.9.
	Skew float64 `json:",omitzero"`

	// StepNoise is the standard deviation of a pulse's step from cycle to cycle,
	// as a share of the step. Pulses of one write are independent: n of them, which the
	// exponential model takes at once, vary by StepNoise/sqrt(n). 0 to 100.
	StepNoise float64 `json:",omitzero"`

	// StepVariation and RangeVariation are the standard deviations, among the
	// cells, of the size of a step and of either end of the range, as a share of
	// it. 0 to 1.
	StepVariation  float64 `json:",omitzero"`
	RangeVariation float64 `json:",omitzero"`

	// WriteNoise is the standard deviation of the weight that is seen after a
	// write around the weight that the cell keeps and the next pulse starts from,
	// in steps 2/Levels. 0 to 1000; 0 without Levels.
	WriteNoise float64 `json:",omitzero"`

	// StuckLow and StuckHigh are the shares of cells that stay at the lowest and
	// at the highest conductance for ever. 0 to 1 together.
	StuckLow  float64 `json:",omitzero"`
	StuckHigh float64 `json:",omitzero"`

	// Program is how a cell is set to a given weight: the first ones of a training, and
	// those of a trained network. Zero: at once and exactly.
	Program Programming `json:",omitzero"`

	// Drift and Retention are what becomes of a conductance that is left alone. They act
	// where time passes: see train.Settings.StepTime and TestAfter. Zero: nothing.
	Drift     Drift     `json:",omitzero"`
	Retention Retention `json:",omitzero"`
}

// Ideal says whether programming the cell does exactly what is asked.
func (d Analog) Ideal() bool {
	d.OnOff = 0 // a matter of reading
	return d == Analog{}
}

// Validate returns every field outside its range, nil when there is none.
func (d Analog) Validate() error {
	var p check.Problems
	if d.Levels != 0 && (d.Levels < 2 || d.Levels > MaxLevels) {
		p.Add("Levels", d.Levels, fmt.Sprintf("0 (continuous) or 2 to %d", MaxLevels))
	}
	p.Float("LTP", d.LTP, -MaxLabel, MaxLabel)
	p.Float("LTD", d.LTD, -MaxLabel, MaxLabel)
	p.Float("DeviceToDevice", d.DeviceToDevice, 0, MaxLabel)
	p.Float("CycleToCycle", d.CycleToCycle, 0, 1)
	if !(d.OnOff == 0 || d.OnOff > 1 && d.OnOff <= 1e12) {
		p.Add("OnOff", d.OnOff, "0 (infinite) or above 1, to 1e+12")
	}
	p.Float("StuckLow", d.StuckLow, 0, 1)
	p.Float("StuckHigh", d.StuckHigh, 0, 1-max(d.StuckLow, 0))
	d.validateLaw(&p)
	d.validateProgram(&p)
	p.Under("Drift", d.Drift.Validate())
	p.Under("Retention", d.Retention.Validate())
	return p.Err()
}

// String names what the cell is not ideal in: "64 levels, LTP 1.75, LTD 1.46".
func (d Analog) String() string {
	var parts []string
	add := func(present bool, format string, values ...any) {
		if present {
			parts = append(parts, fmt.Sprintf(format, values...))
		}
	}
	add(d.Levels != 0, "%d levels", d.Levels)
	add(d.Law != "", "%s", d.Law)
	add(d.LTP != 0 || d.LTD != 0, "LTP %g, LTD %g", d.LTP, d.LTD)
	add(d.DeviceToDevice != 0, "device-to-device %g", d.DeviceToDevice)
	add(d.CycleToCycle != 0, "cycle-to-cycle %g %%", 100*d.CycleToCycle)
	add(d.Skew != 0, "skew %g", d.Skew)
	add(d.Asymmetry != 0, "asymmetry %g %%", 100*d.Asymmetry)
	add(d.AsymmetryVariation != 0, "asymmetry from cell to cell %g %%", 100*d.AsymmetryVariation)
	add(d.StepNoise != 0, "noise of a step %g %%", 100*d.StepNoise)
	add(d.StepVariation != 0, "step from cell to cell %g %%", 100*d.StepVariation)
	add(d.RangeVariation != 0, "range from cell to cell %g %%", 100*d.RangeVariation)
	add(d.WriteNoise != 0, "write noise %g steps", d.WriteNoise)
	add(d.StuckLow != 0, "stuck low %g %%", 100*d.StuckLow)
	add(d.StuckHigh != 0, "stuck high %g %%", 100*d.StuckHigh)
	add(d.Program != Programming{}, "%v", d.Program)
	add(d.Drift != Drift{}, "%v", d.Drift)
	add(d.Retention != Retention{}, "%v", d.Retention)
	add(d.OnOff != 0, "on/off %g", d.OnOff)
	if len(parts) == 0 {
		return "ideal"
	}
	return strings.Join(parts, ", ")
}

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
	// drawn once when they are made. 0 to 9.
	DeviceToDevice float64

	// CycleToCycle is the standard deviation of a programmed conductance from
	// one write to the next, as a share of the whole range. 0 to 1.
	CycleToCycle float64

	// OnOff is the ratio of the highest to the lowest conductance, above 1.
	// 0: infinite. It acts where an array of cells is read, and in the cost of a
	// chip; a training whose forward pass is ideal does not depend on it.
	OnOff float64
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
	add(d.LTP != 0 || d.LTD != 0, "LTP %g, LTD %g", d.LTP, d.LTD)
	add(d.DeviceToDevice != 0, "device-to-device %g", d.DeviceToDevice)
	add(d.CycleToCycle != 0, "cycle-to-cycle %g %%", 100*d.CycleToCycle)
	add(d.OnOff != 0, "on/off %g", d.OnOff)
	if len(parts) == 0 {
		return "ideal"
	}
	return strings.Join(parts, ", ")
}

package device

import (
	"math"
	"strconv"
)

// Curve is the conductance of a cell over a train of identical pulses, ready to
// be plotted.
type Curve struct {
	Name        string    // "LTP 1.75"
	Conductance []float64 // after 0, 1, 2 ... pulses, as a share of the highest
	Step        float64   // pulses from one value to the next
}

// Curves returns the potentiation from the lowest conductance up, and the
// depression from the highest down. A continuous cell is drawn as 100 pulses.
func (d Analog) Curves() (ltp, ltd Curve) {
	if d.Law != "" {
		return d.lawCurves()
	}
	pulses := d.Levels
	if pulses == 0 {
		pulses = 100
	}
	up, down := bend(d.LTP), bend(d.LTD)
	ltp = Curve{Name: "LTP " + number(d.LTP), Step: 1}
	ltd = Curve{Name: "LTD " + number(d.LTD), Step: 1}
	for n := range pulses + 1 {
		t := float64(n) / float64(pulses)
		rise, fall := min(t*(1+d.Asymmetry), 1), min(t*(1-d.Asymmetry), 1)
		ltp.Conductance = append(ltp.Conductance, d.share(weightAt(rise, up)))
		ltd.Conductance = append(ltd.Conductance, d.share(weightAt(1-fall, down)))
	}
	return ltp, ltd
}

// lawCurves are those of a nominal cell with a law, as many pulses as levels.
func (d Analog) lawCurves() (ltp, ltd Curve) {
	nominal := d
	nominal.StepVariation, nominal.RangeVariation, nominal.AsymmetryVariation, nominal.DeviceToDevice = 0, 0, 0, 0
	s := nominal.newSteps(Fabrication{Count: 1, Limit: 1})
	low, high := s.nominal.low, s.nominal.high
	train := func(name string, w float64, up bool) Curve {
		c := Curve{Name: name, Step: 1}
		for range d.Levels + 1 {
			c.Conductance = append(c.Conductance, d.share(2*(w-low)/(high-low)-1))
			w = min(max(w+s.pulse(s.nominal, w, up), low), high)
		}
		return c
	}
	return train("LTP, "+d.Law, low, true), train("LTD, "+d.Law, high, false)
}

// Label returns the name of the curve.
func (c Curve) Label() string { return c.Name }

// Len returns the number of points.
func (c Curve) Len() int { return len(c.Conductance) }

// XY returns the i-th point: number of pulses, conductance.
func (c Curve) XY(i int) (x, y float64) { return c.Step * float64(i), c.Conductance[i] }

// AxisLabels names the axes.
func (c Curve) AxisLabels() (x, y string) { return "pulses", "conductance G/G_{max}" }

// share turns a weight into a share of the highest conductance.
func (d Analog) share(w float64) float64 {
	lowest := 0.0
	if d.OnOff != 0 {
		lowest = 1 / d.OnOff
	}
	return lowest + (1-lowest)*(w+1)/2
}

// weightAt is w(n) of the package's model at t = n/P, with k = P/A.
func weightAt(t, k float64) float64 {
	if k == 0 {
		return 2*t - 1
	}
	return 2*math.Expm1(-k*t)/math.Expm1(-k) - 1
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

package tech

import (
	"fmt"
	"math"

	"crossbook/neurosim/units"
)

// Channel is a polarity at one temperature.
type Channel struct {
	On, Off          units.AmperePerMetre
	Transconductance units.AmperePerMetre
}

// Process is a node's transistors at one temperature.
type Process struct {
	Transistor
	Temperature units.Kelvin
	NChannel    Channel
	PChannel    Channel
	OverlapCap  units.FaradPerMetre       // gate over source and drain, by width
	Junction    units.FaradPerSquareMetre // drain to bulk, by area
	Sidewall    units.FaradPerMetre       // drain to bulk, by edge
	ToChannel   units.FaradPerMetre       // drain to channel, by width
	PNRatio     float64                   // width of a p-channel over that of an n-channel of equal current
}

// At gives the transistors at a temperature from 300 K to 400 K.
func (t Transistor) At(temperature units.Kelvin) (Process, error) {
	if !(temperature >= 300 && temperature <= 400) {
		return Process{}, fmt.Errorf("tech: temperature %v is not allowed; allowed: 300 K to 400 K", temperature)
	}
	step := 1 + float64(t.Vdd)/0.9
	p := Process{
		Transistor: t, Temperature: temperature,
		NChannel:  t.N.at(temperature),
		PChannel:  t.P.at(temperature),
		Junction:  units.FaradPerSquareMetre(1e-3 / math.Pow(step, 0.5)),
		Sidewall:  units.FaradPerMetre(2.5e-10 / math.Pow(step, 0.33)),
		ToChannel: units.FaradPerMetre(0.5e-10 / math.Pow(step, 0.33)),
		PNRatio:   float64(t.N.On[0] / t.P.On[0]),
	}
	if t.FinFET() {
		p.PNRatio = 1 // widths are whole fins
	} else {
		p.OverlapCap = 0.2 * t.IdealCap
	}
	return p, nil
}

// FinFET says whether the transistors have fins.
func (t Transistor) FinFET() bool { return t.Fin.Pitch > 0 }

// Feature is the node as a length, the F of layouts.
func (t Transistor) Feature() units.Metre {
	return units.Metre(float64(t.Node) * 1e-9)
}

func (p Polarity) at(temperature units.Kelvin) Channel {
	return Channel{p.On.at(temperature), p.Off.at(temperature), p.Transconductance}
}

// at interpolates between the tabulated temperatures.
func (c Currents) at(temperature units.Kelvin) units.AmperePerMetre {
	above := float64(temperature) - 300
	i := min(int(above/10), Points-1)
	rest := above - 10*float64(i)
	if rest == 0 {
		return c[i]
	}
	return c[i] + (c[i+1]-c[i])*units.AmperePerMetre(rest)/10
}

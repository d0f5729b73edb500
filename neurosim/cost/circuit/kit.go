package circuit

import (
	"math"

	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// Reference names an estimator whose figures are reproduced, its defects
// included. "" is none: the circuits as physics has them. DIFFERENCES.md beside
// package cost lists what differs.
type Reference string

// V21 is the C++ estimator of DNN+NeuroSim V2.1.
const V21 Reference = "v2.1"

// Kit is what all circuits of a chip are made with. Every block holds one.
type Kit struct {
	tech.Process
	Wire      tech.Wire
	Clock     units.Hertz
	Cell      tech.Cell // of the synaptic arrays
	SRAM      tech.Cell // of buffers and of the weight-gradient unit
	Reference Reference

	elements *elements
}

// Remember lets the kit keep the gates that its blocks are made of, which most of
// them share. A kit that remembers must not be changed.
func (k *Kit) Remember() { k.elements = &elements{known: map[gate]element{}} }

// v21 says whether the reference's figures are wanted.
func (k *Kit) v21() bool { return k.Reference == V21 }

// feature is F, the unit of layouts.
func (k *Kit) feature() float64 { return float64(k.Feature()) }

// vdd2 is Vdd², which times a capacitance is the energy of charging it.
func (k *Kit) vdd2() float64 { return float64(k.Vdd) * float64(k.Vdd) }

// halfCycle is how long a register takes to be read.
func (k *Kit) halfCycle() float64 { return 1 / (2 * float64(k.Clock)) }

// WriteDrive is the voltage (V) that drives a selected cell in a write. The reference takes
// the root of the sum of the squares of both polarities' voltages for it.
func (k *Kit) WriteDrive() float64 {
	v := float64(k.Cell.WriteVoltage)
	if k.v21() {
		return math.Sqrt(v*v + v*v)
	}
	return v
}

// Action is the price of doing something once, or of doing it often.
type Action struct {
	Latency units.Second
	Energy  units.Joule
}

// Times is the price of doing it n times, one after the other.
func (a Action) Times(n float64) Action {
	return Action{a.Latency * units.Second(n), a.Energy * units.Joule(n)}
}

// Plus is the price of doing a and then b.
func (a Action) Plus(b Action) Action {
	return Action{a.Latency + b.Latency, a.Energy + b.Energy}
}

// Size is what a laid-out block takes up.
type Size struct {
	Height, Width units.Metre
	Area          units.SquareMetre
}

// Fit is the room that a block is laid out for: at most one of both lengths is
// given, the other follows. The zero value is a single row or column.
type Fit struct {
	Height, Width units.Metre
}

// box is a size by its lengths.
func box(height, width float64) Size {
	return Size{units.Metre(height), units.Metre(width), units.SquareMetre(height * width)}
}

// reshape gives an area the length that is given and the other that follows.
func (f Fit) reshape(area float64) Size {
	s := Size{f.Height, f.Width, units.SquareMetre(area)}
	switch {
	case f.Width != 0:
		s.Height = units.Metre(area / float64(f.Width))
	case f.Height != 0:
		s.Width = units.Metre(area / float64(f.Height))
	}
	return s
}

// tile lays out count units of a height and a width side by side.
func (f Fit) tile(height, width float64, count int) Size {
	switch {
	case f.Height != 0:
		columns := shares(count, fits(f.Height, height, count))
		return box(float64(f.Height), width*float64(columns))
	case f.Width != 0:
		rows := shares(count, fits(f.Width, width, count))
		return box(height*float64(rows), float64(f.Width))
	}
	return box(height, width*float64(count))
}

// fits is how many of count units find room on a length, at least one.
func fits(room units.Metre, unit float64, count int) int {
	return max(1, min(int(float64(room)/unit), count))
}

// shares is how many lines hold count units with so many on a line.
func shares(count, line int) int { return (count + line - 1) / line }

// step is the input ramp (V/s over Vdd) of an input that switches at once.
const step = 1e20

// horowitz is the delay of a stage with time constant tau whose input rises with
// a ramp, and the ramp of its output, for a threshold at half the supply.
// M. A. Horowitz, Timing Models for MOS Circuits, Stanford, 1983.
func horowitz(tau, ramp float64) (delay, out float64) {
	const half = 0.5
	alpha := 1 / ramp / tau
	delay = tau * math.Sqrt(math.Log(half)*math.Log(half)+2*alpha*half*(1-half))
	return delay, half / delay
}

// chain is a row of stages, each fed by the one before.
type chain struct{ delay, ramp float64 }

func (c *chain) stage(tau float64) float64 {
	d, ramp := horowitz(tau, c.ramp)
	c.delay += d
	c.ramp = ramp
	return d
}

// after is the delay of a lone stage behind an ideal step.
func after(tau float64) float64 {
	d, _ := horowitz(tau, step)
	return d
}

func ceilLog2(n int) int { return int(math.Ceil(math.Log2(float64(n)))) }

func seconds(latency, energy float64) Action {
	return Action{units.Second(latency), units.Joule(energy)}
}

func metres(length float64) units.Metre { return units.Metre(length) }

func farads(cap float64) units.Farad { return units.Farad(cap) }

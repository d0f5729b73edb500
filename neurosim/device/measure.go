package device

import (
	"fmt"
	"strconv"

	"crossbook/neurosim/rng"
)

// maxReadings is how often a measurement reads a cell on its way up, and again
// on its way down: as often as a figure can show.
const maxReadings = 100

// Measurement is what a laboratory would read from fabricated cells that it
// drives up by LTP pulses and down again by LTD pulses, one after the other: a
// table with the columns "pulse" (of that direction), "conductance" (as a share
// of the nominal highest), "direction" ("LTP" or "LTD") and "cell" (from 1).
//
//	plots.Lines(d.Measure(20, 1), "pulse", "conductance").By("direction").Spread().Each("cell")
type Measurement struct {
	pulse, conductance []float64
	direction          []string
	cell               []int
}

// Measure fabricates cells, 1 to 1000, and drives each over its whole range by
// as many pulses as it has levels, 100 when it is continuous; the noise of
// every write accumulates, as it does in training. The device must be valid and
// the seed says which cells and which noise.
func (d Analog) Measure(cells int, seed uint64) Measurement {
	if cells < 1 || cells > 1000 {
		panic(fmt.Sprintf("device: Measure: %d cells; allowed: 1 to 1000", cells))
	}
	pulses := d.Levels
	if pulses == 0 {
		pulses = 100
	}
	p := &probe{
		Analog: d, cells: d.Fabricate(Fabrication{Count: cells, Limit: 1, Seed: seed}),
		w: make([]float32, cells), pulses: pulses, every: max(1, pulses/maxReadings), seed: seed,
	}
	nominal := d.newSteps(Fabrication{Count: 1, Limit: 1})
	p.low, p.high = -1, 1
	if nominal != nil {
		p.low, p.high = nominal.nominal.low, nominal.nominal.high
	}
	for i := range p.w {
		p.w[i] = float32(p.low)
	}
	p.cells.Hold(p.w, 0)
	p.look()
	p.drive("LTP", -1)
	p.drive("LTD", 1)
	return p.Measurement
}

// probe is a measurement under way.
type probe struct {
	Analog
	Measurement
	cells         *Cells
	w             []float32 // that the cells keep
	seen          []float32 // of them, after the last write
	pulses, every int       // in a direction; from one reading to the next
	low, high     float64   // weights at the ends of the nominal range
	seed          uint64
	step          int // pulses given so far
}

// drive gives the pulses of one direction; sign is that of Cells.Pulse.
func (p *probe) drive(direction string, sign float32) {
	for n := range p.pulses + 1 {
		if n%p.every == 0 {
			p.read(direction, n)
		}
		if n < p.pulses {
			p.push(sign)
		}
	}
}

func (p *probe) read(direction string, pulse int) {
	for i, w := range p.seen {
		p.pulse = append(p.pulse, float64(pulse))
		p.conductance = append(p.conductance, p.share(2*(float64(w)-p.low)/(p.high-p.low)-1))
		p.direction = append(p.direction, direction)
		p.cell = append(p.cell, i+1)
	}
}

// push gives every cell one pulse.
func (p *probe) push(sign float32) {
	noise := rng.New(p.seed, "measured pulses", 0, p.step)
	cycles := rng.New(p.seed, "measured cycles", 0, p.step)
	p.step++
	if p.cells.Stepwise() {
		one := make([]float32, len(p.w))
		for i := range one {
			one[i] = sign
		}
		p.cells.Pulse(p.w, one, 0, noise)
		for i := range p.w {
			p.w[i] += float32(2*p.CycleToCycle) * float32(cycles.Normal(uint64(i)))
		}
	} else {
		p.write(sign, noise, cycles)
	}
	p.cells.Hold(p.w, 0)
	p.look()
}

// look sets what is seen of the cells until the next write.
func (p *probe) look() {
	p.seen = append(p.seen[:0], p.w...)
	if !p.cells.WriteNoise() || p.step == 0 {
		return
	}
	noise := rng.New(p.seed, "measured writes", 0, p.step)
	for i, kept := range p.w {
		p.seen[i] = p.cells.Seen(kept, i, noise)
	}
	p.cells.Hold(p.seen, 0) // stuck ones show no noise
}

// write is a pulse of the exponential model with its noise of steps, and from cycle to
// cycle.
func (p *probe) write(sign float32, noise, steps rng.Stream) {
	decrease, velocity := make([]float32, len(p.w)), make([]float32, len(p.w))
	for i := range velocity {
		velocity[i] = sign * 2 / float32(p.pulses)
	}
	p.cells.Change(decrease, p.w, velocity, 0)
	for i := range p.w {
		if p.StepNoise != 0 {
			decrease[i] *= float32(1 + p.StepNoise*steps.Normal(uint64(i)))
		}
		z := float32(2*p.CycleToCycle) * float32(noise.Normal(uint64(i)))
		p.w[i] = p.w[i] - decrease[i] + z
		if p.RangeVariation == 0 {
			p.w[i] = min(max(p.w[i], -1), 1)
		}
	}
}

// Names lists the columns.
func (m Measurement) Names() []string { return []string{"pulse", "conductance", "direction", "cell"} }

// Floats is a column of numbers.
func (m Measurement) Floats(name string) ([]float64, error) {
	switch name {
	case "pulse":
		return m.pulse, nil
	case "conductance":
		return m.conductance, nil
	case "cell":
		numbers := make([]float64, len(m.cell))
		for i, c := range m.cell {
			numbers[i] = float64(c)
		}
		return numbers, nil
	}
	return nil, fmt.Errorf("device: measurement: there is no column of numbers %q; there are pulse, conductance and cell", name)
}

// Strings is a column as text.
func (m Measurement) Strings(name string) ([]string, error) {
	if name == "direction" {
		return m.direction, nil
	}
	numbers, err := m.Floats(name)
	texts := make([]string, len(numbers))
	for i, x := range numbers {
		texts[i] = strconv.FormatFloat(x, 'g', -1, 64)
	}
	return texts, err
}

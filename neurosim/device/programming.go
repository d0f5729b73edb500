package device

import (
	"fmt"
	"math"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/rng"
)

// Programming is how a cell is set to a given weight. The zero value sets it at once
// and exactly; with Pulses it is a loop of write and verify: read the cell, stop where
// it is close enough, else give it one pulse toward the target, and again. Such loops
// were measured by F. Alibart, L. Gao, B. D. Hoskins and D. B. Strukov, "High precision
// tuning of state for memristive devices by adaptable variation-tolerant algorithm",
// Nanotechnology 23, 075201, 2012, and on phase-change cells by V. Joshi et al.,
// "Accurate deep neural network inference using computational phase-change memory",
// Nature Communications 11, 2473, 2020.
//
// A pulse is one of the device, with all its noise; that of a continuous one (Levels 0)
// writes the target anew with Error. Cells begin at their lowest conductance.
type Programming struct {
	// Error is the standard deviation of a weight that is written at once, as a share of
	// the range: of all without Pulses, of each write to a continuous device. 0 to 1.
	Error float64 `json:",omitzero"`

	// Pulses is the most that a cell gets. A cell that then is not close enough has
	// failed and stays where it is; from the lowest conductance to the highest it takes as
	// many as the device has Levels, or more. 0: no loop. To 100,000.
	Pulses int `json:",omitzero"`

	// Tolerance is how far from its target, as a share of the range, a cell is close
	// enough. 0 means half a level, 1/(2 Levels). 0 to 1; above 0 where a continuous
	// device gets Pulses.
	Tolerance float64 `json:",omitzero"`

	// ReadNoise is the standard deviation of the reads that verify, as a share of the
	// range. 0 to 1.
	ReadNoise float64 `json:",omitzero"`

	// Updates programs the cells that a training step changes in the same way: what the
	// step asks for is their target. It needs Pulses.
	Updates bool `json:",omitzero"`
}

// mostPulses bounds the pulses of a loop.
const mostPulses = 100_000

// validateProgram adds what is wrong with Program.
func (d Analog) validateProgram(p *check.Problems) {
	g := d.Program
	p.Float("Program.Error", g.Error, 0, 1)
	p.Int("Program.Pulses", g.Pulses, 0, mostPulses)
	p.Float("Program.Tolerance", g.Tolerance, 0, 1)
	p.Float("Program.ReadNoise", g.ReadNoise, 0, 1)
	switch {
	case g.Pulses > 0 && d.Levels == 0 && g.Tolerance == 0:
		p.Add("Program.Tolerance", 0, "above 0 to 1 with Program.Pulses and Levels 0, of which there is no half")
	case g.Pulses == 0 && g.Tolerance != 0:
		p.Add("Program.Tolerance", g.Tolerance, "0 without Program.Pulses")
	case g.Pulses == 0 && g.ReadNoise != 0:
		p.Add("Program.ReadNoise", g.ReadNoise, "0 without Program.Pulses")
	}
	if g.Updates && g.Pulses == 0 {
		p.Add("Program.Updates", true, "false without Program.Pulses")
	}
	if g.Error != 0 && g.Pulses > 0 && d.Levels > 0 {
		p.Add("Program.Error", g.Error, "0 with Program.Pulses and Levels, whose pulses have the noise of the device")
	}
}

// String says how in a few words.
func (g Programming) String() string {
	if g.Pulses == 0 {
		return fmt.Sprintf("programmed to %g %%", 100*g.Error)
	}
	s := fmt.Sprintf("verified within %d pulses", g.Pulses)
	if g.Updates {
		s += ", in updates too"
	}
	return s
}

// Effort is what it took to program cells.
type Effort struct {
	Cells    int // that were to be set
	LTP, LTD int // pulses; a write to a continuous device counts as one of its direction
	Reads    int // that verified
	Failed   int // cells that were not close enough in the end

	// Squares is the sum of the squared distances of all cells from their targets in the
	// end, in weights: see Deviation.
	Squares float64
}

// Plus is the effort of both.
func (e Effort) Plus(other Effort) Effort {
	return Effort{
		e.Cells + other.Cells, e.LTP + other.LTP, e.LTD + other.LTD,
		e.Reads + other.Reads, e.Failed + other.Failed, e.Squares + other.Squares,
	}
}

// Pulses is the mean number of pulses to a cell.
func (e Effort) Pulses() float64 { return float64(e.LTP+e.LTD) / float64(max(e.Cells, 1)) }

// Deviation is the standard deviation of the weights from their targets; the range of
// a weight is 2.
func (e Effort) Deviation() float64 { return math.Sqrt(e.Squares / float64(max(e.Cells, 1))) }

// String says it in one line: "1000 cells: 12.3 pulses each, 0.4 % failed, off by 0.012".
func (e Effort) String() string {
	return fmt.Sprintf("%d cells: %.3g pulses each, %.3g %% failed, off by %.3g",
		e.Cells, e.Pulses(), 100*float64(e.Failed)/float64(max(e.Cells, 1)), e.Deviation())
}

// setting is Programming in weights.
type setting struct {
	Programming
	tolerance, verify, write float64
	step, cycle              float64 // noise of a pulse of the exponential model, and of its cycle
}

func (d Analog) newSetting() setting {
	s := setting{Programming: d.Program, tolerance: 2 * d.Program.Tolerance, verify: 2 * d.Program.ReadNoise}
	if s.tolerance == 0 && d.Levels > 0 {
		s.tolerance = 1 / float64(d.Levels)
	}
	s.step, s.cycle = d.StepNoise, 2*d.CycleToCycle
	s.write = math.Hypot(2*d.Program.Error, s.cycle)
	if d.Program.Pulses == 0 {
		s.write = 2 * d.Program.Error
	}
	return s
}

// Verified says whether the changes of a training step are written and verified.
func (c *Cells) Verified() bool { return c.how.Updates }

// Erase takes weights to the lowest that their cells have.
func (c *Cells) Erase(w []float32, first int) {
	for i := range w {
		w[i] = float32(c.cell(first + i).low)
	}
	c.Hold(w, first)
}

// Program brings the weights of cells first, first+1 ... from w to the targets, by the
// device's Programming; a target that is no number leaves its cell alone. What is random
// comes from the stream, which is to be another one in every step.
func (c *Cells) Program(w, targets []float32, first int, noise rng.Stream) (e Effort) {
	for i, target := range targets {
		if target != target {
			continue
		}
		e.Cells++
		t := tuning{Cells: c, index: first + i, noise: noise, w: w[i : i+1], effort: &e}
		if c.how.Pulses > 0 {
			t.loop(target)
		} else {
			t.write(target)
		}
		off := float64(w[i]) - float64(target)
		e.Squares += float64(off * off)
	}
	return e
}

// tuning is the way of one cell to its target.
type tuning struct {
	*Cells
	index  int
	noise  rng.Stream
	w      []float32 // its weight
	pulse  int
	effort *Effort
}

// The numbers that a pulse takes from the stream.
const (
	ofStep   = 0
	ofCycle  = 1
	ofVerify = 2
	ofPulse  = 3
)

// normal is random number kind of the pulse under way.
func (t *tuning) normal(kind int) float64 {
	return t.noise.Normal(uint64(t.index) + uint64(t.count)*uint64(ofPulse*t.pulse+kind))
}

// loop writes and verifies.
func (t *tuning) loop(target float32) {
	for t.pulse = 0; ; t.pulse++ {
		t.effort.Reads++
		off := float64(t.w[0]) - float64(target)
		if t.how.verify != 0 {
			off += float64(t.how.verify * t.normal(ofVerify))
		}
		switch {
		case math.Abs(off) <= t.how.tolerance:
			return
		case t.pulse == t.how.Pulses:
			t.effort.Failed++
			return
		}
		t.step(off < 0, target)
	}
}

// step gives the cell one pulse.
func (t *tuning) step(up bool, target float32) {
	switch {
	case t.laws != nil:
		s := t.laws
		cell := s.at(t.index)
		change := s.pulse(cell, float64(t.w[0]), up)
		if s.noise != 0 {
			change *= 1 + float64(s.noise*t.normal(ofStep))
		}
		t.w[0] = float32(min(max(float64(t.w[0])+change+t.cycleNoise(), cell.low), cell.high))
	case t.pulses == 0:
		t.write(target)
		return
	default:
		t.bend(up)
	}
	t.Hold(t.w, t.index)
	t.counted(up)
}

// bend is a pulse of the exponential model.
func (t *tuning) bend(up bool) {
	velocity := [1]float32{float32(2 / t.pulses)}
	if up {
		velocity[0] = -velocity[0]
	}
	var decrease [1]float32
	t.Change(decrease[:], t.w, velocity[:], t.index)
	change := -float64(decrease[0])
	if t.how.step != 0 {
		change *= 1 + float64(t.how.step*t.normal(ofStep))
	}
	cell := t.cell(t.index)
	t.w[0] = float32(min(max(float64(t.w[0])+change+t.cycleNoise(), cell.low), cell.high))
}

func (t *tuning) cycleNoise() float64 {
	if t.how.cycle == 0 {
		return 0
	}
	return float64(t.how.cycle * t.normal(ofCycle))
}

// write sets the cell to its target at once.
func (t *tuning) write(target float32) {
	up, next := target > t.w[0], float64(target)
	if t.how.write != 0 {
		next += float64(t.how.write * t.normal(ofCycle))
	}
	cell := t.cell(t.index)
	t.w[0] = float32(min(max(next, cell.low), cell.high))
	t.Hold(t.w, t.index)
	t.counted(up)
}

func (t *tuning) counted(up bool) {
	if up {
		t.effort.LTP++
	} else {
		t.effort.LTD++
	}
}

package cost

import (
	"math"

	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// changes counts what an update does to a block.
type changes struct {
	rowsUp, rowsDown     int // with a cell that changes
	colsUp, colsDown     int // cells that change, then on average in such a row
	pulsesUp, pulsesDown float64
	energy               float64
}

// update estimates the last step of training: the difference of the conductances
// in pulses, row by row, all cells of a row at once.
func (s *subarray) update(b block) update {
	if !s.training {
		return update{}
	}
	var c changes
	if b.typical() {
		c = s.expected(b)
	} else {
		c = s.count(b)
	}
	if c.rowsUp != 0 {
		c.colsUp /= c.rowsUp
	} else {
		c.colsUp = 0
	}
	if c.rowsDown != 0 {
		c.colsDown /= c.rowsDown
	} else {
		c.colsDown = 0
	}
	return update{
		rows:    (float64(c.rowsUp+c.rowsDown) / 2) / float64(b.height()),
		columns: (float64(c.colsUp+c.colsDown) / 2) / float64(b.width),
		pulses:  c.pulsesUp + c.pulsesDown,
		energy:  units.Joule(c.energy + s.lineEnergy(b, c)),
	}
}

// count goes over all cells. A row that goes both ways counts as one upwards.
func (s *subarray) count(b block) changes {
	var c changes
	low, high := s.conductanceRange()
	least := (high - low) / float64(s.conductanceLevels)
	for _, r := range b.index {
		var row rowChange
		at := r*b.cols + b.col
		for j := range b.width {
			now, old := b.now[at+j], b.old[at+j]
			if s.sram() {
				row.flip(now, old)
			} else if math.Abs(now-old) >= least {
				row.pulse(now, old, least)
				c.energy += s.cellEnergy(now, old, least)
			}
		}
		if row.up > 0 {
			c.rowsUp++
		} else if row.down > 0 {
			c.rowsDown++
		}
		c.colsUp += row.up
		c.colsDown += row.down
		c.pulsesUp += row.pulsesUp
		c.pulsesDown += row.pulsesDown
	}
	return c
}

// expected is what count finds on average when weights change independently of
// each other, as often up as down.
func (s *subarray) expected(b block) changes {
	a := b.activity
	rows, width := float64(b.height()), float64(b.width)
	pulses := math.Ceil(a.Steps)
	if a.Changed == 0 || pulses == 0 {
		return changes{}
	}
	noneUp := math.Pow(1-a.Changed/2, width)
	none := math.Pow(1-a.Changed, width)
	cells := int(math.Round(rows * width * a.Changed / 2))
	low, high := s.conductanceRange()
	least := (high - low) / float64(s.conductanceLevels)
	mean := s.meanConductance(a)
	c := changes{
		rowsUp: int(math.Round(rows * (1 - noneUp))), rowsDown: int(math.Round(rows * (noneUp - none))),
		colsUp: cells, colsDown: cells,
		pulsesUp: pulses * rows * (1 - noneUp), pulsesDown: pulses * rows * (1 - noneUp),
	}
	if !s.sram() {
		c.energy = 2 * float64(cells) * s.cellEnergy(mean, max(low, mean-pulses*least), least)
	}
	return c
}

// rowChange is one row's part.
type rowChange struct {
	up, down             int
	pulsesUp, pulsesDown float64 // of the cell that takes most
}

func (r *rowChange) pulse(now, old, least float64) {
	pulses := math.Ceil(math.Abs(now-old) / least)
	if now > old {
		r.up++
		r.pulsesUp = max(r.pulsesUp, pulses)
	} else {
		r.down++
		r.pulsesDown = max(r.pulsesDown, pulses)
	}
}

// flip counts a bit that changes; a row takes one pulse each way.
func (r *rowChange) flip(now, old float64) {
	if now > old {
		r.up++
		r.pulsesUp = 1
	} else if now < old {
		r.down++
		r.pulsesDown = 1
	}
}

// cellEnergy is what a cell itself takes to go from one conductance to another.
func (s *subarray) cellEnergy(now, old, least float64) float64 {
	volts, cell := s.kit.WriteDrive(), s.kit.Cell
	if cell.Kind == tech.FeFET {
		f := float64(s.kit.Feature())
		return (s.polarized(now, least) + s.polarized(old, least)) * volts * (2 * f * f)
	}
	pulses := math.Ceil(math.Abs(now-old) / least)
	ohm := math.Abs(1/now+1/old) / 2
	return volts * volts / ohm * float64(cell.WritePulse) * pulses
}

// polarized is a ferroelectric's charge by area above its lowest.
func (s *subarray) polarized(conductance, least float64) float64 {
	full := s.kit.Cell.Polarization
	levels := s.conductanceLevels
	p := (conductance/least - float64(levels/2)) * (full * 2 / float64(levels))
	return math.Abs(p + full)
}

// lineEnergy is what the lines across the cells take.
func (s *subarray) lineEnergy(b block, c changes) float64 {
	if s.sram() {
		return 0
	}
	volts, vdd := s.kit.WriteDrive(), float64(s.kit.Vdd)
	full, logic := volts*volts, vdd*vdd
	row, gates, column := float64(s.array.Row().Cap), float64(s.array.Gates().Cap), float64(s.array.Column().Cap)
	up, down := c.pulsesUp, c.pulsesDown
	restUp, restDown := rest(b.width, c.colsUp), rest(b.width, c.colsDown)
	switch {
	case s.kit.Cell.CrossPoint:
		return s.crossEnergy(b, c)
	case s.kit.Cell.Kind == tech.FeFET:
		gate := float64(s.kit.Cell.GateCap)
		line := func(rows, cols int, pulses float64) float64 {
			return pulses*gates*logic + (column+gate*float64(rows))*full*float64(cols)*pulses
		}
		return line(c.rowsUp, c.colsUp, up) + line(c.rowsDown, c.colsDown, down)
	}
	set := gates*logic*up + column*full*restUp*up + row*full*float64(c.colsUp)*up
	reset := gates*logic*down + column*full*float64(c.colsDown)*down + row*full*restDown*down
	return set + reset
}

// crossEnergy is that of cells without transistors: those that are not selected
// stand at half the voltage and conduct.
func (s *subarray) crossEnergy(b block, c changes) float64 {
	volts := s.kit.WriteDrive()
	full, half := volts*volts, volts/2*volts/2
	row, column := float64(s.array.Row().Cap), float64(s.array.Column().Cap)
	leak := half * (1/s.array.On() + 1/s.array.Off()) / 2 * float64(s.kit.Cell.WritePulse)
	average := math.Trunc((c.pulsesUp + c.pulsesDown) / max(1, float64(c.rowsUp+c.rowsDown)/2))
	idleRows := func(rows int) float64 { return rest(b.height(), rows) }
	up, down := c.pulsesUp, c.pulsesDown
	restUp, restDown := rest(b.width, c.colsUp), rest(b.width, c.colsDown)

	set := row*full*up + row*half*idleRows(c.rowsUp)*average + column*half*restUp*up +
		leak*restUp*up + leak*idleRows(c.rowsUp)*up
	reset := row*half*idleRows(c.rowsDown)*average + column*full*down + column*half*restDown*down +
		leak*restDown*down + leak*idleRows(c.rowsDown)*down
	return set + reset
}

// rest is how many of all are not among some.
func rest(all, some int) float64 {
	if all < some {
		return float64(all)
	}
	return float64(all - some)
}

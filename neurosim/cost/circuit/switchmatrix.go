package circuit

import "crossbook/neurosim/units"

// Line is the wire that a driver drives.
type Line struct {
	Cap units.Farad
	Res units.Ohm
}

// behind is the time constant of a line behind a resistance and the capacitance
// at the driver's output.
func (l Line) behind(resistance, own float64) float64 {
	load := float64(l.Cap)
	return resistance*(own+load) + float64(l.Res)*load/2
}

// Writing says how a row of cells is written.
type Writing struct {
	Columns float64 // share of the columns that change
	Cells   int     // most cells written at a time
	Pulses  float64 // of a cell that changes
}

// SwitchMatrix drives all rows (word lines) or all columns (source lines) of an
// array at once: a register of the inputs and pass gates to the line voltages.
type SwitchMatrix struct {
	Kit     *Kit
	Fit     Fit
	Outputs int
	Column  bool      // source lines above the array instead of word lines beside it
	Load    units.Ohm // resistance of what is driven; the switch may have a quarter of it
	Writing Writing
}

func (s SwitchMatrix) pass() pass {
	return s.Kit.passFor(float64(s.Load)*irDrop, linearRatio)
}

func (s SwitchMatrix) register() DFF {
	return DFF{Kit: s.Kit, Fit: s.Fit, Count: s.Outputs}
}

// rowGates are transmission gates that stand beside the rows: the height of one
// and the number of columns that they take.
func rowGates(room units.Metre, least float64, count int) (height float64, columns int) {
	columns = shares(count, max(1, int(float64(room)/least)))
	return float64(room) / float64(shares(count, columns)), columns
}

// layout is the room of everything and the height of a pass gate.
func (s SwitchMatrix) layout() (Size, float64) {
	k, p := s.Kit, s.pass()
	if s.Column {
		return s.columnLayout(p)
	}
	height, columns := cellHeight*k.feature(), 1
	if s.Fit.Height != 0 {
		height, columns = rowGates(s.Fit.Height, height, s.Outputs)
	}
	one := k.gateSize(gate{inverter, 1, p.n, p.p, height})
	total := float64(s.Fit.Height)
	if total == 0 {
		total = height * float64(s.Outputs)
	}
	reg := s.register()
	reg.Fit = Fit{Height: units.Metre(total)}
	return box(total, float64(one.Width)*2*float64(columns)+float64(reg.Size().Width)), height
}

func (s SwitchMatrix) columnLayout(p pass) (Size, float64) {
	reg := s.register()
	if s.Fit.Width == 0 {
		one := s.Kit.passGate(p.n, p.p, 1)
		height, width := float64(one.Height), float64(one.Width)*2*float64(s.Outputs)
		reg.Fit = Fit{Width: units.Metre(width)}
		return box(height+float64(reg.Size().Height), width), height
	}
	total, height := s.Kit.foldedPass(p, float64(s.Fit.Width), s.Outputs, 2)
	return box(total+float64(reg.Size().Height), float64(s.Fit.Width)), height
}

// Size of pass gates and register.
func (s SwitchMatrix) Size() Size {
	size, _ := s.layout()
	return size
}

func (s SwitchMatrix) drain() float64 {
	_, height := s.layout()
	return s.Kit.passDrain(s.pass(), height)
}

// settle is how long the line takes, and the ramp it rises with.
func (s SwitchMatrix) settle(line Line) (delay, ramp float64) {
	p := s.pass()
	return horowitz(line.behind(p.resistance, 3*s.drain()), step)
}

// Read is one read with a share of the rows active.
func (s SwitchMatrix) Read(line Line, active float64) Action {
	delay, _ := s.settle(line)
	reg := s.register().Read(float64(s.Outputs))
	energy := 0.0
	if !s.Column {
		read := float64(s.Kit.Cell.ReadVoltage)
		each := 3*s.drain()*read*read + s.pass().gates()*s.Kit.vdd2()
		energy = each * float64(s.Outputs) * active
	}
	return seconds(delay, energy).Plus(reg)
}

// Write is so many writes. The reference clocks the register once for each read
// that goes with them instead of once for each write.
func (s SwitchMatrix) Write(line Line, writes, reads float64) Action {
	delay, _ := s.settle(line)
	clocks := writes
	if s.Kit.v21() {
		clocks = reads
	}
	reg := s.register().Read(float64(s.Outputs)).Times(clocks)
	return seconds(delay, s.writeEnergy()).Times(writes).Plus(reg)
}

func (s SwitchMatrix) writeEnergy() float64 {
	k := s.Kit
	gates, drain := s.pass().gates()*k.vdd2(), 3*s.drain()
	full := k.WriteDrive() * k.WriteDrive()
	half := full / 4
	n := float64(s.Outputs)
	cells := min(float64(s.Writing.Cells), n*s.Writing.Columns)
	pulsed := s.Writing.Pulses * cells / 2
	switch {
	case k.Cell.CrossPoint && s.Column:
		return drain*full*pulsed*2 + drain*half*n + gates*n
	case k.Cell.CrossPoint:
		return drain*full + drain*half*(n-1) + gates*n
	case s.Column:
		return drain*full*(pulsed+(n-cells/2)+pulsed) + gates*n
	}
	return gates * 2
}

// Leakage of the register; pass gates have none.
func (s SwitchMatrix) Leakage() units.Watt { return s.register().Leakage() }

// Ramp is how fast a line rises.
func (s SwitchMatrix) Ramp(line Line) float64 {
	_, ramp := s.settle(line)
	return ramp
}

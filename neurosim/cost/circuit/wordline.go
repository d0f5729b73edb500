package circuit

import "crossbook/neurosim/units"

// WordLines drives the word and the bit lines of an array of cells with
// selecting transistors that is read in parallel: a register of the inputs and
// four of the smallest pass gates for each row.
type WordLines struct {
	Kit  *Kit
	Fit  Fit
	Rows int
}

func (w WordLines) pass() pass {
	s := w.Kit.smallPass()
	s.resistance = w.Kit.resistance(nChannel, s.n) * linearRatio
	return s
}

func (w WordLines) register() DFF {
	return DFF{Kit: w.Kit, Fit: w.Fit, Count: w.Rows}
}

func (w WordLines) layout() (Size, float64) {
	k, p := w.Kit, w.pass()
	height, columns := cellHeight*k.feature(), 1
	total := height * float64(w.Rows)
	if w.Fit.Height != 0 {
		total = float64(w.Fit.Height)
		height, columns = rowGates(w.Fit.Height, height, w.Rows)
	}
	one := k.gateSize(gate{inverter, 1, p.n, p.p, height})
	reg := w.register()
	reg.Fit = Fit{Height: units.Metre(total)}
	return box(total, float64(one.Width)*4*float64(columns)+float64(reg.Size().Width)), height
}

// Size of pass gates and register.
func (w WordLines) Size() Size {
	size, _ := w.layout()
	return size
}

func (w WordLines) drain() float64 {
	_, height := w.layout()
	return w.Kit.passDrain(w.pass(), height)
}

// settle is how long a line takes, and the ramp it rises with.
func (w WordLines) settle(line Line) (delay, ramp float64) {
	return horowitz(line.behind(w.pass().resistance, 5*w.drain()), step)
}

// Read is one read with a share of the rows active.
func (w WordLines) Read(line Line, active float64) Action {
	k := w.Kit
	access, read := float64(k.Cell.AccessVoltage), float64(k.Cell.ReadVoltage)
	delay, _ := w.settle(line)
	drain := w.drain()
	each := 2*drain*access*access + 5*drain*read*read + 3*w.pass().gates()*k.vdd2()
	reg := w.register().Read(float64(w.Rows))
	return seconds(delay, each*float64(w.Rows)*active).Plus(reg)
}

// Write is so many writes of a row. The reference clocks the register once for
// each read that goes with them instead of once for each write.
func (w WordLines) Write(line Line, writes, reads float64) Action {
	if writes == 0 {
		return Action{}
	}
	k := w.Kit
	access := float64(k.Cell.AccessVoltage)
	delay, _ := w.settle(line)
	each := 2*w.drain()*access*access + (4+1)*w.pass().gates()*k.vdd2()
	clocks := writes
	if k.v21() {
		clocks = reads
	}
	reg := w.register().Read(float64(w.Rows)).Times(clocks)
	return seconds(delay, each).Times(writes).Plus(reg)
}

// Leakage of the register; pass gates have none.
func (w WordLines) Leakage() units.Watt { return w.register().Leakage() }

package circuit

import "crossbook/neurosim/units"

// CrossPointDrivers stands behind the decoder of an array of cells without
// selecting transistors that is read row by row: an inverter and two pass gates
// for each line.
type CrossPointDrivers struct {
	Kit     *Kit
	Fit     Fit
	Outputs int
	Cells   int       // on a line
	Load    units.Ohm // resistance of a cell
}

func (d CrossPointDrivers) pass() pass {
	return d.Kit.passFor(float64(d.Load)/float64(d.Cells)*irDrop, 1)
}

// layout is the room of all drivers and the height of a pass gate.
func (d CrossPointDrivers) layout() (Size, float64) {
	k, p, inv := d.Kit, d.pass(), d.Kit.inverter(1)
	gates := 2.0
	if !k.Cell.CrossPoint {
		gates = 3
	}
	height := cellHeight * k.feature()
	if d.Fit.Height != 0 {
		height, _ = rowGates(d.Fit.Height, height, d.Outputs)
	}
	one := k.gateSize(gate{inverter, 1, p.n, p.p, height})
	tall, wide := max(inv.h, float64(one.Height)), inv.w+gates*float64(one.Width)
	if d.Fit.Height == 0 {
		return box(tall*float64(d.Outputs), wide), height
	}
	columns := min(shares(d.Outputs, max(1, int(float64(d.Fit.Height)/tall))), d.Outputs)
	return box(float64(d.Fit.Height), wide*float64(columns)), height
}

// Size of all drivers.
func (d CrossPointDrivers) Size() Size {
	size, _ := d.layout()
	return size
}

func (d CrossPointDrivers) drain() float64 {
	_, height := d.layout()
	return d.Kit.passDrain(d.pass(), height)
}

// levels are the squared voltages of the lines that an access selects and of
// those that it holds.
type levels struct{ selected, held float64 }

// drive is one access of so many cells on a line that rises with a ramp.
func (d CrossPointDrivers) drive(line Line, ramp float64, cells int, v levels) Action {
	k, p, inv, drain := d.Kit, d.pass(), d.Kit.inverter(1), d.drain()
	delay, _ := horowitz(line.behind(p.resistance, 2*drain), ramp)
	chosen, rest := float64(cells), float64(d.Outputs-cells)
	logic := (inv.in + p.gates()) + (inv.out + p.gates())
	energy := chosen*logic*k.vdd2() + 2*drain*v.selected*chosen + 2*drain*v.held*rest
	return seconds(delay, energy)
}

// Read is one access that reads so many cells.
func (d CrossPointDrivers) Read(line Line, ramp float64, cells int) Action {
	read := float64(d.Kit.Cell.ReadVoltage)
	return d.drive(line, ramp, cells, levels{held: read * read})
}

// Write is one access that writes so many cells; the others stay at half the
// write voltage.
func (d CrossPointDrivers) Write(line Line, ramp float64, cells int) Action {
	write := d.Kit.WriteDrive()
	return d.drive(line, ramp, cells, levels{write * write, write * write / 4})
}

// Leakage of all drivers.
func (d CrossPointDrivers) Leakage() units.Watt {
	return units.Watt(d.Kit.inverter(1).power * float64(d.Outputs))
}

package circuit

import "crossbook/neurosim/tech"

// Array is the memory cells of a subarray and the wires across them.
type Array struct {
	Kit        *Kit
	Cell       tech.Cell
	Rows, Cols int

	// RelaxedHeight and RelaxedWidth make room for a standard cell's height in
	// each row and for a folded gate's width in each column.
	RelaxedHeight, RelaxedWidth bool
}

// Rooms of relaxed cells, in feature sizes.
const (
	relaxedSRAM  = 2 * (polyWidth + polyGap)
	relaxedOther = 2 * relaxedSRAM
)

// cross says whether the cells are only as large as the wires that cross.
func (a Array) cross() bool { return a.Cell.Kind != tech.SRAM && a.Cell.CrossPoint }

// lengths of a column and of a row, in metres. Cells without a transistor are as
// large as wires allow, the others as the transistors do.
func (a Array) lengths() (column, row float64) {
	f := a.Kit.feature()
	unit := f
	if a.cross() {
		unit = float64(a.Kit.Wire.Width) * 1e-9
	}
	height, width := a.Cell.Height*unit, a.Cell.Width*unit
	if a.RelaxedHeight {
		height = max(height, cellHeight*f)
	}
	if a.RelaxedWidth {
		room := relaxedOther
		if a.Cell.Kind == tech.SRAM {
			room = relaxedSRAM
		}
		width = max(width, room*f)
	}
	return float64(a.Rows) * height, float64(a.Cols) * width
}

// Size of all cells.
func (a Array) Size() Size { return box(a.lengths()) }

// wire is a line of a length with more capacitance on it.
func (a Array) wire(length, more float64) Line {
	line := a.Kit.line(metres(length))
	line.Cap += farads(more)
	return line
}

// Row is the wire along a row.
func (a Array) Row() Line {
	_, row := a.lengths()
	return a.wire(row, 0)
}

// Gates is the wire along a row that drives the selecting transistors.
func (a Array) Gates() Line {
	_, row := a.lengths()
	return a.wire(row, a.Kit.gateCap(a.access())*float64(a.Cols))
}

// Back is the wire along a row when the array is read across its columns.
func (a Array) Back() Line {
	_, row := a.lengths()
	return a.wire(row, a.drain()*float64(a.Cols))
}

// Column is the wire down a column.
func (a Array) Column() Line {
	column, _ := a.lengths()
	return a.wire(column, a.drain()*float64(a.Rows))
}

// Bare is the wire down a column without the transistors on it.
func (a Array) Bare() Line {
	column, _ := a.lengths()
	return a.wire(column, 0)
}

// AccessWidth is the width of the selecting transistor in feature sizes, such
// that it has a quarter of the cell's on-resistance; 0 without one.
func (a Array) AccessWidth() float64 {
	if a.Cell.Kind == tech.SRAM || a.Cell.CrossPoint {
		return 0
	}
	return a.Kit.resistance(nChannel, a.Kit.feature()) * linearRatio / (float64(a.Cell.On) * irDrop)
}

func (a Array) access() float64 { return a.AccessWidth() * a.Kit.feature() }

// drain is the capacitance of a selecting transistor on its column.
func (a Array) drain() float64 {
	if a.AccessWidth() == 0 {
		return 0
	}
	return a.Kit.drainCap(nChannel, a.access(), a.Cell.Width*a.Kit.feature())
}

// through is the resistance of the selecting transistor.
func (a Array) through() float64 {
	if a.Cell.CrossPoint {
		return 0
	}
	return float64(a.Cell.On) * irDrop
}

// On is the resistance (ohm) of a conducting cell with its transistor.
func (a Array) On() float64 { return a.through() + float64(a.Cell.On) }

// Off is that of a cell that does not conduct.
func (a Array) Off() float64 { return a.through() + float64(a.Cell.Off) }

// Average is that of a cell between both.
func (a Array) Average() float64 { return a.through() + float64(a.Cell.On+a.Cell.Off)/2 }

// PullDown is the resistance (ohm) of an SRAM cell's access transistor.
func (a Array) PullDown() float64 {
	return a.Kit.resistance(nChannel, a.Cell.AccessWidth*a.Kit.feature())
}

// inner is the capacitance of a node inside an SRAM cell.
func (a Array) inner() float64 {
	k := a.Kit
	f := k.feature()
	room, n, p := a.Cell.Width*f, a.Cell.NMOSWidth*f, a.Cell.PMOSWidth*f
	drains := k.drainCap(nChannel, a.Cell.AccessWidth*f, room) + k.drainCap(nChannel, n, room) + k.drainCap(pChannel, p, room)
	return drains + k.gateCap(n) + k.gateCap(p)
}

// Flip is changing one SRAM cell's content.
func (a Array) Flip() Action {
	k := a.Kit
	f := k.feature()
	inner := a.inner()
	pull := (k.resistance(nChannel, a.Cell.NMOSWidth*f) + k.resistance(pChannel, a.Cell.PMOSWidth*f)) / 2
	return seconds(after(pull*inner), inner*k.vdd2()*2)
}

// Discharge is how long an SRAM cell takes to pull a line down, by what a sense
// amplifier sees, behind a word line that rises with a ramp.
func (a Array) Discharge(line Line, ramp float64) float64 {
	k := a.Kit
	f := k.feature()
	access := a.Cell.AccessWidth * f
	through := a.PullDown() + k.resistance(nChannel, a.Cell.NMOSWidth*f)
	tau := line.behind(through, k.drainCap(nChannel, access, a.Cell.Width*f))
	delay, _ := horowitz(tau*k.swing(), ramp)
	return delay
}

// Leakage of SRAM cells (W); other cells have none.
func (a Array) Leakage() float64 {
	if a.Cell.Kind != tech.SRAM {
		return 0
	}
	f := a.Kit.feature()
	cell := gate{inverter, 1, a.Cell.NMOSWidth * f, a.Cell.PMOSWidth * f, 0}
	return a.Kit.leak(cell) * float64(a.Kit.Vdd) * 2 * float64(a.Rows) * float64(a.Cols)
}

// CrossWire is the resistance (ohm) of the piece of wire that crosses one cell,
// along a row and along a column. The reference takes the cell's height for the
// row and its width for the column.
func (a Array) CrossWire() (row, column float64) {
	ohm := a.Kit.wireOhm() * float64(a.Kit.Wire.Width) * 1e-9
	if a.Kit.v21() {
		return ohm * a.Cell.Height, ohm * a.Cell.Width
	}
	return ohm * a.Cell.Width, ohm * a.Cell.Height
}

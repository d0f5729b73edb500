package cost

import (
	"math"

	"crossbook/neurosim/tech"
)

// operand is a layer as the cells hold it and the inputs as they reach the rows.
type operand struct {
	rows, cols int       // of cells
	now, old   []float64 // conductances after the epoch and before its last step, siemens, row-major
	bits       []uint8   // inputs, one column for each bit of each window
	vectors    int       // columns of bits
	activity   Activity  // in place of all of them
}

// typical says whether only averages are known.
func (o *operand) typical() bool { return o.now == nil }

// conductances maps weights from -1 to 1 to cells, rows × synapses.
func (d *design) conductances(weights []float64) []float64 {
	low, high := d.conductanceRange()
	cells := make([]float64, 0, len(weights)*d.cells)
	single := !d.sram() && d.cellBits == d.synapseBits
	for _, w := range weights {
		if single {
			cells = append(cells, (w+1)/2*(high-low)+low)
			continue
		}
		for _, share := range d.digits(w) {
			cells = append(cells, share*(high-low)+low)
		}
	}
	return cells
}

func (d *design) conductanceRange() (low, high float64) {
	cell := d.kit.Cell
	if cell.Kind == tech.SRAM { // only whether a cell changes matters
		cell, _ = tech.FindCell(tech.FeFET)
	}
	return 1 / float64(cell.Off), 1 / float64(cell.On)
}

// digits splits a weight over the cells of its synapse, the highest first; each
// is a share of the range.
func (d *design) digits(w float64) []float64 {
	radix := math.Pow(2, float64(d.cellBits))
	full := math.Pow(2, float64(d.synapseBits))
	x := full/2*(w-1) + full
	value := math.Trunc(x + math.Copysign(0.5, x))
	shares := make([]float64, d.cells)
	if d.v21() {
		// The reference stores quotients instead of digits, one place too low.
		for u := range shares {
			quotient := math.Floor(value / math.Pow(radix, float64(d.cells-u)))
			shares[u] = math.Trunc(quotient / (radix - 1))
		}
		return shares
	}
	value = math.Min(value, full-1)
	for u := d.cells - 1; u >= 0; u-- {
		shares[u] = math.Mod(value, radix) / (radix - 1)
		value = math.Floor(value / radix)
	}
	return shares
}

// block is a rectangle of a layer's cells: some rows and a run of columns.
type block struct {
	*operand
	index []int // of the rows in the layer
	col   int
	width int
}

// whole is all of a layer.
func (o *operand) whole() block {
	index := make([]int, o.rows)
	for i := range index {
		index[i] = i
	}
	return block{o, index, 0, o.cols}
}

func (b block) height() int { return len(b.index) }

// part is a rectangle inside, cut off where the block ends; empty outside.
func (b block) part(row, col, rows, cols int) block {
	row, col = min(row, len(b.index)), min(col, b.width)
	rows, cols = min(rows, len(b.index)-row), min(cols, b.width-col)
	return block{b.operand, b.index[row : row+rows], b.col + col, cols}
}

// tiles cuts the block into rectangles of a size, row by row.
func (b block) tiles(rows, cols int) []block {
	var list []block
	for r := 0; r < b.height(); r += rows {
		for c := 0; c < b.width; c += cols {
			list = append(list, b.part(r, c, rows, cols))
		}
	}
	return list
}

// inverses are the conductances between the ends of row and column through each
// cell, with the wires on the way, row-major.
func (s *subarray) inverses(b block) []float64 {
	row, column := s.array.CrossWire()
	list := make([]float64, 0, b.height()*b.width)
	access := 0.0
	if s.kit.Cell.Kind == tech.RRAM && !s.kit.Cell.CrossPoint {
		access = float64(s.kit.Cell.AccessResistance)
	}
	for i, r := range b.index {
		for j := range b.width {
			if s.sram() {
				list = append(list, 1/(s.array.PullDown()+column))
				continue
			}
			cell := b.now[r*b.cols+b.col+j]
			ohm := 1/cell + float64(j+1)*row + float64(b.height()-i)*column + access
			list = append(list, 1/ohm)
		}
	}
	return list
}

// vector gives the share of active rows and the columns' resistances for a bit
// plane of the inputs.
func (s *subarray) vector(b block, inverses []float64, plane int) vector {
	sums := make([]float64, b.width)
	active := 0
	for i, r := range b.index {
		if b.bits[r*b.vectors+plane] == 0 {
			continue
		}
		active++
		for j, g := range inverses[i*b.width : (i+1)*b.width] {
			sums[j] += g
		}
	}
	for j := range sums {
		if s.sequential {
			sums[j] /= float64(active)
		}
		sums[j] = 1 / sums[j]
	}
	return vector{float64(active) / float64(b.height()), sums}
}

// meanConductance is that of an average weight, siemens.
func (s *subarray) meanConductance(a Activity) float64 {
	low, high := s.conductanceRange()
	return (a.Weight+1)/2*(high-low) + low
}

// average is a vector with a share of ones over cells of average conductance.
func (s *subarray) average(b block, active float64) vector {
	row, column := s.array.CrossWire()
	ohm := 1/s.meanConductance(b.activity) + float64(b.width+1)/2*row + float64(b.height()+1)/2*column
	switch {
	case s.sram():
		ohm = s.array.PullDown() + column
	case s.kit.Cell.Kind == tech.RRAM && !s.kit.Cell.CrossPoint:
		ohm += float64(s.kit.Cell.AccessResistance)
	}
	parallel := active * float64(b.height())
	if s.sequential {
		parallel = 1
	}
	columns := make([]float64, b.width)
	for i := range columns {
		columns[i] = ohm / parallel
	}
	return vector{active, columns}
}

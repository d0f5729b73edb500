package cost

import (
	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// converter is the analogue-to-digital converters of a subarray's columns, or of
// its rows.
type converter struct {
	sar     bool
	flash   circuit.FlashADC
	approx  circuit.SarADC
	encoder circuit.Encoder
	encode  circuit.Action
	shared  int
}

// newConverter makes converters for so many lines at a time in the room given.
func (s *subarray) newConverter(fit circuit.Fit, lines, levels, shared int) converter {
	return converter{
		sar:     s.sar,
		flash:   circuit.FlashADC{Kit: s.kit, Fit: fit, Columns: lines, Levels: levels, Voltage: s.voltage, Shared: shared, Rows: s.rows},
		approx:  circuit.SarADC{Kit: s.kit, Fit: fit, Columns: lines, Levels: levels},
		encoder: circuit.Encoder{Kit: s.kit, Fit: fit, Levels: levels, Count: lines},
		shared:  shared,
	}.priced()
}

// newBitConverter makes those of single cells, read row by row.
func (s *subarray) newBitConverter(fit circuit.Fit, lines, shared int) converter {
	c := s.newConverter(fit, lines, 1<<s.cellBits, shared)
	c.flash.Rows = 1
	if s.cellBits == 1 {
		c.encoder, c.encode = circuit.Encoder{}, circuit.Action{}
	}
	return c
}

func (c converter) priced() converter {
	if c.sar {
		c.encoder = circuit.Encoder{}
	} else {
		c.encode = c.encoder.Encode()
	}
	return c
}

func (c converter) encodes() bool { return c.encoder.Kit != nil }

// read is so many conversions of all columns, those that share a converter one
// after the other.
func (c converter) read(add charger, columns []float64, times float64) {
	if c.sar {
		one := uses("SAR ADC, all columns", times, c.approx.Convert(columns))
		one.latency *= float64(c.shared)
		add(inADC, one)
		return
	}
	add(inADC, uses("flash ADC, all columns", times, c.flash.Convert(columns)))
	if c.encodes() {
		add(inADC, uses("ADC encoder", float64(c.shared)*times, c.encode))
	}
}

// parts are the converters with their encoders.
func (c converter) parts(at place, back bool, name string) []part {
	if c.sar {
		return []part{{name: name + " SAR ADC", kind: inADC, place: at, size: c.approx.Size(), back: back}}
	}
	list := []part{{name: name + " flash ADC", kind: inADC, place: at, size: c.flash.Size(), back: back}}
	if c.encodes() {
		list = append(list, part{name + " encoder", inADC, at, c.encoder.Size(), c.encoder.Leakage(), back})
	}
	return list
}

// switches connect the columns, or rows, to their converters.
type switches struct {
	mux     circuit.Mux
	decoder circuit.RowDecoder
	price   circuit.Action // of one selection
	used    bool
}

// newSwitches makes those of so many converters; the line's resistance is what
// they must not add much to. Behind the array they stand in a single row.
func (s *subarray) newSwitches(at place, lines, shared int, load float64) switches {
	if shared <= 1 {
		return switches{}
	}
	w := switches{
		mux:     circuit.Mux{Kit: s.kit, Outputs: lines, Selection: shared, Load: units.Ohm(load)},
		decoder: circuit.RowDecoder{Kit: s.kit, Address: circuit.AddressBits(shared), Mux: true},
		used:    true,
	}
	room := w.decoder.Size()
	if at == above {
		w.mux.Fit = s.wide()
		w.mux.Fit.Height = max(room.Height, w.mux.Size().Height)
	} else {
		w.mux.Fit = circuit.Fit{Height: s.high().Height, Width: max(room.Width, w.mux.Size().Width)}
	}
	return w
}

// driving sets the number of multiplexers that a select line reaches.
func (w switches) driving(lines int) switches {
	if w.used {
		n, p := w.mux.Gates()
		count := units.Farad(lines)
		w.price = w.mux.Select(0).Plus(w.decoder.Decode(n*count, p*count))
	}
	return w
}

func (w switches) parts(at place, back bool, name string) []part {
	if !w.used {
		return nil
	}
	decoder := corner
	if at == behind {
		decoder = inside
	}
	return []part{
		{name: name + " mux", kind: inOther, place: at, size: w.mux.Size(), back: back},
		{name + " mux decoder", inOther, decoder, w.decoder.Size(), w.decoder.Leakage(), back},
	}
}

// adding accumulates results over rows, cells and input bits.
type adding struct {
	adder     circuit.Adder // over the rows read one after the other
	register  circuit.DFF
	cells     circuit.ShiftAdd
	inputs    circuit.ShiftAdd
	rowByRow  bool
	useCells  bool
	useInputs bool
	sum       circuit.Action // of one row
}

// addSpec is what accumulation there is to do.
type addSpec struct {
	fit     circuit.Fit
	units   int
	rowBits int // of a sum over rows, 0 without
	sumBits float64
	inputs  int
}

func (s *subarray) newAdding(spec addSpec) adding {
	a := adding{useCells: s.cells > 1, useInputs: spec.inputs > 1}
	bits := spec.sumBits
	if spec.rowBits > 0 {
		bits = float64(spec.rowBits)
		a.rowByRow = true
		a.register = circuit.DFF{Kit: s.kit, Fit: spec.fit, Count: (spec.rowBits + 1) * spec.units}
		a.adder = circuit.Adder{Kit: s.kit, Fit: spec.fit, Bits: spec.rowBits, Count: spec.units}
		a.sum = a.adder.Add(a.register.Load(), float64(spec.units)).Plus(a.register.Read(float64(a.register.Count)))
	}
	a.cells = circuit.ShiftAdd{Kit: s.kit, Fit: spec.fit, Units: spec.units, Bits: int(bits), Pulses: s.cells}
	a.inputs = circuit.ShiftAdd{Kit: s.kit, Fit: spec.fit, Units: spec.units, Bits: int(bits + float64(s.cells)), Pulses: spec.inputs}
	return a
}

// sums is the price of adding so many rows, and then so many results of cells
// and of input bits.
func (a adding) sums(add charger, rows, cells, inputs float64) {
	if a.rowByRow {
		add(inAccumulation, uses("row adder and register", rows, a.sum))
	}
	a.shifts(add, cells, inputs)
}

// shifts is the price of adding so many results of cells and of input bits.
func (a adding) shifts(add charger, cells, inputs float64) {
	if a.useCells {
		add(inAccumulation, inAll("shift-add of cells", cells, a.cells.Accumulate(cells)))
	}
	if a.useInputs {
		add(inAccumulation, inAll("shift-add of input bits", inputs, a.inputs.Accumulate(inputs)))
	}
}

func (a adding) parts(at place, back bool, name string) []part {
	var list []part
	add := func(what string, size circuit.Size, leakage units.Watt) {
		list = append(list, part{name + what, inAccumulation, at, size, leakage, back})
	}
	if a.rowByRow {
		add(" adder", a.adder.Size(), a.adder.Leakage())
		add(" register", a.register.Size(), a.register.Leakage())
	}
	if a.useCells {
		add(" shift-add of cells", a.cells.Size(), a.cells.Leakage())
	}
	if a.useInputs {
		add(" shift-add of inputs", a.inputs.Size(), a.inputs.Leakage())
	}
	return list
}

package circuit

import (
	"math"

	"crossbook/neurosim/units"
)

// GradientUnit multiplies a layer's activations with its errors: SRAM arrays
// that hold the activations and read the errors in, bit by bit.
type GradientUnit struct {
	Kit        *Kit
	Rows, Cols int // cells of an array
	Shared     int // columns that share a converter
	Levels     int // of a converter
	Bits       int // of an activation and of an error
	Sequential bool
	SAR        bool // instead of flash converters
	Voltage    bool // flash converters sense a voltage

	Down, Across int // arrays: over the windows of an image, and over its channels' bits

	MainRows, MainShared int // of the synaptic arrays, which the reference takes for some of its own
}

// Arrays of the unit that hold so many rows and columns of cells, at least one.
func (g GradientUnit) Arrays(rows, cols int) GradientUnit {
	g.Down, g.Across = max(1, rows/g.Rows), max(1, cols/g.Cols)
	return g
}

func (g GradientUnit) array() Array {
	return Array{Kit: g.Kit, Cell: g.Kit.SRAM, Rows: g.Rows, Cols: g.Cols}
}

func (g GradientUnit) wide() Fit { return Fit{Width: g.array().Size().Width} }

func (g GradientUnit) high() Fit { return Fit{Height: g.array().Size().Height} }

// ports is how many columns are read at a time.
func (g GradientUnit) ports() int { return g.Cols / g.Shared }

func (g GradientUnit) words(active float64) SwitchMatrix {
	return SwitchMatrix{
		Kit: g.Kit, Fit: g.high(), Outputs: g.Rows, Load: units.Ohm(g.array().PullDown()),
		Writing: Writing{Columns: active, Cells: g.Cols, Pulses: 1},
	}
}

func (g GradientUnit) precharger() Precharger {
	p := Precharger{Kit: g.Kit, Fit: g.wide(), Columns: g.Cols, Cells: g.Cols, Active: 1}
	if g.Kit.v21() {
		p.Active = 0 // not yet known when the reference makes it
	}
	return p
}

func (g GradientUnit) driver() WriteDriver {
	p := g.precharger()
	return WriteDriver{Kit: g.Kit, Fit: p.Fit, Columns: p.Columns, Cells: p.Cells, Active: p.Active}
}

func (g GradientUnit) mux() Mux {
	m := Mux{Kit: g.Kit, Fit: g.wide(), Outputs: g.ports(), Selection: g.Shared, Load: units.Ohm(g.array().PullDown())}
	m.Fit.Height = max(g.muxDecoder().Size().Height, m.Size().Height)
	return m
}

func (g GradientUnit) muxDecoder() RowDecoder {
	return RowDecoder{Kit: g.Kit, Address: AddressBits(g.Shared), Mux: true}
}

func (g GradientUnit) flash() FlashADC {
	rows := g.Rows
	if g.Kit.v21() {
		rows = g.MainRows
	}
	return FlashADC{
		Kit: g.Kit, Fit: g.wide(), Columns: g.ports(), Levels: g.Levels,
		Voltage: g.Voltage, Shared: 1, Rows: rows,
	}
}

func (g GradientUnit) sar() SarADC {
	return SarADC{Kit: g.Kit, Fit: g.wide(), Columns: g.ports(), Levels: g.Levels}
}

func (g GradientUnit) encoder() Encoder {
	return Encoder{Kit: g.Kit, Fit: g.wide(), Levels: g.Levels, Count: g.ports()}
}

// sumBits is the width of what an array gives before the shift and add.
func (g GradientUnit) sumBits() float64 {
	if g.Sequential {
		return math.Log2(float64(g.Rows))
	}
	return math.Log2(float64(g.Levels))
}

func (g GradientUnit) shiftAdd() ShiftAdd {
	s := ShiftAdd{Kit: g.Kit, Fit: g.wide(), Units: g.ports(), Bits: int(g.sumBits() + float64(g.Bits) + 1), Pulses: g.Bits}
	if g.Sequential {
		s.Units, s.Bits = g.Cols/g.Bits, g.adder().Bits+g.Bits+1
	}
	return s
}

func (g GradientUnit) decoder() RowDecoder {
	return RowDecoder{Kit: g.Kit, Fit: g.high(), Address: AddressBits(g.Rows)}
}

func (g GradientUnit) senses() SenseAmp {
	s := SenseAmp{Kit: g.Kit, Fit: g.wide(), Columns: g.Cols}
	s.Pitch = s.Fit.Width / units.Metre(g.Cols)
	return s
}

func (g GradientUnit) adder() Adder {
	return Adder{Kit: g.Kit, Fit: g.wide(), Bits: ceilLog2(g.Rows) + 1, Count: g.Cols / g.Bits}
}

func (g GradientUnit) register() DFF {
	a := g.adder()
	return DFF{Kit: g.Kit, Fit: g.wide(), Count: (a.Bits + 1) * a.Count}
}

// sum adds what the arrays below each other give.
func (g GradientUnit) sum() AdderTree {
	share := float64(g.Across) * float64(g.Cols) / float64(g.Shared)
	return AdderTree{
		Kit: g.Kit, Rows: g.Down,
		Bits: int(g.sumBits() + float64(g.Bits) + 1), Trees: int(math.Ceil(share)),
	}
}

// Precision is the bits of a gradient.
func (g GradientUnit) Precision() int {
	return int(g.sumBits() + float64(g.Bits+g.sum().Stages()))
}

// areaOfArray is that of one array with its periphery.
func (g GradientUnit) areaOfArray() float64 {
	sizes := []Size{g.array().Size(), g.precharger().Size(), g.driver().Size()}
	switch {
	case g.Sequential:
		sizes = append(sizes, g.decoder().Size(), g.senses().Size(), g.register().Size(), g.adder().Size())
	case g.SAR:
		sizes = append(sizes, g.words(0).Size(), g.mux().Size(), g.muxDecoder().Size(), g.sar().Size())
	default:
		sizes = append(sizes, g.words(0).Size(), g.mux().Size(), g.muxDecoder().Size(), g.flash().Size(), g.encoder().Size())
	}
	if g.Sequential || g.Bits > 1 {
		sizes = append(sizes, g.shiftAdd().Size())
	}
	total := 0.0
	for _, s := range sizes {
		total += float64(s.Area)
	}
	return total
}

// Area of all arrays and of the sum.
func (g GradientUnit) Area() units.SquareMetre {
	one := g.areaOfArray()
	sum := g.sum()
	sum.Fit = Fit{Width: units.Metre(math.Sqrt(one))}
	return units.SquareMetre(one*float64(g.Down*g.Across)) + sum.Size().Area
}

// columns are the resistances of an array's columns with a share of the rows active.
func (g GradientUnit) columns(active float64) []float64 {
	main := Array{Kit: g.Kit, Cell: g.Kit.Cell}
	if !g.Kit.v21() {
		main = g.array()
	}
	_, wire := main.CrossWire()
	rows := math.Ceil(float64(g.Rows) * active)
	list := make([]float64, g.Cols)
	for i := range list {
		list[i] = 1 / ((1 / (g.array().PullDown() + wire)) * rows)
	}
	return list
}

// Multiply is so many products of an image's activations and errors, a share of
// whose bits are ones. The energy is that of all arrays.
func (g GradientUnit) Multiply(active float64, products int) Action {
	var one Action
	sums := 1.0
	if g.Sequential {
		one = g.rowByRow(active)
	} else {
		one = g.atOnce(active)
		sums = float64(g.Shared)
		if g.Kit.v21() {
			sums = float64(g.MainShared)
		}
	}
	n := units.Second(products)
	add := g.sum().Add(g.Down)
	return Action{
		(one.Latency + add.Latency*units.Second(sums)) * n,
		one.Energy*units.Joule(g.Down*g.Across)*units.Joule(products) + add.Energy*units.Joule(products),
	}
}

// atOnce is one product in an array whose rows are all read together.
func (g GradientUnit) atOnce(active float64) Action {
	steps := float64(g.Shared * g.Bits)
	a := g.array()
	words := g.words(active).Read(a.Row(), active).Times(steps)
	mux := g.mux()
	n, p := mux.Gates()
	ports := units.Farad(g.ports())
	choose := mux.Select(0).Times(steps)
	decode := g.muxDecoder().Decode(n*ports, p*ports).Times(steps)
	front := Action{
		max(words.Latency, choose.Latency+decode.Latency),
		words.Energy + choose.Energy + decode.Energy,
	}
	charge := g.precharger().Read(a.Column()).Times(steps)
	fall := seconds(a.Discharge(a.Column(), step)*float64(g.Bits), 0)
	total := front.Plus(charge).Plus(fall).Plus(g.convert(active).Times(steps))
	if g.Bits > 1 {
		total = total.Plus(g.shiftAdd().Accumulate(steps))
	}
	return total
}

// convert is one conversion in an array.
func (g GradientUnit) convert(active float64) Action {
	if g.SAR {
		return g.sar().Convert(g.columns(active))
	}
	return g.flash().Convert(g.columns(active)).Plus(g.encoder().Encode())
}

// rowByRow is one product in an array whose rows are read one after the other.
func (g GradientUnit) rowByRow(active float64) Action {
	steps := float64(g.Rows) * active * float64(g.Bits)
	a := g.array()
	decode, ramp := g.decoder().decode(float64(a.Row().Cap), 0)
	adder, register := g.adder(), g.register()
	each := decode.
		Plus(g.precharger().Read(a.Column())).
		Plus(g.senses().Read(float64(g.Cols))).
		Plus(register.Read(float64(register.Count))).
		Plus(adder.Add(register.Load(), float64(adder.Count)))
	fall := a.Discharge(a.Column(), ramp) * steps
	shift := g.shiftAdd()
	last := Action{shift.Accumulate(float64(g.Bits)).Latency, shift.Accumulate(steps).Energy}
	return each.Times(steps).Plus(seconds(fall, 0)).Plus(last)
}

// Store is writing an image's activations, a share of whose bits change. The
// energy is that of all arrays.
func (g GradientUnit) Store(active float64) Action {
	a := g.array()
	rows := float64(g.Rows) * active
	var words Action
	if g.Sequential {
		words, _ = g.decoder().decode(float64(a.Row().Cap), 0)
		words = words.Times(rows)
	} else {
		words = g.words(active).Write(a.Row(), 2*rows, float64(g.Shared*g.Bits))
	}
	flip := a.Flip()
	flip.Energy *= units.Joule(float64(g.Cols) * active)
	total := words.
		Plus(g.precharger().Write(a.Column()).Times(rows)).
		Plus(g.driver().Write(a.Column()).Times(rows)).
		Plus(flip.Times(rows))
	return Action{total.Latency, total.Energy * units.Joule(g.Down*g.Across)}
}

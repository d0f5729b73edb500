package circuit

import (
	"math"

	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// Bus is a straight bundle of wires along a grid of units. It runs above them
// and takes no area.
type Bus struct {
	Kit        *Kit
	Rows, Cols int  // of the grid
	Vertical   bool // along a column instead of a row
	Unit       Size // of the grid
	Tolerance  float64
}

func (b Bus) length() float64 {
	if b.Vertical {
		return float64(b.Unit.Height) * float64(b.Rows-1)
	}
	return float64(b.Unit.Width) * float64(b.Cols-1)
}

// Move is one transfer of so many bits from end to end.
func (b Bus) Move(bits float64) Action {
	length := b.length()
	if length == 0 {
		return Action{}
	}
	r := b.Kit.repeat(b.Tolerance, less)
	return seconds(length*r.delay(b.Kit.wireOhm()), bits*length*r.energy())
}

// Leakage of the repeaters.
func (b Bus) Leakage() units.Watt {
	r := b.Kit.repeat(b.Tolerance, less)
	return units.Watt(r.leakage() * b.length() * float64(b.Rows+b.Cols))
}

// HTree joins a grid of units by wires that branch in halves.
type HTree struct {
	Kit        *Kit
	Rows, Cols int // of the grid
	Width      int // of the bus, bits
	Unit       Size
	Tolerance  float64 // of the delay above the shortest
	Folded     float64 // how many wires lie on top of each other
}

// levels is how often the tree branches in both directions.
func (h HTree) levels() int { return ceilLog2(max(h.Rows, h.Cols)) }

// trunk is the length of the straight part of a tree that is not square.
func (h HTree) trunk() float64 {
	least := int(math.Floor(math.Log2(float64(min(h.Rows, h.Cols)))))
	if h.Cols-least < 1 {
		least--
	}
	return float64(min(h.Cols-least, least)) * float64(h.Unit.Width)
}

func (h HTree) repeaters() repeaters { return h.Kit.repeat(h.Tolerance, halve) }

// span is the whole grid's height and width at a level, halved level by level.
func (h HTree) span(level int) (vertical, horizontal float64) {
	scale := math.Pow(2, float64(h.levels()-level))
	return float64(h.Unit.Height) * scale, float64(h.Unit.Width) * scale
}

// wires are the tree's total length and the area of its repeaters.
func (h HTree) wires() (length, area float64) {
	r := h.repeaters()
	bits := float64(h.Width)
	wide, high := 0.0, 0.0
	for level := 1; level < h.levels(); level++ {
		vertical, horizontal := h.span(level + 1)
		wide += bits * r.out.w / h.Folded
		area += wide * vertical / 2
		high += bits * r.out.h / h.Folded
		area += high * horizontal / 2
		length += vertical + horizontal
	}
	trunk := h.trunk()
	return length + trunk, area + bits*r.out.h/h.Folded*trunk
}

// Area of the repeaters; the wires run above the units.
func (h HTree) Area() units.SquareMetre {
	_, area := h.wires()
	return units.SquareMetre(area)
}

// Move is one transfer of so many bits from the root to a leaf.
func (h HTree) Move(bits float64) Action {
	r := h.repeaters()
	delay, energy, last := 0.0, 0.0, 0.0
	stale := 0.0
	for level := range h.levels() {
		vertical, horizontal := h.span(level + 2)
		ohm, far := h.resistance(2*horizontal), 1.0
		if h.Kit.v21() {
			// The reference takes the resistance of the stage before and lengths twice
			// those of the energy.
			ohm, stale, far = stale, ohm, 2
		}
		last = r.delay(ohm)
		delay += far * (vertical + horizontal) * last
		energy += (vertical + horizontal) * r.energy()
	}
	trunk := h.trunk()
	return seconds(delay+trunk*last, (energy+trunk*r.energy())*bits)
}

// resistance of a stage's wires by their length: long ones are wider.
func (h HTree) resistance(length float64) float64 {
	width := 2 * h.Kit.Wire.Width
	if length/h.Kit.feature() >= 100000 {
		width = 4 * h.Kit.Wire.Width
	}
	wire := tech.Wire{Width: width, AspectRatio: 2.30, Resistivity: 2.73e-8}
	if width >= 200 {
		wire.AspectRatio, wire.Resistivity = 2.10, 2.42e-8
	}
	return float64(wire.Resistance(h.Kit.Temperature))
}

// Leakage of the repeaters.
func (h HTree) Leakage() units.Watt {
	length, _ := h.wires()
	return units.Watt(h.repeaters().leakage() * length)
}

package tech

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"crossbook/neurosim/units"
)

// WireCap is the capacitance of every wire by its length: 0.2 fF/µm.
const WireCap units.FaradPerMetre = 0.2e-15 / 1e-6

// Wire is a metal wire of the chip.
type Wire struct {
	Width       int     // nm: 200, 100, 50, 40, 32, 22 or 14
	AspectRatio float64 // height over width
	Resistivity float64 // ohm metre at 300 K
}

// FindWire returns the wire of a width in nanometres. It fails for a width
// without a table and then names those that have one.
func FindWire(width int) (Wire, error) {
	var widths []string
	for _, r := range read("wires").rows {
		if w := r.wire(); w.Width == width {
			return w, nil
		}
		widths = append(widths, r.cells["width"])
	}
	return Wire{}, fmt.Errorf("tech: wire of %d nm is not known; known: %s", width, strings.Join(widths, " "))
}

// LocalWire returns the wire that a node's memory arrays use.
func LocalWire(node int) (Wire, error) {
	for _, r := range read("wires").rows {
		if slices.Contains(strings.Fields(r.cells["nodes"]), strconv.Itoa(node)) {
			return r.wire(), nil
		}
	}
	return Wire{}, fmt.Errorf("tech: node %d nm is not known; known: %s", node, known())
}

func (r row) wire() Wire {
	w := Wire{int(r.number("width")), r.number("aspectRatio"), r.number("resistivity")}
	r.require(w.Width > 0 && w.AspectRatio >= 1 && w.Resistivity > 0, "needs a width, an aspect ratio of at least 1 and a resistivity")
	return w
}

// Resistance of the wire by its length. Copper's rises by 0.451 % per kelvin.
func (w Wire) Resistance(temperature units.Kelvin) units.OhmPerMetre {
	resistivity := w.Resistivity * (1 + 0.00451*math.Abs(float64(temperature)-300))
	width := float64(w.Width) * 1e-9
	return units.OhmPerMetre(resistivity / (width * width * w.AspectRatio))
}

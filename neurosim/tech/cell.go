package tech

import (
	"fmt"
	"strings"

	"crossbook/neurosim/units"
)

// Kind is how a memory cell stores.
type Kind string

// The kinds of memory cells.
const (
	RRAM  Kind = "RRAM"  // resistive, with a selecting transistor (1T1R)
	FeFET Kind = "FeFET" // ferroelectric transistor
	SRAM  Kind = "SRAM"  // six transistors
)

// Cell is a memory cell. It is plain data: take one from [FindCell] and change
// what differs.
type Cell struct {
	Kind       Kind
	CrossPoint bool // without a selecting transistor; not for SRAM

	Height, Width float64 // in multiples of the feature size

	On, Off                   units.Ohm    // at the read voltage; not for SRAM
	ReadVoltage, WriteVoltage units.Volt   // across the cell
	ReadPulse, WritePulse     units.Second // length of one pulse
	AccessVoltage             units.Volt   // gate of the selecting transistor
	AccessResistance          units.Ohm    // of the selecting transistor in a read
	GateCap                   units.Farad  // of a ferroelectric transistor
	Polarization              float64      // C/m² of a ferroelectric, switched fully
	NMOSWidth, PMOSWidth      float64      // of an SRAM cell's inverters, in feature sizes
	AccessWidth               float64      // of an SRAM cell's access transistors, in feature sizes
	SenseVoltage              units.Volt   // least difference that a sense amplifier sees
	Nonlinearity              float64      // of a selector's current; 0: ohmic
}

// FindCell returns the typical cell of a kind. It fails for an unknown kind and
// then names those that there are.
func FindCell(kind Kind) (Cell, error) {
	var kinds []string
	for _, r := range read("cells").rows {
		if r.cells["kind"] == string(kind) {
			return r.cell(), nil
		}
		kinds = append(kinds, r.cells["kind"])
	}
	return Cell{}, fmt.Errorf("tech: cell %q is not known; known: %s", kind, strings.Join(kinds, " "))
}

func (r row) cell() Cell {
	c := Cell{
		Kind:   Kind(r.cells["kind"]),
		Height: r.number("height"), Width: r.number("width"),
		On: units.Ohm(r.number("on")), Off: units.Ohm(r.number("off")),
		ReadVoltage: units.Volt(r.number("readVoltage")), ReadPulse: units.Second(r.number("readPulse")),
		WriteVoltage: units.Volt(r.number("writeVoltage")), WritePulse: units.Second(r.number("writePulse")),
		AccessVoltage:    units.Volt(r.number("accessVoltage")),
		AccessResistance: units.Ohm(r.number("accessResistance")),
		GateCap:          units.Farad(r.number("gateCap")),
		Polarization:     r.number("polarization"),
		SenseVoltage:     units.Volt(r.number("senseVoltage")),
		NMOSWidth:        r.number("nmosWidth"), PMOSWidth: r.number("pmosWidth"), AccessWidth: r.number("accessWidth"),
	}
	r.require(c.Height > 0 && c.Width > 0, "needs a size")
	r.require(c.Kind == SRAM || c.Off > c.On && c.On > 0, "needs Off > On > 0")
	return c
}

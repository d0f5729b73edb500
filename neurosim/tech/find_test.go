package tech

import (
	"fmt"
	"testing"
)

func TestUnknownTechnologyNamesWhatIsKnown(t *testing.T) {
	_, node := Find(28, HP)
	_, wire := FindWire(30)
	_, cell := FindCell("PCM")
	transistor, err := Find(22, LSTP)
	if err != nil {
		t.Fatal(err)
	}
	_, cold := transistor.At(77)
	for want, err := range map[string]error{
		"tech: node 28 nm is not known; known: 130 90 65 45 32 22 14 10 7": node,
		"tech: wire of 30 nm is not known; known: 200 100 50 40 32 22 14":  wire,
		`tech: cell "PCM" is not known; known: RRAM FeFET SRAM`:            cell,
		"tech: temperature 77 K is not allowed; allowed: 300 K to 400 K":   cold,
	} {
		if fmt.Sprint(err) != want {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestEveryNodeHasWires(t *testing.T) {
	for _, node := range Nodes() {
		wire, err := LocalWire(node)
		if err != nil {
			t.Error(err)
			continue
		}
		if found, err := FindWire(wire.Width); err != nil || found != wire {
			t.Errorf("%d nm: wire of %d nm is %v, %v", node, wire.Width, found, err)
		}
	}
}

func TestCells(t *testing.T) {
	for kind, onOff := range map[Kind]float64{RRAM: 100, FeFET: 100} {
		cell, err := FindCell(kind)
		if err != nil {
			t.Fatal(err)
		}
		if got := float64(cell.Off / cell.On); got != onOff {
			t.Errorf("%s: on/off ratio is %g, want %g", kind, got, onOff)
		}
	}
	if cell, err := FindCell(SRAM); err != nil || cell.AccessWidth != 1.31 {
		t.Errorf("SRAM: %+v, %v", cell, err)
	}
}

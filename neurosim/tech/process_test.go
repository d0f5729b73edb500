package tech

import (
	"math"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/units"
)

// TestProcessAgainstReference compares what DNN+NeuroSim V2.1 makes of its
// tables; its values have 12 digits.
func TestProcessAgainstReference(t *testing.T) {
	for i, row := range oracle.Rows(t, "testdata/prim_tech.csv.gz") {
		number := func(column string) float64 { return oracle.Number(t, row[column]) }
		roadmap := LSTP
		if row["road"] == "HP" {
			roadmap = HP
		}
		transistor, err := AsPrinted(int(number("node")), roadmap)
		if err != nil {
			t.Fatal(err)
		}
		p, err := transistor.At(units.Kelvin(number("temp")))
		if err != nil {
			t.Fatal(err)
		}
		wire, err := LocalWire(p.Node)
		if err != nil {
			t.Fatal(err)
		}
		for column, got := range map[string]float64{
			"vdd": float64(p.Vdd), "vth": float64(p.Vth), "phyGateLength": float64(p.GateLength),
			"capIdealGate": float64(p.IdealCap), "capFringe": float64(p.FringeCap), "capOverlap": float64(p.OverlapCap),
			"capJunction": float64(p.Junction), "capSidewall": float64(p.Sidewall), "capDrainToChannel": float64(p.ToChannel),
			"pnSizeRatio": p.PNRatio, "effRmult": p.ResistanceFactor,
			"IonN": float64(p.NChannel.On), "IonP": float64(p.PChannel.On),
			"IoffN": float64(p.NChannel.Off), "IoffP": float64(p.PChannel.Off),
			"gmN": float64(p.NChannel.Transconductance), "gmP": float64(p.PChannel.Transconductance),
			"unitWireR": float64(wire.Resistance(p.Temperature)),
		} {
			if want := number(column); math.Abs(got-want) > 1e-9*math.Abs(want) {
				t.Errorf("row %d, %d nm %v at %v: %s is %g, want %g", i+1, p.Node, roadmap, p.Temperature, column, got, want)
			}
		}
	}
}

func TestMisprintsAreCorrectedByDefault(t *testing.T) {
	for _, c := range []struct {
		node    int
		roadmap Roadmap
		what    func(Transistor) float64
	}{
		{90, LSTP, func(t Transistor) float64 { return float64(t.IdealCap) }},
		{10, HP, func(t Transistor) float64 { return float64(t.P.Off[0]) }},
	} {
		right, err := Find(c.node, c.roadmap)
		if err != nil {
			t.Fatal(err)
		}
		printed, err := AsPrinted(c.node, c.roadmap)
		if err != nil {
			t.Fatal(err)
		}
		if ratio := c.what(right) / c.what(printed); ratio < 5 {
			t.Errorf("%d nm %v: corrected by %g, want several times", c.node, c.roadmap, ratio)
		}
	}
}

func TestLeakageRisesWithTemperature(t *testing.T) {
	for _, node := range Nodes() {
		for _, roadmap := range []Roadmap{HP, LSTP} {
			transistor, err := Find(node, roadmap)
			if err != nil {
				t.Fatal(err)
			}
			for i := 1; i < Points; i++ {
				if transistor.N.Off[i] <= transistor.N.Off[i-1] || transistor.P.Off[i] <= transistor.P.Off[i-1] {
					t.Errorf("%d nm %v: off-current does not rise at %d K", node, roadmap, 300+10*i)
				}
			}
		}
	}
}

package circuit

import (
	"math"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// tolerance of blocks against DNN+NeuroSim V2.1, whose values have 12 digits.
const tolerance = 1e-9

// compare reads every row of a table of the reference, runs the block that it
// describes and compares each output with the column of its name.
func compare(t *testing.T, block string, run func(o *given) map[string]float64) {
	t.Helper()
	rows := oracle.Rows(t, "testdata/"+block+".csv.gz")
	checked := 0
	for i, row := range rows {
		o := &given{t, row}
		for column, got := range run(o) {
			want := o.number(column)
			checked++
			if !same(got, want) {
				t.Errorf("%s row %d: %s is %g, want %g", block, i+1, column, got, want)
			}
		}
		if t.Failed() {
			t.Fatalf("row: %v", row)
		}
	}
	if checked < 14 {
		t.Errorf("%s: only %d values compared", block, checked)
	}
}

func same(got, want float64) bool {
	if math.IsNaN(want) || math.IsInf(want, 0) {
		return math.IsNaN(got) == math.IsNaN(want) && math.IsInf(got, 0) == math.IsInf(want, 0)
	}
	return math.Abs(got-want) <= tolerance*math.Abs(want)+1e-300
}

// given is a row: what the reference was asked and what it answered.
type given struct {
	t   *testing.T
	row map[string]string
}

func (o *given) number(column string) float64 {
	cell, ok := o.row[column]
	if !ok {
		o.t.Fatalf("no column %q", column)
	}
	return oracle.Number(o.t, cell)
}

func (o *given) count(column string) int { return int(o.number(column)) }

func (o *given) yes(column string) bool { return o.number(column) != 0 }

func (o *given) metre(column string) units.Metre { return units.Metre(o.number(column)) }

// fit is the room that the row gives.
func (o *given) fit() Fit {
	var f Fit
	if _, ok := o.row["newHeight"]; ok {
		f.Height = o.metre("newHeight")
	}
	if _, ok := o.row["newWidth"]; ok {
		f.Width = o.metre("newWidth")
	}
	return f
}

// kit is the row's technology in the reference's arithmetic.
func (o *given) kit() *Kit {
	return o.kitFor(V21)
}

func (o *given) kitFor(reference Reference) *Kit {
	o.t.Helper()
	roadmap := tech.LSTP
	if o.row["road"] == "HP" {
		roadmap = tech.HP
	}
	k := kitOf(o.t, o.count("node"), roadmap, units.Kelvin(o.number("temp")), reference)
	if _, ok := o.row["clk"]; ok {
		k.Clock = units.Hertz(o.number("clk"))
	}
	return k
}

func kitOf(t testing.TB, node int, roadmap tech.Roadmap, at units.Kelvin, reference Reference) *Kit {
	t.Helper()
	transistor, err := tech.AsPrinted(node, roadmap)
	must(t, err)
	process, err := transistor.At(at)
	must(t, err)
	wire, err := tech.LocalWire(node)
	must(t, err)
	cell, err := tech.FindCell(tech.RRAM)
	must(t, err)
	sram, err := tech.FindCell(tech.SRAM)
	must(t, err)
	return &Kit{Process: process, Wire: wire, Clock: 1e9, Cell: cell, SRAM: sram, Reference: reference}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// results lists what every block has: its size and what idling costs.
func results(size Size, leakage units.Watt) map[string]float64 {
	return map[string]float64{
		"height": float64(size.Height), "width": float64(size.Width), "area": float64(size.Area),
		"leakage": float64(leakage),
	}
}

// reads adds what reading cost.
func reads(m map[string]float64, a Action) map[string]float64 {
	m["readLatency"], m["readDynamicEnergy"] = float64(a.Latency), float64(a.Energy)
	return m
}

// writes adds what writing cost.
func writes(m map[string]float64, a Action) map[string]float64 {
	m["writeLatency"], m["writeDynamicEnergy"] = float64(a.Latency), float64(a.Energy)
	return m
}

package device

import (
	"math"
	"strings"
	"testing"
)

// readings are the conductances of one cell in one direction.
func readings(m Measurement, direction string, cell int) (g []float64) {
	for i := range m.pulse {
		if m.direction[i] == direction && m.cell[i] == cell {
			g = append(g, m.conductance[i])
		}
	}
	return g
}

// Without noise and variation a measured cell follows the nominal curves.
func TestMeasureFollowsTheCurves(t *testing.T) {
	for _, d := range []Analog{
		{Levels: 64, LTP: 1.75, LTD: 1.46, OnOff: 10},
		{Levels: 50, LTP: 4, LTD: -4},
		{LTP: 2, LTD: -1},
		{Law: LinearStep, Levels: 80, LTP: 0.1, LTD: 0.5, Skew: 0.2},
		{Law: SoftBounds, Levels: 64, Skew: -0.2, OnOff: 5},
	} {
		up, down := d.Curves()
		m := d.Measure(2, 1)
		got := readings(m, "LTP", 2)
		if len(got) != up.Len() {
			t.Fatalf("%v: %d readings, want %d", d, len(got), up.Len())
		}
		for i := range got {
			if math.Abs(got[i]-up.Conductance[i]) > 1e-4 {
				t.Errorf("%v: LTP pulse %d: %g, want %g", d, i, got[i], up.Conductance[i])
			}
		}
		if d.Law != "" { // it may not reach the end from which the nominal LTD starts
			continue
		}
		for i, g := range readings(m, "LTD", 1) {
			if math.Abs(g-down.Conductance[i]) > 1e-4 {
				t.Errorf("%v: LTD pulse %d: %g, want %g", d, i, g, down.Conductance[i])
			}
		}
	}
}

// The spread of the readings is that which the device states.
func TestMeasureSpread(t *testing.T) {
	d := Analog{Levels: 20, CycleToCycle: 0.01}
	m := d.Measure(1000, 3)
	var sum, squares float64
	for cell := 1; cell <= 1000; cell++ {
		g := readings(m, "LTP", cell)[10]
		sum += g
		squares += g * g
	}
	mean := sum / 1000
	// Ten writes; the first ones are clipped at the lowest conductance.
	if deviation := math.Sqrt(squares/1000 - mean*mean); deviation < 0.8*math.Sqrt(10)*0.01 || deviation > 1.1*math.Sqrt(10)*0.01 {
		t.Errorf("after ten writes of 1 %% the conductance spreads by %.4f", deviation)
	}
	long := MetalOxideECRAM().Measure(3, 1)
	if n := len(readings(long, "LTD", 3)); n < maxReadings || n > maxReadings+5 {
		t.Errorf("7089 pulses are read %d times", n)
	}
}

func TestMeasurementIsATable(t *testing.T) {
	m := Analog{Levels: 4}.Measure(2, 1)
	for _, name := range m.Names() {
		texts, err := m.Strings(name)
		if err != nil || len(texts) != 20 {
			t.Errorf("%s: %d texts, %v", name, len(texts), err)
		}
	}
	if cells, err := m.Floats("cell"); err != nil || cells[1] != 2 {
		t.Errorf("cells %v, %v", cells, err)
	}
	if _, err := m.Strings("volts"); err == nil || !strings.Contains(err.Error(), `"volts"`) {
		t.Errorf("a column that is not there: %v", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("0 cells are measured")
		}
	}()
	Analog{}.Measure(0, 1)
}

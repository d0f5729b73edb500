package device

import "testing"

// Every benchmark device goes over its whole range, symmetric ones by the same way
// back, and by more of it at first where the label is higher.
func TestBenchmarkDevices(t *testing.T) {
	for name, d := range map[string]Analog{
		"Ag:a-Si": SilverSilicon(), "TaOx/TiO2": TantalumTitanium(), "PCMO": PCMO(),
		"AlOx/HfO2": AluminiumHafnium(), "EpiRAM": EpiRAM(), "FeFET": FerroelectricFET(), "targeted": TargetedDevice(),
	} {
		if err := d.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		up, down := d.Curves()
		if up.Len() != d.Levels+1 || down.Len() != up.Len() {
			t.Errorf("%s: %d and %d points, want %d", name, up.Len(), down.Len(), d.Levels+1)
		}
		lowest := 1 / d.OnOff
		for _, ends := range [][2]float64{{up.Conductance[0], down.Conductance[d.Levels]}, {1 + lowest - up.Conductance[d.Levels], 1 + lowest - down.Conductance[0]}} {
			if abs(ends[0]-lowest) > 1e-12 || abs(ends[1]-lowest) > 1e-12 {
				t.Errorf("%s: the curves end %g and %g from where the on/off ratio %g has it", name, ends[0], ends[1], d.OnOff)
			}
		}
		first, last := up.Conductance[1]-up.Conductance[0], up.Conductance[d.Levels]-up.Conductance[d.Levels-1]
		if first <= last {
			t.Errorf("%s: LTP begins with a step of %g and ends with %g", name, first, last)
		}
		fall := down.Conductance[0] - down.Conductance[1]
		if back := down.Conductance[d.Levels-1] - down.Conductance[d.Levels]; (d.LTD < 0) != (fall > back) {
			t.Errorf("%s: LTD %g begins with a step of %g and ends with %g", name, d.LTD, fall, back)
		}
	}
}

func abs(x float64) float64 { return max(x, -x) }

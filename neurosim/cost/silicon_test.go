package cost

import (
	"math"
	"strings"
	"testing"
)

// deviations are those of the model from published macros that the documentation
// states: efficiency, throughput and area over the published ones, less one.
var deviations = map[string][3]float64{
	"NeuRRAM, 130 nm RRAM":   {-0.10, math.NaN(), 1.47},
	"Sinangil, 7 nm SRAM":    {-0.37, -0.82, -0.83},
	"Spetalnick, 40 nm RRAM": {math.NaN(), math.NaN(), -0.32},
}

// compared is efficiency, throughput and area over the published ones, NaN where
// there is none.
func compared(t *testing.T, s Silicon, chip Chip) [3]float64 {
	t.Helper()
	ours, err := chip.Macro(s.Activity)
	if err != nil {
		t.Fatal(err)
	}
	p := s.Published
	list := [3]float64{math.NaN(), math.NaN(), float64(ours.Area/p.Area) - 1}
	if p.Read.Energy > 0 {
		list[0] = ours.TOPSPerWatt()/p.TOPSPerWatt() - 1
	}
	if p.Read.Latency > 0 {
		list[1] = ours.TOPS()/p.TOPS() - 1
	}
	return list
}

func TestDeviationsFromSiliconAreAsStated(t *testing.T) {
	if len(Published()) != len(deviations) {
		t.Fatalf("%d macros, %d deviations", len(Published()), len(deviations))
	}
	for _, s := range Published() {
		for i, got := range compared(t, s, s.Chip) {
			want := deviations[s.Name][i]
			if !(math.Abs(got-want) <= 0.005) && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%s: %v of efficiency, throughput, area: deviates by %+.3f, stated %+.2f", s.Name, i, got, want)
			}
		}
	}
}

func TestCalibratedMacrosHaveThePublishedFigures(t *testing.T) {
	for _, s := range Published() {
		chip := s.Chip
		chip.Calibration = s.Calibration
		for i, got := range compared(t, s, chip) {
			if math.Abs(got) > 0.005 {
				t.Errorf("%s: figure %d deviates by %+.4f", s.Name, i, got)
			}
		}
		if text := s.String(); !strings.Contains(text, "published") || !strings.Contains(text, s.Source) {
			t.Errorf("shows as %q", text)
		}
	}
}

func TestCalibrationIsOffByDefault(t *testing.T) {
	layers := corners["two layers"]
	plain := Chip{}.MustEstimate(layers)
	same := Chip{Calibration: Calibration{Name: "no factors"}}.MustEstimate(layers)
	if plain.Energy() != same.Energy() || plain.Areas != same.Areas || plain.Latency() != same.Latency() {
		t.Error("a calibration without factors changes figures")
	}
}

func TestCalibrationScalesOneComponent(t *testing.T) {
	chip := Chip{Calibration: Calibration{Area: Factors{ADC: 2}, Energy: Factors{ADC: 3, Cells: 2}, Latency: Factors{ADC: 4}}}
	layers := corners["images"]
	r, plain := chip.MustEstimate(layers), Chip{}.MustEstimate(layers)
	for name, pair := range map[string][2]float64{
		"area of ADCs":           {float64(r.Areas.ADC), 2 * float64(plain.Areas.ADC)},
		"energy of ADCs":         {float64(r.Components.ADC.Energy), 3 * float64(plain.Components.ADC.Energy)},
		"energy of periphery":    {float64(r.Components.Other.Energy), float64(plain.Components.Other.Energy)},
		"latency of ADCs":        {float64(r.Components.ADC.Latency), 4 * float64(plain.Components.ADC.Latency)},
		"writing, less movement": {float64(r.Peak.Update.Energy), 2 * float64(plain.Peak.Update.Energy)},
	} {
		if !same(pair[0], pair[1]) {
			t.Errorf("%s: %g, want %g", name, pair[0], pair[1])
		}
	}
	addUp(t, "calibrated", r)
}

func TestBadMacro(t *testing.T) {
	if _, err := (Chip{ADCBits: 40}).Macro(Activity{}); err == nil || !strings.HasPrefix(err.Error(), "cost: macro: ADCBits: 40 is not allowed") {
		t.Error(err)
	}
}

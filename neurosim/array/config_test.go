package array

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"crossbook/neurosim/internal/strict"
)

func TestConfigIsPlainData(t *testing.T) {
	full := Config{
		Rows: 128, Cols: 64, Mapping: Pair, WeightBits: 8, CellBits: 2, InputBits: 8, DACBits: 2, InputRange: 1,
		ADCBits: 5, ErrorADCBits: 6, GradientADCBits: 7, ADC: Flash, ADCRange: Calibrated, ADCSpan: 0.5,
		ADCOffset: 1, ADCGain: 0.1, ADCMismatch: 0.2, ADCNoise: 0.3, ADCColumns: 4, Variation: 0.1,
		ReadNoise: 0.2, Drift: 0.05, DriftTime: 1e4, DriftTarget: 0.5, DriftAtRandom: true, WireResistance: 1e-4,
		Wires: Fast, Phases: "train+error",
	}
	if err := full.Validate(); err != nil {
		t.Error(err)
	}
	for _, want := range []Config{{}, full, {Nonlinear: true}} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Config
		if err := strict.Unmarshal(data, &got); err != nil || got != want {
			t.Errorf("%s comes back as %+v, %v", data, got, err)
		}
	}
	if data, _ := json.Marshal(Config{}); string(data) != "{}" {
		t.Errorf("the zero value is %s", data)
	}
}

func TestValidateTellsAll(t *testing.T) {
	bad := Config{
		Rows: -1, Cols: MaxRows + 1, Mapping: "x", WeightBits: 1, CellBits: 3, InputBits: 17, DACBits: 18,
		InputRange: -1, ADCBits: 17, ErrorADCBits: -1, GradientADCBits: 17, ADC: Flash, ADCRange: Full, ADCSpan: -1,
		Nonlinear: true, ADCOffset: -1, ADCGain: 2, ADCMismatch: 101, ADCNoise: -1, ADCColumns: -1, Variation: 2,
		ReadNoise: -1, Drift: 11, DriftTime: 0.5, DriftTarget: 2, WireResistance: 2, Wires: "x", Phases: "x",
	}
	err := bad.Validate()
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"Rows: -1 is not allowed; allowed: 0 to 65536", "Cols: 65537", `Mapping: "x" is not allowed; allowed: offset, pair, difference or ""`,
		"WeightBits: 1 is not allowed; allowed: 0 (continuous) or 2 to 16", "CellBits: 3", "InputBits: 17", "DACBits: 18",
		"InputRange: -1", "ADCBits: 17", "ErrorADCBits: -1", "GradientADCBits: 17", `ADC: "flash"`, "ADCSpan: -1",
		"Nonlinear: true", "ADCOffset: -1", "ADCGain: 2", "ADCMismatch: 101", "ADCNoise: -1", "ADCColumns: -1", "Variation: 2",
		"ReadNoise: -1", "Drift: 11", "DriftTime: 0.5", "DriftTarget: 2", "WireResistance: 2", `Wires: "x"`, `Phases: "x"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v\ndoes not say %q", err, want)
		}
	}
}

func TestPhases(t *testing.T) {
	for phases, want := range map[string]string{
		"": "train test", "test": "test", "error gradient": "error gradient", "train+error": "train error",
		"all": "train test error gradient",
	} {
		c := Config{ADCBits: 5, Phases: phases}
		var acting []string
		for p, name := range phaseNames {
			if c.Acts(Phase(p)) {
				acting = append(acting, name)
			}
		}
		if got := strings.Join(acting, " "); got != want {
			t.Errorf("%q acts in %q, want %q", phases, got, want)
		}
	}
	if (Config{Phases: "all"}).Acts(Train) {
		t.Error("an ideal array acts")
	}
}

func TestString(t *testing.T) {
	for want, c := range map[string]Config{
		"ideal": {Phases: "test"},
		"128 rows, inputs of 8 bits, ADC 5 bits, range full, read noise 2 %, in test": {
			Rows: 128, InputBits: 8, ADCBits: 5, ADCRange: Full, ReadNoise: 0.02, Phases: "test",
		},
	} {
		if got := fmt.Sprint(c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	for want, b := range map[string]Build{
		"array: ADCBits: 99":                {Config: Config{ADCBits: 99}, In: 1, Out: 1},
		"array: 0 inputs and 1 outputs":     {Out: 1},
		"WeightBits: 0 is not allowed":      {In: 1, Out: 1, Reference: V21},
		`Reference: "v9" is not allowed`:    {Config: Config{WeightBits: 4}, In: 1, Out: 1, Reference: "v9"},
		"ADCNoise: 1 is not allowed; all":   {Config: Config{WeightBits: 4, ADCNoise: 1}, In: 1, Out: 1, Reference: V21},
		`Mapping: "pair" is not allowed; a`: {Config: Config{WeightBits: 4, Mapping: Pair}, In: 1, Out: 1, Reference: V14},
	} {
		if _, err := b.New(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}

package cost

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"crossbook/neurosim/tech"
)

// broken has a chip with a bad value in every field that may have one.
var broken = map[string]Chip{
	"Node":             {Node: 28},
	"Roadmap":          {Roadmap: 7},
	"Temperature":      {Temperature: 500},
	"Clock":            {Clock: 1},
	"Technology":       {Technology: tech.Node{Wire: tech.Wire{Width: -1}}},
	"Cell":             {Cell: "PCM"},
	"Device":           {Device: tech.Cell{Kind: tech.RRAM, Width: -1}},
	"CellBits":         {CellBits: 7},
	"Levels":           {Levels: 1},
	"SynapseBits":      {SynapseBits: 17},
	"InputBits":        {InputBits: -1},
	"Subarray":         {Subarray: 100},
	"Shared":           {Shared: 256},
	"ADCBits":          {ADCBits: 11},
	"ErrorShared":      {ErrorShared: 3},
	"ErrorADCBits":     {ErrorADCBits: -2},
	"SpeedUp":          {SpeedUp: 65},
	"Batch":            {Batch: 1e7},
	"Iterations":       {Iterations: -1},
	"GradientSubarray": {GradientSubarray: 2048},
	"GradientShared":   {GradientShared: 5},
	"GradientADCBits":  {GradientADCBits: 12},
	"Calibration":      {Calibration: Calibration{Area: Factors{ADC: -1}}},
	"Reference":        {Reference: "v3"},
}

func TestEveryFieldIsValidated(t *testing.T) {
	fields := reflect.TypeFor[Chip]()
	for i := range fields.NumField() {
		field := fields.Field(i)
		chip, known := broken[field.Name]
		if !known {
			if field.Type.Kind() != reflect.Bool {
				t.Errorf("no bad value of %s is tried", field.Name)
			}
			continue
		}
		err := chip.Validate()
		if err == nil || !strings.HasPrefix(err.Error(), field.Name) || !strings.Contains(err.Error(), "allowed: ") {
			t.Errorf("%s: %v", field.Name, err)
		}
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	err := Chip{Node: 28, Cell: "PCM", ADCBits: 11, Batch: -1, Subarray: 5}.Validate()
	if err == nil || strings.Count(err.Error(), "\n") != 4 {
		t.Errorf("%v, want five problems", err)
	}
}

func TestTechnologyOfOnesOwn(t *testing.T) {
	node, err := tech.ReadNode([]byte("Base = 22\nNode = 28\nVdd = 0.95\n[Wire]\nWidth = 45"))
	if err != nil {
		t.Fatal(err)
	}
	cell, err := tech.ReadCell([]byte("Kind = \"RRAM\"\nOn = 20e3\nOff = 400e3\nWriteVoltage = 1.6"))
	if err != nil {
		t.Fatal(err)
	}
	layers := corners["two layers"]
	chip := Chip{Technology: node, Device: cell}
	r, err := chip.Estimate(layers)
	if err != nil {
		t.Fatal(err)
	}
	between := [2]*Report{Chip{Node: 22}.MustEstimate(layers), Chip{Node: 32}.MustEstimate(layers)}
	if a := r.Areas.Total; a <= between[0].Areas.Total || a >= between[1].Areas.Total {
		t.Errorf("28 nm takes %v, 22 nm %v and 32 nm %v", a, between[0].Areas.Total, between[1].Areas.Total)
	}
	if r.Components.ADC.Energy <= 0 {
		t.Error("converters of a node without fits are free")
	}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadReport(data)
	if err != nil || again.Chip != chip {
		t.Errorf("%v, %+v from the file", err, again)
	}
	for want, chip := range map[string]Chip{
		`Node: "32 nm LSTP" is not allowed; allowed: 0, or that of Technology, 28 nm LSTP`: {Node: 32, Technology: node},
		`Device.Kind: "RRAM" is not allowed; allowed: that of Cell, SRAM`:                  {Cell: SRAM, Device: cell},
	} {
		if err := chip.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

package tech

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const ownCell = `
Kind = "RRAM"
Source = "a test"
On = 10e3
Off = 150e3
WriteVoltage = 1.6
CrossPoint = true
`

func TestCellOfOnesOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cell.toml")
	if err := os.WriteFile(path, []byte(ownCell), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := LoadCell(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := FindCell(RRAM)
	if err != nil {
		t.Fatal(err)
	}
	want.On, want.Off, want.WriteVoltage, want.CrossPoint = 10e3, 150e3, 1.6, true
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

const ownNode = `
Base = 22
Node = 28
Roadmap = "HP"
Vdd = 1

[N]
On = 1150
Off = [0.1, 0.12, 0.14, 0.17, 0.2, 0.23, 0.26, 0.3, 0.34, 0.38, 0.43]

[Wire]
Width = 45
`

func TestNodeOfOnesOwn(t *testing.T) {
	got, err := ReadNode([]byte(ownNode))
	if err != nil {
		t.Fatal(err)
	}
	base, err := FindNode(22, HP)
	if err != nil {
		t.Fatal(err)
	}
	want := base
	want.Transistor.Node, want.Transistor.Vdd, want.Wire.Width = 28, 1, 45
	for i := range want.Transistor.N.On {
		want.Transistor.N.On[i] = 1150
	}
	want.Transistor.N.Off = Currents{0.1, 0.12, 0.14, 0.17, 0.2, 0.23, 0.26, 0.3, 0.34, 0.38, 0.43}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestKnownTechnologiesAreValid(t *testing.T) {
	for _, number := range Nodes() {
		for _, roadmap := range []Roadmap{LSTP, HP} {
			node, err := FindNode(number, roadmap)
			if err == nil {
				err = node.Validate()
			}
			if err != nil {
				t.Errorf("%d nm %v: %v", number, roadmap, err)
			}
		}
	}
	for _, kind := range []Kind{RRAM, FeFET, SRAM} {
		cell, err := FindCell(kind)
		if err == nil {
			err = cell.Validate()
		}
		if err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestBadFilesNameFieldValueAndRange(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{`Kind = "PCM"`, `tech: cell: Kind: tech: cell "PCM" is not known; known: RRAM FeFET SRAM`},
		{"Kind = \"RRAM\"\nOnn = 3", "tech: cell: Onn: unknown key; allowed: Kind, Source, "},
		{"Kind = \"RRAM\"\n[On]\nHigh = 3", "On"},
		{"Kind = \"RRAM\"\nOn = -3", "tech: cell: On: -3 is not allowed; allowed: 1 to 1e+12"},
		{"Kind = \"RRAM\"\nOn = 1e9", "Off: 24 MΩ is not allowed; allowed: more than On"},
		{"Kind = \"RRAM\"\nOn = nan", "On: NaN is not allowed"},
		{"Kind = \"SRAM\"\nCrossPoint = true", "CrossPoint: true is not allowed; allowed: false for SRAM"},
		{"Kind = 3", "Kind"},
		{"Kind", "tech: cell: toml: "},
	} {
		if _, err := ReadCell([]byte(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.file, err, c.want)
		}
	}
	for _, c := range []struct{ file, want string }{
		{"Base = 28", "tech: node: Base: tech: node 28 nm is not known"},
		{"Base = 22\n[Wire]\nHeight = 3", "tech: node: Wire.Height: unknown key; allowed: Base, "},
		{"Base = 22\nRoadmap = \"LOP\"", `roadmap "LOP" is not allowed; allowed: LSTP, HP`},
		{"Base = 22\nVdd = 0.1", "Vdd: 0.1 is not allowed; allowed: 0.2 to 10"},
		{"Base = 22\n[N]\nOn = [1, 2]", "2 currents are not allowed; allowed: 11, from 300 K to 400 K, or one"},
		{"Base = 22\n[N]\nOn = \"much\"", "much is not a current; allowed: numbers"},
		{"Base = 22\n[P]\nOff = 1e9", "P.Off: 1 GA/m is not allowed; allowed: 1e-12 to 1000 (at 300 K)"},
		{"Base = 22\n[Fin]\nWidth = 8e-9", "Fin.Height: 0 is not allowed; allowed: 1e-09 to 1e-06"},
		{"Node = 5", "Vdd: 0 is not allowed"},
	} {
		if _, err := ReadNode([]byte(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.file, err, c.want)
		}
	}
	if _, err := LoadNode("/no/file.toml"); err == nil {
		t.Error("a file that is not there was read")
	}
}

// FuzzReadNode and FuzzReadCell look for files that are taken and are not valid,
// and for those that crash the reader.
func FuzzReadNode(f *testing.F) {
	f.Add([]byte(ownNode))
	f.Add([]byte("Base = 7\n[Fin]\nPitch = 3e-8"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if n, err := ReadNode(data); err == nil && n.Validate() != nil {
			t.Errorf("%q was read and is not valid: %v", data, n.Validate())
		}
	})
}

func FuzzReadCell(f *testing.F) {
	f.Add([]byte(ownCell))
	f.Add([]byte("Kind = \"SRAM\"\nSenseVoltage = 0.2"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := ReadCell(data); err == nil && c.Validate() != nil {
			t.Errorf("%q was read and is not valid: %v", data, c.Validate())
		}
	})
}

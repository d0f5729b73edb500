package tech

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"crossbook/neurosim/units"
)

// Node is a technology node: its transistors and the wires of its memory arrays.
type Node struct {
	Transistor Transistor
	Wire       Wire
}

// FindNode returns a known node with the wires that its arrays use. It fails as
// [Find] does.
func FindNode(node int, roadmap Roadmap) (Node, error) {
	t, err := Find(node, roadmap)
	if err != nil {
		return Node{}, err
	}
	wire, err := LocalWire(node)
	return Node{t, wire}, err
}

// ReadNode reads a node of one's own from TOML. The keys are the fields of
// [Transistor], [Polarity], [Fin] and [Wire] by name, in SI units; lists of currents hold one
// number for every 10 K from 300 K to 400 K, or a single one for all. Base names a
// known node from which everything comes that the file does not say; Source is
// where the figures are from, and is not kept:
//
//	Base = 22
//	Node = 28
//	Roadmap = "HP"
//	Source = "foundry's manual, 2025"
//	Vdd = 0.9
//
//	[N]
//	On = 1150.0 # A/m
//
//	[Wire]
//	Width = 45
//
// An unknown key is an error with its path, and a value outside its range one with
// field, value and range.
func ReadNode(data []byte) (Node, error) {
	var n Node
	var head struct {
		Base    int
		Roadmap Roadmap
	}
	if _, err := toml.Decode(string(data), &head); err != nil {
		return n, fmt.Errorf("tech: node: %w", err)
	}
	if head.Base != 0 {
		base, err := FindNode(head.Base, head.Roadmap)
		if err != nil {
			return n, fmt.Errorf("tech: node: Base: %w", err)
		}
		n = base
	}
	file := struct {
		Base   int
		Source string
		*Transistor
		Wire *Wire
	}{Transistor: &n.Transistor, Wire: &n.Wire}
	if err := decode(data, &file, nodeKeys); err != nil {
		return Node{}, fmt.Errorf("tech: node: %w", err)
	}
	if err := n.Validate(); err != nil {
		return Node{}, fmt.Errorf("tech: node: %w", err)
	}
	return n, nil
}

// ReadCell reads a memory cell of one's own from TOML. The keys are the fields of
// [Cell] by name, in SI units, and Source, which is not kept. What the file does
// not say is that of the typical cell of its kind:
//
//	Kind = "RRAM"
//	Source = "measured on our wafer, 2026"
//	On = 10e3
//	Off = 150e3
//	WriteVoltage = 1.6
//
// An unknown key is an error with its path, and a value outside its range one with
// field, value and range.
func ReadCell(data []byte) (Cell, error) {
	var head struct{ Kind Kind }
	if _, err := toml.Decode(string(data), &head); err != nil {
		return Cell{}, fmt.Errorf("tech: cell: %w", err)
	}
	c, err := FindCell(head.Kind)
	if err != nil {
		return c, fmt.Errorf("tech: cell: Kind: %w", err)
	}
	file := struct {
		Source string
		*Cell
	}{Cell: &c}
	if err := decode(data, &file, cellKeys); err != nil {
		return Cell{}, fmt.Errorf("tech: cell: %w", err)
	}
	if err := c.Validate(); err != nil {
		return Cell{}, fmt.Errorf("tech: cell: %w", err)
	}
	return c, nil
}

// LoadNode is [ReadNode] of a file.
func LoadNode(path string) (Node, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Node{}, fmt.Errorf("tech: node: %w", err)
	}
	return ReadNode(data)
}

// LoadCell is [ReadCell] of a file.
func LoadCell(path string) (Cell, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Cell{}, fmt.Errorf("tech: cell: %w", err)
	}
	return ReadCell(data)
}

const (
	nodeKeys = "Base, Source, Node, Roadmap, Vdd, Vth, GateLength, IdealCap, FringeCap, ResistanceFactor, " +
		"N and P with On, Off, Transconductance, Fin with Height, Width, Pitch, Wire with Width, AspectRatio, Resistivity"
	cellKeys = "Kind, Source, CrossPoint, Height, Width, On, Off, ReadVoltage, WriteVoltage, ReadPulse, WritePulse, " +
		"AccessVoltage, AccessResistance, GateCap, Polarization, NMOSWidth, PMOSWidth, AccessWidth, SenseVoltage, Nonlinearity"
)

// decode reads a file into a struct; keys that it does not have are an error.
func decode(data []byte, into any, allowed string) error {
	meta, err := toml.Decode(string(data), into)
	if err != nil {
		return err
	}
	var unknown []string
	for _, key := range meta.Undecoded() {
		unknown = append(unknown, key.String())
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return fmt.Errorf("%s: unknown key; allowed: %s", strings.Join(unknown, ", "), allowed)
	}
	return nil
}

// UnmarshalText reads "LSTP" or "HP".
func (r *Roadmap) UnmarshalText(text []byte) error {
	switch string(text) {
	case "LSTP":
		*r = LSTP
	case "HP":
		*r = HP
	default:
		return fmt.Errorf("roadmap %q is not allowed; allowed: LSTP, HP", text)
	}
	return nil
}

// MarshalText is the short name.
func (r Roadmap) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalTOML reads a list of numbers, one for every tabulated temperature, or
// one for all of them.
func (c *Currents) UnmarshalTOML(value any) error {
	list, ok := value.([]any)
	if !ok {
		list = make([]any, Points)
		for i := range list {
			list[i] = value
		}
	}
	if len(list) != Points {
		return fmt.Errorf("%d currents are not allowed; allowed: %d, from 300 K to 400 K, or one", len(list), Points)
	}
	for i, v := range list {
		switch v := v.(type) {
		case float64:
			c[i] = units.AmperePerMetre(v)
		case int64:
			c[i] = units.AmperePerMetre(v)
		default:
			return fmt.Errorf("%v is not a current; allowed: numbers", v)
		}
	}
	return nil
}

func rangeAt(low, high float64, kelvin int) string {
	return fmt.Sprintf("%g to %g (at %d K)", low, high, kelvin)
}

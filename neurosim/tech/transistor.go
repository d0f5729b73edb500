package tech

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"crossbook/neurosim/units"
)

// Roadmap is what a node's transistors are made for.
type Roadmap int

// The roadmaps of the ITRS. The zero value is low standby power.
const (
	LSTP Roadmap = iota // low standby power
	HP                  // high performance
)

// String is the roadmap's short name.
func (r Roadmap) String() string {
	if r == HP {
		return "HP"
	}
	return "LSTP"
}

// Points is the number of temperatures of a table of currents: 300 K to 400 K,
// every 10 K.
const Points = 11

// Currents of a transistor by its width at the tabulated temperatures.
type Currents [Points]units.AmperePerMetre

// Polarity holds what differs between n- and p-channel transistors.
type Polarity struct {
	On, Off          Currents             // gate at Vdd and at 0
	Transconductance units.AmperePerMetre // linearised current of gm, see Process
}

// Fin is the shape of a FinFET's fin; all zero for a planar transistor.
type Fin struct {
	Height, Width, Pitch units.Metre
}

// Transistor is a node's transistors, of both polarities.
type Transistor struct {
	Node             int // nm: 130, 90, 65, 45, 32, 22, 14, 10 or 7
	Roadmap          Roadmap
	Vdd, Vth         units.Volt
	GateLength       units.Metre
	IdealCap         units.FaradPerMetre // gate over the channel, by width
	FringeCap        units.FaradPerMetre
	ResistanceFactor float64 // effective resistance over Vdd/Ion
	N, P             Polarity
	Fin              Fin
}

type key struct {
	node    int
	roadmap Roadmap
}

var printed = sync.OnceValue(func() map[key]Transistor {
	found := map[key]Transistor{}
	for _, r := range read("transistors").rows {
		t := r.transistor()
		found[key{t.Node, t.Roadmap}] = t
	}
	for _, r := range read("currents").rows {
		k := r.key()
		t, ok := found[k]
		r.require(ok, "no such transistor")
		*r.target(&t) = r.currents()
		found[k] = t
	}
	return found
})

func (r row) key() key {
	roadmap := LSTP
	if r.cells["roadmap"] == "HP" {
		roadmap = HP
	}
	return key{int(r.number("node")), roadmap}
}

func (r row) transistor() Transistor {
	k := r.key()
	t := Transistor{
		Node: k.node, Roadmap: k.roadmap,
		Vdd: units.Volt(r.number("vdd")), Vth: units.Volt(r.number("vth")),
		GateLength:       units.Metre(r.number("gateLength")),
		IdealCap:         units.FaradPerMetre(r.number("idealCap")),
		FringeCap:        units.FaradPerMetre(r.number("fringeCap")),
		ResistanceFactor: r.number("resistanceFactor"),
		Fin: Fin{
			units.Metre(r.number("finHeight")), units.Metre(r.number("finWidth")), units.Metre(r.number("finPitch")),
		},
	}
	t.N.Transconductance = units.AmperePerMetre(r.number("transconductanceN"))
	t.P.Transconductance = units.AmperePerMetre(r.number("transconductanceP"))
	r.require(t.Vdd > t.Vth && t.Vth > 0, "needs Vdd > Vth > 0")
	r.require(t.IdealCap > 0 && t.FringeCap >= 0, "needs positive capacitances")
	r.require(t.ResistanceFactor >= 1, "needs a resistance factor of at least 1")
	r.require((t.Node < 22) == (t.Fin.Pitch > 0), "nodes below 22 nm, and only those, have fins")
	return t
}

// target is the list of a transistor that a row of currents fills.
func (r row) target(t *Transistor) *Currents {
	polarity := &t.N
	if r.cells["polarity"] == "P" {
		polarity = &t.P
	}
	if r.cells["current"] == "Ion" {
		return &polarity.On
	}
	return &polarity.Off
}

func (r row) currents() Currents {
	var c Currents
	for i := range c {
		c[i] = units.AmperePerMetre(r.number(fmt.Sprint(300 + 10*i)))
		r.require(c[i] > 0, "needs positive currents")
	}
	return c
}

// corrected is the table without the entries that cannot be right.
var corrected = sync.OnceValue(func() map[key]Transistor {
	found := maps.Clone(printed())
	for _, r := range read("corrections").rows {
		t := found[r.key()]
		switch r.cells["quantity"] {
		case "idealCap":
			t.IdealCap = units.FaradPerMetre(r.number("value"))
		case "IoffP300":
			t.P.Off[0] = units.AmperePerMetre(r.number("value"))
		default:
			r.require(false, "unknown quantity")
		}
		found[r.key()] = t
	}
	return found
})

// Find returns the transistors of a node in nanometres. It fails for a node
// without a table and then names those that have one.
func Find(node int, roadmap Roadmap) (Transistor, error) {
	return find(corrected(), key{node, roadmap})
}

// AsPrinted is Find with the tables as they were published, two misprints
// included (data/corrections.csv): what DNN+NeuroSim V2.1 computes with.
func AsPrinted(node int, roadmap Roadmap) (Transistor, error) {
	return find(printed(), key{node, roadmap})
}

func find(table map[key]Transistor, k key) (Transistor, error) {
	t, ok := table[k]
	if !ok {
		return t, fmt.Errorf("tech: node %d nm is not known; known: %s", k.node, known())
	}
	return t, nil
}

// Nodes lists the known nodes in nanometres, the largest first.
func Nodes() []int {
	var nodes []int
	for k := range printed() {
		if k.roadmap == LSTP {
			nodes = append(nodes, k.node)
		}
	}
	slices.Sort(nodes)
	slices.Reverse(nodes)
	return nodes
}

func known() string {
	return strings.Trim(fmt.Sprint(Nodes()), "[]")
}

package circuit

import "crossbook/neurosim/units"

// AdderTree adds values pairwise, stage by stage, one bit more in each.
type AdderTree struct {
	Kit   *Kit
	Fit   Fit
	Rows  int // values that a tree adds
	Bits  int // of a value
	Trees int // side by side
}

// Stages is the number of additions that a value passes.
func (t AdderTree) Stages() int { return ceilLog2(t.Rows) }

// stages lists the adders of a tree for so many values. The reference loses the
// odd value out of each stage.
func (t AdderTree) stages(values int) []Adder {
	var list []Adder
	for i := range ceilLog2(values) {
		list = append(list, Adder{Kit: t.Kit, Bits: t.Bits + i, Count: values / 2})
		if t.Kit.v21() {
			values /= 2
		} else {
			values -= values / 2
		}
	}
	return list
}

// Size of all trees in the room given.
func (t AdderTree) Size() Size {
	bits := 0
	for _, stage := range t.stages(t.Rows) {
		bits += stage.Bits * stage.Count
	}
	flat := Adder{Kit: t.Kit, Fit: t.Fit, Bits: bits, Count: t.Trees}.Size()
	if t.Fit == (Fit{}) {
		return flat
	}
	return t.Fit.reshape(float64(flat.Area))
}

// Add is one sum of so many values in every tree, at most Rows.
func (t AdderTree) Add(values int) Action {
	var sum Action
	for _, stage := range t.stages(values) {
		a := stage.Add(0, float64(stage.Count))
		sum.Latency += a.Latency
		sum.Energy += a.Energy * units.Joule(t.Trees)
	}
	return sum
}

// Leakage of all trees. The reference counts only the stages that the last sum
// passed, which takes the number of its values.
func (t AdderTree) Leakage(values int) units.Watt {
	if !t.Kit.v21() {
		values = t.Rows
	}
	var sum units.Watt
	for _, stage := range t.stages(values) {
		sum += stage.Leakage()
	}
	return sum * units.Watt(t.Trees)
}

package train

// Reference names a simulator whose behaviour is reproduced to the bit, known
// defects included. "" is none: correct physics.
type Reference string

// The references.
const (
	// V21 is DNN+NeuroSim V2.1: initial weights may lie outside the range of the
	// conductances, labels are cut off to table entries, and the update goes
	// through a logarithm that gives NaN outside its domain.
	V21 Reference = "v2.1"

	// Wolters is the fork of it with which C. Wolters et al. compared BP and DFA
	// ("Biologically plausible learning on neuromorphic hardware architectures",
	// MWSCAS 2023): as V21, with the rounded step multiplied by 0.1.
	Wolters Reference = "wolters"
)

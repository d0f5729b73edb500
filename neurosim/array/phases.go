package array

import "strings"

// Phase is a kind of product in a training.
type Phase uint8

// The phases.
const (
	Train    Phase = iota // forward reads while training
	Test                  // forward reads in the test
	Error                 // transposed reads, which carry errors back
	Gradient              // products that make weight gradients
	Feedback              // of output errors by the feedback weights of direct rules
)

var phaseNames = [...]string{"train", "test", "error", "gradient", "feedback"}

// allPhases is the number of those that "all" stands for: direct feedback has arrays of
// its own, and is asked for by its name.
const allPhases = 4

// Acts says whether the array computes the products of a phase. An ideal array
// computes none, as it would not change them.
func (c Config) Acts(p Phase) bool {
	acting, _ := c.phases()
	return !c.Zero() && acting&(1<<p) != 0
}

// phases returns a bit for each phase, and the first name that is none.
func (c Config) phases() (acting uint8, unknown string) {
	names := strings.FieldsFunc(c.Phases, func(r rune) bool { return r == ' ' || r == '+' })
	if len(names) == 0 {
		names = []string{"train", "test"}
	}
	for _, name := range names {
		if name == "all" {
			acting |= 1<<allPhases - 1
			continue
		}
		found := false
		for i, known := range phaseNames {
			if name == known {
				acting, found = acting|1<<i, true
			}
		}
		if !found {
			return acting, name
		}
	}
	return acting, ""
}

package notebooks

import (
	"testing"

	"crossbook/kernel/version"
	"crossbook/neurosim"
)

// A notebook names one version: the program that ran it is that of its results.
func TestResultsHaveTheVersionOfTheProgram(t *testing.T) {
	if neurosim.Version != version.Number {
		t.Errorf("the simulator is %s, the program %s", neurosim.Version, version.Number)
	}
}

//go:build race

package interp_test

import "strings"

// Two races are yaegi's own, and the detector tells of them now and then. It grows the
// frame of global variables without a lock, while a goroutine that outlives its cell
// reads it: harmless, for the goroutine reads below the old length in the old or the
// new array. And a function literal that ends puts back what its slot in the frame
// around it held before, under a lock that the readers of the slot do not take: a
// frame that starts such goroutines in a loop may see the literal before.
func init() {
	racy = func(p probe) bool {
		return p.name == "goroutine-across-cells-chan" || strings.Contains(strings.Join(p.cells, "\n"), "go func")
	}
}

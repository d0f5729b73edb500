//go:build race

package interp_test

// One race is yaegi's own, and the detector tells of it now and then: it grows the
// frame of global variables without a lock, while a goroutine that outlives its cell
// reads it. It is harmless, for the goroutine reads below the old length in the old or
// the new array.
func init() {
	racy = func(p probe) bool { return p.name == "goroutine-across-cells-chan" }
}

//go:build race

package interp_test

// yaegi grows the frame of global variables without a lock. A goroutine that
// outlives its cell reads it meanwhile: harmless, for it reads below the old
// length in the old or the new array, but the race detector says so.
func init() {
	racy["goroutine-across-cells-chan"] = true
}

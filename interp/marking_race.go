//go:build race

package interp

// marking is off under the race detector: the line of a panic is stored without
// synchronisation.
const marking = false

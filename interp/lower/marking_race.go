//go:build race

package lower

// Marking is off under the race detector: the line of a panic is stored without
// synchronisation.
const Marking = false

//go:build !race

package lower

// Marking says that lowered code stores its line.
const Marking = true

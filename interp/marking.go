//go:build !race

package interp

// marking says that lowered code stores its line.
const marking = true

//go:build race

package engine

// raceEnabled: the race detector slows everything down many times over.
const raceEnabled = true

//go:build !amd64

package simd

// There are no kernels of the update here, so that none of these is called.

func gatherGroups(*gathering) {}

func fadeGroups(*fading) {}

func roundGroups(*rounding) {}

func pulseGroups(*pulsing) {}

func programGroups(*programming) {}

func programAllGroups(*programming) {}

func deviateGroups(*deviating) {}

func markGroups(*marking) {}

func pickGroups(*choosing) {}

func spreadGroups(*choosing) {}

func fillBitsGroups(*filling) {}

var updateLanes int

func curveGroups(*curving) {}

//go:build !amd64

package simd

// There are no kernels of the update here.

func gatherGroups(*gathering) bool { return false }

func roundGroups(*rounding) bool { return false }

func pulseGroups(*pulsing) bool { return false }

func programGroups(*programming) bool { return false }

func deviateGroups(*deviating) bool { return false }

var hasUpdate bool

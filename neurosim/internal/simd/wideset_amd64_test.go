package simd

// setWide takes a set of kernels.
func setWide(set wideSet) { wideKernels = set }

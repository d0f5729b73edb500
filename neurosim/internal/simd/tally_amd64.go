package simd

// fastTally counts, if this processor can. Called by name, the kernels let nothing escape.
func fastTally(planes int, t *columnTally) bool {
	switch {
	case columnKernels.wide:
		tally16(planes, t)
	case columnKernels.narrow:
		tally8(planes, t)
	default:
		return false
	}
	return true
}

// tally16 is by AVX-512.
func tally16(planes int, t *columnTally) {
	switch planes {
	case 1:
		tallyColumns1AVX512(t)
	case 2:
		tallyColumns2AVX512(t)
	case 3:
		tallyColumns3AVX512(t)
	case 4:
		tallyColumns4AVX512(t)
	}
}

// tally8 is by AVX2.
func tally8(planes int, t *columnTally) {
	switch planes {
	case 1:
		tallyColumns1AVX2(t)
	case 2:
		tallyColumns2AVX2(t)
	case 3:
		tallyColumns3AVX2(t)
	case 4:
		tallyColumns4AVX2(t)
	}
}

//go:noescape
func tallyColumns1AVX512(t *columnTally)

//go:noescape
func tallyColumns2AVX512(t *columnTally)

//go:noescape
func tallyColumns3AVX512(t *columnTally)

//go:noescape
func tallyColumns4AVX512(t *columnTally)

//go:noescape
func tallyColumns1AVX2(t *columnTally)

//go:noescape
func tallyColumns2AVX2(t *columnTally)

//go:noescape
func tallyColumns3AVX2(t *columnTally)

//go:noescape
func tallyColumns4AVX2(t *columnTally)

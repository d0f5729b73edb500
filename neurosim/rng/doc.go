// Package rng has counter-based random numbers: every draw is a function of
// (seed, purpose, layer, step, index) and of nothing else. There is no state
// that two goroutines could race for, so a slice filled by one worker and the
// same slice filled by sixty-four hold the same bits, and a new source of noise
// moves none of the others.
//
// The generator is Philox4x32-10 of J. K. Salmon, M. A. Moraes, R. O. Dror and
// D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011; it
// passes the known-answer vectors that its authors publish. The seed and the
// purpose make the 64-bit key, and the 128-bit counter holds the layer, the step
// and the number of the block of four 32-bit words.
package rng

// Package simd multiplies float32 matrices by the processor's vector
// instructions: AVX-512 where there is, else AVX2 with FMA, else Go; on arm64 the
// compiler makes its multiply-adds single instructions.
//
// The result is defined to the bit. Element (i, j) of a product is one chain of
// fused multiply-adds from zero, in increasing k:
//
//	s = 0; for k := range depth { s = fma(a[i,k], b[k,j], s) }
//
// where fma rounds once, as IEEE 754-2019 (5.4.1) defines it. A chain is never
// split, so neither the instruction set nor the blocks, the strides, the
// transposes or the number of goroutines show in the result: a figure computed
// on one machine is the figure computed on another. Only the sign and payload
// of a NaN, which the standard leaves open, may differ.
//
// The blocking follows K. Goto and R. A. van de Geijn, "Anatomy of
// high-performance matrix multiplication", ACM TOMS 34(3), 2008: operands are packed
// into panels that the innermost kernel reads from end to end, the panel of b in the
// first-level cache (with AVX-512 in the second) and the block of a in the second. Where
// packing would not pay, an operand is read where it lies. The command neurosim/figures
// compares the speed with that of OpenBLAS: on one core of a Xeon of the fifth generation
// with AVX-512, the median over squares and products of networks is 1.0 of it.
//
// Where both factors are small whole multiples of a step each and no sum can reach 2^24
// of them, no rounding happens in a chain, so that any way to sum has its bits: a Grid
// then multiplies whole numbers of 8 bits (AMX, AVX-512 with VNNI, AVX2), and the patches
// under the kernels of a convolution where they lie in the maps. An Outer, the gradient of
// weights, may have larger sums: they are exact, and are rounded once, which is what
// package nn makes of chains elsewhere.
//
// It also fills slices with the random words of Philox4x32-10, eight blocks at
// once, to the bit those of the scalar generator, and has the passes over velocities
// and weights that an update of simulated cells makes (Gather, Fade, Program) and the
// rounding of a quantiser (Round), sixteen numbers at once with AVX-512, eight with AVX2, to
// the bit those of Go. Normal deviates in double precision (Deviate) are made for listed
// cells alone. Rows and columns of zeros can be left out of a gradient (Live).
//
// Columns of crossbars are read by counting bits (ColumnRead, AVX-512 and AVX2) or, where
// vectors have no instruction for that, by tables of the sums that four rows can give
// (TableRead, AVX2), as many of them at once as a vector has bytes; fastest by products of
// tiles of bytes (TileRead, AMX), beside which vectors convert the sums of the tiles before.
package simd

// The module in gen holds the generator and its one dependency apart from the
// product's.
//go:generate go -C gen run . -out ../kernels_amd64.s

// Package array is a crossbar of memory cells with the circuits around it: what a
// matrix product becomes when weights are conductances, inputs are voltages and sums
// are currents that converters read.
//
// A weight w in [-1,1] lies on one cell or, with WeightBits, on the digits of w S + S,
// S = 2^(b-1), one cell each (S. Yu, X. Sun, X. Peng and S. Huang, "Compute-in-memory
// with emerging nonvolatile memories: challenges and prospects", CICC 2020). A digit
// of a cell with R levels and the on/off ratio r is the conductance
//
//	G = (1 - 1/r) digit + (R-1)/r
//
// in units of one level. A column of weights 0, read by the same inputs, takes the
// offset away; the mappings Pair and Difference have two columns instead. Inputs go on
// the lines as voltages, or digit by digit; each column's current is converted for each
// digit, slice and subarray, and shifted and added:
//
//	y = scale sum_z 2^z sum_s sum_k R^k (ADC(sum_i x_iz G_isk) - ADC(zero)).
//
// Transposed reads drive the columns and read the rows of the same cells, which is how
// errors go back; weight gradients are made in a memory array of their own, which holds
// the inputs of a batch (X. Peng, S. Huang, H. Jiang, A. Lu and S. Yu, "DNN+NeuroSim
// V2.0: an end-to-end benchmarking framework for compute-in-memory accelerators for
// on-chip training", IEEE TCAD 40(11), 2021).
//
// Where inputs are digits, sums of exact levels are counted bit by bit, sixteen columns
// at once, looked up for four rows at once, or multiplied by tiles of bytes, whatever the
// processor does fastest; conductances that vary, drift or lie behind wires are held as
// numbers of 16 bits, a step of at most 3e-5 of their range, and multiplied as such or byte
// by byte. Read noise is drawn for a sum, not for its cells: a sum of independent normal
// deviations is normal.
//
// One core of a Xeon of the fifth generation with AMX reads exact levels of 8-bit weights in
// cells of 2 bits, with 8-bit inputs, 128 rows and a conversion for every digit, slice and
// subarray, at 17e9 to 22e9 weights times inputs a second, by how busy the machine is, and
// at 26e9 in the quickest of many reads; at 8e9 to 11e9 if converters have the range of the
// batch. Conductances that vary are read at 4.7e9 to 5.5e9, exact levels with read noise at
// 1.2e9 to 1.7e9 (BenchmarkRead with GOMAXPROCS=1). Without AMX the first is
// 10e9 (AVX-512) or 6e9 (AVX2) at the best. CrossSim 3.2 was measured at 0.209e9, 0.207e9 with
// varying conductances, and 0.0007e9 with noise, on another processor with AVX-512.
//
// Everything random is a function of (seed, purpose, layer, step, index), so that the
// same products have the same bits on any number of processors.
package array

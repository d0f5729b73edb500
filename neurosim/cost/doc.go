// Package cost prices compute-in-memory chips that train: area, latency, energy
// and leakage of a network on a design, for the four phases of training (forward,
// error, weight gradient, weight update) or for inference. [Chip] is the design,
// [Layer] what it is made for, [Report] the figures.
//
// The model is that of DNN+NeuroSim V2.1 (X. Peng, S. Huang, H. Jiang, A. Lu and
// S. Yu, "DNN+NeuroSim V2.0: an end-to-end benchmarking framework for
// compute-in-memory accelerators for on-chip training", IEEE Trans. CAD 40(11),
// 2021), from the bottom up:
//
//	circuit      gates and blocks: size, price of an action, leakage
//	subarray     cells with the circuits that read them, both ways, and write them
//	engine       a grid of subarrays (processing element), adder tree, registers, buses
//	tile         a grid of engines, adder tree, buffers, H-tree
//	chip         tiles for every layer, global buffer, gradient unit, DRAM
//
// Every figure is a sum of counts of actions times their prices, which
// [Report.Explain] shows; things that work
// at the same time count the longest latency and the energy of all. A weight
// matrix is cut into tiles, engines and subarrays; where it is smaller, it is
// there several times, to be read in parallel.
//
// Without a Trace a layer has typical activity, and a chip is priced in
// milliseconds; with one, each bit plane of the inputs is read through the
// conductances that the weights have.
//
// [Chip.Reference] V21 reproduces DNN+NeuroSim V2.1, defects included;
// DIFFERENCES.md lists where the default differs and why.
//
// Limits: layers follow each other, so that learning rules whose errors do not go
// from layer to layer cost what backpropagation does; there is no pipeline; nodes
// and cells of one's own are values of package tech, not files.
package cost

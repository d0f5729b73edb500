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
// [Report.Explain] shows; things that work at the same time count the longest
// latency and the energy of all. A weight matrix is cut into tiles, engines and
// subarrays; where it is smaller, it is there several times, to be read in parallel.
//
// # Workloads
//
// A chip is priced for a [Source]: a list of layers, an experiment, or the result of
// one. A result brings the activity that its training recorded, an experiment that
// was not run has the [Typical] one, and with a [Trace] each bit plane of the inputs
// is read through the conductances that the weights have.
//
// # Learning rules
//
// A rule is priced by its schedule ([nn.Schedule]). After the forward phase each
// layer takes its turn: error, weight gradient, update. It begins once the errors
// that it waits for are known, so that the latency of training is the longest path
// through the rule's graph: all turns one after the other for a chain, the slowest
// for a star. A layer that waits for nothing begins once its own outputs are there.
//
//   - Layers that may work at the same time have gradient units of their own, each
//     with its accumulator and its part of the global buffer; a chain shares one.
//   - Feedback weights are arrays on tiles of their own: they take up area, leak,
//     are read forward with the errors as inputs, and are written where they learn.
//   - Where no weights are read transposed, no array has the circuits for it.
//   - The memory beside the chip moves the data of one layer at a time: layers that
//     work at the same time wait for each other there, as the latency shows.
//
// # Reports
//
// A [Report] shows itself as tables, goes to CSV ([Report.SaveCSV]) and to JSON and
// back ([ReadReport]), and is drawn by package plots:
//
//	plots.Breakdown(report, cost.Area, cost.Latency, cost.Energy)
//	plots.Breakdown(report.ByPhase(), cost.Latency, cost.Energy)
//	plots.Floorplan(plan) // of report.Floorplan()
//	plots.Roofline(report)
//	plots.Bars(cost.Comparison{{"22 nm", a}, {"7 nm", b}}, "design", cost.Energy).By("component").Stacked()
//
// Explanations, and shares of latency, price the chip once more, with every charge
// kept; estimates do not pay for that.
//
// # Silicon
//
// [Chip.Technology] and [Chip.Device] take nodes and cells of one's own, which
// package tech reads from TOML files. [Chip.Macro] is one subarray alone, and
// [Published] compares three macros of the literature: efficiency comes out within a
// factor of two, area and throughput within a factor of six. [Chip.Calibration]
// scales the model to what was measured.
//
// # References
//
// [Chip.Reference] V21 reproduces DNN+NeuroSim V2.1, defects included, which knows
// back-propagation only, layer by layer or pipelined. Wolters reproduces the fork of it that compared BP with DFA:
// feedback weights are one block that all layers share and that is never read, and
// arrays are neither read backwards nor written. DIFFERENCES.md lists where the
// default differs and why.
//
// # Speed
//
// With the activity of a result or the typical one, all blocks of a size cost the
// same and are priced once: a training of VGG-8 takes 2 ms and 0.4 MB on one core,
// a design of a network of two layers 0.75 ms. For the records that we compare with,
// DNN+NeuroSim V2.1 took 155 CPU seconds and 0.3; these are ratios of 75,000 and of
// 400, but not for the same work: the reference reads each bit of an image through
// each weight. For layers with a [Trace] we do so, too: VGG-8 at 22 nm then takes 10
// CPU seconds, drawing the trace included, where the reference took 19.
package cost

// Package neurosim trains neural networks on simulated crossbars of memory
// devices and records what becomes of their accuracy.
//
// An [Experiment] is plain data: a network, images, a device, a learning rule, a
// seed. Run gives a [Result], which plots and shows itself. The parts have
// packages of their own: nn, dataset, device, array, train.
//
// Defaults are correct physics. Experiment.Reference asks for the exact
// behaviour of DNN+NeuroSim V2.1 or of a fork of it instead; DIFFERENCES.md lists
// what then differs, and why.
package neurosim

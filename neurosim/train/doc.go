// Package train trains networks on simulated crossbars, in place: each batch
// gives every weight's device a number of programming pulses.
//
// A [Rule] says how the error at the output becomes an error for each layer: [BP],
// [FA], the sign-concordant [USF], [FRSF] and [BRSF], [KP], [DFA], [SDFA], [DRTP], or
// one of your own. The rest is common to all rules. With ideal devices that rest is
// stochastic gradient descent with momentum. With others it is the training step
// of DNN+NeuroSim V2.1 (X. Peng, S. Huang, H. Jiang, A. Lu and S. Yu, "DNN+NeuroSim
// V2.0: an end-to-end benchmarking framework for compute-in-memory accelerators
// for on-chip training", IEEE TCAD 40 (11), 2021): for the gradient g of a layer,
//
//	v <- m v + (1-m) g,  v <- v / 2^round(log2 max|v|)
//	n  = round(v/2 P)             pulses of each cell, LTP for n < 0
//	D  = w - w'(n)                decrease along the cell's own curve
//	q  = floor(D + r) / S(b_g)    stochastic rounding, r uniform in [0,1)
//	w <- clip(w - rate q + c)     c normal where q is not 0: cycle-to-cycle
//
// Devices with a law (see [device.Analog.Law]) take their pulses one by one instead:
//
//	n <- floor(rate v / (32 s) + r)   pulses of the step s, LTP for n < 0
//
// The velocity v stays divided, and begins every epoch at 0.
//
// A step of cells that are alike draws r for those alone that get pulses, and c for those
// alone that move; units and errors that are zero in a whole batch are left out of the
// products, and the velocities of rows that no error reaches wait until one does; none of
// that shows in a bit of the result. An epoch of Fashion-MNIST by MLP 784-800-800-10 in
// batches of 64 on noisy cells (BenchmarkPerceptronEpoch) takes 3.5 s of a core of an Intel
// Xeon with AVX-512 and AMX, 4.3 s without the latter. In turns with PyTorch 1.13 in plain
// floating point, without devices (neurosim/figures -steps), the epoch takes 0.77 of its
// time, and steps of VGG-8 with 20, 64 and 200 images 0.31, 0.25 and 0.21 of it.
// No step but the first, and those where units first fall silent, allocates memory.
//
// A step of VGG-8 on maps of CIFAR's size, with the precision and the cells of DNN+NeuroSim
// V2.1 (BenchmarkVGG8StepOf20 and those beside it), takes 0.17 s of that core with 20
// images, 0.44 s with 64 and 1.3 s with 200; by Reference V21, in the arithmetic of the
// reference, 0.30 s with 20. The reference's own step took 2.1 s of a core of another
// machine with 20 images, and 8.3 s with 200.
//
// Two threads take steps 1.8 to 1.9 times as fast as one by the clock, to the same bits:
// 1.79 for that perceptron, 1.94, 1.81 and 1.82 for VGG-8 with 20, 64 and 200 images, on a
// machine of two processors (go run ./neurosim/figures -threads).
package train

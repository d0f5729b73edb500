// Command figures measures the simulator's products, reads of arrays and training steps beside
// those of other programs, in turns, so that the load of the machine meets both alike; a turn
// of training is several steps, so that both find their data in the caches as usual:
//
//	go run ./neurosim/figures              products, beside OpenBLAS
//	go run ./neurosim/figures -path AVX2   by the kernels of a lower level
//	go run ./neurosim/figures -reads       reads of arrays too, beside NumPy
//	go run ./neurosim/figures -steps       training steps and an epoch too, beside PyTorch
//	go run ./neurosim/figures -threads     training steps on one thread and on two
//
// The others run in a Python process (-python), which calls libopenblas by ctypes, and NumPy
// and PyTorch by their API: Debian has them as libopenblas0-pthread, python3-numpy and
// python3-torch. The program of NumPy makes the same reads from their equations, each
// subarray's by a product of matrices; where reads are noisy it draws a number for each cell
// of each read. OpenBLAS
// is told to use its kernels of the same level (OPENBLAS_CORETYPE), which it does not
// choose by itself on every processor. All use one thread. Times are those of the
// processor, of which a loaded machine has as many as an idle one; a figure is the
// median of the rounds, and so is a ratio: above 1 is faster than the other program.
//
// What threads gain shows on the clock alone: there a figure is the least of the rounds,
// and needs a machine on which two processors are idle now and then.
package main

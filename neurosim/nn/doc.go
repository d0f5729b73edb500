// Package nn has the networks that are trained on crossbars: dense layers whose
// weights are conductances, with quantised weights, activations and errors, and
// with everything kept from the forward pass that a learning rule may need.
//
// The quantisers are those of S. Wu, G. Li, F. Chen and L. Shi, "Training and
// inference with integers in deep neural networks" (WAGE), ICLR 2018: with
// S(b) = 2^(b-1) and d(b) = 1/S(b),
//
//	C(x,b) = x clipped to ±(1-d),   Q(x,b) = round(x S)/S,
//
// errors are divided by the power of two closest to their largest magnitude
// before they are clipped and rounded, and the gradient is straight through a
// quantiser but stops where C clips.
//
// Arithmetic is in single precision, and sums are made in an order that does not
// depend on the number of processors.
package nn

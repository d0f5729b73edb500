// Package nn has the networks that are trained on crossbars: dense layers and
// convolutions whose weights are conductances, with pools, normalisation, dropout and
// residual sums between them, with quantised weights, activations and errors, and
// with everything kept from the forward pass that a learning rule may need.
//
// [MLP] describes a perceptron, [Sequential] any other network by its layers, which
// [Residual] and [Concat] make a graph, and
// [LeNet5], [VGG8] and [ResNet20] are those of the papers. A [Net] is plain data: a line
// of text that [Net.Validate] checks, with the layer named. [Build] gives it weights.
//
// A [Network] lists its layers with weights only, which is what a learning rule sees: a
// forward pass leaves each one's input X, weighted sums A and room for the error E in a
// [Pass]. Maps are stored row by row, pixel by pixel, the channels innermost, and so are
// the weights of kernels. A convolution is a product of matrices as a dense layer's is,
// of patches of the map and kernels, so that both read a crossbar alike.
//
// The quantisers are those of S. Wu, G. Li, F. Chen and L. Shi, "Training and
// inference with integers in deep neural networks" (WAGE), ICLR 2018: with
// S(b) = 2^(b-1) and d(b) = 1/S(b),
//
//	C(x,b) = x clipped to ±(1-d),   Q(x,b) = round(x S)/S,
//
// errors are divided by the power of two closest to their largest magnitude
// before they are clipped and rounded, and the gradient is straight through a
// quantiser but stops where C clips. What is quantised are weighted sums before their
// activation function: behind a batch normalisation or a residual sum, if one follows.
//
// Arithmetic is in single precision, and sums are made in an order that does not
// depend on the number of processors. What the gradient of a weight adds up over a batch
// is exact and rounded once, where all its errors and inputs are whole multiples of the
// steps of quantisers of up to 8 bits: these sums alone can outgrow single precision.
package nn

package nn

// Shape is the size of one weighted layer, whose weights are a matrix of Out x In.
type Shape struct {
	In     int    // inputs of each weighted sum: rows of the crossbar
	Out    int    // weighted sums, or kernels: columns of the crossbar
	Window Window // of a convolution; zero: a dense layer
	Pool   int    // side of the maximum pooling that follows; 0: none
}

// Weights returns the number of weights.
func (s Shape) Weights() int { return s.In * s.Out }

// Positions returns how many sums of each kind the layer makes of one image: the
// positions of a kernel, 1 for a dense layer.
func (s Shape) Positions() int {
	if s.Window == (Window{}) {
		return 1
	}
	return s.Window.OutHeight() * s.Window.OutWidth()
}

// Units returns the number of outputs for an image, all positions counted.
func (s Shape) Units() int { return s.Out * s.Positions() }

// Window is how the kernels of a convolution go over a map. A map is stored row by
// row, and a row pixel by pixel: its channels are innermost. The weights of a kernel
// are in the same order.
type Window struct {
	Height, Width, Channels   int // of the map, without padding
	KernelHeight, KernelWidth int
	Stride                    int // from one position to the next, 1 or more
	PadHeight, PadWidth       int // zeros around the map, on each side
	Groups                    int // into which channels and kernels are divided, 1 or more
}

// OutHeight returns the rows of the map that comes out.
func (w Window) OutHeight() int {
	return (w.Height+2*w.PadHeight-w.KernelHeight)/w.Stride + 1
}

// OutWidth returns the columns of the map that comes out.
func (w Window) OutWidth() int {
	return (w.Width+2*w.PadWidth-w.KernelWidth)/w.Stride + 1
}

// depth is the number of channels that a kernel sees.
func (w Window) depth() int { return w.Channels / w.Groups }

// patch is the number of values under a kernel.
func (w Window) patch() int { return w.KernelHeight * w.KernelWidth * w.depth() }

// plain says that a patch is a pixel: the maps themselves are the patches.
func (w Window) plain() bool {
	return w.KernelHeight == 1 && w.KernelWidth == 1 && w.Stride == 1 &&
		w.PadHeight == 0 && w.PadWidth == 0 && w.Groups == 1
}

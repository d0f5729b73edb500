package nn

// The weights of a kernel are stored position by position, the channels innermost, as
// maps are; so are those of a dense layer that takes a map. Other programs store them
// channel by channel.

// ChannelsFirst returns numbers in the order of layer i's weights in the order of
// PyTorch: of a convolution, kernel by kernel, in it channel by channel, and in that
// row by row.
func (n *Network) ChannelsFirst(i int, weights []float32) []float32 {
	to := make([]float32, len(weights))
	n.eachWeight(i, func(first, last int) { to[first] = weights[last] })
	return to
}

// ChannelsLast is the inverse of [Network.ChannelsFirst].
func (n *Network) ChannelsLast(i int, weights []float32) []float32 {
	to := make([]float32, len(weights))
	n.eachWeight(i, func(first, last int) { to[last] = weights[first] })
	return to
}

// eachWeight visits the places of a weight with the channels first and last.
func (n *Network) eachWeight(i int, visit func(first, last int)) {
	l, under := n.Layers[i], n.under(i)
	for row := range l.Out {
		for pixel := range under.pixels() {
			for c := range under.channels {
				visit(row*l.In+c*under.pixels()+pixel, row*l.In+pixel*under.channels+c)
			}
		}
	}
}

// under is the part of a map that a weighted sum of layer i sees.
func (n *Network) under(i int) dims {
	node := n.nodes[n.layers[i]]
	if w := node.shape.Window; w != (Window{}) {
		return dims{w.depth(), w.KernelHeight, w.KernelWidth}
	}
	return n.nodes[node.in[0]].to
}

package nn

import (
	"errors"
	"fmt"
	"math"
	"sync/atomic"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// ErrNotFinite is the cause when a forward pass comes to NaN or infinity.
var ErrNotFinite = errors.New("a number is not finite")

// finite says which value that came out of node k is not finite, and why.
func (n *Network) finite(p *Pass, k int) error {
	at := &p.nodes[k]
	values, what := at.y, "output"
	if k == 0 {
		values, what = at.x, "value"
	}
	i := p.NotFinite(values.Data)
	if i < 0 {
		return nil
	}
	node, cause := &n.nodes[k], "its inputs are finite"
	switch {
	case k == 0:
		cause = "the data have it"
	case node.layer >= 0:
		cause = n.weightCause(node.layer, at.x)
	}
	return fmt.Errorf("nn: %s: %w: %s %d of image %d is %g: %s",
		node.name, ErrNotFinite, what, i%values.Cols, i/values.Cols, values.Data[i], cause)
}

// weightCause looks for the cause in the weights of a layer, and in how they are read.
func (n *Network) weightCause(layer int, x Matrix) string {
	l := n.Layers[layer]
	if i := NotFinite(l.W.Data); i >= 0 {
		return fmt.Sprintf("weight %d of kernel %d is %g", i%l.In, i/l.In, l.W.Data[i])
	}
	if i := NotFinite(l.Bias); i >= 0 {
		return fmt.Sprintf("bias %d is %g", i, l.Bias[i])
	}
	largest := MaxAbs(l.W.Data)
	r := n.reads.Reference
	if mayOverflow := float64(l.In)*float64(largest)*float64(MaxAbs(x.Data)) > math.MaxFloat32; r != "" && !mayOverflow {
		return fmt.Sprintf("inputs and weights are finite; reads by Reference %q make NaN of a converter's sums that are all the same, reads without it do not", r)
	}
	return fmt.Sprintf("inputs and weights are finite, their sum is too large (largest weight %.3g)", largest)
}

// NotFinite returns where the first NaN or infinity is, -1 when there is none.
func NotFinite(x []float32) int {
	if m := simd.Largest(x); m-m == 0 {
		return -1
	}
	for i, v := range x {
		if v-v != 0 {
			return i
		}
	}
	return -1
}

// NotFinite is the function of this name, on all processors.
func (p *Pass) NotFinite(x []float32) int {
	c := &p.checks
	c.x = x
	c.broken.Store(false)
	parallel.Run(len(x), c)
	if c.broken.Load() {
		return NotFinite(x)
	}
	return -1
}

// checking looks for what is not finite. It is the body of its loop.
type checking struct {
	x      []float32
	broken atomic.Bool
}

func (c *checking) Do(first, end int) {
	if NotFinite(c.x[first:end]) >= 0 {
		c.broken.Store(true)
	}
}

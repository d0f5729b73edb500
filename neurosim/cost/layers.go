package cost

import (
	"fmt"

	"crossbook/neurosim/internal/check"
)

// Activity is what a layer's data are like on average. The zero value stands for
// [Typical].
type Activity struct {
	Ones    float64 // share of the input bits that are one, 0 to 1
	Weight  float64 // mean weight, -1 to 1
	Changed float64 // share of the weights that an update changes, 0 to 1
	Steps   float64 // conductance levels that such a weight moves by, on average

	// Planes is Ones of each bit plane of the inputs, the sign first. nil: all alike.
	// It counts where there are as many as Chip.InputBits.
	Planes []float64
}

func (a Activity) unknown() bool {
	return a.Ones == 0 && a.Weight == 0 && a.Changed == 0 && a.Steps == 0 && a.Planes == nil
}

// reads lists the shares of ones of so many bit planes, and how many planes have
// each.
func (a Activity) reads(bits int) (ones []float64, planes int) {
	if len(a.Planes) == bits {
		return a.Planes, 1
	}
	return []float64{a.Ones}, bits
}

// Typical is what stands for data that are not known: three of ten input bits
// are ones, weights are balanced, and of ten weights three move by two levels in an
// update.
func Typical() Activity { return Activity{Ones: 0.3, Changed: 0.3, Steps: 2} }

// Trace is a layer's own data. With it every column of every subarray is priced
// with the resistance that it has for each bit plane of the inputs.
type Trace struct {
	Weights []float64 // -1 to 1 at the end of the epoch; inputs × outputs, row-major
	Before  []float64 // and before the last update; nil: no change
	Inputs  []uint8   // 0 or 1; inputs × (windows · bits), the highest bit of each window first
}

// Layer is one layer of the network that a chip is made for.
type Layer struct {
	Shape
	Activity Activity // used without a Trace
	Trace    Trace
}

// largest numbers that a layer may have.
const (
	mostPixels  = 1 << 14
	mostWeights = 1 << 20
)

func (l Layer) validate(p *check.Problems, path string, inputBits int) {
	p.Int(path+".Height", l.Height, 1, mostPixels)
	p.Int(path+".Width", l.Width, 1, mostPixels)
	p.Int(path+".Channels", l.Channels, 1, mostWeights)
	p.Int(path+".KernelHeight", l.KernelHeight, 1, max(1, l.Height))
	p.Int(path+".KernelWidth", l.KernelWidth, 1, max(1, l.Width))
	p.Int(path+".Kernels", l.Kernels, 1, mostWeights)
	p.Int(path+".Stride", l.Stride, 0, max(1, l.Height))
	p.Float(path+".Activity.Ones", l.Activity.Ones, 0, 1)
	p.Float(path+".Activity.Weight", l.Activity.Weight, -1, 1)
	p.Float(path+".Activity.Changed", l.Activity.Changed, 0, 1)
	p.Float(path+".Activity.Steps", l.Activity.Steps, 0, mostLevels)
	for i, ones := range l.Activity.Planes {
		p.Float(fmt.Sprintf("%s.Activity.Planes[%d]", path, i), ones, 0, 1)
	}
	if len(*p) == 0 && l.Trace.Weights != nil {
		l.Trace.validate(p, path+".Trace", l.Shape, inputBits)
	}
}

func (t Trace) validate(p *check.Problems, path string, s Shape, inputBits int) {
	weights, inputs := s.rows()*s.Kernels, s.rows()*s.allWindows()*inputBits
	sized := func(field string, got, want int) {
		if got != want {
			p.Add(path+"."+field, nil, fmt.Sprintf("has %d elements; allowed: %d", got, want))
		}
	}
	sized("Weights", len(t.Weights), weights)
	if t.Before != nil {
		sized("Before", len(t.Before), weights)
	}
	sized("Inputs", len(t.Inputs), inputs)
	for i, w := range t.Weights {
		if !(w >= -1 && w <= 1) {
			p.Float(fmt.Sprintf("%s.Weights[%d]", path, i), w, -1, 1)
			return
		}
	}
	for i, w := range t.Before {
		if !(w >= -1 && w <= 1) {
			p.Float(fmt.Sprintf("%s.Before[%d]", path, i), w, -1, 1)
			return
		}
	}
}

// operand maps the layer to cells, and gives the share of its active bits.
func (d *design) operand(l Layer) (*operand, float64) {
	o := &operand{rows: l.rows(), cols: l.Kernels * d.cells, vectors: l.allWindows() * d.inputBits}
	if l.Trace.Weights == nil {
		o.activity = l.Activity
		if o.activity.unknown() {
			o.activity = Typical()
		}
		return o, o.activity.Ones
	}
	o.now, o.bits = d.conductances(l.Trace.Weights), l.Trace.Inputs
	o.old = o.now
	if l.Trace.Before != nil {
		o.old = d.conductances(l.Trace.Before)
	}
	ones := 0
	for _, b := range o.bits {
		if b != 0 {
			ones++
		}
	}
	return o, float64(ones) / float64(len(o.bits))
}

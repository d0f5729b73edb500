package train

import (
	"fmt"
	"math"
	"slices"

	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// Programmed is what it took to program the cells of a layer by the device's
// Programming: to the first weights, or to the changes of an epoch.
type Programmed struct {
	Epoch    int  // 0: the first weights
	Layer    int  // 1 for that next to the input
	Feedback bool // of the feedback weights that learn in its place
	device.Effort
}

// String says it in one line.
func (p Programmed) String() string {
	what := "weights"
	if p.Feedback {
		what = "feedback weights"
	}
	if p.Epoch == 0 {
		return fmt.Sprintf("layer %d, first %s: %v", p.Layer, what, p.Effort)
	}
	return fmt.Sprintf("layer %d, epoch %d, %s: %v", p.Layer, p.Epoch, what, p.Effort)
}

// install programs the first weights of a layer.
func (o *inSitu) install(j Job, index int, l *nn.Weights) (effort device.Effort, ok bool) {
	if j.Device.Program == (device.Programming{}) {
		return effort, false
	}
	targets, w := slices.Clone(l.W.Data), l.W.Data
	noise := rng.New(j.Seed, "programming", index, 0)
	efforts := make([]device.Effort, len(w)/parallel.Chunk+1)
	parallel.For(len(w), func(first, end int) {
		o.cells.Erase(w[first:end], first)
		efforts[first/parallel.Chunk] = o.cells.Program(w[first:end], targets[first:end], first, noise)
	})
	copy(o.kept, w)
	l.Refresh()
	for _, e := range efforts {
		effort = effort.Plus(e)
	}
	return effort, true
}

// verify programs the cells that a step changes, by pulses n or by steps of weight: what
// it asks for is their target.
func (o *inSitu) verify(w, change []float32, first int) {
	var buffer [parallel.Chunk]float32
	targets := buffer[:len(w)]
	by := o.rate
	if o.pulse != 0 {
		by = o.pulse
	}
	for i, v := range w {
		if targets[i] = float32(math.NaN()); change[i] != 0 {
			targets[i] = min(max(v-float32(by*change[i]), -o.limit), o.limit)
		}
	}
	o.programmed[first/parallel.Chunk] = o.cells.Program(w, targets, first, o.stepping)
}

// effort is that of the last step.
func (o *inSitu) effort() (sum device.Effort) {
	for _, e := range o.programmed {
		sum = sum.Plus(e)
	}
	return sum
}

// programmedIn is what an epoch's verified updates took; the next epoch begins anew.
func (t *training) programmedIn(epoch int) []Programmed {
	var list []Programmed
	add := func(optimisers []optimiser, feedback bool) {
		for i, o := range optimisers {
			if o, ok := o.(*inSitu); ok && o.programmed != nil {
				list = append(list, Programmed{epoch, i + 1, feedback, o.efforts})
				o.efforts = device.Effort{}
			}
		}
	}
	add(t.optimisers, false)
	if t.mirror != nil {
		add(t.mirror.optimisers, true)
	}
	return list
}

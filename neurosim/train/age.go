package train

import (
	"context"
	"fmt"
	"slices"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/nn"
)

// aged is the loop in which the cells of a layer are left alone for some seconds.
type aged struct {
	*inSitu
	lists    [][]float32 // of weights
	now      int         // number of the step
	stepTime float64     // from one step to the next
	seconds  float64
}

// Do ages some cells.
func (a *aged) Do(first, end int) {
	var buffer [parallel.Chunk]float32
	ages := buffer[:end-first]
	for i, number := range a.written[first:end] {
		ages[i] = float32((float64(a.now) - float64(number)) * a.stepTime)
	}
	for _, w := range a.lists {
		a.cells.Age(w[first:end], ages, first, a.seconds)
	}
}

// age leaves the cells of a layer alone for some seconds.
func (t *training) age(o *inSitu, l *nn.Weights, seconds float64) {
	a := &aged{inSitu: o, lists: [][]float32{l.W.Data}, now: t.steps, stepTime: t.Settings.StepTime, seconds: seconds}
	if o.kept != nil {
		a.lists = append(a.lists, o.kept)
	}
	parallel.Run(len(l.W.Data), a)
	l.Refresh()
}

// wait is the time from one step to the next.
func (t *training) wait() {
	if t.Settings.StepTime == 0 {
		return
	}
	each := func(layers []*nn.Weights, optimisers []optimiser) {
		for i, l := range layers {
			if o, ok := optimisers[i].(*inSitu); ok && o.written != nil {
				t.age(o, l, t.Settings.StepTime)
			}
		}
	}
	each(t.net.Layers, t.optimisers)
	if t.mirror != nil {
		each(t.mirror.layers, t.mirror.optimisers)
	}
}

// after leaves the network alone for some seconds; back undoes it.
func (t *training) after(seconds float64) (back func()) {
	var undo []func()
	for i, l := range t.net.Layers {
		o, ok := t.optimisers[i].(*inSitu)
		if !ok || o.written == nil || seconds == 0 {
			continue
		}
		w, kept := slices.Clone(l.W.Data), slices.Clone(o.kept)
		undo = append(undo, func() {
			copy(l.W.Data, w)
			copy(o.kept, kept)
			l.Refresh()
		})
		t.age(o, l, seconds)
	}
	return func() {
		for _, one := range undo {
			one()
		}
	}
}

// TestAfter tests the network of the job in a state of its training, nil for the first
// one, once for each of some times in seconds that its devices are then left alone:
// what Settings.TestAfter says is not added. The epochs have no number.
func (j Job) TestAfter(ctx context.Context, s *State, seconds []float64) ([]Epoch, error) {
	j.From = s
	t, err := j.start(ctx)
	if err != nil {
		return nil, err
	}
	if s != nil {
		if err := t.restore(*s); err != nil {
			return nil, err
		}
	}
	var list []Epoch
	for _, after := range seconds {
		if !(after >= 0 && after <= mostSeconds) {
			return list, fmt.Errorf("train: %g seconds are not allowed; allowed: 0 to %g", after, float64(mostSeconds))
		}
		t.Settings.TestAfter = after
		var e Epoch
		if err := t.test(ctx, &e); err != nil {
			return list, fmt.Errorf("train: after %g s: %w", after, err)
		}
		list = append(list, e)
	}
	return list, nil
}

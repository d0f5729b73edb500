package cost

import (
	"errors"
	"fmt"
	"sync"
)

// source is what a report was made from, and the chip priced once more with the
// charges of every sum, as soon as somebody asks for them.
type source struct {
	work  Workload
	once  sync.Once
	again *explained
	err   error
}

// explained is a chip with the prices of its layers, charge by charge.
type explained struct {
	chip   *chip
	report *Report
	layers []layerCost
}

// explained prices the chip again, the first time that it is called.
func (r *Report) explained() (*explained, error) {
	if r.from == nil {
		if err := r.restore(); err != nil {
			return nil, err
		}
	}
	r.from.once.Do(func() { r.from.again, r.from.err = r.Chip.explained(r.from.work) })
	return r.from.again, r.from.err
}

// restore finds what a report from a file was made from.
func (r *Report) restore() error {
	if len(r.Layers) == 0 {
		return errors.New("the report is empty")
	}
	w := Workload{Layers: make(Network, len(r.Layers)), Schedule: r.Schedule}
	for i, l := range r.Layers {
		if l.Traced {
			return fmt.Errorf("the report comes from a file, which does not hold the trace that layer %d was priced with", i+1)
		}
		w.Layers[i] = Layer{Shape: l.Shape, Activity: l.Activity}
	}
	again, err := r.Chip.Estimate(w)
	if err != nil {
		return err
	}
	r.path, r.peakPath, r.staged = again.path, again.peakPath, again.staged
	r.waiting, r.from = again.waiting, again.from
	return nil
}

func (c Chip) explained(w Workload) (*explained, error) {
	d, err := w.on(c).design()
	if err != nil {
		return nil, err
	}
	d.explain = true
	placed, err := newChip(d, w)
	if err != nil {
		return nil, err
	}
	e := &explained{chip: placed}
	for i, l := range w.Layers {
		o, active := d.operand(l)
		e.layers = append(e.layers, placed.layerPrice(i, o, active))
	}
	e.report = placed.report(e.layers)
	return e, nil
}

// terms are those of a layer's latency or energy in one of its sums.
func (e *explained) terms(layer int, f field, q quantity) []term {
	a := e.layers[layer].ledger.of[f]
	if q == ofLatency {
		return a.latency
	}
	return a.energy
}

// leaks are the terms of the leakage of all tiles of a layer.
func (e *explained) leaks(layer int) []term {
	c, l := e.chip, e.layers[layer]
	list := changed(l.ledger.leakage, alike(float64(c.layers[layer].tiles())))
	if c.feedbackTiles == 0 {
		return list
	}
	memory := changed(l.feedbackLeaks, alike(float64(c.feedback[layer].tiles())))
	return joinAll(list, memory, 1, (*term).more)
}

package neurosim

import (
	"crossbook/neurosim/cost"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// Workload is what a chip has to do for the experiment, so that it can be priced
// without being run: its layers with typical activity, and the schedule of its
// rule. Fields of the chip that are 0 follow the experiment: precision, levels and
// on/off ratio of the device, the batch, and the number of batches where Data.Train
// tells that of the images. It fails where the experiment is not valid.
func (e Experiment) Workload() (cost.Workload, error) {
	if err := e.Validate(); err != nil {
		return cost.Workload{}, err
	}
	shapes, p := e.Net.Shapes(), e.Precision.For(e.Device)
	w := cost.Workload{
		Schedule: wholeFeedback(e.rule().Schedule(shapes), shapes), Batch: e.Train.Batch,
		SynapseBits: rounded(p.Weight), InputBits: rounded(p.Activation),
		Levels: e.Device.Levels, OnOff: e.Device.OnOff,
	}
	if n := e.Data.Train; n > 0 {
		batch := max(1, e.Train.Batch)
		if e.Train.Batch == 0 {
			batch = defaultBatch
		}
		w.Iterations = (n + batch - 1) / batch
	}
	chip, err := e.chipShapes()
	for i, s := range chip {
		l := cost.Layer{Shape: s}
		if groups := shapes[i].Window.Groups; groups > 1 {
			l.Activity = among(cost.Typical(), groups)
		}
		w.Layers = append(w.Layers, l)
	}
	return w, err
}

// rounded is a number of bits, 0 where nothing is rounded.
func rounded(bits int) int {
	if bits >= nn.Float {
		return 0
	}
	return bits
}

// Workload is that of the experiment with the activity that was recorded: the mean
// over all epochs. Without a finished epoch activity is typical.
func (r Result) Workload() (cost.Workload, error) {
	w, err := r.Experiment.Workload()
	if err != nil || len(r.Activity) == 0 {
		return w, err
	}
	levels := w.Levels
	if levels == 0 {
		levels = defaultLevels
	}
	w.Iterations = r.Activity[0].Batches
	shapes := r.Experiment.Net.Shapes()
	for i := range w.Layers {
		w.Layers[i].Activity = meanActivity(r.Activity, i+1, levels)
		if r.Experiment.Device.Program.Updates {
			r.countPulses(&w.Layers[i].Activity, i+1)
		}
		w.Layers[i].Activity = among(w.Layers[i].Activity, shapes[i].Window.Groups)
	}
	return w, nil
}

// countPulses sets the levels that a written weight moves by to the pulses that it took,
// where updates are verified. The reads that verify have no price.
func (r Result) countPulses(a *cost.Activity, layer int) {
	pulses, changed := 0.0, 0.0
	for _, one := range r.Activity {
		if one.Layer == layer {
			pulses += one.Updates.LTP + one.Updates.LTD
			changed += one.Updates.Changed
		}
	}
	if pulses > 0 && changed > 0 {
		a.Changed = changed / float64(len(r.Activity)/max(1, r.Experiment.layers()))
		a.Steps = min(max(pulses/changed, 1), device.MaxLevels)
	}
}

// layers is the number of layers with weights.
func (e Experiment) layers() int { return len(e.Net.Shapes()) }

// What stands for zeros: the levels of a chip, and the images of a batch.
const (
	defaultLevels = 64
	defaultBatch  = 200
)

// meanActivity is that of a layer over all epochs, for cells of so many levels.
func meanActivity(all []train.Activity, layer, levels int) cost.Activity {
	var a cost.Activity
	var size float64
	epochs := 0.0
	for _, one := range all {
		if one.Layer != layer {
			continue
		}
		epochs++
		if a.Planes == nil {
			a.Planes = make([]float64, len(one.Ones))
		}
		for p, ones := range one.Ones {
			a.Planes[p] += ones
			a.Ones += ones / float64(len(one.Ones))
		}
		a.Weight += one.Weights.Mean
		a.Changed += one.Updates.Changed
		size += one.Updates.Size
	}
	for p := range a.Planes {
		a.Planes[p] /= epochs
	}
	a.Ones /= epochs
	a.Weight = min(max(a.Weight/epochs, -1), 1)
	a.Changed /= epochs
	a.Steps = written(&a.Changed, size/epochs*float64(levels)/2)
	return a
}

// written is how many levels a weight that is written moves by, given how far all
// move on average. Of weights that would move by less than a level, so many are
// written as make up for it.
func written(changed *float64, levels float64) float64 {
	if *changed == 0 {
		return 0
	}
	steps := levels / *changed
	if steps < 1 {
		*changed *= steps
		return 1
	}
	return min(steps, device.MaxLevels)
}

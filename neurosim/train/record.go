package train

import (
	"context"
	"math"

	"crossbook/neurosim/nn"
)

// Record says what a training keeps of every layer beside its accuracy. The zero
// value keeps nothing and costs nothing; what is kept does not change what is
// learnt.
type Record struct {
	// Angle is the angle between the gradient that the rule gives a layer and
	// that of back-propagation through its present weights, on the first batch of
	// training images, after each epoch. Below 90 degrees the rule descends; how
	// feedback alignment comes there is told by M. Refinetti, S. d'Ascoli, R. Ohana
	// and S. Goldt, "Align, then memorise", ICML 2021.
	Angle bool

	// Weights is the distribution of the weights, which on devices are the
	// conductances in [-1,1], after each epoch.
	Weights bool

	// Updates is how often, how far and with how many pulses the weights were
	// moved over each epoch.
	Updates bool
}

// LayerRecord is what was kept of one layer in one epoch.
type LayerRecord struct {
	Epoch   int     // 1 for the first
	Layer   int     // 1 for that next to the input
	Kept    Record  // which of the following mean something
	Angle   float64 // in degrees, 0 to 180; 90 when one gradient is all zero
	Weights Spread
	Updates Moves
}

// Spread is a distribution of weights.
type Spread struct {
	Mean, Deviation float64 // Deviation is the standard deviation
	Least, Greatest float64

	// AtLimit is the share, 0 to 1, of weights at the end of their nominal range
	// (±1 with a device law) or beyond; 0 where nothing limits them.
	AtLimit float64
}

// Moves is a mean over the steps of an epoch and the weights of a layer.
type Moves struct {
	Changed  float64 // share of the weights that a step changes, 0 to 1
	Size     float64 // magnitude of the change of a weight by a step, unchanged ones included
	LTP, LTD float64 // pulses to a cell in a step; 0 with ideal or continuous devices
}

// recorder measures a training.
type recorder struct {
	moveCounter
	what Record
}

// moveCounter counts how steps move the weights.
type moveCounter struct {
	before []float32 // weights of the layer under way, before the step
	layers []tally
}

// tally sums up the steps of an epoch in one layer.
type tally struct {
	steps, changed, ltp, ltd int
	size                     float64
}

// newRecorder returns nil when there is nothing to keep.
func (t *training) newRecorder() *recorder {
	if t.Settings.Record == (Record{}) {
		return nil
	}
	return &recorder{moveCounter{layers: make([]tally, len(t.net.Layers))}, t.Settings.Record}
}

// counters are those that count this step.
func (t *training) counters() []*moveCounter {
	list := t.counting[:0]
	if t.recorder != nil && t.recorder.what.Updates {
		list = append(list, &t.recorder.moveCounter)
	}
	if t.observer.looking {
		list = append(list, &t.observer.moveCounter)
	}
	return list
}

// prepare is called before the weights of a layer change.
func (r *moveCounter) prepare(l *nn.Weights) { r.before = append(r.before[:0], l.W.Data...) }

// count is called after the weights of layer i have changed.
func (r *moveCounter) count(i int, l *nn.Weights, o optimiser) {
	c := &r.layers[i]
	c.steps++
	for k, w := range l.W.Data {
		if w != r.before[k] {
			c.changed++
			c.size += math.Abs(float64(w) - float64(r.before[k]))
		}
	}
	if o, ok := o.(*inSitu); ok {
		ltp, ltd := o.pulses()
		c.ltp += ltp
		c.ltd += ltd
	}
}

// moves is the mean of what was counted of n weights; it begins anew.
func (c *tally) moves(n int) Moves {
	each := float64(max(c.steps, 1)) * float64(n)
	m := Moves{
		Changed: float64(c.changed) / each, Size: c.size / each,
		LTP: float64(c.ltp) / each, LTD: float64(c.ltd) / each,
	}
	*c = tally{}
	return m
}

// record makes the records of an epoch that has ended.
func (t *training) record(ctx context.Context, number int) (History, error) {
	r := t.recorder
	if r == nil {
		return nil, nil
	}
	records := make(History, len(t.net.Layers))
	for i, l := range t.net.Layers {
		records[i] = LayerRecord{Epoch: number, Layer: i + 1, Kept: r.what}
		if r.what.Weights {
			records[i].Weights = t.spread(l)
		}
		if r.what.Updates {
			records[i].Updates = r.layers[i].moves(len(l.W.Data))
		}
	}
	if r.what.Angle {
		if err := t.angles(ctx, records); err != nil {
			return nil, err
		}
	}
	return records, nil
}

func (t *training) spread(l *nn.Weights) Spread {
	limit := float32(math.Inf(1))
	if t.onDevices || t.net.Precision.Weight < nn.Float {
		limit = nn.Limit(t.net.Precision.Weight)
	}
	n := float64(len(l.W.Data))
	s := Spread{Least: math.Inf(1), Greatest: math.Inf(-1)}
	for _, w := range l.W.Data {
		s.Mean += float64(w) / n
		s.Least, s.Greatest = min(s.Least, float64(w)), max(s.Greatest, float64(w))
		if w >= limit || w <= -limit {
			s.AtLimit += 1 / n
		}
	}
	for _, w := range l.W.Data {
		s.Deviation += (float64(w) - s.Mean) * (float64(w) - s.Mean) / n
	}
	s.Deviation = math.Sqrt(s.Deviation)
	return s
}

// angles asks the rule and then back-propagation for the errors of the first
// batch of training images.
func (t *training) angles(ctx context.Context, records History) error {
	numbers := make([]int, min(t.Settings.Batch, t.Data.Train.Len()))
	for i := range numbers {
		numbers[i] = i
	}
	x, labels := t.batch(t.Data.Train, numbers)
	if err := t.net.Forward(ctx, t.pass, x); err != nil {
		return diverged(err)
	}
	t.outputError(labels)
	if err := t.backward.Errors(ctx, t.net, t.pass); err != nil {
		return err
	}
	rule := make([]nn.Matrix, len(records))
	for i, l := range t.net.Layers {
		rule[i] = nn.NewMatrix(l.Out, l.In)
		t.net.Gradient(rule[i], t.pass, i)
	}
	t.outputError(labels)
	if err := chainFeedback(t.net.Layers).Errors(ctx, t.net, t.pass); err != nil {
		return err
	}
	for i, l := range t.net.Layers {
		bp := nn.NewMatrix(l.Out, l.In)
		t.net.Gradient(bp, t.pass, i)
		records[i].Angle = degrees(rule[i].Data, bp.Data)
	}
	return nil
}

// degrees is the angle between two vectors.
func degrees(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return 90
	}
	return 180 / math.Pi * math.Acos(min(max(ab/math.Sqrt(aa*bb), -1), 1))
}

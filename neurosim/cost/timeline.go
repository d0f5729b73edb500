package cost

import (
	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// turn is what a layer takes in the epoch, and when.
type turn struct {
	Phases
	start, known, end units.Second // of its error phase, of its error, of its update
	after             int          // layer whose turn or error it waited for; none: the forward phase
	whole             bool         // that layer's whole turn
}

// none is no layer.
const none = -1

// timeline is a training whose layers work one after the other in the forward
// phase, and then as the learning rule lets them. A layer computes its error (reads
// its feedback weights, and its own weights backwards for those that wait for it)
// once those that it waits for are known and its own outputs are; then come its
// gradient and its update. A gradient unit serves one layer at a time.
func (r *rule) timeline(layers []Phases) []turn {
	turns := make([]turn, len(layers))
	var forward units.Second
	for i, p := range layers {
		forward += p.Forward.Latency
		turns[i] = turn{Phases: p, start: forward, after: none}
	}
	latest := make([]int, r.units)
	for i := range latest {
		latest[i] = none
	}
	for _, i := range r.order {
		t := &turns[i]
		for _, j := range r.WaitsFor[i] {
			t.wait(j, turns[j].known, false)
		}
		if j := latest[r.unit[i]]; j != none {
			t.wait(j, turns[j].end, true)
		}
		latest[r.unit[i]] = i
		t.known = t.start + t.Error.Latency
		t.end = t.known + t.Gradient.Latency + t.Update.Latency
	}
	return turns
}

// wait lets a turn begin no sooner than a moment of another.
func (t *turn) wait(layer int, until units.Second, whole bool) {
	if until > t.start || until == t.start && t.after == none {
		t.start, t.after, t.whole = until, layer, whole
	}
}

// critical is the latency of each phase along the longest path of a timeline.
func (r *rule) critical(layers []Phases) Phases {
	turns := r.timeline(layers)
	last := 0
	for i, t := range turns {
		if t.end > turns[last].end {
			last = i
		}
	}
	var p Phases
	add := func(to *circuit.Action, a circuit.Action) { to.Latency += a.Latency }
	for i, whole := last, true; ; {
		t := turns[i]
		add(&p.Error, t.Error)
		if whole {
			add(&p.Gradient, t.Gradient)
			add(&p.Update, t.Update)
		}
		if t.after == none {
			p.Forward.Latency = t.start
			return p
		}
		i, whole = t.after, t.whole
	}
}

// staged is the latency of each phase where layers are the stages of a pipeline:
// the slowest layer's, and for gradients and updates the busiest unit's.
func (r *rule) staged(layers []Phases) Phases {
	var p Phases
	gradient, update := make([]units.Second, r.units), make([]units.Second, r.units)
	for i, l := range layers {
		p.Forward.Latency = max(p.Forward.Latency, l.Forward.Latency)
		p.Error.Latency = max(p.Error.Latency, l.Error.Latency)
		u := r.unit[i]
		gradient[u] += l.Gradient.Latency
		update[u] += l.Update.Latency
		p.Gradient.Latency = max(p.Gradient.Latency, gradient[u])
		p.Update.Latency = max(p.Update.Latency, update[u])
	}
	return p
}

// latencies replaces the latencies of a sum over layers.
func (p Phases) latencies(of Phases) Phases {
	p.Forward.Latency, p.Error.Latency = of.Forward.Latency, of.Error.Latency
	p.Gradient.Latency, p.Update.Latency = of.Gradient.Latency, of.Update.Latency
	return p
}

// queue is how long layers that work at the same time wait for each other at the
// memory: it moves the data of one at a time, and works from the first error on at
// the earliest.
func (c *chip) queue(layers []Phases, costs []layerCost, total units.Second) units.Second {
	var busy units.Second
	first := total
	for i, t := range c.rule.timeline(layers) {
		first = min(first, t.start)
		busy += costs[i].later.Latency
	}
	if c.pipelined {
		first = 0
		for i := range costs {
			busy += costs[i].dram.Latency - costs[i].later.Latency
		}
	}
	return max(0, first+busy-total)
}

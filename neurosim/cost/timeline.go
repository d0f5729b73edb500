package cost

import (
	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// counted says for each phase of whose layers the latencies add up to the chip's:
// those of the others go on at the same time.
type counted [updatePhase + 1][]bool

func newCounted(layers int, all bool) counted {
	var c counted
	for p := range c {
		c[p] = make([]bool, layers)
		for i := range c[p] {
			c[p][i] = all
		}
	}
	return c
}

// latencies gives a sum over layers the latencies of those that count.
func (c counted) latencies(sum Phases, layers []Phases) Phases {
	for p, a := range sum.each() {
		a.Latency = 0
		for i := range layers {
			if c[p][i] {
				a.Latency += layers[i].of(p).Latency
			}
		}
	}
	return sum
}

// each is the price of every phase, to be changed.
func (p *Phases) each() map[phase]*circuit.Action {
	return map[phase]*circuit.Action{
		forwardPhase: &p.Forward, errorPhase: &p.Error, gradientPhase: &p.Gradient, updatePhase: &p.Update,
	}
}

// turn is what a layer takes in an epoch, and when.
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
	if until > t.start {
		t.start, t.after, t.whole = until, layer, whole
	}
}

// critical is the longest path of a timeline.
func (r *rule) critical(layers []Phases) counted {
	turns := r.timeline(layers)
	at := 0
	for i, t := range turns {
		if t.end > turns[at].end {
			at = i
		}
	}
	c := newCounted(len(layers), false)
	for whole := true; ; at, whole = turns[at].after, turns[at].whole {
		c[errorPhase][at] = true
		c[gradientPhase][at], c[updatePhase][at] = whole, whole
		if turns[at].after == none {
			break
		}
	}
	for i := 0; i <= at; i++ {
		c[forwardPhase][i] = true
	}
	return c
}

// staged is what counts where layers are the stages of a pipeline: the slowest
// layer of a phase, and for gradients and updates those of the busiest unit.
func (r *rule) staged(layers []Phases) counted {
	c := newCounted(len(layers), false)
	for p := forwardPhase; p <= updatePhase; p++ {
		busy := make([]units.Second, max(len(layers), r.units))
		group := func(i int) int { return i }
		if p >= gradientPhase {
			group = func(i int) int { return r.unit[i] }
		}
		most := 0
		for i, l := range layers {
			busy[group(i)] += l.of(p).Latency
		}
		for i, t := range busy {
			if t > busy[most] {
				most = i
			}
		}
		for i := range layers {
			c[p][i] = group(i) == most
		}
	}
	return c
}

// stage takes the latencies of components from the layers that are slowest in them.
func (r *Report) stage() {
	own := map[category]*circuit.Action{
		inADC: &r.Components.ADC, inAccumulation: &r.Components.Accumulation, inOther: &r.Components.Other,
		inBuffer: &r.Components.Buffer, inWires: &r.Components.Wires,
	}
	r.staged = make([]int, partKinds)
	for part, a := range own {
		a.Latency = 0
		for i, l := range r.Layers {
			if t := l.Components.of(part).Latency; t > a.Latency {
				a.Latency, r.staged[part] = t, i
			}
		}
	}
}

// queue is how long layers that work at the same time wait for each other at the
// memory: it moves the data of one at a time, and works from the first error on at
// the earliest.
func (c *chip) queue(layers []Phases, costs []layerCost, total units.Second) units.Second {
	var busy units.Second
	first := total
	for i, t := range c.rule.timeline(layers) {
		first = min(first, t.start)
		busy += costs[i].later
	}
	if c.pipelined {
		first, busy = 0, 0
		for i := range costs {
			busy += costs[i].dram.Latency
		}
	}
	return max(0, first+busy-total)
}

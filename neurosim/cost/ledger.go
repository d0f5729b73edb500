package cost

import "slices"

// field is one of the sums of a layer's price.
type field int

const (
	forwardSum field = iota
	backSum
	peakForwardSum
	peakBackSum
	bufferSum
	wiresSum
	categorySum  // of the first category; the others follow
	writeSum     = categorySum + field(categories)
	peakWriteSum = writeSum + 1
	gradientSum  = writeSum + 2
	peakGradSum  = writeSum + 3
	dramSum      = writeSum + 4
	fields       = writeSum + 5
)

// ledger remembers the charges that every sum of a price consists of. A chip is
// priced without; explanations price it again with one. Its methods leave what it
// was made from as it is, because prices are copied, and do nothing for nil.
type ledger struct {
	of      [fields]account
	leakage []term
}

// account is the terms of one sum. Latencies are those of the slowest block.
type account struct{ latency, energy []term }

// term is a part of a figure: a product of counts and a price.
type term struct {
	name    string
	at      level
	part    category
	count   float64 // uses of a circuit
	units   float64 // of its kind that are used so
	factor  float64 // below 1 where copies share the work
	images  float64
	batches float64
	price   float64 // of one use; seconds, joules or watts
	mixed   bool    // price is a mean over different ones
}

func (t term) value() float64 {
	return t.count * t.units * t.factor * t.images * t.batches * t.price
}

// mostVariants is how many terms differ in no more than their price before they
// are one with their mean.
const mostVariants = 4

// add puts a charge in a sum.
func (l *ledger) add(f field, c charge) *ledger {
	if l == nil {
		return nil
	}
	sum := *l
	a := &sum.of[f]
	a.latency = join(a.latency, c.term(c.latency, float64(c.one.Latency)), (*term).again)
	a.energy = join(a.energy, c.term(c.energy, float64(c.one.Energy)), (*term).again)
	return &sum
}

func (c charge) term(count, price float64) term {
	return term{name: c.name, at: c.at, part: c.part, count: count, units: 1, factor: 1, images: 1, batches: 1, price: price}
}

// join adds a term to a list: to an equal one by the function given, or at the
// end.
func join(list []term, t term, equal func(*term, term) bool) []term {
	if t.value() == 0 {
		return list
	}
	list = slices.Clone(list)
	variants, last := 0, 0
	for i := range list {
		if list[i].name != t.name || list[i].at != t.at || list[i].part != t.part {
			continue
		}
		if equal(&list[i], t) {
			return list
		}
		variants++
		last = i
	}
	if variants >= mostVariants || variants > 0 && list[last].mixed {
		list[last].mix(t)
		return list
	}
	return append(list, t)
}

// again counts a term that is used once more.
func (t *term) again(other term) bool {
	same := *t
	same.count = other.count
	if same != other || t.mixed {
		return false
	}
	t.count += other.count
	return true
}

// more counts a term of one more block.
func (t *term) more(other term) bool {
	same := *t
	same.units = other.units
	if same != other || t.mixed {
		return false
	}
	t.units += other.units
	return true
}

// mix makes one term of two with a mean price.
func (t *term) mix(other term) {
	sum := t.value() + other.value()
	uses := t.value()/t.price + other.value()/other.price
	*t = term{
		name: t.name, at: t.at, part: t.part, count: uses, units: 1, factor: 1,
		images: 1, batches: 1, price: sum / uses, mixed: true,
	}
}

// plus adds so many times what another ledger has.
func (l *ledger) plus(other *ledger, times float64) *ledger {
	if l == nil || other == nil {
		return l
	}
	sum := *l
	for f := range sum.of {
		a, b := &sum.of[f], other.of[f]
		a.latency = joinAll(a.latency, b.latency, times, (*term).again)
		a.energy = joinAll(a.energy, b.energy, times, (*term).again)
	}
	return &sum
}

func joinAll(list, others []term, times float64, equal func(*term, term) bool) []term {
	for _, t := range others {
		t.count *= times
		list = join(list, t, equal)
	}
	return list
}

// beside adds what works at the same time: slower says of which sums it has the
// longer latency. Writes come one after the other.
func (l *ledger) beside(other *ledger, slower [writeSum]bool) *ledger {
	if l == nil || other == nil {
		return l
	}
	sum := *l
	for f := range sum.of {
		a, b := &sum.of[f], other.of[f]
		switch {
		case field(f) >= writeSum:
			a.latency = joinAll(a.latency, b.latency, 1, (*term).more)
		case slower[f]:
			a.latency = b.latency
		}
		a.energy = joinAll(a.energy, b.energy, 1, (*term).more)
	}
	sum.leakage = other.leakage
	return &sum
}

// peak takes the sums of the phases as those without the movement of data.
func (l *ledger) peak() *ledger {
	if l == nil {
		return nil
	}
	sum := *l
	sum.of[peakForwardSum], sum.of[peakBackSum], sum.of[peakWriteSum] = sum.of[forwardSum], sum.of[backSum], sum.of[writeSum]
	return &sum
}

// backward takes what was read forward for the error phase's, and the other way
// round.
func (l *ledger) backward() *ledger {
	if l == nil {
		return nil
	}
	sum := *l
	sum.of[forwardSum], sum.of[backSum] = l.of[backSum], l.of[forwardSum]
	sum.of[peakForwardSum], sum.of[peakBackSum] = l.of[peakBackSum], l.of[peakForwardSum]
	return &sum
}

// scale changes the terms of one sum by functions for latencies and energies;
// nil leaves them.
func (l *ledger) scale(f field, latency, energy func(*term)) *ledger {
	if l == nil {
		return nil
	}
	sum := *l
	a := &sum.of[f]
	a.latency, a.energy = changed(a.latency, latency), changed(a.energy, energy)
	return &sum
}

func changed(list []term, change func(*term)) []term {
	if change == nil {
		return list
	}
	list = slices.Clone(list)
	for i := range list {
		change(&list[i])
	}
	return list
}

// shared divides the work among copies.
func shared(copies float64) func(*term) {
	return func(t *term) { t.factor /= copies }
}

// repeated multiplies the uses.
func repeated(n float64) func(*term) {
	return func(t *term) { t.count *= n }
}

// alike multiplies the units that are used.
func alike(n float64) func(*term) {
	return func(t *term) { t.units *= n }
}

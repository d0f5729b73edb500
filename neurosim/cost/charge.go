package cost

import "crossbook/neurosim/cost/circuit"

// charge is what a circuit is used for: so many times the price of one use. Every
// figure of latency and energy is a sum of charges.
type charge struct {
	name            string
	at              level
	part            category
	one             circuit.Action
	latency, energy float64 // how many uses count: fewer latencies where uses overlap
}

// level is where in the chip a circuit stands.
type level int

const (
	atSubarray level = iota
	atElement
	atTile
	atChip
	atMemory
)

// uses is so many uses, one after the other.
func uses(name string, n float64, one circuit.Action) charge {
	return charge{name: name, one: one, latency: n, energy: n}
}

// inAll is so many uses by what they cost together.
func inAll(name string, n float64, all circuit.Action) charge {
	if n == 0 {
		return uses(name, 1, all)
	}
	return uses(name, n, all.Times(1/n))
}

func (c charge) total() circuit.Action { return split(c.one, c.latency, c.energy) }

// of says where the circuit stands and what it is for.
func (c charge) of(at level, part category) charge {
	c.at, c.part = at, part
	return c
}

// times is the same so many times.
func (c charge) times(n float64) charge {
	c.latency *= n
	c.energy *= n
	return c
}

// loose is the latency without the energy.
func (c charge) loose() charge {
	c.energy = 0
	return c
}

// spent is the energy without the latency.
func (c charge) spent() charge {
	c.latency = 0
	return c
}

// together leaves the latency to the slower of two that work at the same time.
func together(a, b charge) (charge, charge) {
	if a.total().Latency >= b.total().Latency {
		return a, b.spent()
	}
	return a.spent(), b
}

package circuit

import "sync"

// element is a gate with all that blocks ask of it.
type element struct {
	gate
	h, w    float64 // size
	in, out float64 // capacitances
	power   float64 // when idle
}

func (e element) area() float64 { return e.h * e.w }

func (k *Kit) element(g gate) element {
	if k.elements == nil {
		return k.newElement(g)
	}
	return k.elements.find(g, k.newElement)
}

func (k *Kit) newElement(g gate) element {
	size := k.gateSize(g)
	return element{
		gate: g,
		h:    float64(size.Height), w: float64(size.Width),
		in: k.inputCap(g), out: k.outputCap(g),
		power: k.leak(g) * float64(k.Vdd),
	}
}

// elements remembers gates; its methods are safe for concurrent use.
type elements struct {
	mutex sync.Mutex
	known map[gate]element
}

func (e *elements) find(g gate, make func(gate) element) element {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	found, ok := e.known[g]
	if !ok {
		found = make(g)
		e.known[g] = found
	}
	return found
}

// inverter is so many times the smallest one, balanced by the ratio of mobilities.
func (k *Kit) inverter(times float64) element {
	f := k.feature()
	return k.element(gate{inverter, 1, times * 2 * f, times * k.PNRatio * 2 * f, cellHeight * f})
}

// nand is the usual NAND, whose n-channels are as strong in a pair as one alone,
// so many times as large.
func (k *Kit) nand(inputs int, times float64) element {
	f := k.feature()
	return k.element(gate{nand, inputs, times * 4 * f, times * k.PNRatio * 2 * f, cellHeight * f})
}

func (k *Kit) smallNMOS() float64 { return 2 * k.feature() }

func (k *Kit) smallPMOS() float64 { return k.PNRatio * 2 * k.feature() }

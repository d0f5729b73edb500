package device

import (
	"fmt"
	"math"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/rng"
)

// Drift is the power law by which the conductance of phase-change and some other cells
// goes on its own since it was last written,
//
//	G(t) = G (1 + t/Start)^-ν,
//
// with an exponent ν of its own in each cell: D. Ielmini, A. L. Lacaita and D.
// Mantegazza, "Recovery and drift dynamics of resistance and threshold voltages in
// phase-change memories", IEEE Trans. Electron Devices 54(2), 2007, and, with the spread
// of a million cells, V. Joshi et al., "Accurate deep neural network inference using
// computational phase-change memory", Nature Communications 11, 2473, 2020 (there G t^-ν
// in units of the time of the first read; the 1 keeps it finite before). A write begins
// it anew (S. R. Nandakumar et al., "A phase-change memory model for neuromorphic
// computing", Journal of Applied Physics 124, 152135, 2018). Conductances stay between
// the lowest and the highest. The zero value is none.
type Drift struct {
	Exponent  float64 `json:",omitzero"` // mean of ν; below 0 conductances rise. -1 to 1
	Variation float64 `json:",omitzero"` // standard deviation of ν among the cells. 0 to 1
	Start     float64 `json:",omitzero"` // in seconds. 0 means 1. To 1e6

	// Pair is for weights that two cells hold, one for each sign: both drift, and the
	// weight toward 0. Else one cell holds a weight, which drifts toward the lowest.
	Pair bool `json:",omitzero"`
}

// Validate returns every field outside its range, nil when there is none.
func (d Drift) Validate() error {
	var p check.Problems
	p.Float("Exponent", d.Exponent, -1, 1)
	p.Float("Variation", d.Variation, 0, 1)
	p.Float("Start", d.Start, 0, 1e6)
	return p.Err()
}

// String says it in a few words.
func (d Drift) String() string {
	s := fmt.Sprintf("drift %g", d.Exponent)
	if d.Variation != 0 {
		s += fmt.Sprintf(" ± %g", d.Variation)
	}
	return s
}

// Retention is a loss of memory at a constant rate, that of a leaking capacitor or of
// thermally activated states: w(t) = Rest + (w - Rest) exp(-t/Lifetime), with a
// lifetime of its own for each cell, as of the capacitor cell of Y. Li et al.,
// "Capacitor-based cross-point array for analog neural network with record symmetry and
// linearity", VLSI 2018. The zero value is none.
type Retention struct {
	Lifetime  float64 `json:",omitzero"` // in seconds. 0: for ever. To 1e15
	Variation float64 `json:",omitzero"` // standard deviation of ln Lifetime among the cells. 0 to 5
	Rest      float64 `json:",omitzero"` // weight that is left in the end. -1 to 1
}

// Validate returns every field outside its range, nil when there is none.
func (r Retention) Validate() error {
	var p check.Problems
	p.Float("Lifetime", r.Lifetime, 0, 1e15)
	p.Float("Variation", r.Variation, 0, 5)
	p.Float("Rest", r.Rest, -1, 1)
	if r.Lifetime == 0 && r != (Retention{}) {
		p.Add("Lifetime", 0, "above 0 to 1e+15 with Variation or Rest")
	}
	return p.Err()
}

// String says it in a few words.
func (r Retention) String() string { return fmt.Sprintf("lifetime %g s", r.Lifetime) }

// aging is what cells need to age.
type aging struct {
	drift     Drift
	retention Retention
	exponents []float32 // ν of each cell; nil: the mean
	rates     []float32 // 1/s of each cell; nil: the mean
	lowest    float64   // conductance at the lowest weight, as a share of the highest
	low, high float64   // weights at the ends of the nominal range
}

func (d Analog) newAging(f Fabrication) aging {
	a := aging{drift: d.Drift, retention: d.Retention, low: -1, high: 1}
	if d.OnOff != 0 {
		a.lowest = 1 / d.OnOff
	}
	if d.Law != "" {
		a.low, a.high = -float64(f.Limit)*(1-d.Skew), float64(f.Limit)*(1+d.Skew)
	}
	if a.drift.Start == 0 {
		a.drift.Start = 1
	}
	if v := d.Drift.Variation; v != 0 {
		a.exponents = make([]float32, f.Count)
		rng.New(f.Seed, "exponents of drift", f.Layer, 0).FillNormal(a.exponents, 0)
		for i, z := range a.exponents {
			a.exponents[i] = float32(d.Drift.Exponent + float64(v*float64(z)))
		}
	}
	if v := d.Retention.Variation; v != 0 {
		a.rates = make([]float32, f.Count)
		rng.New(f.Seed, "lifetimes", f.Layer, 0).FillNormal(a.rates, 0)
		for i, z := range a.rates {
			a.rates[i] = float32(math.Exp(-v*float64(z)) / d.Retention.Lifetime)
		}
	}
	return a
}

func (a *aging) drifts() bool { return a.drift.Exponent != 0 || a.drift.Variation != 0 }

// Ages says whether a weight changes in a cell that is left alone.
func (c *Cells) Ages() bool { return c.aging.drifts() || c.aging.retention.Lifetime > 0 }

// Age takes the weights of cells first, first+1 ... through some seconds in which they
// are left alone; before, ages[i] seconds have gone since the cell's last write.
func (c *Cells) Age(w, ages []float32, first int, seconds float64) {
	a := &c.aging
	for i := range w {
		before := float64(w[i])
		next := before
		if a.drifts() {
			next = a.drifted(next, first+i, seconds/(float64(ages[i])+a.drift.Start))
		}
		if a.retention.Lifetime > 0 {
			rate := 1 / a.retention.Lifetime
			if a.rates != nil {
				rate = float64(a.rates[first+i])
			}
			next = a.retention.Rest + float64((next-a.retention.Rest)*math.Exp(-seconds*rate))
		}
		w[i] = float32(next)
	}
	c.Hold(w, first)
}

// drifted is a weight after its cell has become older by a share.
func (a *aging) drifted(w float64, i int, share float64) float64 {
	exponent := a.drift.Exponent
	if a.exponents != nil {
		exponent = float64(a.exponents[i])
	}
	left := math.Exp(-exponent * math.Log1p(share))
	if a.drift.Pair {
		return min(max(w*left, a.low), a.high)
	}
	span := a.high - a.low
	conductance := a.lowest + float64((1-a.lowest)*((w-a.low)/span))
	conductance = min(max(float64(conductance*left), a.lowest), 1)
	return a.low + float64(span*((conductance-a.lowest)/(1-a.lowest)))
}

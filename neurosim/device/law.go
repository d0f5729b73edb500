package device

import (
	"math"

	"crossbook/neurosim/rng"
)

// The laws of [Analog.Law]. With s = 2/Levels, w between lo = -(1-Skew) and hi =
// 1+Skew, one pulse changes a weight by
//
//	ConstantStep  +s                     -s
//	LinearStep    +s (1 - LTP w/hi)      -s (1 - LTD w/lo)
//	SoftBounds    +s (1 - w/hi)          -s (1 - w/lo)
//	PowerStep     +s ((hi-w)/(hi-lo))^LTP  -s ((w-lo)/(hi-lo))^LTD
//
// and by the shapes of [Exponential] and [Piecewise]; a step never turns round. LTP
// steps are then larger by the share Asymmetry, and LTD steps smaller. The laws are
// those of T. Gokmen and Y. Vlasov, "Acceleration of deep neural network training with
// resistive cross-point devices: design considerations", Frontiers in Neuroscience
// 10, 333, 2016 (constant), S. Fusi and L. F. Abbott, "Limits on the memory storage
// capacity of bounded synapses", Nature Neuroscience 10, 2007 (soft bounds), and M.
// J. Rasch et al., "A flexible and fast PyTorch toolkit for simulating training and
// inference on analog crossbar arrays", AICAS 2021 (linear, power, exponential and
// piecewise).
const (
	ConstantStep    = "constant step"
	LinearStep      = "linear step"
	SoftBounds      = "soft bounds"
	PowerStep       = "power step"
	ExponentialStep = "exponential step"
	PiecewiseStep   = "piecewise step"
)

var lawNames = []string{ConstantStep, LinearStep, SoftBounds, PowerStep, ExponentialStep, PiecewiseStep}

// steps is a group of cells that take pulses one by one.
type steps struct {
	law      string
	up, down float64 // LTP and LTD
	noise    float64 // of a step, as a share of it
	group
	count int

	exponential Exponential
	ltp, ltd    []float64 // of the piecewise law
}

// newSteps makes cells; nil without a law.
func (d Analog) newSteps(f Fabrication) *steps {
	if d.Law == "" {
		return nil
	}
	limit := float64(f.Limit)
	s := &steps{
		law: d.Law, up: d.LTP, down: d.LTD, noise: d.StepNoise, count: f.Count,
		group: group{nominal: stepCell{
			size: 2 / float64(d.Levels), low: -limit * (1 - d.Skew), high: limit * (1 + d.Skew), asymmetry: d.Asymmetry,
		}},
		exponential: d.Exponential,
	}
	s.ltp, s.ltd = d.Piecewise.nodes()
	s.cells = d.differences(f, s.nominal)
	return s
}

// pulse moves a weight by one pulse without noise: LTP with up, else LTD.
func (s *steps) pulse(c stepCell, w float64, up bool) (change float64) {
	share := 1.0
	switch s.law {
	case LinearStep:
		share = 1 - max(0, s.down+c.bend)*w/s.nominal.low
		if up {
			share = 1 - max(0, s.up+c.bend)*w/s.nominal.high
		}
	case SoftBounds, PowerStep:
		share = s.bounded(c, w, up)
	case ExponentialStep:
		share = s.exponential.bent(c.bend).share(2*w/(c.high-c.low), up)
	case PiecewiseStep:
		share = s.interpolated((w-c.low)/(c.high-c.low), up)
	}
	if up {
		return c.size * max(share*(1+c.asymmetry), 0)
	}
	return -c.size * max(share*(1-c.asymmetry), 0)
}

// bounded is the share of a step that the bounds of the cell leave.
func (s *steps) bounded(c stepCell, w float64, up bool) float64 {
	end, exponent := c.low, max(0, s.down+c.bend)
	if up {
		end, exponent = c.high, max(0, s.up+c.bend)
	}
	if s.law == PowerStep {
		if c.high == c.low {
			return 0
		}
		return math.Pow(max(0, (end-w)/(end-(c.low+c.high-end))), exponent)
	}
	if end == 0 {
		return 0
	}
	return 1 - w/end
}

// Stepwise says whether the cells have a Law, and take pulses by [Cells.Pulse]
// instead of velocities by [Cells.Change].
func (c *Cells) Stepwise() bool { return c.laws != nil }

// Pulse gives cell first+i |n[i]| pulses: LTP for n < 0, LTD for n > 0. The noise of
// each comes from the stream, which is to be another one in every step. Cells must
// have a Law.
func (c *Cells) Pulse(w, n []float32, first int, noise rng.Stream) {
	s := c.laws
	for i, pulses := range n {
		cell, x, up := s.at(first+i), float64(w[i]), pulses < 0
		for p := range int(math.Abs(float64(pulses))) {
			change := s.pulse(cell, x, up)
			if s.noise != 0 {
				z := noise.Normal(uint64(first+i) + uint64(s.count)*uint64(p))
				change *= 1 + float64(s.noise*z)
			}
			x = min(max(x+change, cell.low), cell.high)
		}
		w[i] = float32(x)
	}
}

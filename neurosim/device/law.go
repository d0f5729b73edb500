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
	nominal  stepCell
	cells    []stepCell // nil: all are nominal
	count    int

	exponential Exponential
	ltp, ltd    []float64 // of the piecewise law
	write       float64   // deviation of the weight that is seen
}

// stepCell is what may differ from cell to cell.
type stepCell struct{ size, low, high, asymmetry float64 }

// newSteps makes cells; nil without a law.
func (d Analog) newSteps(f Fabrication) *steps {
	if d.Law == "" {
		return nil
	}
	limit := float64(f.Limit)
	s := &steps{
		law: d.Law, up: d.LTP, down: d.LTD, noise: d.StepNoise, count: f.Count,
		nominal:     stepCell{2 / float64(d.Levels), -limit * (1 - d.Skew), limit * (1 + d.Skew), d.Asymmetry},
		exponential: d.Exponential,
	}
	s.write = d.WriteNoise * s.nominal.size
	s.ltp, s.ltd = d.Piecewise.nodes()
	if d.StepVariation == 0 && d.RangeVariation == 0 && d.AsymmetryVariation == 0 {
		return s
	}
	s.cells = make([]stepCell, f.Count)
	normals := rng.New(f.Seed, "device-to-device of steps", f.Layer, 0)
	vary := func(i, k int, sigma float64) float64 {
		return max(0, 1+float64(sigma*normals.Normal(uint64(4*i+k))))
	}
	for i := range s.cells {
		s.cells[i] = stepCell{
			size: s.nominal.size * vary(i, 0, d.StepVariation),
			low:  s.nominal.low * vary(i, 1, d.RangeVariation),
			high: s.nominal.high * vary(i, 2, d.RangeVariation),

			asymmetry: s.nominal.asymmetry + float64(d.AsymmetryVariation*normals.Normal(uint64(4*i+3))),
		}
	}
	return s
}

func (s *steps) at(i int) stepCell {
	if s.cells == nil {
		return s.nominal
	}
	return s.cells[i]
}

// pulse moves a weight by one pulse without noise: LTP with up, else LTD.
func (s *steps) pulse(c stepCell, w float64, up bool) (change float64) {
	share := 1.0
	switch s.law {
	case LinearStep:
		share = 1 - s.down*w/s.nominal.low
		if up {
			share = 1 - s.up*w/s.nominal.high
		}
	case SoftBounds, PowerStep:
		share = s.bounded(c, w, up)
	case ExponentialStep:
		share = s.exponential.share(2*w/(c.high-c.low), up)
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
	end, exponent := c.low, s.down
	if up {
		end, exponent = c.high, s.up
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

// WriteNoise says whether the weight that is seen after a write is another one than
// the cell keeps: see [Cells.Seen].
func (c *Cells) WriteNoise() bool { return c.laws != nil && c.laws.write != 0 }

// Seen is what is seen of the weight that cell i keeps, after a write: with the noise
// of the stream, which is to be another one in every step, and within the range of the
// cell.
func (c *Cells) Seen(kept float32, i int, noise rng.Stream) float32 {
	cell := c.laws.at(i)
	seen := float64(kept) + c.laws.write*noise.Normal(uint64(i))
	return float32(min(max(seen, cell.low), cell.high))
}

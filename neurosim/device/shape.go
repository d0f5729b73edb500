package device

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"crossbook/neurosim/internal/check"
)

// Exponential shapes the step of the law ExponentialStep. With z = Slope u + Offset,
// u being the weight from -1 at the lower to 1 at the upper end of a range that is
// even about 0, the shares of the nominal step are
//
//	LTP  1 - LTP.Factor exp(LTP.Rate z)     LTD  1 - LTD.Factor exp(-LTD.Rate z)
//
// (M. J. Rasch et al., AICAS 2021).
type Exponential struct {
	LTP, LTD ExponentialTerm
	Slope    float64 // -10 to 10
	Offset   float64 // -10 to 10
}

// ExponentialTerm is one direction of an [Exponential].
type ExponentialTerm struct {
	Factor float64 // -1e6 to 1e6; 0: a constant step
	Rate   float64 // -100 to 100
}

// Validate returns every field outside its range, nil when there is none.
func (e Exponential) Validate() error {
	var p check.Problems
	p.Float("LTP.Factor", e.LTP.Factor, -1e6, 1e6)
	p.Float("LTP.Rate", e.LTP.Rate, -100, 100)
	p.Float("LTD.Factor", e.LTD.Factor, -1e6, 1e6)
	p.Float("LTD.Rate", e.LTD.Rate, -100, 100)
	p.Float("Slope", e.Slope, -10, 10)
	p.Float("Offset", e.Offset, -10, 10)
	return p.Err()
}

func (e Exponential) share(u float64, up bool) float64 {
	z := e.Slope*u + e.Offset
	if up {
		return 1 - e.LTP.Factor*math.Exp(e.LTP.Rate*z)
	}
	return 1 - e.LTD.Factor*math.Exp(-e.LTD.Rate*z)
}

// bent is the shape with other rates.
func (e Exponential) bent(by float64) Exponential {
	e.LTP.Rate += by
	e.LTD.Rate += by
	return e
}

// Piecewise shapes the step of the law PiecewiseStep: shares of the nominal step at
// weights that lie evenly from the lower to the upper end of the range, straight in
// between, as numbers with blanks: "1.8 1 0.4". [Analog.WithSteps] writes it.
type Piecewise struct {
	LTP, LTD string // 2 to 1024 numbers, 0 to 1e6
}

// maxNodes bounds the numbers of a [Piecewise] direction.
const maxNodes = 1024

// Validate returns what is wrong with the numbers, nil when there is nothing.
func (w Piecewise) Validate() error {
	var p check.Problems
	for _, side := range []struct{ name, text string }{{"LTP", w.LTP}, {"LTD", w.LTD}} {
		if _, err := parseNodes(side.text); err != nil {
			p.Add(side.name, err, fmt.Sprintf("2 to %d numbers from 0 to 1e6 with blanks between", maxNodes))
		}
	}
	return p.Err()
}

// nodes are the numbers of a valid shape.
func (w Piecewise) nodes() (ltp, ltd []float64) {
	ltp, _ = parseNodes(w.LTP)
	ltd, _ = parseNodes(w.LTD)
	return ltp, ltd
}

func parseNodes(text string) ([]float64, error) {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > maxNodes {
		return nil, fmt.Errorf("%d numbers", len(words))
	}
	nodes := make([]float64, len(words))
	for i, word := range words {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil || !(v >= 0 && v <= 1e6) {
			return nil, fmt.Errorf("%q", word)
		}
		nodes[i] = v
	}
	return nodes, nil
}

// interpolated is the share at a weight that is t of the way up its range.
func (s *steps) interpolated(t float64, up bool) float64 {
	nodes := s.ltd
	if up {
		nodes = s.ltp
	}
	at := min(max(t, 0), 1) * float64(len(nodes)-1)
	i := min(int(at), len(nodes)-2)
	return nodes[i] + (at-float64(i))*(nodes[i+1]-nodes[i])
}

// WithSteps returns the device with the law PiecewiseStep: ltp[i] and ltd[i] are the
// sizes of one step up and down, as shares of the nominal step 2/Levels, at weights
// that lie evenly from the lower to the upper end of the range. It is how a device
// model of one's own is written: compute the slices in any way.
func (d Analog) WithSteps(ltp, ltd []float64) Analog {
	d.Law, d.LTP, d.LTD, d.Exponential = PiecewiseStep, 0, 0, Exponential{}
	d.Piecewise = Piecewise{LTP: formatNodes(ltp), LTD: formatNodes(ltd)}
	return d
}

func formatNodes(nodes []float64) string {
	words := make([]string, len(nodes))
	for i, v := range nodes {
		words[i] = number(v)
	}
	return strings.Join(words, " ")
}

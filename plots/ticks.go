package plots

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// scale is one axis as it is drawn: its range, its ticks, and the power of ten
// that is taken out of the ticks' labels into the axis's label.
type scale struct {
	low, high float64
	log       bool
	ticks     []plot.Tick
	power     int  // ticks are labelled in units of 10^power
	turned    bool // labels below the axis run upward
}

// span is what an axis must show.
type span struct {
	low, high float64
	log       bool
	whole     bool // all values are whole numbers: so are the ticks
}

// ticked is an axis from low to high with at most `most` ticks at round values.
func (s span) ticked(most int) scale {
	out := scale{low: s.low, high: s.high, log: s.log}
	if s.log {
		if out.ticks = logTicks(s.low, s.high, most); out.ticks != nil {
			return out
		}
	}
	out.ticks, out.power = linearTicks(s, most)
	return out
}

// linearTicks are multiples of 1, 2 or 5 times a power of ten: the finest step
// that gives at most `most` of them.
func linearTicks(s span, most int) ([]plot.Tick, int) {
	digit, exponent := step(s, most)
	first := int(math.Ceil(s.low/times(digit, exponent) - 1e-9))
	var values []float64
	for i := range count(s, digit, exponent) {
		values = append(values, times((first+i)*digit, exponent))
	}
	power := commonPower(values)
	ticks := make([]plot.Tick, len(values))
	for i, v := range values {
		ticks[i] = plot.Tick{Value: v, Label: decimal(times((first+i)*digit, exponent-power), power-exponent)}
	}
	return ticks, power
}

// count is how many multiples of the step lie in the span; a hair beyond its
// ends counts, because 0.3 is not 3 times 0.1 in binary.
func count(s span, digit, exponent int) int {
	d := times(digit, exponent)
	return int(math.Floor(s.high/d+1e-9)-math.Ceil(s.low/d-1e-9)) + 1
}

// step is the smallest of 1, 2, 5 x 10^n that has at most `most` multiples in
// the span, and for whole numbers at least 1. It has at least one multiple there
// when `most` is 2 or more, because three multiples of a step are never without
// one of the next.
func step(s span, most int) (digit, exponent int) {
	width := (s.high - s.low) / float64(most+1)
	digit, exponent = 1, int(math.Floor(math.Log10(width)))
	if s.whole {
		exponent = max(0, exponent)
	}
	for times(digit, exponent) < width*(1-1e-9) || count(s, digit, exponent) > most {
		digit, exponent = coarser(digit, exponent)
	}
	return digit, exponent
}

// coarser is the next step of the sequence 1, 2, 5, 10, 20 ...
func coarser(digit, exponent int) (int, int) {
	switch digit {
	case 1:
		return 2, exponent
	case 2:
		return 5, exponent
	default:
		return 1, exponent + 1
	}
}

// times is n x 10^exponent, rounded once: dividing by a power of ten is exact
// where multiplying by its inverse is not.
func times(n, exponent int) float64 {
	if exponent < 0 {
		return float64(n) / math.Pow10(-exponent)
	}
	return float64(n) * math.Pow10(exponent)
}

// commonPower is the power of ten, a multiple of 3, that keeps labels short when
// values are large or small; 0 when they are neither.
func commonPower(values []float64) int {
	largest := 0.0
	for _, v := range values {
		largest = math.Max(largest, math.Abs(v))
	}
	if largest == 0 || (largest >= 0.01 && largest < 1e5) {
		return 0
	}
	return 3 * int(math.Floor(math.Log10(largest)/3+1e-9))
}

// decimal writes a tick's value with a real minus sign.
func decimal(v float64, decimals int) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', max(0, decimals), 64), "-", "−", 1)
}

// logTicks are powers of ten, or 1, 2, 5 or 1, 3 times those on short axes. It is nil
// when the range is too short for either.
func logTicks(low, high float64, most int) []plot.Tick {
	first, last := int(math.Ceil(math.Log10(low)-1e-9)), int(math.Floor(math.Log10(high)+1e-9))
	if last-first+1 >= 3 || (last-first+1 == 2 && most < 6) {
		return decades(first, last, most)
	}
	for _, digits := range [][]int{{1, 2, 5}, {1, 3}} {
		ticks, labelled := digitTicks(span{low: low, high: high}, first, last, digits)
		if labelled >= 3 && labelled <= most {
			return ticks
		}
	}
	return nil
}

// digitTicks are the multiples of the powers of ten from the one before first,
// labelled where they begin with one of the digits.
func digitTicks(s span, first, last int, digits []int) (ticks []plot.Tick, labelled int) {
	for e := first - 1; e <= last; e++ {
		for digit := 1; digit <= 9; digit++ {
			v := times(digit, e)
			if v < s.low*(1-1e-9) || v > s.high*(1+1e-9) {
				continue
			}
			tick := plot.Tick{Value: v}
			if slices.Contains(digits, digit) {
				tick.Label = logLabel(digit, e)
				labelled++
			}
			ticks = append(ticks, tick)
		}
	}
	return ticks, labelled
}

// fewPowers is up to how many powers of ten each get a tick, labelled or not.
const fewPowers = 40

// decades are ticks at powers of ten: all of them with small ticks between, or
// those whose exponent is a multiple of 2, 5, 10 ...
func decades(first, last, most int) []plot.Tick {
	digit, power := step(span{low: float64(first), high: float64(last), whole: true}, most)
	stride := int(times(digit, power))
	written := first >= -2 && last <= 3 // 0.01 to 1000 need no powers
	var ticks []plot.Tick
	for e := first - 1; e <= last; e++ {
		tick := plot.Tick{Value: times(1, e)}
		switch {
		case e%stride == 0 && written:
			tick.Label = decimal(tick.Value, -e)
		case e%stride == 0:
			tick.Label = fmt.Sprintf("10^{%d}", e)
		}
		if e >= first && (tick.Label != "" || last-first < fewPowers) {
			ticks = append(ticks, tick)
		}
		for digit := 2; digit <= 9 && stride == 1; digit++ {
			ticks = append(ticks, plot.Tick{Value: times(digit, e)})
		}
	}
	return ticks
}

// logLabel writes small powers out and others as a power.
func logLabel(digit, exponent int) string {
	switch {
	case exponent >= -2 && exponent <= 3:
		return decimal(times(digit, exponent), -exponent)
	case digit == 1:
		return fmt.Sprintf("10^{%d}", exponent)
	}
	return fmt.Sprintf("%d×10^{%d}", digit, exponent)
}

// withPower puts a power of ten into an axis's label, in front of its unit:
// "energy (J)" becomes "energy (10^{-9} J)".
func withPower(label string, power int) string {
	if power == 0 {
		return label
	}
	factor := fmt.Sprintf("10^{%d}", power)
	if i := strings.LastIndex(label, " ("); i >= 0 && strings.HasSuffix(label, ")") && i < len(label)-3 {
		return label[:i+2] + factor + " " + label[i+2:]
	}
	if label == "" {
		return factor
	}
	return label + " (" + factor + ")"
}

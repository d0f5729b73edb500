package array

import (
	"fmt"
	"strconv"
	"strings"

	"crossbook/neurosim/internal/check"
)

// maxNodes bounds the numbers of a transfer curve.
const maxNodes = 1024

// WithTransfer returns the array with converters of the given transfer curve: what
// they see of a sum, as a share of their range, for sums that lie evenly from the
// lower to the upper end of that, straight in between; 0.25, 0.5, 0.75 is a converter
// that sees half of every deviation from the middle. It is how an ADC model of one's
// own is written: compute the slice in any way. The curve need not rise. It comes
// before the converter's gain, offset, mismatch and code.
func (c Config) WithTransfer(shares []float64) Config {
	words := make([]string, len(shares))
	for i, v := range shares {
		words[i] = strconv.FormatFloat(v, 'g', -1, 64)
	}
	c.Transfer = strings.Join(words, " ")
	return c
}

// parseTransfer reads a transfer curve; none is nil.
func parseTransfer(text string) ([]float32, error) {
	words := strings.Fields(text)
	if len(words) == 0 && text == "" {
		return nil, nil
	}
	if len(words) < 2 || len(words) > maxNodes {
		return nil, fmt.Errorf("%d numbers", len(words))
	}
	nodes := make([]float32, len(words))
	for i, word := range words {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil || !(v >= -1 && v <= 2) {
			return nil, fmt.Errorf("%q", word)
		}
		nodes[i] = float32(v)
	}
	return nodes, nil
}

func (c Config) validateTransfer(p *check.Problems) {
	if _, err := parseTransfer(c.Transfer); err != nil {
		p.Add("Transfer", err, fmt.Sprintf("2 to %d numbers from -1 to 2 with blanks between", maxNodes))
	}
	if c.Transfer == "" {
		return
	}
	if c.Nonlinear {
		p.Add("Nonlinear", c.Nonlinear, "false with Transfer")
	}
	if max(c.ADCBits, c.ErrorADCBits, c.GradientADCBits) == 0 {
		p.Add("Transfer", "a curve", `"" without ADCBits`)
	}
}

// transferred is what a converter sees of a sum that is x steps above the lower end
// of its range. Beyond the ends it sees what it sees there.
func (c *converter) transferred(x float32) float32 {
	last := float32(len(c.transfer) - 1)
	at := min(max(x/c.highest, 0), 1) * last
	i := min(int(at), len(c.transfer)-2)
	from, to := c.transfer[i], c.transfer[i+1]
	return c.highest * (from + float32((at-float32(i))*(to-from)))
}

package plots

import (
	"fmt"
	"math"
	"testing"
)

// ledger is a whole with given parts.
type ledger struct {
	parts  []string
	values []float64
}

func (l ledger) Parts() []string { return l.parts }

func (l ledger) Quantity(name string) ([]float64, string, error) {
	if name != "energy" {
		return nil, "", fmt.Errorf("no such quantity")
	}
	return l.values, "pJ", nil
}

func TestBreakdown(t *testing.T) {
	f := Breakdown(ledger{[]string{"array", "ADC", "mux", "pads"}, []float64{3e5, 1e5, 1e3, 500}}, "energy")
	told(t, f, `share of energy
  energy: 402×10³ pJ = array 74.7 % + ADC 24.9 % + other 0.4 %
Other: mux, pads.`)
	data, err := f.Data()
	if want := "part,energy (pJ)\narray,300000\nADC,100000\nmux,1000\npads,500\n"; err != nil || data != want {
		t.Errorf("data %q, error %v", data, err)
	}
}

// The shares of every bar add up to all of it, whatever is drawn as other.
func TestBreakdownAddsUp(t *testing.T) {
	for parts := 1; parts <= 13; parts++ {
		p, err := Breakdown(chip{parts}, "area", "latency", "energy").content()
		if err != nil {
			t.Fatal(err)
		}
		if len(p.entries) > mostParts {
			t.Errorf("%d parts: %d colours", parts, len(p.entries))
		}
		sum := map[int]float64{}
		for _, b := range p.layers[0].(barLayer).bars {
			sum[b.at] += b.value
		}
		for at, s := range sum {
			if math.Abs(s-100) > 1e-9 {
				t.Errorf("%d parts: the shares of bar %d add up to %g", parts, at, s)
			}
		}
	}
}

func TestBreakdownErrors(t *testing.T) {
	two := []string{"a", "b"}
	faults(t, map[string]*Figure{
		"plots: Breakdown: the whole is nil":                                                  Breakdown(nil, "energy"),
		"plots: Breakdown: no quantity given":                                                 Breakdown(chip{3}),
		"plots: Breakdown: the whole has no parts":                                            Breakdown(ledger{}, "energy"),
		`plots: Breakdown: "cost": no such quantity`:                                          Breakdown(ledger{two, nil}, "cost"),
		`plots: Breakdown: "energy": 1 values for 2 parts`:                                    Breakdown(ledger{two, []float64{1}}, "energy"),
		`plots: Breakdown: "energy": b has -1; allowed are finite values of 0 or more`:        Breakdown(ledger{two, []float64{1, -1}}, "energy"),
		`plots: Breakdown: "energy": the parts add up to 0; a sum above 0 is needed`:          Breakdown(ledger{two, []float64{0, 0}}, "energy"),
		`plots: LogX, LogY: a breakdown has no logarithmic axes`:                              Breakdown(chip{3}, "area").LogY(),
		`plots: By: "rule": this kind of figure cannot be divided`:                            Breakdown(chip{3}, "area").By("rule"),
		"plots: Breakdown: \"x\": no such quantity; a chip has area\nplots: Breakdown: \"y\"": Breakdown(chipWithout{}, "x", "y"),
	})
}

// chipWithout has no quantities.
type chipWithout struct{}

func (chipWithout) Parts() []string { return []string{"a"} }
func (chipWithout) Quantity(string) ([]float64, string, error) {
	return nil, "", fmt.Errorf("no such quantity; a chip has area")
}

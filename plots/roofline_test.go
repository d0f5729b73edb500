package plots

import (
	"strings"
	"testing"
)

// roof is a chip with three layers.
type roof struct{}

func (roof) Roof() (rate, bandwidth float64) { return 8e12, 16e12 }

func (roof) Work() (names []string, intensity, rate []float64) {
	return []string{"layer 1", "layer 2", "layer 3"}, []float64{80, 12, 0.2}, []float64{1e12, 6e12, 2.5e12}
}

// workshop is a machine with one piece of work.
type workshop struct {
	rate      float64
	intensity []float64
}

func (w workshop) Roof() (rate, bandwidth float64) { return w.rate, 1 }

func (w workshop) Work() (names []string, intensity, rate []float64) {
	return []string{"it"}, w.intensity, []float64{1}
}

func TestRoofline(t *testing.T) {
	f := Roofline(roof{})
	told(t, f, `roofline
  roof: 8e+12 operations a second, 1.6e+13 bit/s, ridge at 0.5 operations for every bit
  layer 1: 1e+12 at 80, 12.5 % of the roof
  layer 2: 6e+12 at 12, 75.0 % of the roof
  layer 3: 2.5e+12 at 0.2, 78.1 % of the roof
Slope: what the memory's bandwidth allows; level: the highest rate without moving data.`)
	data, err := f.Data()
	if want := "layer 3,0.2,2.5e+12,3.2e+12\n"; err != nil || !strings.HasSuffix(data, want) {
		t.Errorf("data %q, error %v; want %q at the end", data, err, want)
	}
}

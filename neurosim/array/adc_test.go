package array

import (
	"fmt"
	"math"
	"testing"

	"crossbook/neurosim/device"
)

// readError is the rms difference of reads to the product of what the cells and lines
// hold.
func readError(t *testing.T, c Config, onOff float64) float64 {
	t.Helper()
	w, x := onGrid(random(40, 128, -0.9, 0.9), 32), onGrid(random(30, 128, 0, 1), 255)
	a := mustNew(t, Build{Config: c, Device: device.Analog{OnOff: onOff}, In: 128, Out: 40, Seed: 1})
	a.Program(w)
	y := NewMatrix(30, 40)
	a.Read(y, x, Moment{})
	return rms(y.Data, exact(x, w, false))
}

// On average over 1200 sums a further bit never raises the error, whatever the
// converter and its range; without faults each bit nearly halves it.
func TestMoreBitsNeverRaiseTheError(t *testing.T) {
	base := Config{Rows: 64, InputBits: 8, InputRange: 1, WeightBits: 6}
	for name, change := range map[string]func(*Config){
		"batch":      func(*Config) {},
		"full":       func(c *Config) { c.ADCRange = Full },
		"calibrated": func(c *Config) { c.ADCRange = Calibrated },
		"nonlinear":  func(c *Config) { c.Nonlinear = true },
		"slices":     func(c *Config) { c.CellBits = 2 },
		"pair":       func(c *Config) { c.Mapping = Pair },
		"difference": func(c *Config) { c.Mapping = Difference },
		"flash":      func(c *Config) { c.ADC, c.ADCMismatch = Flash, 0.1 },
		"SAR":        func(c *Config) { c.ADCMismatch = 0.02 },
		"noise":      func(c *Config) { c.ADCNoise = 0.2 },
	} {
		last := math.Inf(1)
		for bits := 2; bits <= 9; bits++ {
			c := base
			c.ADCBits = bits
			change(&c)
			now := readError(t, c, 10)
			if !(now <= 1.05*last) { // what is left to chance in 1200 sums
				t.Errorf("%s: %d bits are %g off, %d bits %g", name, bits-1, last, bits, now)
			}
			if name == "batch" && bits > 4 && now > 0.62*last {
				t.Errorf("%d bits are %g off, %d bits still %g", bits-1, last, bits, now)
			}
			last = now
		}
	}
}

// A lower on/off ratio leaves less of the range to the weights: 1 - 1/r of it.
func TestLowOnOffRatioCostsResolution(t *testing.T) {
	c := Config{Rows: 64, InputBits: 8, WeightBits: 6, ADCBits: 6, ADCRange: Full}
	infinite := readError(t, c, 0)
	for _, ratio := range []float64{3, 2, 1.5, 1.2} {
		got, want := readError(t, c, ratio)/infinite, 1/(1-1/ratio)
		if math.Abs(got/want-1) > 0.2 {
			t.Errorf("on/off %g: error %g times as large as with an infinite ratio, want %g", ratio, got, want)
		}
	}
}

func TestFaultsOfConverters(t *testing.T) {
	base := Config{Rows: 64, InputBits: 8, WeightBits: 6, ADCBits: 8}
	clean := readError(t, base, 10)
	for name, change := range map[string]func(*Config){
		"offset":         func(c *Config) { c.ADCOffset = 2 },
		"gain":           func(c *Config) { c.ADCGain = 0.05 },
		"noise":          func(c *Config) { c.ADCNoise = 1 },
		"SAR mismatch":   func(c *Config) { c.ADCMismatch = 0.2 },
		"flash mismatch": func(c *Config) { c.ADC, c.ADCMismatch = Flash, 1 },
		"clipping":       func(c *Config) { c.ADCSpan = 0.4 },
	} {
		c := base
		change(&c)
		if now := readError(t, c, 10); now < 1.2*clean {
			t.Errorf("%s: %g off, %g without", name, now, clean)
		}
	}
}

// Without mismatch both converters give the nearest code; with it, a flash converter's
// codes still rise with the sum, and a SAR's jump where its largest capacitor switches.
func TestConvertersOfBothKinds(t *testing.T) {
	build := func(kind string, mismatch float64) converter {
		b := Build{Config: Config{ADC: kind, ADCMismatch: mismatch}, Seed: 3}
		return newConverter(b, 5, 2, "test")
	}
	sar, flash := build(SAR, 1e-9), build(Flash, 1e-9)
	rough := build(Flash, 2)
	last := float32(0)
	for i := range 3100 {
		x := float32(i)/100 + 0.003
		want := float32(math.RoundToEven(float64(x)))
		for name, c := range map[string]converter{SAR: sar, Flash: flash} {
			if got := c.code(x, 1); got != want {
				t.Fatalf("%s: %g becomes %g, want %g", name, x, got, want)
			}
		}
		if now := rough.code(x, 1); now < last {
			t.Fatalf("flash: the code falls from %g to %g at %g", last, now, x)
		} else {
			last = now
		}
	}
	if got := sar.code(-5, 0); got != 0 {
		t.Errorf("a sum below the range becomes %g", got)
	}
	if got := flash.code(99, 0); got != 31 {
		t.Errorf("a sum above the range becomes %g", got)
	}
}

// Calibrated converters keep the range of the first batch until they are calibrated.
func TestCalibration(t *testing.T) {
	w := random(8, 32, -1, 1)
	small, large := random(4, 32, 0, 0.2), random(4, 32, 0, 1)
	a := mustNew(t, Build{Config: Config{ADCBits: 6, ADCRange: Calibrated}, In: 32, Out: 8})
	a.Program(w)
	y := NewMatrix(4, 8)
	errorOf := func(x Matrix) float64 {
		a.Read(y, x, Moment{})
		return rms(y.Data, exact(x, w, false))
	}
	first := errorOf(small)
	clipped := errorOf(large)
	a.Calibrate()
	if ranged := errorOf(large); first > 0.1 || clipped < 5*ranged {
		t.Errorf("first %g, clipped %g, calibrated %g", first, clipped, ranged)
	}
}

// A batch whose sums are all the same goes through unchanged.
func TestConstantSumsPass(t *testing.T) {
	a := mustNew(t, Build{Config: Config{ADCBits: 5, InputBits: 4}, In: 3, Out: 2})
	y, x := NewMatrix(2, 2), NewMatrix(2, 3)
	a.Read(y, x, Moment{})
	for i := range x.Data {
		x.Data[i] = 0.5
	}
	a.Read(y, x, Moment{}) // weights 0, as the column of weights 0
	if fmt.Sprint(y.Data) != "[0 0 0 0]" {
		t.Errorf("products with weights 0 are %v", y.Data)
	}
}

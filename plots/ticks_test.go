package plots

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"pgregory.net/rapid"
)

// shown writes the labels of an axis, with its power of ten.
func shown(s scale) string {
	var out []string
	for _, t := range s.ticks {
		if t.Label != "" {
			out = append(out, t.Label)
		}
	}
	text := strings.Join(out, " ")
	if s.power != 0 {
		text += " e" + strconv.Itoa(s.power)
	}
	return text
}

func TestTicks(t *testing.T) {
	for _, test := range []struct {
		span span
		most int
		want string
	}{
		{span{low: 0, high: 1}, 6, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{span{low: 0.64, high: 10.36, whole: true}, 12, "1 2 3 4 5 6 7 8 9 10"},
		{span{low: 0.5, high: 2.5, whole: true}, 12, "1 2"},
		{span{low: 0.96, high: 2.04}, 5, "1.0 1.5 2.0"},
		{span{low: -3, high: 4}, 8, "−3 −2 −1 0 1 2 3 4"},
		{span{low: 0, high: 0.3}, 4, "0.0 0.1 0.2 0.3"},
		{span{low: 0, high: 0.001}, 6, "0.0 0.2 0.4 0.6 0.8 1.0 e-3"},
		{span{low: 0, high: 0.000012}, 5, "0 5 10 e-6"},
		{span{low: -2e9, high: 3e9}, 6, "−2 −1 0 1 2 3 e9"},
		{span{low: 0, high: 99999}, 6, "0 20000 40000 60000 80000"},
		{span{low: 0, high: 120000}, 7, "0 20 40 60 80 100 120 e3"},
		{span{low: 0.99911, high: 0.99923}, 4, "0.99915 0.99920"},
		{span{low: 1, high: 1000, log: true}, 8, "1 10 100 1000"},
		{span{low: 1, high: 1e4, log: true}, 8, "10^{0} 10^{1} 10^{2} 10^{3} 10^{4}"},
		{span{low: 1e-9, high: 1e9, log: true}, 7, "10^{-5} 10^{0} 10^{5}"},
		{span{low: 1e-100, high: 1e200, log: true}, 7, "10^{-100} 10^{-50} 10^{0} 10^{50} 10^{100} 10^{150} 10^{200}"},
		{span{low: 0.9, high: 45, log: true}, 8, "1 2 5 10 20"},
		{span{low: 2e-5, high: 6e-4, log: true}, 8, "2×10^{-5} 5×10^{-5} 10^{-4} 2×10^{-4} 5×10^{-4}"},
		{span{low: 2e-6, high: 5e-5, log: true}, 4, "3×10^{-6} 10^{-5} 3×10^{-5}"},
		{span{low: 3, high: 3.5, log: true}, 6, "3.0 3.1 3.2 3.3 3.4 3.5"}, // too short for powers
	} {
		if got := shown(test.span.ticked(test.most)); got != test.want {
			t.Errorf("%+v, at most %d: %s, want %s", test.span, test.most, got, test.want)
		}
	}
}

// Ticks lie in the range, in order, at most as many as asked for, at least one,
// evenly spaced at 1, 2 or 5 times a power of ten, and their labels say their
// values.
func TestLinearTickProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e12, 1e12).Draw(t, "low")
		width := math.Pow(10, rapid.Float64Range(-6, 12).Draw(t, "log width"))
		s := span{low: low, high: low + width, whole: width >= 2 && rapid.Bool().Draw(t, "whole")}
		if s.high-s.low < 1e-9*math.Abs(low) {
			t.Skip("closer than labels can tell")
		}
		most := rapid.IntRange(2, 12).Draw(t, "most")
		ticks := s.ticked(most)
		if n := len(ticks.ticks); n > most || n == 0 {
			t.Fatalf("%d ticks, at most %d allowed", n, most)
		}
		checkSteps(t, s, ticks.ticks)
		for _, k := range ticks.ticks {
			said, err := strconv.ParseFloat(strings.Replace(k.Label, "−", "-", 1), 64)
			if err != nil || math.Abs(said*math.Pow10(ticks.power)-k.Value) > 1e-9*(math.Abs(k.Value)+width) {
				t.Fatalf("the label of %g is %q in units of 10^%d", k.Value, k.Label, ticks.power)
			}
		}
	})
}

func checkSteps(t *rapid.T, s span, ticks []plot.Tick) {
	slack := 1e-6 * (s.high - s.low)
	for i, k := range ticks {
		if k.Value < s.low-slack || k.Value > s.high+slack {
			t.Fatalf("tick %g outside %g..%g", k.Value, s.low, s.high)
		}
		if s.whole && k.Value != math.Trunc(k.Value) {
			t.Fatalf("tick %g on an axis of whole numbers", k.Value)
		}
		if i == 0 {
			continue
		}
		step := k.Value - ticks[i-1].Value
		digit := step / math.Pow10(int(math.Floor(math.Log10(step)+1e-4)))
		if math.Abs(digit-1) > 1e-3 && math.Abs(digit-2) > 1e-3 && math.Abs(digit-5) > 1e-3 {
			t.Fatalf("step %g is none of 1, 2, 5 times a power of ten", step)
		}
		if math.Abs(step-(ticks[1].Value-ticks[0].Value)) > slack {
			t.Fatalf("uneven steps %g and %g", step, ticks[1].Value-ticks[0].Value)
		}
	}
}

func TestLogTickProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := math.Pow(10, rapid.Float64Range(-100, 100).Draw(t, "log low"))
		s := span{low: low, high: low * math.Pow(10, rapid.Float64Range(0.01, 100).Draw(t, "decades")), log: true}
		most := rapid.IntRange(2, 12).Draw(t, "most")
		labelled, last := 0, 0.0
		for _, k := range s.ticked(most).ticks {
			if k.Value <= last {
				t.Fatalf("tick %g after %g", k.Value, last)
			}
			last = k.Value
			if k.Label == "" {
				continue
			}
			labelled++
			if k.Value < s.low*(1-1e-6) || k.Value > s.high*(1+1e-6) {
				t.Fatalf("tick %g outside %g..%g", k.Value, s.low, s.high)
			}
		}
		if labelled > most || labelled == 0 {
			t.Fatalf("%d labelled ticks, at most %d allowed", labelled, most)
		}
	})
}

func TestWithPower(t *testing.T) {
	for _, test := range []struct {
		label string
		power int
		want  string
	}{
		{"energy (J)", 0, "energy (J)"},
		{"energy (J)", -9, "energy (10^{-9} J)"},
		{"count", 6, "count (10^{6})"},
		{"", 3, "10^{3}"},
		{"odd ()", 3, "odd () (10^{3})"},
		{"f(x)", 3, "f(x) (10^{3})"},
	} {
		if got := withPower(test.label, test.power); got != test.want {
			t.Errorf("%q with 10^%d: %q, want %q", test.label, test.power, got, test.want)
		}
	}
}

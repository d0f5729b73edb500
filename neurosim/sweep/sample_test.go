package sweep

import (
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/device"
)

// TestLatinHypercube: every part of every axis holds one point, on a linear and on
// a logarithmic axis, and a list takes each value as often as any other.
func TestLatinHypercube(t *testing.T) {
	const n = 40
	axes := []Axis{Span("Device.LTP", -2, 6), LogSpan("Device.CycleToCycle", 1e-4, 1).Along("Device.DeviceToDevice", 2), Rules("BP", "DFA")}
	points := Sample{Points: n, Latin: true, Seed: 3}.draw(axes)
	linear, ratio, rules := make([]int, n), make([]int, n), map[any]int{}
	for _, p := range points {
		linear[int((p[0].values[0].(float64)+2)/8*n)]++
		ratio[int((4+math.Log10(p[1].values[0].(float64)))/4*n)]++
		rules[p[2].values[0]]++
		if p[1].values[1] != 2*p[1].values[0].(float64) {
			t.Errorf("%v does not move along", p[1].values)
		}
	}
	if slices.Max(linear) != 1 || slices.Max(ratio) != 1 || rules["BP"] != n/2 || rules["DFA"] != n/2 {
		t.Errorf("parts %v, %v, rules %v", linear, ratio, rules)
	}
}

// TestSamplesFollowTheirSeed: and have a fair mean when drawn one by one.
func TestSamplesFollowTheirSeed(t *testing.T) {
	axes := []Axis{Span("Device.LTP", 0, 6), Devices(device.Analog{}, device.Analog{Levels: 9}, device.Analog{Levels: 8})}
	draw := func(seed uint64) [][]pick { return Sample{Points: 900, Seed: seed}.draw(axes) }
	first, second := draw(1), draw(1)
	sum, last := 0.0, 0
	for i := range first {
		if first[i][0].values[0] != second[i][0].values[0] || first[i][1].index != second[i][1].index {
			t.Fatalf("point %d is another one the second time", i)
		}
		sum += first[i][0].values[0].(float64)
		if first[i][1].index == 2 {
			last++
		}
	}
	// The standard deviation of the mean is 6/sqrt(12*900) = 0.058; that of the
	// count is sqrt(900*2/9) = 14.
	if mean := sum / 900; math.Abs(mean-3) > 0.25 || last < 240 || last > 360 {
		t.Errorf("mean %g, %d of the last device", sum/900, last)
	}
	if other := draw(2); other[0][0].values[0] == first[0][0].values[0] {
		t.Error("another seed gives the same point")
	}
}

func TestNumbers(t *testing.T) {
	for _, test := range []struct{ got, want []any }{
		{Linspace(0, 6, 13), []any{0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0}},
		{Linspace(0, 0.3, 4), []any{0.0, 0.1, 0.2, 0.3}},
		{Linspace(5, 5, 1), []any{5.0}},
		{Linspace(1, -1, 3), []any{1.0, 0.0, -1.0}},
		{Logspace(1e-3, 1, 4), []any{0.001, 0.01, 0.1, 1.0}},
		{Logspace(8, 2, 3), []any{8.0, 4.0, 2.0}},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%v, want %v", test.got, test.want)
		}
	}
	for name, wrong := range map[string]func(){
		"no numbers":    func() { Linspace(0, 1, 0) },
		"log from zero": func() { Logspace(0, 1, 3) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			wrong()
		}()
	}
}

func TestAxesSayWhatVaries(t *testing.T) {
	for want, axis := range map[string]Axis{
		"Device.LTP: 13 values from 0 to 6":                 Field("Device.LTP", Linspace(0, 6, 13)...),
		"Device.LTP, Device.LTD: 0, 3":                      Field("Device.LTP", 0, 3).Along("Device.LTD", -1),
		"rule: BP, DFA":                                     Rules("BP", "DFA"),
		"device: good, bad":                                 Devices(device.Analog{}, device.Analog{Levels: 2}).Labels("good", "bad"),
		"Device.LTP: from 0 to 6":                           Span("Device.LTP", 0, 6),
		"Device.LTP: from 0.1 to 6, by ratio":               LogSpan("Device.LTP", 0.1, 6),
		"Device.LTP: no value":                              Field("Device.LTP"),
		"rule: Labels: 1 labels for 2 values":               Rules("BP", "DFA").Labels("x"),
		"Device.LTP, Device.LTD: Along: six is no number":   Field("Device.LTP", "six").Along("Device.LTD", 1),
		": Zip: \"Device.LTP\" is a span, which has no val": Zip(Span("Device.LTP", 0, 1)),
	} {
		if got := axis.String(); got != want && !(len(got) > len(want) && got[:len(want)] == want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

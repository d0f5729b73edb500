package plots

import (
	"fmt"
	"math"
)

// accuracy is a learning curve that saturates.
func accuracy(name string, top float64, epochs int) Series {
	s := Series{Name: name, XLabel: "epoch", YLabel: "test accuracy (%)"}
	for i := range epochs {
		s.X = append(s.X, float64(i+1))
		s.Y = append(s.Y, top*(1-math.Exp(-0.6*float64(i+1))))
	}
	return s
}

func many(n, epochs int) []Curve {
	var all []Curve
	for i := range n {
		all = append(all, accuracy(fmt.Sprintf("device %d, LTP %.1f", i, 0.7*float64(i)), 90-3*float64(i), epochs))
	}
	return all
}

// pulses is the response of a device to programming pulses.
func pulses() (ltp, ltd Series) {
	ltp = Series{Name: "LTP", XLabel: "pulse number", YLabel: "conductance (μS)"}
	ltd = Series{Name: "LTD"}
	for i := range 65 {
		x := float64(i)
		ltp.X, ltd.X = append(ltp.X, x), append(ltd.X, x)
		g := 10 + 90*(1-math.Exp(-x/20))/(1-math.Exp(-64.0/20))
		ltp.Y, ltd.Y = append(ltp.Y, g), append(ltd.Y, 110-g)
	}
	return ltp, ltd
}

// repeated is a table of five repeats of two rules at seven values.
func repeated() Columns {
	var x, y []float64
	var rule []string
	for k, name := range []string{"BP", "DFA"} {
		for i := range 7 {
			for j := range 5 {
				x = append(x, float64(i))
				y = append(y, 90-float64((k+1)*i*i)+2*math.Sin(float64(5*i+j)))
				rule = append(rule, name)
			}
		}
	}
	return Columns{"Device.LTP": x, "accuracy (%)": y, "rule": rule}
}

const (
	longTitle = "A long title that does not fit into one line at notebook width because it says everything that there is to say"
	longName  = "in-situ BP with LTP = 1.75, LTD = 1.46, cycle-to-cycle variation of 0.3 %, an on/off ratio of 10 and no retention loss at all"
	longLabel = "a label of an axis that is longer than the axis of a figure of usual size and says what, in which units and after how many epochs (%)"
)

// gallery has figures of many kinds that every check of the layout looks at.
func gallery() map[string]*Figure {
	ltp, ltd := pulses()
	return map[string]*Figure{
		"one curve":       Curves(accuracy("BP", 90, 10)).Titled("One curve"),
		"two curves":      Curves(accuracy("BP", 90, 10), accuracy("DFA", 84, 10)).Titled(`Imperfect devices, \sigma_{c2c} = 0.3 %`),
		"eight curves":    Curves(many(8, 60)...).Titled("Eight curves"),
		"forty curves":    Curves(many(40, 5)...),
		"small":           Curves(many(3, 60)...).Titled("Small figure").Size(320, 260),
		"smallest":        Curves(accuracy("", 90, 3)).Size(240, 200),
		"wide":            Curves(many(3, 60)...).Size(1400, 300),
		"tall":            Curves(many(3, 60)...).Size(300, 1200),
		"device":          Curves(ltp, ltd).Titled("G_{max}/G_{min} = 10"),
		"bands":           Lines(repeated(), "Device.LTP", "accuracy (%)").By("rule").Band(),
		"no bands":        Lines(repeated(), "Device.LTP", "accuracy (%)"),
		"small values":    Curves(accuracy("x", 0.001, 10)).Labels("epoch", "energy (J)"),
		"large values":    Curves(Series{Name: "n", X: []float64{0, 1e9, 5e9}, Y: []float64{-3e9, 4e9, -1e9}}).Labels("time (s)", "count"),
		"far from zero":   Curves(Series{Y: []float64{0.99911, 0.99923, 0.99918}}),
		"negative":        Curves(Series{Y: []float64{-0.5, -0.2, math.NaN(), -0.4}}).Labels("layer", `cos(\theta)`),
		"one point":       Curves(Series{Name: "p", X: []float64{3}, Y: []float64{0.5}}),
		"one value":       Curves(Series{Name: "p", Y: []float64{7, 7, 7}}),
		"all zero":        Curves(Series{Name: "p", Y: []float64{0, 0, 0}}),
		"extreme":         Curves(Series{Y: []float64{-1e299, 1e-299, 1e299}}),
		"long texts":      Curves(accuracy(longName, 90, 10), accuracy("漢字 x_1", 70, 10)).Titled(longTitle).Labels(longLabel, longLabel),
		"long texts thin": Curves(accuracy(longName, 90, 10)).Titled(longTitle).Labels(longLabel, longLabel).Size(300, 700),
		"one long word":   Curves(accuracy("a_very_long_column_name_without_any_space_that_is_wider_than_the_figure_itself_and_then_some", 90, 3)).Size(300, 300),
		"logarithmic":     Curves(Series{Name: "a", X: []float64{1, 10, 100, 1e4}, Y: []float64{1e-9, 3e-7, -1, 1e-3}}).LogX().LogY().Labels("on/off ratio", "energy (J)"),
		"two decades":     Curves(Series{X: []float64{1, 2, 5, 8}, Y: []float64{1, 3, 20, 40}}).LogX().LogY(),
		"many decades":    Curves(Series{X: []float64{1e-30, 1e30}, Y: []float64{1e-100, 1e200}}).LogX().LogY(),
		"narrow log":      Curves(Series{X: []float64{1, 2}, Y: []float64{10, 10.1}}).LogY(),
		"log band":        Lines(Columns{"x": []int{1, 1, 1, 9, 9, 9}, "y": []float64{1, 2, 9, 0.1, 0.2, 0.4}}, "x", "y").Band().LogY(),
		"cut":             Curves(accuracy("BP", 90, 100)).YRange(60, 85).XRange(0, 12),
	}
}

package plots

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// chip is a whole with parts, as a cost report is.
type chip struct{ parts int }

func (c chip) Parts() []string {
	names := []string{"array", "ADC", "row drivers", "adder trees", "buffers", "interconnect", "accumulation", "DRAM", "activation", "control", "test", "pads", "clock"}
	return names[:c.parts]
}

func (c chip) Quantity(name string) (values []float64, unit string, err error) {
	units := map[string]string{"area": "mm^2", "latency": "s", "energy": "J"}
	unit, ok := units[name]
	if !ok {
		return nil, "", fmt.Errorf("no such quantity; a chip has area, latency and energy")
	}
	for i := range c.parts {
		values = append(values, math.Pow10(-3*len(name)+12)*(3+2*math.Sin(float64(len(name)*(i+1))))/float64(1+i*i))
	}
	return values, unit, nil
}

// space is a design space: accuracy and energy over two axes.
func space() Columns {
	var bits, levels, energy, accuracy []float64
	var rule []string
	for k, name := range []string{"BP", "DFA"} {
		for _, b := range []float64{3, 4, 5, 6, 8} {
			for _, l := range []float64{4, 16, 32, 64, 128} {
				bits, levels, rule = append(bits, b), append(levels, l), append(rule, name)
				energy = append(energy, 1e-6*math.Pow(2, b/2)*(1+l/64)*(1-0.3*float64(k)))
				accuracy = append(accuracy, (94-4*float64(k))*(1-math.Exp(-b/2))*(1-0.5*math.Exp(-l/12)))
			}
		}
	}
	return Columns{"ADC bits": bits, "levels": levels, "energy (J)": energy, "accuracy (%)": accuracy, "rule": rule}
}

// surface is a smooth function on a plane, with a hole.
func surface() Columns {
	var x, y, z []float64
	for i := range 25 {
		for j := range 20 {
			if i == 3 && j == 4 {
				continue
			}
			a, b := float64(i)/4, float64(j)/4
			x, y, z = append(x, a), append(y, b), append(z, 90-3*(a-3)*(a-3)-4*(b-2)*(b-2)+6*math.Sin(2*a)*math.Cos(2*b))
		}
	}
	return Columns{`\sigma_{c2c} (%)`: x, "nonlinearity": y, "accuracy (%)": z}
}

// drawnValues are normal numbers of three presets and two rules.
func drawnValues() Columns {
	random := rand.New(rand.NewPCG(1, 2))
	var values []float64
	var device, rule []string
	for d, name := range []string{"Ag:a-Si", "TaOx/HfOx", "EpiRAM"} {
		for k, r := range []string{"BP", "DFA"} {
			for range 12 {
				values = append(values, 80+5*float64(d)-4*float64(k)+(1+float64(d))*random.NormFloat64())
				device, rule = append(device, name), append(rule, r)
			}
		}
	}
	values[7] -= 12
	return Columns{"accuracy (%)": values, "device": device, "rule": rule}
}

// conductances are those of two arrays.
func conductances() Columns {
	random := rand.New(rand.NewPCG(3, 4))
	var g []float64
	var state []string
	for range 800 {
		g, state = append(g, 20+4*random.NormFloat64(), 34+7*random.NormFloat64()), append(state, "before", "after")
	}
	return Columns{"conductance (μS)": g, "state": state}
}

// devices are update curves of several devices.
func devices() Columns {
	random := rand.New(rand.NewPCG(5, 6))
	var pulse, g []float64
	var direction []string
	var device []int
	for n := range 12 {
		top, tau := 100+8*random.NormFloat64(), 20+4*random.NormFloat64()
		for i := range 65 {
			up := 10 + (top-10)*(1-math.Exp(-float64(i)/tau))/(1-math.Exp(-64/tau))
			pulse, g = append(pulse, float64(i), float64(i)), append(g, up, top+10-up)
			direction, device = append(direction, "LTP", "LTD"), append(device, n, n)
		}
	}
	return Columns{"pulse number": pulse, "conductance (μS)": g, "direction": direction, "device": device}
}

// measuredTwin has three measurements and a model at every voltage.
func measuredTwin() Columns {
	random := rand.New(rand.NewPCG(7, 8))
	var v, measured, model []float64
	for i := range 9 {
		for range 3 {
			x := 0.4 + 0.1*float64(i)
			v, model = append(v, x), append(model, 12*x*x)
			measured = append(measured, 12*x*x+0.2+0.3*random.NormFloat64())
		}
	}
	return Columns{"voltage (V)": v, "chip (μA)": measured, "twin (μA)": model}
}

// weights are those of a small layer.
type weights struct{ rows, columns int }

func (w weights) Dims() (rows, columns int) { return w.rows, w.columns }
func (w weights) At(r, c int) float64 {
	return math.Sin(float64(r)/5)*math.Cos(float64(c)/7) + 0.2*math.Sin(float64(r*c))
}

// kinds has figures of every kind but lines.
func kinds() map[string]*Figure {
	bars := Columns{"device": []string{"Ag:a-Si", "TaOx/HfOx", "EpiRAM", "ideal"}, "accuracy (%)": []float64{72, 41, 80, 94}}
	long := Columns{"device": []string{longName, "a_word_that_does_not_fit_at_all", "x", "yy", "zzz", "w w w w"}, "n": []float64{3, -1, 2, 5, 0, 1e-9}}
	sp := space()
	return map[string]*Figure{
		"bars":             Bars(bars, "device", "accuracy (%)").Titled("Accuracy by device"),
		"grouped bars":     Bars(drawnValues(), "device", "accuracy (%)").By("rule").ErrorBars(),
		"stacked bars":     Bars(sp, "ADC bits", "energy (J)").By("rule").Stacked(),
		"long bars":        Bars(long, "device", "n"),
		"log bars":         Bars(sp, "levels", "energy (J)").By("rule").LogY(),
		"breakdown":        Breakdown(chip{7}, "area", "latency", "energy").Titled("Where it goes"),
		"large breakdown":  Breakdown(chip{13}, "area", "energy"),
		"heat map":         Heatmap(sp, "ADC bits", "levels", "accuracy (%)").LogY(),
		"heat contour":     Heatmap(surface(), `\sigma_{c2c} (%)`, "nonlinearity", "accuracy (%)").Contour().Titled("Accuracy"),
		"heat log":         Heatmap(sp, "ADC bits", "levels", "energy (J)").LogColor().LogY(),
		"heat one":         Heatmap(Columns{"x": []int{1}, "y": []int{2}, "z": []int{3}}, "x", "y", "z"),
		"pareto":           Pareto(sp, "energy (J)", "accuracy (%)").By("rule").Mark("ADC bits").LogX(),
		"pareto plain":     Pareto(sp, "energy (J)", "accuracy (%)"),
		"box":              Box(drawnValues(), "device", "accuracy (%)").By("rule"),
		"violin":           Violin(drawnValues(), "device", "accuracy (%)"),
		"box few":          Box(Columns{"x": []int{1, 1, 2}, "y": []int{3, 4, 5}}, "x", "y"),
		"histogram":        Histogram(conductances(), "conductance (μS)").By("state"),
		"histogram plain":  Histogram(conductances(), "conductance (μS)").Bins(40).LogY(),
		"histogram whole":  Histogram(Columns{"level": []int{1, 2, 2, 3, 3, 3, 7}}, "level"),
		"weights":          Weights(weights{24, 40}),
		"small weights":    Weights(weights{6, 9}),
		"small contour":    Heatmap(sp, "ADC bits", "levels", "accuracy (%)").LogY().Contour(60, 80),
		"large weights":    Weights(weights{400, 784}).Titled("First layer"),
		"devices":          Lines(devices(), "pulse number", "conductance (μS)").By("direction").Spread().Each("device"),
		"error bars":       Lines(repeated(), "Device.LTP", "accuracy (%)").By("rule").ErrorBars(),
		"twin":             Twin(measuredTwin(), "voltage (V)", "chip (μA)", "twin (μA)").Labels("", "current (μA)"),
		"column":           Pareto(sp, "energy (J)", "accuracy (%)").By("rule").Mark("levels").Width(IEEEColumn),
		"page":             Heatmap(surface(), `\sigma_{c2c} (%)`, "nonlinearity", "accuracy (%)").Contour(60, 80).Width(ElsevierPage),
		"floorplan":        Floorplan(plan{1e-3}).Titled("A chip"),
		"small floorplan":  Floorplan(plan{2e-6}).Size(240, 320),
		"flat floorplan":   Floorplan(row(40)),
		"roofline":         Roofline(roof{}).Titled("Layers of a network"),
		"column roofline":  Roofline(roof{}).Width(IEEEColumn),
		"multiples":        multiples().Titled("Four networks"),
		"same axes":        multiples().SameAxes().Across(4).Size(900, 320),
		"mixed multiples":  Grid(Bars(bars, "device", "accuracy (%)").Titled("a"), Heatmap(sp, "ADC bits", "levels", "accuracy (%)").Titled("b"), Curves(accuracy("BP", 90, 9), accuracy("DFA", 80, 9)), Weights(weights{20, 20}), Histogram(conductances(), "conductance (μS)")),
		"column multiples": multiples().Width(NatureColumn),
		"box small":        Box(drawnValues(), "device", "accuracy (%)").By("rule").Size(320, 300),
		"breakdown small":  Breakdown(chip{7}, "area", "latency", "energy").Size(320, 360),
		"heat small":       Heatmap(surface(), `\sigma_{c2c} (%)`, "nonlinearity", "accuracy (%)").Size(320, 260),
	}
}

func multiples() *Figure {
	var all []*Figure
	for i := range 4 {
		all = append(all, Curves(accuracy("BP", 90-5*float64(i), 8), accuracy("DFA", 80-9*float64(i), 8)).Titled(fmt.Sprintf("%d hidden layers", i+1)))
	}
	return Grid(all...)
}

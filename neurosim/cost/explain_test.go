package cost

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"crossbook/neurosim/cost/circuit"
)

// exact is how closely the terms of a figure add up to it.
const exact = 1e-12

// TestEveryFigureIsTheSumOfItsTerms asks for every quantity, phase, component and
// layer of every kind of design.
func TestEveryFigureIsTheSumOfItsTerms(t *testing.T) {
	networks := []string{"one neuron", "odd layers", "images"}
	if testing.Short() {
		networks = networks[1:2]
	}
	for name, chip := range designs {
		for _, network := range networks {
			for _, reference := range []circuit.Reference{"", V21} {
				chip.Reference = reference
				r, err := chip.Estimate(corners[network])
				if reference == V21 && err != nil {
					continue // the reference cannot place it
				}
				if err != nil {
					t.Fatal(err)
				}
				addUp(t, fmt.Sprintf("%s, %s, %q", name, network, reference), r)
			}
		}
	}
}

func addUp(t *testing.T, name string, r *Report) {
	t.Helper()
	e, err := r.explained()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for q := range questions(len(r.Layers)) {
		if q.possible() != nil {
			continue
		}
		asked++
		x := r.explain(e, q)
		if v, ok := r.reported(q); ok && v != x.Value {
			t.Errorf("%s: %v is explained as %g, reported as %g", name, q, x.Value, v)
		}
		sums(t, name+": "+q.String(), x)
	}
	if asked < 100 {
		t.Errorf("%s: %d figures, want all", name, asked)
	}
}

// questions are all that a report of so many layers may be asked.
func questions(layers int) func(func(question) bool) {
	return func(yield func(question) bool) {
		for quantity := ofArea; quantity <= ofLeakageEnergy; quantity++ {
			for phase := allPhases; phase <= updatePhase; phase++ {
				for part := allParts; part < partKinds; part++ {
					for layer := range layers + 1 {
						if !yield(question{quantity, phase, part, layer, false}) || !yield(question{quantity, phase, part, layer, true}) {
							return
						}
					}
				}
			}
		}
	}
}

// sums compares every figure of a tree with its terms.
func sums(t *testing.T, name string, x Explanation) {
	t.Helper()
	if len(x.Terms) == 0 {
		if x.Value != 0 && x.How == "" {
			t.Errorf("%s: %s has no terms", name, x.Name)
		}
		return
	}
	sum := 0.0
	for _, term := range x.Terms {
		sum += term.Value
		sums(t, name+" / "+x.Name, term)
	}
	if !(math.Abs(sum-x.Value) <= exact*math.Abs(x.Value)) {
		t.Errorf("%s: %s is %g, its terms add up to %g", name, x.Name, x.Value, sum)
	}
}

func TestExplanationOfTraces(t *testing.T) {
	for _, r := range runs(t) {
		if r.row["id"] != "mlp_500__0000_default" {
			continue
		}
		r.t = t
		layers := Layers(networks["mlp_500"]...)
		for i := range layers {
			layers[i].Trace = r.draw(8, i, layers[i].Shape)
		}
		chip := Chip{Node: 32, Cell: FeFET, SynapseBits: 5, Levels: 60, ADCBits: 6}
		addUp(t, "trace", chip.MustEstimate(layers))
		chip.Reference = V21
		addUp(t, "trace of the reference", chip.MustEstimate(layers))
	}
}

func TestPartsOfAPhaseAreItsFigure(t *testing.T) {
	r := Chip{}.MustEstimate(corners["images"])
	all, adc := 0.0, 0.0
	for _, phase := range phaseNames[1:] {
		x, err := r.Explain("energy " + phase)
		if err != nil {
			t.Fatal(err)
		}
		all += x.Value
		x, err = r.Explain(phase + " ADC energy")
		if err != nil {
			t.Fatal(err)
		}
		adc += x.Value
	}
	if !same(all, float64(r.Phases.Total().Energy)) || !same(adc, float64(r.Components.ADC.Energy)) {
		t.Errorf("phases %g, ADC %g; want %v, %v", all, adc, r.Phases.Total().Energy, r.Components.ADC.Energy)
	}
}

func TestQuestionsAreForgiving(t *testing.T) {
	want := question{quantity: ofEnergy, phase: errorPhase, part: inADC, layer: 3}
	for _, text := range []string{
		"ADC energy, activation gradient, layer 3",
		"Energy of the ADCs in layer 3 (error phase)",
		"layer 3: converters / AG / energy",
	} {
		if got, err := ask(text, 3); got != want || err != nil {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func TestQuestionsThatHaveNoAnswer(t *testing.T) {
	r := Chip{}.MustEstimate(corners["two layers"])
	for text, want := range map[string]string{
		"ADC power":              `cost: explain: "power" is not known; allowed: quantities area, latency, energy`,
		"ADC":                    `cost: explain: "ADC" names no quantity; allowed: quantities`,
		"energy, layer 3":        `cost: explain: layer: "3" is not allowed; allowed: 1 to 2`,
		"energy layer":           `layer: "" is not allowed`,
		"area forward":           `area has no phases; allowed: latency, energy`,
		"peak leakage":           `leakage has no peak; allowed: latency, energy`,
		"energy latency":         `"latency" contradicts what was said before`,
		"peak DRAM energy":       `peak leaves the movement of data out; allowed: ADC`,
		"area of the DRAM":       `area of the DRAM is beside the chip; allowed: latency, energy`,
		"leakage energy of ADCs": `leakage energy has no components; allowed: leakage`,
	} {
		if _, err := r.Explain(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if _, err := new(Report).Explain("energy"); err == nil {
		t.Error("an empty report explains its energy")
	}
}

func TestExplanationShowsItself(t *testing.T) {
	x, err := Chip{}.MustEstimate(corners["two layers"]).Explain("ADC energy, activation gradient, layer 2")
	if err != nil {
		t.Fatal(err)
	}
	text := x.String()
	for _, want := range []string{"ADC energy, error phase, layer 2 = ", "subarray: flash ADC, all columns: ", " × 200 images × 250 batches"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	data, _ := x.MIMEBundle()
	page := data["text/html"].(string)
	if strings.Count(page, "<details") != strings.Count(page, "</details>") || !strings.Contains(page, "<summary>ADC energy") {
		t.Errorf("not a tree: %s", page)
	}
}

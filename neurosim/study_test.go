package neurosim

import (
	"testing"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// compared is a small network in the setting in which C. Wolters et al. (arXiv
// 2212.14337) compare BP and DFA.
func compared() Experiment {
	return Experiment{
		Net:    nn.MLP(784, 64, 64, 10),
		Data:   dataset.Set{Name: "fashion-sample", Train: 4000, Test: 1000},
		Device: imperfect,
		Train:  train.Settings{Epochs: 4, Batch: 50, Rate: 0.3},
	}
}

// Noise of the writes breaks DFA before BP: a survey of the study reports that
// DFA learns at 1 % of cycle-to-cycle variation and no more at 5 %, where BP
// still does.
func TestCycleToCycleBreaksDFAFirst(t *testing.T) {
	little, much := compared(), compared()
	little.Device.CycleToCycle, much.Device.CycleToCycle = 0.01, 0.05
	quiet := accuracy(t, little.With(train.DFA{}), 2)
	bp, dfa := accuracy(t, much, 2), accuracy(t, much.With(train.DFA{}), 2)
	t.Logf("at 1 %%: DFA %.1f %%; at 5 %%: BP %.1f %%, DFA %.1f %%", quiet, bp, dfa)
	if quiet < 60 {
		t.Errorf("at 1 %% DFA reaches %.1f %%, want 60 %%", quiet)
	}
	if bp < 60 || dfa > 40 {
		t.Errorf("at 5 %% BP reaches %.1f %% and DFA %.1f %%, want at least 60 and at most 40 %%", bp, dfa)
	}
}

// DFA needs width: of five layers eight units wide BP learns something, DFA
// little.
func TestNarrowLayersBreakDFAFirst(t *testing.T) {
	e := compared()
	e.Net, e.Data = nn.MLP(784, 8, 8, 8, 8, 10), dataset.FashionSample()
	bp, dfa := accuracy(t, e, 4), accuracy(t, e.With(train.DFA{}), 4)
	t.Logf("BP %.1f %%, DFA %.1f %%", bp, dfa)
	if bp < dfa+8 {
		t.Errorf("BP reaches %.1f %%, DFA %.1f %%, want 8 less", bp, dfa)
	}
}

// ofDepth is the study's network of so many weight layers, 1024 units wide.
func ofDepth(layers int) Experiment {
	e := compared()
	sizes := []int{784}
	for range layers - 1 {
		sizes = append(sizes, 1024)
	}
	e.Net, e.Train.Batch = nn.MLP(append(sizes, 10)...), 200
	return e
}

// The abstract of the study: DFA shortens training by a factor that approaches N
// for N layers. By its first author's code the factor is 1.02, 1.76, 3.57, 7.41 and
// 10.2 for 2, 3, 5, 10 and 15 layers.
func TestSpeedUpRisesWithDepth(t *testing.T) {
	published := map[int]float64{2: 1.02, 3: 1.76, 5: 3.57, 10: 7.41, 15: 10.2}
	for name, chip := range map[string]cost.Chip{
		"study":    {Iterations: 250, ErrorADCBits: 6, Reference: cost.Wolters},
		"physical": {Iterations: 250, ErrorADCBits: 6},
	} {
		last := 0.0
		for _, n := range []int{2, 3, 5, 10, 15} {
			e := ofDepth(n)
			bp, dfa := chip.MustEstimate(e), chip.MustEstimate(e.With(train.DFA{}))
			speedUp := float64(bp.Latency() / dfa.Latency())
			if speedUp <= last || speedUp >= float64(n) {
				t.Errorf("%s, %d layers: DFA is %.2f times as fast, after %.2f", name, n, speedUp, last)
			}
			last = speedUp
			if want := published[n]; name == "study" && (speedUp < 0.97*want || speedUp > 1.03*want) {
				t.Errorf("%d layers: DFA is %.2f times as fast, in the study %.2f", n, speedUp, want)
			}
		}
		if last < 8 {
			t.Errorf("%s: of 15 layers DFA is only %.2f times as fast", name, last)
		}
	}
}

// A survey of the study reports that memory beside the chip takes about 95 % of
// the energy, and that DFA takes as much as BP.
func TestMemoryTakesTheEnergy(t *testing.T) {
	e := ofDepth(5)
	bp, dfa := cost.Chip{}.MustEstimate(e), cost.Chip{}.MustEstimate(e.With(train.DFA{}))
	for name, r := range map[string]*cost.Report{"BP": bp, "DFA": dfa} {
		if share := float64(r.Components.DRAM.Energy / r.Energy()); share < 0.95 {
			t.Errorf("%s: memory takes %.1f %% of the energy", name, 100*share)
		}
	}
	if ratio := float64(dfa.Energy() / bp.Energy()); ratio < 0.99 || ratio > 1.01 {
		t.Errorf("DFA takes %.3f times the energy of BP", ratio)
	}
}

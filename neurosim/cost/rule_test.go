package cost

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/units"
)

// ruled are the schedules of learning rules for some layers.
func ruled(shapes []Shape) map[string]nn.Schedule {
	n := len(shapes)
	twins := func(s nn.Schedule) nn.Schedule {
		for i, above := range shapes[1:] {
			s.Feedback[i] = above.rows() * above.Kernels
		}
		return s
	}
	fa := twins(nn.Chain(n))
	fa.Transposed = make([]bool, n)
	kp := twins(nn.Chain(n))
	kp.Transposed, kp.Trained = make([]bool, n), true
	drtp := direct(shapes)
	drtp.WaitsFor = make([][]int, n)
	own := nn.Chain(n) // every second layer waits for the output alone
	for i := 0; i < n-1; i += 2 {
		own.WaitsFor[i], own.Feedback[i] = []int{n - 1}, 7*shapes[i].Kernels
	}
	return map[string]nn.Schedule{
		"BP": nn.Chain(n), "FA": fa, "KP": kp, "frSF": twins(nn.Chain(n)), "DFA": direct(shapes), "DRTP": drtp, "own": own,
	}
}

var deep = mlp(784, 512, 512, 256, 512, 10)

func price(t *testing.T, c Chip, shapes []Shape, s nn.Schedule) *Report {
	t.Helper()
	return must(c.Estimate(Workload{Layers: Layers(shapes...), Schedule: s}))(t)
}

func TestBackPropagationIsTheRuleOfLayersAlone(t *testing.T) {
	for _, reference := range []circuit.Reference{"", V21, Wolters} {
		c := Chip{Reference: reference}
		plain, ruled := c.MustEstimate(Layers(deep...)), price(t, c, deep, nn.Chain(len(deep)))
		if !slices.Equal(plain.figures(), ruled.figures()) {
			t.Errorf("%q: %v, with its schedule %v", reference, plain, ruled)
		}
	}
}

// A rule takes no less than its slowest layer and no more than all, one after the
// other, each with what it reads to learn its error.
func TestLatencyOfRulesIsBetweenTheSlowestLayerAndTheSum(t *testing.T) {
	for design, chip := range designs {
		if chip.Inference || chip.Pipelined {
			continue
		}
		for network, shapes := range map[string][]Shape{"deep": deep, "two": mlp(784, 500, 10), "images": corners["images"].shapes()} {
			for rule, s := range ruled(shapes) {
				r := price(t, chip, shapes, s)
				var sum, forward, slowest units.Second
				for _, l := range r.Layers {
					own := l.Phases.Total().Latency - l.Phases.Forward.Latency
					sum, forward, slowest = sum+own, forward+l.Phases.Forward.Latency, max(slowest, own)
				}
				low, high := forward+slowest, forward+sum
				if rule == "DRTP" {
					low = r.Layers[0].Phases.Forward.Latency + slowest
				}
				const rounding = 1 + 1e-12
				if got := r.Latency(); got > high*rounding || got < max(low, forward)/rounding {
					t.Errorf("%s, %s, %s: %v, not between %v and %v", design, network, rule, got, low, high)
				}
			}
		}
	}
}

// Direct feedback is between the slowest layer and back-propagation on the chip
// that each needs.
func TestDirectFeedbackIsFasterTheDeeperTheNetwork(t *testing.T) {
	before := 1.0
	for _, n := range []int{3, 5, 10} {
		widths := []int{784}
		for range n - 1 {
			widths = append(widths, 512)
		}
		shapes := mlp(append(widths, 10)...)
		bp, dfa := price(t, Chip{}, shapes, nn.Chain(n)), price(t, Chip{}, shapes, direct(shapes))
		gain := float64(bp.Latency() / dfa.Latency())
		if gain <= before || gain > float64(n) {
			t.Errorf("%d layers: %.2f times as fast, after %.2f", n, gain, before)
		}
		if dfa.GradientUnits != n || bp.GradientUnits != 1 || dfa.Areas.Gradient <= bp.Areas.Gradient {
			t.Errorf("%d layers: %d gradient units and %d", n, dfa.GradientUnits, bp.GradientUnits)
		}
		before = gain
	}
}

func TestFeedbackMemoryIsPaidFor(t *testing.T) {
	rules := ruled(deep)
	bp, fa, kp, dfa := price(t, Chip{}, deep, rules["BP"]), price(t, Chip{}, deep, rules["FA"]), price(t, Chip{}, deep, rules["KP"]), price(t, Chip{}, deep, rules["DFA"])
	if bp.FeedbackTiles != 0 || dfa.FeedbackTiles < len(deep)-1 || fa.FeedbackTiles < dfa.FeedbackTiles {
		t.Errorf("tiles: BP %d, FA %d, DFA %d", bp.FeedbackTiles, fa.FeedbackTiles, dfa.FeedbackTiles)
	}
	for i, l := range dfa.Layers[:len(deep)-1] {
		if f := l.Feedback; f.Latency <= 0 || f.Energy <= 0 || f.Energy > l.Phases.Error.Energy {
			t.Errorf("layer %d reads its feedback for %v, %v of its error's %v", i, f.Latency, f.Energy, l.Phases.Error.Energy)
		}
	}
	if kp.Phases.Update.Energy <= fa.Phases.Update.Energy || kp.Phases.Update.Latency <= fa.Phases.Update.Latency {
		t.Errorf("feedback weights that learn cost %v to write, fixed ones %v", kp.Phases.Update, fa.Phases.Update)
	}
	if fa.Areas.ADC/units.SquareMetre(fa.Tiles) >= bp.Areas.ADC/units.SquareMetre(bp.Tiles) {
		t.Error("tiles that are never read backwards have the converters for it")
	}
}

// Targets are there before the outputs, so that the first layer need not wait for
// the forward phase to end.
func TestTargetsNeedNoForwardPhase(t *testing.T) {
	rules := ruled(deep)
	drtp, dfa := price(t, Chip{}, deep, rules["DRTP"]), price(t, Chip{}, deep, rules["DFA"])
	if drtp.Latency() >= dfa.Latency() || drtp.Phases.Total().Energy != dfa.Phases.Total().Energy {
		t.Errorf("DRTP takes %v and %v, DFA %v and %v", drtp.Latency(), drtp.Energy(), dfa.Latency(), dfa.Energy())
	}
}

// Layers that work at the same time wait for each other where the memory is slow.
func TestParallelLayersShareTheMemory(t *testing.T) {
	widths := []int{784}
	for range 60 {
		widths = append(widths, 512)
	}
	shapes := mlp(append(widths, 10)...)
	fast, slow := price(t, Chip{}, shapes, direct(shapes)), price(t, Chip{GDDR5: true}, shapes, direct(shapes))
	if slow.waiting <= fast.waiting || slow.Latency() < slow.Components.DRAM.Latency {
		t.Errorf("wait %v and %v; %v in all for %v at the memory", fast.waiting, slow.waiting, slow.Latency(), slow.Components.DRAM.Latency)
	}
	addUp(t, "slow memory", slow)
}

func TestEveryFigureOfARuleIsTheSumOfItsTerms(t *testing.T) {
	for rule, s := range ruled(deep) {
		for _, c := range []Chip{{}, {Cell: SRAM}, {Reference: Wolters}, {Pipelined: true}} {
			addUp(t, fmt.Sprint(rule, " ", c.Cell, c.Reference, c.Pipelined), price(t, c, deep, s))
		}
	}
}

func TestFiguresOfRulesAreFinite(t *testing.T) {
	for design, chip := range designs {
		for network, layers := range corners {
			for rule, s := range ruled(layers.shapes()) {
				for i, v := range price(t, chip, layers.shapes(), s).figures() {
					if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
						t.Errorf("%s, %s, %s: figure %d is %g", design, network, rule, i, v)
					}
				}
			}
		}
	}
}

// Shares of layers, phases and components add up to the latency, and a report from
// a file still knows its rule.
func TestSharesOfARuleAreItsLatency(t *testing.T) {
	for rule, s := range ruled(deep) {
		for _, c := range []Chip{{}, {GDDR5: true}, {Pipelined: true}} {
			r := price(t, c, deep, s)
			for name, shares := range map[string]Shares{"layers": r.ByLayer(), "phases": r.ByPhase(), "components": r.byComponent()} {
				sum := 0.0
				for _, v := range must(shares.of(ofLatency))(t) {
					sum += v
				}
				if !same(sum, float64(r.Latency())) {
					t.Errorf("%s: %s add up to %g s of %v", rule, name, sum, r.Latency())
				}
			}
			back := must(ReadReport(must(json.Marshal(r))(t)))(t)
			if x := must(back.Explain("latency"))(t); x.Value != float64(r.Latency()) {
				t.Errorf("%s: %g s from a file, %v before", rule, x.Value, r.Latency())
			}
			addUp(t, rule+" from a file", back)
			if a, b := must(back.ByLayer().of(ofLatency))(t), must(r.ByLayer().of(ofLatency))(t); !slices.Equal(a, b) {
				t.Errorf("%s: layers take %v from a file, %v before", rule, a, b)
			}
		}
	}
}

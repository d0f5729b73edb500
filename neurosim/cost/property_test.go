package cost

import (
	"fmt"
	"testing"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// rises fails where a figure falls from one report to the next.
func rises(t *testing.T, what string, reports []*Report, figures map[string]func(r *Report) float64) {
	t.Helper()
	for name, of := range figures {
		for i := 1; i < len(reports); i++ {
			if before, after := of(reports[i-1]), of(reports[i]); after < before*(1-1e-12) {
				t.Errorf("%s: %s falls from %g to %g in step %d", what, name, before, after, i)
			}
		}
	}
}

var wholeChip = map[string]func(r *Report) float64{
	"area":    func(r *Report) float64 { return float64(r.Areas.Total) },
	"latency": func(r *Report) float64 { return float64(r.Latency()) },
	"energy":  func(r *Report) float64 { return float64(r.Energy()) },
	"leakage": func(r *Report) float64 { return float64(r.Leakage) },
}

// Energy is the sum of its parts by phase, by layer and by component.
func TestEnergyIsTheSumOfItsPartsInEveryCut(t *testing.T) {
	for design, chip := range designs {
		for rule, s := range ruled(deep) {
			r := price(t, chip, deep, s)
			total, layers, components := r.Phases.Total().Energy, units.Joule(0), 0.0
			for i, l := range r.Layers {
				layers += l.Phases.Total().Energy
				for _, part := range partNames {
					x, err := r.Explain(fmt.Sprintf("energy, %s, layer %d", part, i+1))
					if err != nil {
						t.Fatal(err)
					}
					components += x.Value
				}
			}
			if !same(float64(layers), float64(total)) {
				t.Errorf("%s, %s: %v in all, %v over the layers", design, rule, total, layers)
			}
			if r.Energy() != total+r.LeakageEnergy {
				t.Errorf("%s, %s: %v with leakage", design, rule, r.Energy())
			}
			if components < float64(total)*(1-1e-9) {
				t.Errorf("%s, %s: %v in all, %g J over the components", design, rule, total, components)
			}
		}
	}
}

func TestAreaIsAtLeastItsParts(t *testing.T) {
	for design, chip := range designs {
		for rule, s := range ruled(deep) {
			a := price(t, chip, deep, s).Areas
			parts := a.Array + a.ADC + a.Accumulation + a.Wires + a.Other + a.Buffers + a.Gradient
			if float64(a.Total) < float64(parts)*(1-1e-12) {
				t.Errorf("%s, %s: %v for parts of %v", design, rule, a.Total, parts)
			}
		}
	}
}

func TestMoreADCBitsAreNeverCheaperOnAnyChip(t *testing.T) {
	for design, chip := range designs {
		var reports []*Report
		for bits := 2; bits <= 9; bits++ {
			chip.ADCBits = bits
			reports = append(reports, chip.MustEstimate(corners["two layers"]))
		}
		rises(t, design, reports, map[string]func(r *Report) float64{ // not latency: buffers get wider
			"area": wholeChip["area"], "energy": wholeChip["energy"], "leakage": wholeChip["leakage"],
		})
	}
}

func TestSmallerNodesAreNeverLargerForAnyCell(t *testing.T) {
	for _, kind := range []tech.Kind{RRAM, FeFET, SRAM} {
		for _, roadmap := range []tech.Roadmap{tech.HP, tech.LSTP} {
			var reports []*Report
			for _, node := range []int{7, 10, 14, 22, 32, 45, 65, 90, 130} {
				r, err := Chip{Node: node, Roadmap: roadmap, Cell: kind}.Estimate(corners["two layers"])
				if err != nil {
					continue // the cell's transistor does not fit
				}
				reports = append(reports, r)
			}
			if len(reports) < 5 {
				t.Errorf("%s, %v: only %d nodes", kind, roadmap, len(reports))
			}
			rises(t, fmt.Sprint(kind, roadmap), reports, map[string]func(r *Report) float64{"area": wholeChip["area"]})
		}
	}
}

// Wider layers, larger maps and larger batches cost no less, from one neuron over
// a subarray and a tile to more than that. A width that changes the size of tiles
// may save movement of data, but never as much as the next double of it costs.
func TestCostRisesWithTheWork(t *testing.T) {
	energy := map[string]func(r *Report) float64{"energy": wholeChip["energy"]}
	reading := map[string]func(r *Report) float64{ // larger batches have wider buffers, which write faster
		"energy": wholeChip["energy"], "latency": func(r *Report) float64 { return float64(r.Latency() - r.Phases.Update.Latency) },
	}
	for design, chip := range designs {
		var widths, maps, batches []*Report
		for n := 1; n <= 4096; n *= 2 {
			widths = append(widths, chip.MustEstimate(Layers(Dense(784, n), Dense(n, 10))))
		}
		for _, n := range []int{1, 2, 3, 7, 8, 16, 33} {
			s := Shape{Height: n, Width: n, Channels: 8, KernelHeight: 1, KernelWidth: 1, Kernels: 16}
			maps = append(maps, chip.MustEstimate(Layers(s)))
		}
		for _, n := range []int{1, 2, 3, 16, 64, 200, 1000} {
			chip.Batch = n
			batches = append(batches, chip.MustEstimate(corners["odd layers"]))
		}
		rises(t, design+", width", widths, energy)
		rises(t, design+", map", maps, energy)
		rises(t, design+", batch", batches, reading)
	}
}

// On no design does direct feedback take longer than back-propagation, nor less
// than the slowest layer.
func TestDirectFeedbackIsNeverSlower(t *testing.T) {
	for design, chip := range designs {
		if chip.Inference {
			continue
		}
		bp, dfa := price(t, chip, deep, ruled(deep)["BP"]), price(t, chip, deep, direct(deep))
		slowest := units.Second(0)
		for _, l := range dfa.Layers {
			slowest = max(slowest, l.Phases.Total().Latency-l.Phases.Forward.Latency)
		}
		if dfa.Latency() > bp.Latency() || dfa.Latency() < slowest {
			t.Errorf("%s: DFA takes %v, BP %v, the slowest layer %v", design, dfa.Latency(), bp.Latency(), slowest)
		}
	}
}

// A pipeline is faster than its layers one after the other, and takes the same
// energy but for leakage and its wider buses.
func TestPipelinesAreFaster(t *testing.T) {
	for _, inference := range []bool{false, true} {
		chip := Chip{Inference: inference}
		plain := chip.MustEstimate(corners["images"])
		chip.Pipelined = true
		staged := chip.MustEstimate(corners["images"])
		chip.SpeedUp = 2
		balanced := chip.MustEstimate(corners["images"])
		if staged.Phases.Forward.Latency >= plain.Phases.Forward.Latency {
			t.Errorf("a pipeline reads in %v, layer by layer in %v", staged.Phases.Forward.Latency, plain.Phases.Forward.Latency)
		}
		if balanced.Tiles < staged.Tiles || balanced.Peak.Forward.Latency > staged.Peak.Forward.Latency {
			t.Errorf("with repeated tiles %d and %v, without %d and %v", balanced.Tiles, balanced.Peak.Forward.Latency, staged.Tiles, staged.Peak.Forward.Latency)
		}
	}
}

// An energy never comes out below 0, whatever is asked of the circuits.
func TestNoQuantityIsNegative(t *testing.T) {
	for design, chip := range designs {
		for _, reference := range []circuit.Reference{"", Wolters} {
			chip.Reference = reference
			r, err := chip.Estimate(Workload{Layers: Layers(deep...), Schedule: direct(deep)})
			if err != nil {
				continue // the reference has no figure for it
			}
			for i, v := range r.figures() {
				if !(v >= 0) {
					t.Errorf("%s, %q: figure %d is %g", design, reference, i, v)
				}
			}
		}
	}
}

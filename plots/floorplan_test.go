package plots

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// plan is a chip of a given height: four tiles of two layers, and a buffer.
type plan struct{ height float64 }

func (plan) Blocks() int { return 5 }

func (plan) Block(i int) (name, kind string) {
	if i == 4 {
		return "global buffer", "global buffer"
	}
	return fmt.Sprint(i + 1), fmt.Sprintf("layer %d", i/2+1)
}

func (p plan) Bounds(i int) (x, y, width, height float64) {
	if i == 4 {
		return p.height, 0, p.height / 4, p.height
	}
	half := p.height / 2
	return half * float64(i%2), half * float64(i/2), half, half
}

// row is so many kinds of blocks beside each other, each wider than the last.
type row int

func (r row) Blocks() int { return int(r) }

func (r row) Block(i int) (name, kind string) { return "", fmt.Sprintf("block %d", i+1) }

func (r row) Bounds(i int) (x, y, width, height float64) {
	n := float64(i)
	return 1e-4 * n * (n + 1) / 2, 0, 1e-4 * (n + 1), 1e-3
}

// block is a plan of one.
type lone [4]float64

func (lone) Blocks() int { return 1 }

func (lone) Block(int) (name, kind string) { return "a", "b" }

func (l lone) Bounds(int) (x, y, width, height float64) { return l[0], l[1], l[2], l[3] }

func TestFloorplan(t *testing.T) {
	f := Floorplan(plan{2e-3})
	told(t, f, `floorplan, 2.5 × 2 mm
  layer 1: 2 of 2 mm^2 in all (40.0 %)
  layer 2: 2 of 2 mm^2 in all (40.0 %)
  global buffer: 1 of 1 mm^2 in all (20.0 %)
2.5 × 2 mm; blocks together 5 mm^2.`)
	data, err := f.Data()
	if err != nil || !strings.HasPrefix(data, "name,kind,x (m),y (m),width (m),height (m)\n1,layer 1,0,0,0.001,0.001\n") {
		t.Errorf("data %q, error %v", data, err)
	}
}

// A plan with more kinds than colours names those that share one.
func TestFloorplanOfManyKinds(t *testing.T) {
	p, err := Floorplan(row(40)).content()
	if err != nil {
		t.Fatal(err)
	}
	if len(p.entries) != mostKinds || p.entries[mostKinds-1].name != "other" {
		t.Errorf("%d colours, the last is %v", len(p.entries), p.entries[len(p.entries)-1])
	}
	if !strings.HasPrefix(p.notes[1], "Other: block 1, block 2") || strings.Contains(p.notes[1], "block 40") {
		t.Errorf("note %q", p.notes[1])
	}
}

func TestScaleBarIsRound(t *testing.T) {
	for length, want := range map[float64]float64{1e-3: 1e-3, 1.9e-3: 1e-3, 2.1e-3: 2e-3, 4.9e-3: 2e-3, 0.6e-4: 5e-5, 9.9: 5} {
		if got := roundLength(length); math.Abs(got/want-1) > 1e-9 {
			t.Errorf("round length up to %g: %g, want %g", length, got, want)
		}
	}
}

func TestFloorplanErrors(t *testing.T) {
	faults(t, map[string]*Figure{
		"plots: Floorplan: the plan is nil":                                 Floorplan(nil),
		"plots: Floorplan: 0 blocks: allowed are 1 to 20000":                Floorplan(row(0)),
		"plots: Floorplan: a: -1 x 2 m at (0, 0): allowed are finite":       Floorplan(lone{0, 0, -1, 2}),
		"plots: Floorplan: a: NaN x 2 m at (0, 0): allowed are finite":      Floorplan(lone{0, 0, math.NaN(), 2}),
		"plots: Floorplan: no block has an area":                            Floorplan(lone{1, 1, 0, 2}),
		"plots: LogX, LogY: a floorplan has no logarithmic axes":            Floorplan(plan{1}).LogX(),
		"plots: Roofline: the machine is nil":                               Roofline(nil),
		"plots: Roofline: a rate of 0 and a bandwidth of 1: allowed are":    Roofline(workshop{0, []float64{1}}),
		"plots: Roofline: 1 names, 0 intensities and 1 rates of work: as":   Roofline(workshop{1, nil}),
		"plots: Roofline: it: -1 operations for every bit, 1 a second: all": Roofline(workshop{1, []float64{-1}}),
	})
}

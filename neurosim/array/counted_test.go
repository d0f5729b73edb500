package array

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/simd"
)

// Counting gives what multiplying does. The range is such that steps, scales and sums
// are exact, so that no sum falls to another side of an edge.
func TestCountingIsMultiplying(t *testing.T) {
	w, x := onGrid(random(37, 200, -1, 1), 32), onGrid(random(21, 200, 0, 1), 255)
	for name, c := range map[string]Config{
		"one cell":   {WeightBits: 4},
		"slices":     {WeightBits: 6, CellBits: 2},
		"pair":       {WeightBits: 6, CellBits: 2, Mapping: Pair},
		"one row":    {WeightBits: 6, CellBits: 3, Rows: 1},
		"calibrated": {WeightBits: 5, CellBits: 3, ADCRange: Calibrated},
		"batch":      {WeightBits: 4, ADCRange: Batch, CellBits: 1},
		"full":       {WeightBits: 5, CellBits: 1, ADCRange: Full},
		"span":       {WeightBits: 5, CellBits: 1, ADCRange: Full, ADCSpan: 0.5},
		"ten bits":   {WeightBits: 5, CellBits: 1, ADCRange: Full, InputBits: 10},
	} {
		if c.Rows == 0 {
			c.Rows = 128
		}
		if c.InputBits == 0 {
			c.InputBits = 8
		}
		c.ADCBits = 12
		b := Build{Config: c, Device: device.Analog{OnOff: 8}, In: 200, Out: 37}
		counting, multiplying := mustNew(t, b), mustNew(t, b)
		if counting.forward.counted == nil {
			t.Fatalf("%s is not counted", name)
		}
		multiplying.forward.counted = nil
		got, want := NewMatrix(21, 37), NewMatrix(21, 37)
		for range 2 { // calibrated the second time
			counting.Program(w)
			multiplying.Program(w)
			counting.Read(got, x, Moment{})
			multiplying.Read(want, x, Moment{})
			off, largest := 0.0, 0.0
			for i, v := range want.Data {
				off = max(off, math.Abs(float64(v-got.Data[i])))
				largest = max(largest, math.Abs(float64(v)))
			}
			// A sum on an edge may fall to its other side: one step of one column.
			if off > 2e-3*largest {
				t.Errorf("%s: %g off of %g", name, off, largest)
			}
		}
		again := NewMatrix(21, 37)
		counting.Read(again, x, Moment{})
		if !slices.Equal(again.Data, got.Data) {
			t.Errorf("%s: another read gives other bits", name)
		}
	}
}

// Reads by tables and by tiles have the bits of reads by counting, for any number of lines
// and columns.
func TestOtherReadsAreCounting(t *testing.T) {
	for name, means := range map[string]func(*counted){
		"tables": func(c *counted) { c.tabled, c.tiled = newTabled(c), nil },
		"tiles":  func(c *counted) { c.tabled, c.tiled = nil, newTiled(c) },
	} {
		t.Run(name, func(t *testing.T) {
			if name == "tiles" && !simd.CanTiles(1, 1) {
				t.Skip("this processor has no tiles")
			}
			for _, shape := range [][2]int{{1, 37}, {8, 300}, {75, 37}, {130, 15}} {
				testCounting(t, shape[0], shape[1], means)
			}
		})
	}
}

func testCounting(t *testing.T, lines, out int, means func(*counted)) {
	w, x := random(out, 200, -1, 1), random(lines, 200, 0, 1)
	for name, c := range map[string]Config{
		"slices":     {WeightBits: 8, CellBits: 2},
		"few rows":   {WeightBits: 8, CellBits: 2, Rows: 50, InputBits: 3},
		"four bits":  {WeightBits: 8, CellBits: 4, ADCRange: Full, ADCSpan: 0.7},
		"pair":       {WeightBits: 6, CellBits: 3, Mapping: Pair},
		"calibrated": {WeightBits: 6, CellBits: 2, ADCRange: Calibrated, InputBits: 5},
		"ten bits":   {WeightBits: 5, CellBits: 1, ADCRange: Full, InputBits: 10},
	} {
		c.ADCBits = 6
		if c.Rows == 0 {
			c.Rows = 128
		}
		if c.InputBits == 0 {
			c.InputBits = 8
		}
		b := Build{Config: c, Device: device.Analog{OnOff: 10}, In: 200, Out: out}
		other, counting := mustNew(t, b), mustNew(t, b)
		means(other.forward.counted)
		if other.forward.counted.tiled != nil && !simd.CanTiles(c.InputBits, len(other.cells.slices)) {
			continue
		}
		counting.forward.counted.tabled, counting.forward.counted.tiled = nil, nil
		got, want := NewMatrix(lines, out), NewMatrix(lines, out)
		for range 2 {
			other.Program(w)
			counting.Program(w)
			other.Read(got, x, Moment{})
			counting.Read(want, x, Moment{})
			if !slices.Equal(got.Data, want.Data) {
				t.Errorf("%s, %d lines: other bits", name, lines)
			}
			x.Data[0]++ // beyond the range
		}
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(5))
		other.Read(got, x, Moment{})
		runtime.GOMAXPROCS(1)
		other.Read(want, x, Moment{})
		if !slices.Equal(got.Data, want.Data) {
			t.Errorf("%s, %d lines: other bits on one processor", name, lines)
		}
		if n := testing.AllocsPerRun(2, func() { other.Read(got, x, Moment{}) }); n > 0 {
			t.Errorf("%s, %d lines: %g allocations", name, lines, n)
		}
	}
}

package simd

import (
	"slices"
	"testing"
	"unsafe"
)

// The kernel gives the bits of Go, for any number of digits and with ranges without width.
func TestAims(t *testing.T) { onAllPaths(t, testAims) }

func testAims(t *testing.T) {
	next := normals(11)
	for digits := 1; digits <= aimed; digits++ {
		const lines = 7
		a := Aim{Off: 0.03, Zero: 1.98, Highest: 31, Digits: digits}
		for z := range digits {
			if z%4 != 2 {
				a.Low[z], a.Step[z], a.Scale[z], a.Weight[z] = 3+next(), 0.7+0.1*next(), 1.3, 0.3*next()
			}
		}
		ones := make([]float32, lines*digits)
		for i := range ones {
			ones[i] = float32(i * 7 % 129)
		}
		got, want := make([]float32, lines*(digits+1)+1), make([]float32, lines*(digits+1)+1)
		a.Lines(got, ones)
		lanes := updateLanes
		updateLanes = 0
		a.Lines(want, ones)
		updateLanes = lanes
		if !slices.Equal(got, want) {
			t.Errorf("%d digits: other bits than in Go", digits)
		}
	}
	if at := unsafe.Offsetof(aiming{}.low); at != 48 {
		t.Errorf("the lows lie at %d, the kernel reads them at 48", at)
	}
}

package device

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"crossbook/neurosim/internal/oracle"
)

// The reference's table at all labels to 9.50 of both signs, its truncation and
// its clamping included.
func TestTableAgainstReference(t *testing.T) {
	rows := oracle.Rows(t, "testdata/label_to_A.csv")
	for _, row := range rows {
		label, want := oracle.Number(t, row["label"]), oracle.Number(t, row["A_normalised"])
		if got := TableA(float32(label)); !(math.Abs(got-want) <= 1e-6) {
			t.Errorf("label %g: %f, want %f", label, got, want)
		}
	}
	if len(rows) < 1900 {
		t.Errorf("only %d labels", len(rows))
	}
}

// The labels of two decimals at which the reference looks one entry too low.
func TestTableTruncates(t *testing.T) {
	var low []string
	for i := 1; i <= 100*MaxLabel; i++ {
		text := fmt.Sprintf("%d.%02d", i/100, i%100)
		label, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		switch a := TableA(float32(label)); {
		case math.Abs(a-NormalisedA(label)) <= 1e-6:
		case math.Abs(a-NormalisedA(label-0.01)) <= 1e-6:
			low = append(low, text)
		default:
			t.Errorf("label %s: %f", text, a)
		}
	}
	if len(low) != 46 || low[0] != "0.53" {
		t.Errorf("%d labels: %v", len(low), low)
	}
}

func TestLabelUndoesNormalisedA(t *testing.T) {
	for label := -9.0; label <= 9; label += 0.125 {
		if got := Label(NormalisedA(label)); math.Abs(got-label) > 1e-9 {
			t.Errorf("label %g comes back as %g", label, got)
		}
	}
}

// The definition, tried on the curve itself.
func TestNormalisedAIsADistance(t *testing.T) {
	for _, label := range []float64{0.01, 0.5, 1.75, 4, 9} {
		a, largest := NormalisedA(label), 0.0
		for i := range 100_001 {
			x := float64(i) / 100_000
			largest = max(largest, math.Expm1(-x/a)/math.Expm1(-1/a)-x)
		}
		if got := largest / math.Sqrt2 / 0.07; math.Abs(got-label) > 1e-6 {
			t.Errorf("label %g: the curve bends by %g", label, got)
		}
	}
}

func TestQuickBend(t *testing.T) {
	for label := -9.2; label < 9.2; label += 0.0137 {
		want := bend(label)
		if got := quickBend(label); math.Abs(got-want) > 1e-7*math.Abs(want)+1e-9 {
			t.Errorf("label %g: %g, want %g", label, got, want)
		}
	}
}

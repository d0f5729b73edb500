package train

import (
	"reflect"
	"testing"
)

func TestTraces(t *testing.T) {
	h := History{
		{Epoch: 1, Layer: 1, Kept: Record{Weights: true, Updates: true}, Weights: Spread{1, 2, 3, 4, 0.5}, Updates: Moves{0.25, 6, 7, 8}},
		{Epoch: 1, Layer: 2, Kept: everything, Angle: 30},
		{Epoch: 2, Layer: 2, Kept: everything, Angle: 20},
	}
	if h.Layers() != 2 {
		t.Errorf("%d layers", h.Layers())
	}
	for q, want := range map[Quantity]float64{
		WeightMean: 1, WeightDeviation: 2, AtLimit: 50, Changed: 25, StepSize: 6, LTPPulses: 7, LTDPulses: 8,
	} {
		trace := h.Trace(q, 1)
		if trace.Len() != 1 || trace.Values[0] != want {
			t.Errorf("%s: %v, want %g", q, trace.Values, want)
		}
	}
	angle := h.Trace(Angle, 2)
	x, y := angle.XY(1)
	xLabel, yLabel := angle.AxisLabels()
	if x != 2 || y != 20 || angle.Label() != "layer 2" || xLabel != "epoch" || yLabel != "angle to back-propagation (degrees)" {
		t.Errorf("%q at %g, %g; %s, %s", angle.Label(), x, y, xLabel, yLabel)
	}
	for _, none := range []Trace{h.Trace(Angle, 1), h.Trace(Angle, 3), h.Trace("size", 2)} {
		if none.Len() != 0 {
			t.Errorf("%s of %s has %d points", none.Quantity, none.Name, none.Len())
		}
	}
	if !reflect.DeepEqual(angle.Epochs, []int{1, 2}) {
		t.Errorf("epochs %v", angle.Epochs)
	}
}

package nn

import (
	"testing"

	"crossbook/neurosim/device"
)

func TestPrecisionOfLaws(t *testing.T) {
	for _, c := range []struct {
		asked  Precision
		device device.Analog
		want   Precision
	}{
		{Precision{}, device.Analog{Levels: 64}, Precision{6, 6, 8, 8}},
		{Precision{}, device.Capacitor(), Precision{Float, Float, 8, 8}},
		{Precision{Weight: 4, Error: 32}, device.Capacitor(), Precision{4, Float, 8, Float}},
	} {
		if got := c.asked.For(c.device); got != c.want {
			t.Errorf("%+v on %v: %+v, want %+v", c.asked, c.device, got, c.want)
		}
	}
}

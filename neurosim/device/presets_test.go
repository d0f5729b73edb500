package device

import (
	"math"
	"testing"
)

// The published step at weight 0 and range of each device.
func TestPresets(t *testing.T) {
	for name, c := range map[string]struct {
		device          Analog
		step, low, high float64
	}{
		"Gokmen and Vlasov": {GokmenVlasov(), 0.0016, -1, 1},
		"idealised":         {Idealised(), 0.0002, -1, 1},
		"capacitor":         {Capacitor(), 0.005, -1, 1},
		"lithium ECRAM":     {LithiumECRAM(), 0.002, -0.8276, 1.1724},
		"metal-oxide ECRAM": {MetalOxideECRAM(), 2.8214e-4, -0.8286, 1.1714},
		"ReRAM":             {ReRAM(), 0.002, -0.75, 1.25},
	} {
		if err := c.device.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		cell := c.device.newSteps(Fabrication{Count: 1, Limit: 1}).nominal
		if math.Abs(cell.size/c.step-1) > 1e-4 || math.Abs(cell.low-c.low) > 1e-12 || math.Abs(cell.high-c.high) > 1e-12 {
			t.Errorf("%s: %+v, want %g, %g, %g", name, cell, c.step, c.low, c.high)
		}
	}
}

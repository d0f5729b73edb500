package circuit

import "testing"

func TestGatesAgainstReference(t *testing.T) {
	compare(t, "prim_gate", func(o *given) map[string]float64 {
		k := o.kit()
		f := k.feature()
		g := gate{
			gateKind(o.count("gate")), o.count("numInput"),
			o.number("wN_F") * f, o.number("wP_F") * f, o.number("hRegion_F") * f,
		}
		size := k.gateSize(g)
		return map[string]float64{
			"height": float64(size.Height), "width": float64(size.Width), "area": float64(size.Area),
			"capIn": k.inputCap(g), "capOut": k.outputCap(g), "leak": k.leak(g),
		}
	})
}

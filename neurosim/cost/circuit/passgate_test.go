package circuit

import "testing"

func TestPassGatesAgainstReference(t *testing.T) {
	compare(t, "prim_passgate", func(o *given) map[string]float64 {
		k := o.kit()
		f := k.feature()
		size := k.passGate(o.number("wN_F")*f, o.number("wP_F")*f, o.count("numFold"))
		return map[string]float64{
			"height": float64(size.Height), "width": float64(size.Width), "area": float64(size.Area),
		}
	})
}

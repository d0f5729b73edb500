package circuit

import "testing"

func TestTransistorsAgainstReference(t *testing.T) {
	compare(t, "prim_mos", func(o *given) map[string]float64 {
		k := o.kit()
		w := o.number("w_F") * k.feature()
		return map[string]float64{
			"gateCap":   k.gateCap(w),
			"drainCapN": k.drainCap(nChannel, w, cellHeight*k.feature()),
			"drainCapP": k.drainCap(pChannel, w, cellHeight*k.feature()),
			"RonN":      k.resistance(nChannel, w),
			"RonP":      k.resistance(pChannel, w),
			"gmN":       k.transconductance(nChannel, w),
			"gmP":       k.transconductance(pChannel, w),
		}
	})
}

func TestDelayAgainstReference(t *testing.T) {
	compare(t, "prim_horowitz", func(o *given) map[string]float64 {
		delay, ramp := horowitz(o.number("tr"), o.number("rampInput"))
		return map[string]float64{"delay": delay, "rampOutput": ramp}
	})
}

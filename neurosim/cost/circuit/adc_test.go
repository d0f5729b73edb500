package circuit

import (
	"testing"

	"crossbook/neurosim/units"
)

func TestFlashADCAgainstReference(t *testing.T) {
	compare(t, "multilevelSenseAmp", func(o *given) map[string]float64 {
		k := o.kit()
		k.Cell.ReadVoltage = units.Volt(o.number("readVoltage"))
		k.Cell.On, k.Cell.Off = units.Ohm(o.number("resistanceOn")), units.Ohm(o.number("resistanceOff"))
		a := FlashADC{
			Kit: k, Fit: o.fit(), Columns: o.count("numCol"), Levels: o.count("levelOutput"),
			Voltage: !o.yes("currentMode"), Shared: o.count("numColMuxed"), Rows: 1,
		}
		a.Fit.Width = units.Metre(16*8*4) * units.Metre(k.feature())
		if o.yes("parallel") {
			a.Rows = o.count("numRowSubArray")
		}
		columns := []float64{o.number("R1"), o.number("R2"), o.number("R3")}
		m := results(a.Size(), a.Leakage())
		m = reads(m, a.Convert(columns).Times(o.number("numRead")))
		for i, name := range []string{"1", "2", "3"} {
			m["colPower"+name] = a.power(columns[i])
			if !a.Voltage {
				m["colLatency"+name] = a.delay(columns[i])
			}
		}
		return m
	})
}

func TestSarADCAgainstReference(t *testing.T) {
	compare(t, "sarADC", func(o *given) map[string]float64 {
		k := o.kit()
		k.Cell.ReadVoltage = units.Volt(o.number("readVoltage"))
		a := SarADC{Kit: k, Columns: o.count("numCol"), Levels: o.count("levelOutput")}
		a.Fit.Width = units.Metre(16*8*4) * units.Metre(k.feature())
		columns := []float64{o.number("R1"), o.number("R2"), o.number("R3")}
		m := results(a.Size(), a.Leakage())
		for i, name := range []string{"1", "2", "3"} {
			m["colEnergy"+name] = a.energy(columns[i])
		}
		return reads(m, a.Convert(columns).Times(o.number("numRead")))
	})
}

func TestEncoderAgainstReference(t *testing.T) {
	compare(t, "multilevelSAEncoder", func(o *given) map[string]float64 {
		e := Encoder{Kit: o.kit(), Fit: o.fit(), Levels: o.count("numLevel"), Count: o.count("numEncoder")}
		return reads(results(e.Size(), e.Leakage()), e.Encode().Times(o.number("numRead")))
	})
}

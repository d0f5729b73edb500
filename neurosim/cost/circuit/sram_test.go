package circuit

import (
	"testing"

	"crossbook/neurosim/units"
)

func TestPrechargerAgainstReference(t *testing.T) {
	compare(t, "precharger", func(o *given) map[string]float64 {
		p := Precharger{
			Kit: o.kit(), Fit: o.fit(), Columns: o.count("numCol"),
			Cells: o.count("numReadCell"), Active: o.number("actColWrite"),
		}
		w := p
		w.Cells = o.count("numWriteCell")
		m := results(p.Size(), p.Leakage())
		m = reads(m, p.Read(o.line()).Times(o.number("numRead")))
		return writes(m, w.Write(o.line()).Times(o.number("numWrite")))
	})
}

func TestWriteDriverAgainstReference(t *testing.T) {
	compare(t, "sramWriteDriver", func(o *given) map[string]float64 {
		w := WriteDriver{
			Kit: o.kit(), Fit: o.fit(), Columns: o.count("numCol"),
			Cells: o.count("numWriteCell"), Active: o.number("actColWrite"),
		}
		m := results(w.Size(), w.Leakage())
		return writes(m, w.Write(o.line()).Times(o.number("numWrite")))
	})
}

func TestSenseAmpAgainstReference(t *testing.T) {
	compare(t, "senseAmp", func(o *given) map[string]float64 {
		k := o.kit()
		k.SRAM.SenseVoltage = units.Volt(o.number("senseVoltage"))
		s := SenseAmp{
			Kit: k, Fit: o.fit(), Columns: o.count("numCol"),
			Pitch: units.Metre(o.number("pitch_F") * k.feature()),
		}
		m := results(s.Size(), s.Leakage())
		m["capLoad"] = s.load()
		return reads(m, s.Read(o.number("numReadCell")).Times(o.number("numRead")))
	})
}

package circuit

import (
	"testing"

	"crossbook/neurosim/units"
)

func TestRowDecoderAgainstReference(t *testing.T) {
	compare(t, "rowDecoder", func(o *given) map[string]float64 {
		d := RowDecoder{
			Kit: o.kit(), Fit: o.fit(), Address: o.count("numAddrRow"),
			Mux: o.yes("MUX"), Strong: o.yes("parallel"), Column: o.yes("mode"),
		}
		m := results(d.Size(), d.Leakage())
		a, ramp := d.decode(o.number("capLoad1"), o.number("capLoad2"))
		m["rampOutput"] = ramp
		return writes(reads(m, a.Times(o.number("numRead"))), a.Times(o.number("numWrite")))
	})
}

func TestMuxAgainstReference(t *testing.T) {
	compare(t, "mux", func(o *given) map[string]float64 {
		m := Mux{
			Kit: o.kit(), Fit: Fit{Width: o.metre("newWidth")},
			Outputs: o.count("numInput"), Selection: o.count("numSelection"), Load: units.Ohm(o.number("resTg")),
		}
		if o.yes("override") {
			m.Fit.Height = o.metre("newHeight")
		}
		s := m.pass()
		out := results(m.Size(), 0)
		out["capTgGateN"], out["capTgGateP"], out["capTgDrain"] = s.gateN, s.gateP, m.drain()
		out["widthTgN"], out["widthTgP"] = s.n, s.p
		return reads(out, m.Select(units.Farad(o.number("capLoad"))).Times(o.number("numRead")))
	})
}

func (o *given) line() Line {
	return Line{units.Farad(o.number("capLoad")), units.Ohm(o.number("resLoad"))}
}

func TestSwitchMatrixAgainstReference(t *testing.T) {
	compare(t, "switchMatrix", func(o *given) map[string]float64 {
		k := o.kit()
		k.Cell.CrossPoint = !o.yes("accessCMOS")
		s := SwitchMatrix{
			Kit: k, Fit: o.fit(), Outputs: o.count("numOutput"), Column: o.yes("mode"),
			Load:    units.Ohm(o.number("resTg")),
			Writing: Writing{o.number("actColWrite"), o.count("numWriteCellPerOpNeuro"), o.number("numWritePulse")},
		}
		m := results(s.Size(), s.Leakage())
		_, ramp := s.settle(o.line())
		m["rampOutput"], m["capTgDrain"] = ramp, s.drain()
		m = reads(m, s.Read(o.line(), o.number("actRowRead")).Times(o.number("numRead")))
		return writes(m, s.Write(o.line(), o.number("numWrite"), o.number("numRead")))
	})
}

func TestWordLinesAgainstReference(t *testing.T) {
	compare(t, "newSwitchMatrix", func(o *given) map[string]float64 {
		w := WordLines{Kit: o.kit(), Fit: o.fit(), Rows: o.count("numOutput")}
		m := results(w.Size(), w.Leakage())
		_, m["rampOutput"] = w.settle(o.line())
		m = reads(m, w.Read(o.line(), o.number("actRowRead")).Times(o.number("numRead")))
		return writes(m, w.Write(o.line(), o.number("numWrite"), o.number("numRead")))
	})
}

func TestRowDriversAgainstReference(t *testing.T) {
	compare(t, "wlNewDecoderDriver", func(o *given) map[string]float64 {
		r := RowDrivers{Kit: o.kit(), Fit: o.fit(), Rows: o.count("numWLRow")}
		ramp := o.number("rampInput")
		m := results(r.Size(), r.Leakage())
		m = reads(m, r.Read(o.line(), ramp).Times(o.number("numRead")))
		return writes(m, r.Write(o.line(), ramp).Times(o.number("numWrite")))
	})
}

func TestCrossPointDriversAgainstReference(t *testing.T) {
	compare(t, "decoderDriver", func(o *given) map[string]float64 {
		if o.yes("mode") {
			return nil // above the array: a form that no array has
		}
		k := o.kit()
		k.Cell.CrossPoint = true
		d := CrossPointDrivers{
			Kit: k, Fit: o.fit(), Outputs: o.count("numOutput"), Cells: o.count("numLoad"),
			Load: units.Ohm(o.number("resMemCellOn")),
		}
		m := results(d.Size(), d.Leakage())
		m = reads(m, d.Read(o.line(), step, o.count("numReadCell")).Times(o.number("numRead")))
		return writes(m, d.Write(o.line(), step, o.count("numWriteCell")).Times(o.number("numWrite")))
	})
}

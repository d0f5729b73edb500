package circuit

import (
	"testing"

	"crossbook/neurosim/units"
)

func TestDFFAgainstReference(t *testing.T) {
	compare(t, "dff", func(o *given) map[string]float64 {
		d := DFF{Kit: o.kit(), Fit: o.fit(), Count: o.count("numDff")}
		m := results(d.Size(), d.Leakage())
		m["capTgDrain"] = float64(d.Load())
		return reads(m, d.Read(o.number("numPerOp")).Times(o.number("numRead")))
	})
}

func TestBitShifterAgainstReference(t *testing.T) {
	compare(t, "bitShifter_relu", func(o *given) map[string]float64 {
		b := BitShifter{Kit: o.kit(), Fit: o.fit(), Units: o.count("numUnit"), Bits: o.count("numBit")}
		return reads(results(b.Size(), b.Leakage()), b.Read().Times(o.number("numRead")))
	})
}

func TestAdderAgainstReference(t *testing.T) {
	compare(t, "adder", func(o *given) map[string]float64 {
		a := Adder{Kit: o.kit(), Fit: o.fit(), Bits: o.count("numBit"), Count: o.count("numAdder")}
		m := results(a.Size(), a.Leakage())
		m["rampOutput"] = a.carry(o.number("capLoad")).ramp
		return reads(m, a.Add(units.Farad(o.number("capLoad")), o.number("numPerOp")).Times(o.number("numRead")))
	})
}

func TestAdderTreeAgainstReference(t *testing.T) {
	compare(t, "adderTree", func(o *given) map[string]float64 {
		a := AdderTree{
			Kit: o.kit(), Fit: o.fit(),
			Rows: o.count("numSubcoreRow"), Bits: o.count("numAdderBit"), Trees: o.count("numAdderTree"),
		}
		values := o.count("numUnitAdd")
		if values == 0 {
			values = a.Rows
		}
		m := results(a.Size(), a.Leakage(values))
		m["numStage"] = float64(a.Stages())
		return reads(m, a.Add(values).Times(o.number("numRead")))
	})
}

func TestShiftAddAgainstReference(t *testing.T) {
	compare(t, "shiftAdd", func(o *given) map[string]float64 {
		k := o.kit()
		k.Cell.ReadPulse = units.Second(o.number("readPulseWidth"))
		s := ShiftAdd{
			Kit: k, Fit: o.fit(),
			Units: o.count("numUnit"), Bits: o.count("numAdderBit"), Pulses: o.count("numReadPulse"),
		}
		return reads(results(s.Size(), s.Leakage()), s.Accumulate(o.number("numRead")))
	})
}

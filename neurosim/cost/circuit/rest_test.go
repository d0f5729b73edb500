package circuit

import (
	"testing"

	"crossbook/neurosim/units"
)

func TestComparatorAgainstReference(t *testing.T) {
	compare(t, "comparator", func(o *given) map[string]float64 {
		c := Comparator{
			Kit: o.kit(), Fit: Fit{Width: 1e-4}, Bits: o.count("numBit"), Count: o.count("numComparator"),
		}
		m := results(c.Size(), c.Leakage())
		m["areaUnit"] = c.unit()
		return reads(m, c.Compare(units.Farad(o.number("capLoad")), o.number("numPerOp")).Times(o.number("numRead")))
	})
}

func TestMaxPoolingAgainstReference(t *testing.T) {
	compare(t, "maxPooling", func(o *given) map[string]float64 {
		p := MaxPooling{
			Kit: o.kit(), Fit: Fit{Width: o.metre("widthArray")},
			Bits: o.count("numBit"), Window: o.count("window"), Units: o.count("numMaxPooling"),
		}
		m := results(p.Size(), p.Leakage())
		comparators, stages := p.tournament()
		m["numComparator"], m["numStage"], m["areaUnit"] = float64(comparators), float64(stages), p.unit()
		return reads(m, p.Pool().Times(o.number("numRead")))
	})
}

func TestSigmoidAgainstReference(t *testing.T) {
	compare(t, "sigmoid", func(o *given) map[string]float64 {
		s := Sigmoid{
			Kit: o.kit(), Fit: o.fit(),
			Bits: o.count("numYbit"), Entries: o.count("numEntry"), Functions: o.count("numFunction"),
		}
		m := results(s.Size(), s.Leakage())
		m["areaUnit"] = s.unit()
		return reads(m, s.Look().Times(o.number("numRead")))
	})
}

func TestBufferAgainstReference(t *testing.T) {
	compare(t, "buffer", func(o *given) map[string]float64 {
		b := Buffer{
			Kit: o.kit(), Fit: o.fit(),
			Bits: o.count("numBit"), Interface: o.count("interface"), SRAM: o.yes("SRAM"),
		}
		m := results(b.Size(), b.Leakage())
		m = reads(m, b.Read(o.number("numRead"), o.number("bitsRead")))
		return writes(m, b.Write(o.number("numWrite"), o.number("bitsWrite")))
	})
}

func TestBusAgainstReference(t *testing.T) {
	compare(t, "bus", func(o *given) map[string]float64 {
		b := Bus{
			Kit: o.kit(), Vertical: o.yes("mode"), Rows: o.count("numRow"), Cols: o.count("numCol"),
			Unit: box(o.number("unitHeight"), o.number("unitWidth")), Tolerance: o.number("delaytol"),
		}
		r := b.Kit.repeat(b.Tolerance, less)
		m := map[string]float64{
			"area": 0, "leakage": float64(b.Leakage()), "wireLength": b.length(),
			"repeaterSize": float64(r.size), "minDist": r.distance,
		}
		return reads(m, b.Move(o.number("numBitAccess")).Times(o.number("numRead")))
	})
}

func TestHTreeAgainstReference(t *testing.T) {
	compare(t, "htree", func(o *given) map[string]float64 {
		h := HTree{
			Kit: o.kit(), Rows: o.count("numRow"), Cols: o.count("numCol"), Width: o.count("busWidth"),
			Unit:      box(o.number("unitHeight"), o.number("unitWidth")),
			Tolerance: o.number("delaytol"), Folded: o.number("fold"),
		}
		r := h.repeaters()
		length, area := h.wires()
		m := map[string]float64{
			"area": area, "leakage": float64(h.Leakage()), "totalWireLength": length,
			"repeaterSize": float64(r.size), "minDist": r.distance, "numStage": float64(2*h.levels() + 1),
		}
		return reads(m, h.Move(o.number("numBitAccess")).Times(o.number("numRead")))
	})
}

func TestDRAMAgainstReference(t *testing.T) {
	compare(t, "dram", func(o *given) map[string]float64 {
		d := GDDR5()
		if o.count("type") == 2 {
			d = HBM2()
		}
		return reads(map[string]float64{}, d.Move(o.number("bits")))
	})
}

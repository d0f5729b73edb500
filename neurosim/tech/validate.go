package tech

import "crossbook/neurosim/internal/check"

// Validate returns every field outside its range, nil when there is none.
func (c Cell) Validate() error {
	var p check.Problems
	if c.Kind != RRAM && c.Kind != FeFET && c.Kind != SRAM {
		p.Add("Kind", string(c.Kind), "RRAM, FeFET, SRAM")
		return p.Err()
	}
	p.Float("Height", c.Height, 0.5, 1000)
	p.Float("Width", c.Width, 0.5, 1000)
	p.Float("ReadVoltage", float64(c.ReadVoltage), 1e-3, 10)
	p.Float("ReadPulse", float64(c.ReadPulse), 1e-12, 1)
	p.Float("AccessVoltage", float64(c.AccessVoltage), 0, 10)
	p.Float("AccessResistance", float64(c.AccessResistance), 0, 1e9)
	p.Float("Nonlinearity", c.Nonlinearity, 0, 100)
	if c.Kind == SRAM {
		c.validateSRAM(&p)
	} else {
		c.validateResistive(&p)
	}
	return p.Err()
}

func (c Cell) validateSRAM(p *check.Problems) {
	if c.CrossPoint {
		p.Add("CrossPoint", true, "false for SRAM")
	}
	p.Float("NMOSWidth", c.NMOSWidth, 0.5, 100)
	p.Float("PMOSWidth", c.PMOSWidth, 0.5, 100)
	p.Float("AccessWidth", c.AccessWidth, 0.5, 100)
	p.Float("SenseVoltage", float64(c.SenseVoltage), 1e-3, 1)
}

func (c Cell) validateResistive(p *check.Problems) {
	p.Float("On", float64(c.On), 1, 1e12)
	p.Float("Off", float64(c.Off), 1, 1e15)
	if c.Off <= c.On {
		p.Add("Off", c.Off, "more than On")
	}
	p.Float("WriteVoltage", float64(c.WriteVoltage), 1e-3, 20)
	p.Float("WritePulse", float64(c.WritePulse), 1e-12, 1)
	p.Float("GateCap", float64(c.GateCap), 0, 1e-12)
	p.Float("Polarization", c.Polarization, 0, 10)
	if c.Kind == FeFET && c.CrossPoint {
		p.Add("CrossPoint", true, "false for FeFET")
	}
}

// Validate returns every field outside its range, nil when there is none.
func (t Transistor) Validate() error {
	var p check.Problems
	p.Int("Node", t.Node, 1, 1000)
	if t.Roadmap != LSTP && t.Roadmap != HP {
		p.Add("Roadmap", int(t.Roadmap), "LSTP, HP")
	}
	p.Float("Vdd", float64(t.Vdd), 0.2, 10)
	p.Float("Vth", float64(t.Vth), 0.01, 5)
	if t.Vth >= t.Vdd {
		p.Add("Vth", t.Vth, "less than Vdd")
	}
	p.Float("GateLength", float64(t.GateLength), 1e-9, 1e-6)
	p.Float("IdealCap", float64(t.IdealCap), 1e-12, 1e-7)
	p.Float("FringeCap", float64(t.FringeCap), 0, 1e-7)
	p.Float("ResistanceFactor", t.ResistanceFactor, 1, 100)
	p.Under("N", t.N.validate())
	p.Under("P", t.P.validate())
	p.Under("Fin", t.Fin.validate())
	return p.Err()
}

func (t Polarity) validate() error {
	var p check.Problems
	within := func(field string, list Currents, low, high float64) {
		for i, v := range list {
			if !(float64(v) >= low && float64(v) <= high) {
				p.Add(field, v, rangeAt(low, high, 300+10*i))
				return
			}
		}
	}
	within("On", t.On, 1, 1e5)
	within("Off", t.Off, 1e-12, 1e3)
	if t.Off[0] >= t.On[0] {
		p.Add("Off", t.Off[0], "less than On")
	}
	p.Float("Transconductance", float64(t.Transconductance), 1, 1e6)
	return p.Err()
}

func (f Fin) validate() error {
	if f == (Fin{}) {
		return nil
	}
	var p check.Problems
	p.Float("Height", float64(f.Height), 1e-9, 1e-6)
	p.Float("Width", float64(f.Width), 1e-9, 1e-6)
	p.Float("Pitch", float64(f.Pitch), 1e-9, 1e-6)
	if f.Width > f.Pitch {
		p.Add("Width", f.Width, "at most Pitch")
	}
	return p.Err()
}

// Validate returns every field outside its range, nil when there is none.
func (w Wire) Validate() error {
	var p check.Problems
	p.Int("Width", w.Width, 1, 10000)
	p.Float("AspectRatio", w.AspectRatio, 0.1, 10)
	p.Float("Resistivity", w.Resistivity, 1e-9, 1e-5)
	return p.Err()
}

// Validate returns every field outside its range, nil when there is none.
func (n Node) Validate() error {
	var p check.Problems
	if err, ok := n.Transistor.Validate().(check.Problems); ok {
		p = append(p, err...)
	}
	p.Under("Wire", n.Wire.Validate())
	return p.Err()
}

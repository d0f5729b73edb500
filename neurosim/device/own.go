package device

import "crossbook/neurosim/rng"

// stepCell is what may differ from cell to cell.
type stepCell struct {
	size      float64 // of a step: in weight with a law; else as a share of the nominal one
	low, high float64 // ends of the range
	asymmetry float64
	bend      float64 // added to the slopes, exponents or rates of a law
}

// group is cells that differ by more than their curves.
type group struct {
	nominal stepCell
	cells   []stepCell // nil: all are nominal
}

func (g *group) at(i int) stepCell {
	if g.cells == nil {
		return g.nominal
	}
	return g.cells[i]
}

// differences draws what distinguishes the cells of a nominal one; nil when nothing
// does.
func (d Analog) differences(f Fabrication, nominal stepCell) []stepCell {
	bend := 0.0
	if d.Law != "" {
		bend = d.DeviceToDevice
	}
	if d.StepVariation == 0 && d.RangeVariation == 0 && d.AsymmetryVariation == 0 && bend == 0 {
		return nil
	}
	cells := make([]stepCell, f.Count)
	normals := rng.New(f.Seed, "device-to-device of steps", f.Layer, 0)
	bends := rng.New(f.Seed, "device-to-device of slopes", f.Layer, 0)
	vary := func(i, k int, sigma float64) float64 {
		return max(0, 1+float64(sigma*normals.Normal(uint64(4*i+k))))
	}
	for i := range cells {
		cells[i] = stepCell{
			size: nominal.size * vary(i, 0, d.StepVariation),
			low:  nominal.low * vary(i, 1, d.RangeVariation),
			high: nominal.high * vary(i, 2, d.RangeVariation),

			asymmetry: nominal.asymmetry + float64(d.AsymmetryVariation*normals.Normal(uint64(4*i+3))),
		}
		if bend != 0 {
			cells[i].bend = bend * bends.Normal(uint64(i))
		}
	}
	return cells
}

// newOwn returns what distinguishes cells of the exponential model beside their labels;
// nil when nothing does.
func (d Analog) newOwn(f Fabrication) *group {
	if d.Asymmetry == 0 && d.StepVariation == 0 && d.RangeVariation == 0 && d.AsymmetryVariation == 0 {
		return nil
	}
	g := &group{nominal: stepCell{size: 1, low: -float64(f.Limit), high: float64(f.Limit), asymmetry: d.Asymmetry}}
	g.cells = d.differences(f, g.nominal)
	return g
}

// cell is what cell i is like.
func (c *Cells) cell(i int) stepCell {
	switch {
	case c.laws != nil:
		return c.laws.at(i)
	case c.own != nil:
		return c.own.at(i)
	}
	return stepCell{size: 1, low: -float64(c.limit), high: float64(c.limit)}
}

// movedOwn is where a share of the pulses, LTP below 0, takes cell i of the exponential
// model from a weight: as many pulses more as its steps are larger, along its curve
// stretched to its own range.
func (c *Cells) movedOwn(w float32, share float64, i int) float32 {
	cell := c.own.at(i)
	if share < 0 {
		share *= cell.size * max(0, 1+cell.asymmetry)
	} else {
		share *= cell.size * max(0, 1-cell.asymmetry)
	}
	middle, span := float32(cell.low+cell.high)/2, float32(cell.high-cell.low)/(2*c.limit)
	if span == 0 {
		return middle
	}
	curve := c.curve(share < 0, i)
	u := (w - middle) / span
	u -= curve.change(u, curve.growth(min(max(share, -1), 1)))
	return min(max(middle+float32(span*u), float32(cell.low)), float32(cell.high))
}

// writeDeviation is that of the weight that is seen around the weight that is kept.
func (d Analog) writeDeviation() float64 {
	if d.WriteNoise == 0 {
		return 0
	}
	return d.WriteNoise * (2 / float64(d.Levels))
}

// WriteNoise says whether the weight that is seen after a write is another one than
// the cell keeps: see [Cells.Seen].
func (c *Cells) WriteNoise() bool { return c.write != 0 }

// Seen is what is seen of the weight that cell i keeps, after a write: with the noise
// of the stream, which is to be another one in every step, and within the range of the
// cell.
func (c *Cells) Seen(kept float32, i int, noise rng.Stream) float32 {
	cell := c.cell(i)
	seen := float64(kept) + float64(c.write*noise.Normal(uint64(i)))
	return float32(min(max(seen, cell.low), cell.high))
}

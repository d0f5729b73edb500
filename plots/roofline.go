package plots

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Roof is a machine with its work, such as a chip with the layers of a network.
type Roof interface {
	// Roof is the highest rate of the machine, in operations a second, and the
	// bandwidth of its memory, in bit/s.
	Roof() (rate, bandwidth float64)
	// Work is its pieces of work: their names, their operations for every bit that
	// moves to or from the memory, and the rates that they reach.
	Work() (names []string, intensity, rate []float64)
}

// Roofline draws the rate of every piece of work against its operations for every
// bit of memory traffic, under the roof that the bandwidth of the memory and the
// highest rate of the machine make (S. Williams, A. Waterman and D. Patterson,
// Roofline, Communications of the ACM 52(4), 2009). What lies on the slope waits
// for the memory; what lies below the roof waits for something else.
func Roofline(machine Roof) *Figure {
	d := &roofData{}
	f := &Figure{data: d, log: [2]bool{true, true}}
	if isNil(machine) {
		return f.fail("Roofline", errors.New("the machine is nil"))
	}
	d.peak, d.bandwidth = machine.Roof()
	if !(d.peak > 0) || !(d.bandwidth > 0) || !finite(d.peak) || !finite(d.bandwidth) {
		return f.fail("Roofline", fmt.Errorf("a rate of %g and a bandwidth of %g: allowed are finite values above 0", d.peak, d.bandwidth))
	}
	names, intensity, rate := machine.Work()
	if len(names) == 0 || len(intensity) != len(names) || len(rate) != len(names) {
		return f.fail("Roofline", fmt.Errorf("%d names, %d intensities and %d rates of work: as many of each are needed, at least one", len(names), len(intensity), len(rate)))
	}
	for i, name := range names {
		if !(intensity[i] > 0) || !(rate[i] > 0) || !finite(intensity[i]) || !finite(rate[i]) {
			return f.fail("Roofline", fmt.Errorf("%s: %g operations for every bit, %g a second: allowed are finite values above 0", name, intensity[i], rate[i]))
		}
	}
	d.names = slices.Clone(names)
	d.at = [2][]float64{slices.Clone(intensity), slices.Clone(rate)}
	return f
}

// roofData is what Roofline draws.
type roofData struct {
	peak, bandwidth float64
	names           []string
	at              [2][]float64 // operations for every bit, and a second
}

func (d *roofData) axes(given [2]string) ([2]string, error) {
	return labelled(given, "operations for every bit of memory traffic", "operations a second"), nil
}

func (d *roofData) picture([2]bool) (*picture, error) {
	ridge := d.peak / d.bandwidth
	low, high := min(ridge, slices.Min(d.at[0]))/3, max(ridge, slices.Max(d.at[0]))*3
	p := &picture{head: "roofline", tight: [2]bool{true, false}}
	p.include(0, low, high)
	p.include(1, slices.Min(d.at[1]), d.peak*1.5, min(d.peak, low*d.bandwidth))
	p.layers = []plot.Plotter{roofLayer{d, low, high}}
	p.entries = []entry{{"roof", 0, bareSample}, {"work", 1, dotSample}}
	p.told = append(p.told, fmt.Sprintf("roof: %.4g operations a second, %.4g bit/s, ridge at %.4g operations for every bit", d.peak, d.bandwidth, ridge))
	for i, name := range d.names {
		p.told = append(p.told, fmt.Sprintf("%s: %.4g at %.4g, %.1f %% of the roof", name, d.at[1][i], d.at[0][i], 100*d.at[1][i]/d.under(i)))
	}
	p.notes = append(p.notes, "Slope: what the memory's bandwidth allows; level: the highest rate without moving data.")
	p.rows = func() [][]string {
		rows := [][]string{{"work", "operations for every bit", "operations a second", "roof"}}
		for i, name := range d.names {
			rows = append(rows, []string{name, cell(d.at[0][i]), cell(d.at[1][i]), cell(d.under(i))})
		}
		return rows
	}
	return p, nil
}

// under is the roof over a piece of work.
func (d *roofData) under(i int) float64 { return min(d.peak, d.bandwidth*d.at[0][i]) }

// roofLayer draws the roof and the work.
type roofLayer struct {
	*roofData
	low, high float64
}

// Plot draws the roof, the points and their names.
func (l roofLayer) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := func(intensity, rate float64) vg.Point { return vg.Point{X: x(intensity), Y: y(rate)} }
	roof := []vg.Point{at(l.low, min(l.peak, l.low*l.bandwidth)), at(l.peak/l.bandwidth, l.peak), at(l.high, l.peak)}
	c.StrokeLines(lineStyle(0), c.ClipLinesXY(roof)...)
	labels := newPlacing(c)
	for i := range l.names {
		c.DrawGlyph(markStyle(1), at(l.at[0][i], l.at[1][i]))
		labels.avoid(at(l.at[0][i], l.at[1][i]))
	}
	labels.avoidLine(roof[1:])
	for i, name := range l.names {
		labels.write(at(l.at[0][i], l.at[1][i]), name, vg.Point{X: 1, Y: -1})
	}
}

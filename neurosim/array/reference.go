package array

import (
	"fmt"
	"math"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/rng"
)

// Reference names a simulator whose reads are reproduced, known defects included.
// "" is none: correct physics.
type Reference string

// The references.
const (
	// V21 is DNN+NeuroSim V2.1 (X. Peng, S. Huang, H. Jiang, A. Lu and S. Yu, IEEE
	// TCAD 40(11), 2021): rows beyond the last full subarray are not read, bits
	// beyond the last full cell are not stored, the converters of the column of
	// weights 0 have a range of their own, codes are rounded down, and a range
	// without width gives NaN.
	V21 Reference = "v2.1"

	// V14 is DNN+NeuroSim V1.4, an inference simulator: as V21, but drift acts on the
	// digits of a weight, and leaks from each into the next; without InputBits the
	// whole product is converted at once.
	V14 Reference = "v1.4"

	// V15 is DNN+NeuroSim V1.5 (2025) as far as it is known here: its
	// digital reads of inputs and weights quantised after training. Without their fields
	// cells have 1 bit, inputs 8, voltages 1, converters 7, and subarrays 128 rows. It was
	// not compared with recorded reads.
	V15 Reference = "v1.5"
)

// faithful reads as a reference does.
type faithful struct {
	build  Build
	cells  int     // of a weight
	levels float32 // R
	ratio  float64 // of the lowest to the highest conductance
	inputs int     // bits
	groups [][]int // the inputs of each subarray

	seen   Matrix    // weights after drift
	whole  *integers // V15
	digits []Matrix

	x, plane, gathered, cellsOf, sums, zeros Matrix
	noise                                    [2]rng.Stream
	draws                                    uint64 // of the product in work
}

func newFaithful(b Build) (*faithful, error) {
	if err := b.ValidateReference(); err != nil {
		return nil, err
	}
	if b.Reference == V15 {
		return &faithful{build: b, whole: newIntegers(b), seen: NewMatrix(b.Out, b.In)}, nil
	}
	if b.CellBits == 0 {
		b.CellBits = b.WeightBits
	}
	if b.InputBits == 0 && b.Reference == V21 {
		b.InputBits = 8
	}
	f := &faithful{
		build: b, cells: b.WeightBits / b.CellBits, levels: float32(int(1) << b.CellBits),
		inputs: b.InputBits, seen: NewMatrix(b.Out, b.In), groups: b.referenceGroups(),
	}
	if b.Device.OnOff > 0 {
		f.ratio = 1 / b.Device.OnOff
	}
	for range f.cells {
		f.digits = append(f.digits, NewMatrix(b.Out, b.In))
	}
	f.noise = [2]rng.Stream{
		rng.New(b.Seed, "read noise, forward", b.Layer, 0), rng.New(b.Seed, "read noise, forward, test", b.Layer, 0),
	}
	return f, nil
}

// ValidateReference returns every field that the reference does not have, nil when
// there is none.
func (b Build) ValidateReference() error {
	var p check.Problems
	need := "with Reference " + string(b.Reference)
	p.OneOf("Reference", string(b.Reference), string(V21), string(V14), string(V15))
	if b.WeightBits == 0 {
		p.Add("WeightBits", 0, fmt.Sprintf("2 to %d %s", MaxBits, need))
	}
	if b.Mapping != "" && b.Mapping != Offset {
		p.Add("Mapping", b.Mapping, `"" `+need)
	}
	c := b.Config
	for _, field := range []struct {
		name  string
		value float64
	}{
		{"Cols", float64(c.Cols)},
		{"InputRange", c.InputRange},
		{"ErrorADCBits", float64(c.ErrorADCBits)},
		{"GradientADCBits", float64(c.GradientADCBits)},
		{"ADCSpan", c.ADCSpan},
		{"ADCOffset", c.ADCOffset},
		{"ADCGain", c.ADCGain},
		{"ADCMismatch", c.ADCMismatch},
		{"ADCNoise", c.ADCNoise},
		{"Variation", c.Variation},
		{"WireResistance", c.WireResistance},
	} {
		if field.value != 0 {
			p.Add(field.name, field.value, "0 "+need)
		}
	}
	if b.Reference == V15 {
		b.validateIntegers(&p)
	} else if c.DACBits != 0 {
		p.Add("DACBits", c.DACBits, "0 "+need)
	}
	if c.Transfer != "" {
		p.Add("Transfer", c.Transfer, `"" `+need)
	}
	if c.ADCRange != "" && c.ADCRange != Batch {
		p.Add("ADCRange", c.ADCRange, `"" `+need)
	}
	return p.Err()
}

// referenceGroups lists the inputs of each subarray: full ones only, unless there is
// none; one after the other for each place in a kernel.
func (b Build) referenceGroups() (groups [][]int) {
	positions := max(1, b.Positions)
	channels, rows := b.In/positions, b.Rows
	count := 1
	if rows > 0 && channels/rows > 0 {
		count = channels / rows
	} else {
		rows = channels
	}
	for position := range positions {
		for g := range count {
			var inputs []int
			for c := g * rows; c < (g+1)*rows; c++ {
				inputs = append(inputs, position*channels+c)
			}
			groups = append(groups, inputs)
		}
	}
	return groups
}

// direct says whether inputs are read as they are and not converted: those of images
// with three channels, in a convolution.
func (f *faithful) direct() bool {
	return f.build.Positions > 1 && f.build.In == 3*f.build.Positions
}

// program stores drifted weights and their digits.
func (f *faithful) program(w Matrix) {
	copy(f.seen.Data, w.Data)
	if f.whole != nil {
		f.whole.program(w)
		return
	}
	perDigit := f.build.Reference == V14 && f.inputs > 0
	if !perDigit {
		f.build.retain(f.seen.Data, 0)
	}
	half := float32((math.Exp2(float64(f.build.WeightBits)) - 1) / 2)
	rest := make([]float32, len(w.Data))
	for i, v := range f.seen.Data {
		rest[i] = rint(half * (v + 1))
	}
	for k := range f.digits {
		digits := f.digits[k].Data
		for i, v := range rest {
			digits[i] = fmod(v, f.levels)
		}
		if perDigit {
			f.build.retain(digits, k)
		}
		for i, digit := range digits {
			rest[i] = rint((rest[i] - digit) / f.levels)
		}
	}
}

func (f *faithful) read(y, x Matrix, at Moment) {
	if f.whole != nil {
		f.whole.read(y, x)
		return
	}
	f.draws, f.x = 0, x
	clear(y.Data)
	if f.inputs == 0 {
		f.readAtOnce(y, x)
		return
	}
	f.plane = f.plane.resized(x.Rows, x.Cols)
	if f.direct() {
		copy(f.plane.Data, x.Data)
		f.readPlane(y, 1, at)
	} else {
		full := float32(int(1)<<f.inputs - 1)
		whole := make([]float32, len(x.Data))
		for i, v := range x.Data {
			whole[i] = rint(full * v)
		}
		for z := range f.inputs {
			for i, v := range whole {
				bit := fmod(v, 2)
				f.plane.Data[i], whole[i] = bit, rint((v-bit)/2)
			}
			f.readPlane(y, float32(int(1)<<z), at)
		}
		scaleBy(y.Data, 1/float32(int(1)<<f.inputs))
	}
	scaleBy(y.Data, 1/float32(int(1)<<f.build.WeightBits))
}

// readPlane adds the sums of one bit of the inputs.
func (f *faithful) readPlane(y Matrix, weight float32, at Moment) {
	highest := float64(f.levels - 1)
	upper, lower := float32(1-f.ratio), float32(highest*f.ratio)
	dummy := float32(highest * (1 + f.ratio) / 2)
	for _, group := range f.groups {
		f.gathered = pick(f.gathered, f.plane, group)
		f.sums, f.zeros = f.sums.resized(y.Rows, y.Cols), f.zeros.resized(y.Rows, 1)
		significance := weight * float32(2/(1-f.ratio))
		for _, digits := range f.digits {
			f.cellsOf = pick(f.cellsOf, digits, group)
			g := f.cellsOf.Data
			for i, digit := range g {
				g[i] = float32(upper*digit) + lower
			}
			f.disturb(g, at)
			simd.ProductT(f.sums.view(), f.gathered.view(), f.cellsOf.view())
			for i := range y.Rows {
				f.zeros.Data[i] = 0
				for _, v := range f.gathered.Row(i) {
					f.zeros.Data[i] += float32(v * dummy)
				}
			}
			if !f.direct() {
				f.convert(f.sums.Data)
				f.convert(f.zeros.Data)
			}
			for i := range y.Rows {
				zero, sums := f.zeros.Data[i], f.sums.Row(i)
				for j := range sums {
					y.Row(i)[j] += float32(significance * (sums[j] - zero))
				}
			}
			significance *= f.levels
		}
	}
}

// disturb varies conductances anew, the same for all images of the batch; those of
// the first layer of a network for images by an amount, others by a share.
func (f *faithful) disturb(g []float32, at Moment) {
	deviation := float32(f.build.ReadNoise)
	if deviation == 0 {
		return
	}
	stream := f.noise[0]
	if at.Test {
		stream = f.noise[1]
	}
	stream = stream.At(at.Step)
	first := uint64(at.Part)<<32 + f.draws
	f.draws += uint64(len(g)+3) &^ 3
	direct := f.direct()
	parallel.For(len(g), func(from, to int) {
		var buffer [parallel.Chunk]float32
		normals, g := buffer[:to-from], g[from:to]
		stream.FillNoise(normals, first+uint64(from))
		for i, n := range normals {
			if direct {
				g[i] += float32(deviation * n)
			} else {
				g[i] += float32(g[i] * float32(deviation*n))
			}
		}
	})
}

// readAtOnce converts the product of rounded inputs.
func (f *faithful) readAtOnce(y, x Matrix) {
	f.plane = f.plane.resized(x.Rows, x.Cols)
	for i, v := range x.Data {
		f.plane.Data[i] = rint(v*128) / 128
	}
	simd.ProductT(y.view(), f.plane.view(), f.seen.view())
	f.convert(y.Data)
}

// pick gathers columns of m.
func pick(to, m Matrix, columns []int) Matrix {
	to = to.resized(m.Rows, len(columns))
	for i := range m.Rows {
		from, row := m.Row(i), to.Row(i)
		for j, c := range columns {
			row[j] = from[c]
		}
	}
	return to
}

func (f *faithful) convert(sums []float32) {
	if f.build.Nonlinear {
		convertUnevenly(sums, f.build.ADCBits)
	} else {
		convertDown(sums, f.build.ADCBits)
	}
}

// convertDown replaces numbers by the lower edges of 2^bits steps from the lowest to
// the highest of them: NaN if they are all the same.
func convertDown(x []float32, bits int) {
	if bits == 0 {
		return
	}
	low, high := spread(x)
	step := float32(math.Exp2(-float64(bits))) * (high - low)
	highest := float32(int(1)<<bits - 1)
	for i, v := range x {
		code := float32(math.Floor(float64((v - low) / step)))
		x[i] = low + float32(step*min(max(code, 0), highest))
	}
}

func scaleBy(x []float32, factor float32) {
	for i := range x {
		x[i] *= factor
	}
}

func rint(x float32) float32 { return float32(math.RoundToEven(float64(x))) }

func fmod(x, y float32) float32 { return float32(math.Mod(float64(x), float64(y))) }

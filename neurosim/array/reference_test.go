package array

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/oracle"
)

// readCase is a forward read that a reference made.
type readCase struct {
	Kind         string
	Cin, Cout    int
	Bits         int `json:"wl_weight"`
	CellBit      int
	SubArray     int
	ADC          int
	OnOff        float64
	Scale        float32
	Model        string
	ParallelRead int
	T, V, Target float64
}

func readCases[T any](t *testing.T, file string) (list []T) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file + "_cases.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func (c readCase) build(ref Reference) Build {
	b := Build{
		Config: Config{
			Rows: c.SubArray, WeightBits: c.Bits, CellBits: c.CellBit, InputBits: 8, ADCBits: c.ADC,
			Drift: c.V, DriftTime: c.T, DriftTarget: c.Target,
		},
		Device: device.Analog{OnOff: c.OnOff}, In: c.Cin, Out: c.Cout, Reference: ref,
	}
	if c.ParallelRead != 0 {
		b.Rows = c.ParallelRead
	}
	if c.Model != "" && c.Model != "VGG8" {
		b.InputBits = 0
	}
	if c.Kind == "conv" {
		b.In, b.Positions = 9*c.Cin, 9
	}
	return b
}

// channelsInnermost reorders kernels, whose recorded weights have the place innermost.
func channelsInnermost(w Matrix, channels int) Matrix {
	to, places := NewMatrix(w.Rows, w.Cols), w.Cols/channels
	for i := range w.Rows {
		for j, v := range w.Row(i) {
			to.Row(i)[j%places*channels+j/places] = v
		}
	}
	return to
}

// unrolled is the inputs of a 3x3 kernel at every place of images of channels x
// height x width, with zeros around them.
func unrolled(x oracle.Array) Matrix {
	n, channels, h, w := x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]
	m := NewMatrix(n*h*w, 9*channels)
	for row := range m.Rows {
		image, at := row/(h*w), row%(h*w)
		for i := range m.Row(row) {
			c, dy, dx := i%channels, i/channels/3-1, i/channels%3-1
			if y, x0 := at/w+dy, at%w+dx; y >= 0 && y < h && x0 >= 0 && x0 < w {
				m.Row(row)[i] = float32(x.Data[((image*channels+c)*h+y)*w+x0])
			}
		}
	}
	return m
}

// read makes the read of a case, in the order of the recorded result.
func (c readCase) read(t *testing.T, arrays oracle.Arrays, number int, ref Reference) []float32 {
	t.Helper()
	b := c.build(ref)
	a := mustNew(t, b)
	w := Matrix{b.Out, b.In, arrays.Float32(t, fmt.Sprintf("h%d_w", number))}
	if c.Kind == "conv" {
		w = channelsInnermost(w, c.Cin)
	}
	a.Program(onGrid(w, math.Exp2(float64(b.WeightBits-1)))) // as the network rounds them
	raw := arrays[fmt.Sprintf("h%d_x", number)]
	x := Matrix{raw.Shape[0], b.In, arrays.Float32(t, fmt.Sprintf("h%d_x", number))}
	if c.Kind == "conv" {
		x = unrolled(raw)
	}
	y := NewMatrix(x.Rows, b.Out)
	a.Read(y, x, Moment{})
	for i := range y.Data {
		y.Data[i] /= c.Scale
	}
	if c.Kind != "conv" {
		return y.Data
	}
	places := x.Rows / raw.Shape[0]
	ordered := make([]float32, len(y.Data))
	for i, v := range y.Data {
		row, out := i/b.Out, i%b.Out
		ordered[(row/places*b.Out+out)*places+row%places] = v
	}
	return ordered
}

// Every recorded read: to 2e-6 where single precision holds the sums, and, as they are
// added in the same order, to its rounding of the results where it does not.
func TestReadsAgainstReferences(t *testing.T) {
	for file, ref := range map[string]Reference{
		"hw_forward_exact": V21, "hw_forward": V21, "hw_forward_retention_v21": V21,
		"hw_forward_v14_exact": V14, "hw_forward_v14": V14,
	} {
		arrays := oracle.Load(t, "testdata/"+file+".json.gz")
		for i, c := range readCases[readCase](t, file) {
			want := arrays.Float32(t, fmt.Sprintf("h%d_y_raw", i))
			tolerance := oracle.Tolerance(2e-6)
			if file == "hw_forward" {
				tolerance = 5e-6 // of results to 10
			}
			tolerance.Same(t, fmt.Sprintf("%s %d %+v", file, i, c), c.read(t, arrays, i, ref), want)
		}
	}
}

func TestConvertersAgainstReference(t *testing.T) {
	arrays := oracle.Load(t, "testdata/adc.json.gz")
	for _, sums := range []string{"gauss", "counts", "const"} {
		for _, bits := range []int{1, 3, 5, 8} {
			got := arrays.Float32(t, sums)
			convertDown(got, bits)
			name := fmt.Sprintf("%s_lin%d", sums, bits)
			oracle.Tolerance(1e-6).Same(t, name, got, arrays.Float32(t, name))
		}
		for _, bits := range []int{3, 5} {
			got := arrays.Float32(t, sums)
			convertUnevenly(got, bits)
			name := fmt.Sprintf("%s_nl%d", sums, bits)
			oracle.Tolerance(1e-6).Same(t, name, got, arrays.Float32(t, name))
		}
	}
}

func TestRetentionAgainstReference(t *testing.T) {
	arrays := oracle.Load(t, "testdata/retention.json.gz")
	for i, c := range readCases[struct {
		T, V, Target float64
		Detect       int
	}](t, "retention") {
		b := Build{Config: Config{Drift: c.V, DriftTime: c.T, DriftTarget: c.Target, DriftAtRandom: c.Detect == 0}}
		got := arrays.Float32(t, "x")
		b.retain(got, 0)
		name := fmt.Sprintf("r%d", i)
		oracle.Tolerance(1e-6).Same(t, name, got, arrays.Float32(t, name))
	}
}

// The direction of a drift at random is up, down or none, a third each (recorded:
// 33.2, 33.3, 33.5 %).
func TestRandomRetention(t *testing.T) {
	b := Build{Config: Config{Drift: 0.01, DriftTime: 100, DriftAtRandom: true}}
	const n = 100_000
	x := make([]float32, n+2)
	x[n], x[n+1] = -1, 1
	b.retain(x, 0)
	var shares [3]float64
	for _, v := range x[:n] {
		switch {
		case v < 0:
			shares[0]++
		case v == 0:
			shares[1]++
		default:
			shares[2]++
		}
	}
	for i, count := range shares {
		if math.Abs(count/n-1.0/3) > 0.01 {
			t.Errorf("direction %d: a share of %g", i-1, count/n)
		}
	}
}

// noisyLayer is the layer of which the reference made 400 reads at three sizes of
// noise: 64 inputs, weights and cells of 6 bits, converters of 12, on/off ratio 10,
// scale 4.
func noisyLayer(t *testing.T) (b Build, w, x Matrix, arrays oracle.Arrays) {
	t.Helper()
	arrays = oracle.Load(t, "testdata/hw_variation_layer.json.gz")
	w = onGrid(Matrix{7, 64, arrays.Float32(t, "w")}, 32)
	x = Matrix{4, 64, arrays.Float32(t, "x")}
	return Build{
		Config: Config{Rows: 64, WeightBits: 6, InputBits: 8, ADCBits: 12},
		Device: device.Analog{OnOff: 10}, In: 64, Out: 7, Reference: V21, Seed: 1,
	}, w, x, arrays
}

// deviation is what noise on each conductance, of the size of the conductance, makes
// of an output: the sum of the squares over cells and bits.
func deviation(w, x []float32) float64 {
	sum := 0.0
	for i, v := range x {
		g := 0.9*math.RoundToEven(31.5*float64(w[i]+1)) + 6.3
		for z := range 8 {
			if int(math.RoundToEven(255*float64(v)))>>z&1 == 1 {
				sum += math.Pow(4, float64(z)) * g * g
			}
		}
	}
	return math.Sqrt(sum) * 2 / 0.9 / 256 / 64 / 4
}

// The reference's deviations (10 % for an output, 3 % for their mean) are those of the
// formula, and so are those of a thousand reads here, to their chance: 5 standard
// errors of a deviation are 11 %, of the mean of those of 7 columns 4 %.
func TestReadNoiseAgainstReference(t *testing.T) {
	const draws = 1000
	b, w, x, arrays := noisyLayer(t)
	y := NewMatrix(4, 7)
	a := mustNew(t, b)
	a.Program(w)
	a.Read(y, x, Moment{})
	scaleBy(y.Data, 0.25)
	oracle.Tolerance(2e-6).Same(t, "without noise", y.Data, arrays.Float32(t, "y0"))
	b.ReadNoise = 0.1
	a = mustNew(t, b)
	a.Program(w)
	sums, squares := make([]float64, len(y.Data)), make([]float64, len(y.Data))
	for step := range draws {
		a.Read(y, x, Moment{Step: step})
		for i, v := range y.Data {
			sums[i], squares[i] = sums[i]+float64(v/4), squares[i]+float64(v/4*v/4)
		}
	}
	cases := readCases[struct {
		Vari         float64
		StdMean      float64     `json:"std_mean"`
		StdPerOutput [][]float64 `json:"std_per_output"`
	}](t, "hw_variation_stats")
	got, want := 0.0, 0.0
	for i := range y.Data {
		each := deviation(w.Row(i%7), x.Row(i/7))
		sample := math.Sqrt(squares[i]/draws - math.Pow(sums[i]/draws, 2))
		got, want = got+sample/28, want+each/28
		if math.Abs(sample/(0.1*each)-1) > 0.11 {
			t.Errorf("output %d: deviation %g in reads, %g by the formula", i, sample, 0.1*each)
		}
		for _, c := range cases {
			if recorded := c.StdPerOutput[i/7][i%7]; math.Abs(c.Vari*each/recorded-1) > 0.1 {
				t.Errorf("noise %g, output %d: deviation %g by the formula, recorded %g", c.Vari, i, c.Vari*each, recorded)
			}
		}
	}
	if math.Abs(got/(0.1*want)-1) > 0.04 {
		t.Errorf("mean deviation %g in reads, %g by the formula", got, 0.1*want)
	}
	for _, c := range cases {
		if math.Abs(c.Vari*want/c.StdMean-1) > 0.03 {
			t.Errorf("noise %g: mean deviation %g by the formula, recorded %g", c.Vari, c.Vari*want, c.StdMean)
		}
	}
}

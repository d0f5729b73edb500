package train

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// lone makes one layer and its in-situ optimiser as the reference would.
func lone(j Job, w []float32, columns int) (*nn.Weights, *inSitu) {
	p := j.Precision.For(j.Device)
	net, err := nn.Build{Net: nn.MLP(columns, len(w)/columns), Precision: p, Bounded: true}.New()
	if err != nil {
		panic(err)
	}
	l := net.Layers[0]
	l.Scale = 1
	copy(l.W.Data, w)
	l.Refresh()
	j.Settings = j.Settings.filled(true, j.Reference)
	return l, newInSitu(j, 0, l, p)
}

// whole is a gradient of which nothing is left out.
func whole(g []float32) *simd.Live {
	all := simd.Matrix{Rows: 1, Cols: len(g), Stride: len(g), Data: g}.Live()
	return &all
}

// The whole update of a layer, eight devices.
func TestUpdateAgainstReference(t *testing.T) {
	ref := oracle.Load(t, "testdata/qg_update.json.gz")
	for _, c := range updateCases(t) {
		t.Run(fmt.Sprintf("case %d", c.Case), func(t *testing.T) {
			array := func(name string) []float32 { return ref.Float32(t, fmt.Sprintf("c%d_%s", c.Case, name)) }
			d := device.Analog{Levels: c.Levels, LTP: c.LTP, LTD: c.LTD}
			w, x := array("w"), array("x")
			l, o := lone(Job{Device: d, Reference: V21, Settings: Settings{Gain: c.Gain}}, w, c.Shape[1])
			if c.Variation != 0 {
				o.cells = d.Fabricate(device.Fabrication{
					Count: len(w), Limit: o.limit, Faithful: true, Variation: array("d2d"),
				})
			}
			o.uniforms = array("r")
			copy(o.velocity.settled(), x)
			shift := nn.Shift(nn.MaxAbs(x))

			u, dw := make([]float32, len(x)), make([]float32, len(x))
			for i := range u {
				u[i] = o.gain * (x[i] / shift)
			}
			o.cells.Change(dw, w, u, 0)
			oracle.Exact.Same(t, "D", dw, array("dw"))

			o.program(l, shift, 0)
			oracle.Exact.Same(t, "velocity", o.velocity.settled(), array("x_after"))
			oracle.Exact.Same(t, "weights", l.W.Data, array("w_final_noise_free"))
		})
	}
}

type updateCase struct {
	Case      int
	LTP       float64 `json:"nl_ltp"`
	LTD       float64 `json:"nl_ltd"`
	Levels    int     `json:"max_level"`
	Gain      float64 `json:"grad_scale"`
	Shape     [2]int
	Variation float64 `json:"d2d"`
}

func updateCases(t *testing.T) (cases []updateCase) {
	data, err := os.ReadFile("testdata/qg_update_cases.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// Four steps of the velocity, which stays divided.
func TestMomentumAgainstReference(t *testing.T) {
	ref := oracle.Load(t, "testdata/momentum_alias.json.gz")
	j := Job{Device: device.Analog{Levels: 32, LTP: 1.75, LTD: -1.46}, Reference: V21}
	l, o := lone(j, ref.Float32(t, "w0"), 7)
	for step := range 4 {
		array := func(name string) []float32 { return ref.Float32(t, fmt.Sprint(name, step)) }
		o.uniforms = array("r")
		largest := o.gather(whole(array("g")))
		oracle.Exact.Same(t, fmt.Sprintf("velocity before step %d", step), o.velocity.settled(), array("vel_before"))
		o.program(l, nn.Shift(largest), step)
		oracle.Exact.Same(t, fmt.Sprintf("velocity after step %d", step), o.velocity.settled(), array("vel_after"))
		oracle.Exact.Same(t, fmt.Sprintf("weights after step %d", step), l.W.Data, ref.Float32(t, fmt.Sprint("w", step+1)))
	}
}

// Stochastic rounding and the noise of a write, against the reference's moments.
func TestUpdateStatistics(t *testing.T) {
	const n = 1_000_000
	for _, row := range oracle.Rows(t, "testdata/update_statistics.csv") {
		mean, std := oracle.Number(t, row["mean"]), oracle.Number(t, row["std"])
		var x, sigma float64
		values := make([]float32, n)
		o := &inSitu{
			stepsToOne: 1, rate: 1, limit: 1,
			rounding: rng.New(1, "rounding", 0, 0), writing: rng.New(1, "cycle-to-cycle", 0, 0),
		}
		if _, err := fmt.Sscanf(row["setting"], "x=%g", &x); err == nil {
			for i := range values {
				values[i] = float32(x)
			}
			parallel.For(n, func(first, end int) { o.round(values[first:end], first) })
		} else if _, err := fmt.Sscanf(row["setting"], "sigma=%g", &sigma); err == nil {
			o.noise = 2 * sigma
			steps := make([]float32, n)
			if row["what"] == "W c2c grad!=0" {
				for i := range steps {
					steps[i] = math.SmallestNonzeroFloat32
				}
			}
			o.write(values, steps, 0)
		} else {
			t.Fatalf("unknown row %v", row)
		}
		gotMean, gotStd := moments(values)
		// Both means have their own statistical error.
		if math.Abs(gotMean-mean) > 3*math.Sqrt2*std/math.Sqrt(n) || math.Abs(gotStd-std) > 0.005*std {
			t.Errorf("%s %s: mean %g, std %g; want %g, %g", row["what"], row["setting"], gotMean, gotStd, mean, std)
		}
	}
}

func moments(x []float32) (mean, std float64) {
	for _, v := range x {
		mean += float64(v)
	}
	mean /= float64(len(x))
	for _, v := range x {
		std += (float64(v) - mean) * (float64(v) - mean)
	}
	return mean, math.Sqrt(std / float64(len(x)))
}

// The mean step is D/S(b_g), whatever the number of bits.
func TestMeanStep(t *testing.T) {
	const n = 40_000
	gradient := make([]float32, n)
	rng.New(1, "g", 0, 0).FillRange(gradient, -1, 1)
	for _, p := range []nn.Precision{{Gradient: 4}, {Gradient: 6}, {Gradient: nn.Float}} {
		j := Job{Device: device.Analog{Levels: 64}, Precision: p, Settings: Settings{Momentum: -1}}
		l, o := lone(j, make([]float32, n), 100)
		o.step(l, whole(gradient), 0)
		steps := 32.0
		if p.Gradient < nn.Float {
			steps = float64(nn.Steps(p.Gradient))
		}
		var along, square float64
		for i, g := range gradient {
			along -= float64(l.W.Data[i]) * float64(g)
			square += float64(g) * float64(g)
		}
		if got := along / square * steps; math.Abs(got-1) > 0.05 {
			t.Errorf("%+v: the mean step is %.3f of D/%g", p, got, steps)
		}
	}
}

func TestNoGradientMovesNothing(t *testing.T) {
	j := Job{Device: device.Analog{Levels: 64, LTP: 1, LTD: -1, CycleToCycle: 0.05}}
	l, o := lone(j, []float32{0.5, -0.25}, 2)
	o.step(l, whole([]float32{0, 0}), 0)
	oracle.Exact.Same(t, "weights", l.W.Data, []float32{0.5, -0.25})
}

func BenchmarkUpdate(b *testing.B) {
	const n = 784*256 + 256*256 + 2560
	gradient, w := make([]float32, n), make([]float32, n)
	rng.New(1, "w", 0, 0).FillRange(w, -0.9, 0.9)
	rng.New(1, "g", 0, 0).FillNormal(gradient, 0)
	for i := range gradient {
		gradient[i] *= gradient[i] * gradient[i]
	}
	d := device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003}
	varied := d
	varied.DeviceToDevice = 0.1
	for _, c := range []struct {
		name string
		job  Job
	}{{"plain", Job{Device: d}}, {"device-to-device", Job{Device: varied}}, {"v2.1", Job{Device: d, Reference: V21}}} {
		b.Run(c.name, func(b *testing.B) {
			l, o := lone(c.job, w, 256)
			for i := 0; b.Loop(); i++ {
				o.step(l, whole(gradient), i)
			}
		})
	}
}

// Devices with a law get, on average, the pulses that make a velocity of 1 a
// decrease of 1/32, whatever the size of their steps.
func TestMeanOfPulses(t *testing.T) {
	const n = 40_000
	gradient := make([]float32, n)
	rng.New(1, "g", 0, 0).FillRange(gradient, -1, 1)
	for _, levels := range []int{20, 1250} {
		j := Job{Device: device.Analog{Law: device.ConstantStep, Levels: levels}, Settings: Settings{Momentum: -1}}
		l, o := lone(j, make([]float32, n), 100)
		o.step(l, whole(gradient), 0)
		var along, square float64
		for i, g := range gradient {
			along -= float64(l.W.Data[i]) * float64(g)
			square += float64(g) * float64(g)
		}
		if got := 32 * along / square; math.Abs(got-1) > 0.05 {
			t.Errorf("%d levels: the mean step is %.3f/32", levels, got)
		}
		ltp, ltd := o.pulses()
		var moved float64
		for _, w := range l.W.Data {
			moved += math.Abs(float64(w)) * float64(levels) / 2
		}
		if math.Abs(moved-float64(ltp+ltd)) > 0.01*moved {
			t.Errorf("%d levels: %d LTP and %d LTD pulses, weights moved by %.0f", levels, ltp, ltd, moved)
		}
	}
}

// Stuck cells are where they are before, during and after a training, feedback
// weights that decay included.
func TestStuckCellsStay(t *testing.T) {
	j := smallJob(t)
	j.Device, j.Rule, j.Settings.Batch = usual, KP{Decay: 0.01}, 50
	j.Device.StuckHigh = 1
	training, err := j.start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	check := func(when string) {
		for i, l := range append(training.mirror.layers[1:], training.net.Layers...) {
			for _, w := range append(append([]float32{}, l.W.Data...), l.Seen().Data...) {
				if w != nn.Limit(6) {
					t.Fatalf("%s: weight of layer %d is %g, want %g", when, i, w, nn.Limit(6))
				}
			}
		}
	}
	check("before")
	if _, err := training.epoch(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	check("after")
}

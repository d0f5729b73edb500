package train

import (
	"context"
	"math"
	"strings"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
)

func TestDecay(t *testing.T) {
	for _, c := range []struct {
		decay Decay
		want  []float64 // of five epochs
	}{
		{Decay{}, []float64{1, 1, 1, 1, 1}},
		{Decay{Kind: Steps, Every: 2}, []float64{1, 1, 0.1, 0.1, 0.01}},
		{Decay{Kind: Steps, At: "2 5", Factor: 0.125}, []float64{1, 0.125, 0.125, 0.125, 0.015625}},
		{Decay{Kind: Powers, Factor: 0.5}, []float64{1, 0.5, 0.25, 0.125, 0.0625}},
		{Decay{Kind: Linear}, []float64{1, 0.8, 0.6, 0.4, 0.2}},
		{Decay{Kind: Cosine}, []float64{1, 0.904508, 0.654508, 0.345492, 0.095492}},
		{Decay{Warmup: 3}, []float64{0.25, 0.5, 0.75, 1, 1}},
	} {
		if err := c.decay.Validate(); err != nil {
			t.Errorf("%+v: %v", c.decay, err)
		}
		for i, want := range c.want {
			if got := c.decay.share(i+1, 5); math.Abs(got-want) > 1e-6 {
				t.Errorf("%+v: epoch %d has %g, want %g", c.decay, i+1, got, want)
			}
		}
	}
	for want, d := range map[string]Decay{
		`Kind: "slowly"`: {Kind: "slowly"},
		"Factor: 2":      {Kind: Powers, Factor: 2},
		"Factor: 0.5":    {Kind: Cosine, Factor: 0.5},
		"Every: 0":       {Kind: Steps},
		"Every: 3":       {Kind: Cosine, Every: 3},
		`At: "2"`:        {Kind: Steps, At: "3 2"},
		"Warmup: -1":     {Warmup: -1},
	} {
		if err := d.Validate(); err == nil || !strings.Contains(err.Error(), want+" is not allowed; allowed: ") {
			t.Errorf("nothing on %s in %v", want, err)
		}
	}
}

// The rate of ideal devices is what the share says: a step of half of it is half as far.
func TestDecayScalesTheStep(t *testing.T) {
	moved := func(decay Decay) []float32 {
		j := smallJob(t)
		j.Settings = Settings{Epochs: 1, Batch: 600, Rate: 0.1, Decay: decay}
		_, w := weightsOf(t, j)
		net, err := nn.Build{Net: j.Net, Precision: nn.Precision{}.For(device.Analog{}), Seed: j.Seed}.New()
		if err != nil {
			t.Fatal(err)
		}
		for i := range w {
			w[i] -= net.Layers[0].W.Data[i]
		}
		return w
	}
	whole, half := moved(Decay{}), moved(Decay{Warmup: 1})
	for i := range whole {
		if math.Abs(float64(half[i]-whole[i]/2)) > 1e-7 {
			t.Fatalf("weight %d moves by %g, at half the rate by %g", i, whole[i], half[i])
		}
	}
}

// Plain momentum on devices is m v + g: what a step is made from is that, divided.
func TestPlainMomentum(t *testing.T) {
	l, o := lone(Job{Device: device.Analog{Levels: 64}, Settings: Settings{Momentum: 0.5, PlainMomentum: true}}, make([]float32, 40), 8)
	want := make([]float64, len(l.W.Data))
	for step := range 5 {
		gradient := make([]float32, len(want))
		for i := range gradient {
			gradient[i] = float32(math.Sin(float64(7*i+step))) * float32(math.Pow(10, float64(step%3)))
			want[i] = 0.5*want[i] + float64(gradient[i])
		}
		if step == 3 {
			o.newEpoch(1)
		}
		if err := o.step(l, whole(gradient), step); err != nil {
			t.Fatal(err)
		}
		for i, v := range o.velocity.settled() {
			if got := float64(v * o.scale[0]); math.Abs(got-want[i]) > 1e-5*math.Abs(want[i])+1e-4 {
				t.Fatalf("step %d: velocity %d is %g, want %g", step, i, got, want[i])
			}
		}
		if m := nn.MaxAbs(o.velocity.data); m < 0.7 || m > 1.42 {
			t.Errorf("step %d: the largest is %g", step, m)
		}
	}
}

// A batch may be a single image.
func TestSingleImages(t *testing.T) {
	for _, d := range []device.Analog{{}, usual} {
		j := smallJob(t)
		j.Device, j.Settings = d, Settings{Epochs: 1, Batch: 1, Gain: 0.1}
		log, err := j.Train(context.Background())
		if err != nil || log.Activity[0].Batches != 600 || log.Epochs[0].Accuracy < 50 {
			t.Errorf("%v: %+v, %v", d, log.Epochs, err)
		}
	}
}

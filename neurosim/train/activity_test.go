package train

import (
	"slices"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/nn"
)

func TestOnesOfTwosComplement(t *testing.T) {
	for _, c := range []struct {
		x    []float32
		full float64
		want []int
	}{
		{[]float32{0.5, -0.5}, 1, []int{1, 2, 0, 0}},        // 0100, 1100
		{[]float32{0.875, 1, 7}, 1, []int{0, 3, 3, 3}},      // 0111, and what goes over
		{[]float32{-1, -1.5, -0.125}, 1, []int{3, 1, 1, 1}}, // 1000 twice, 1111
		{[]float32{2, 0.5}, 4, []int{0, 1, 0, 1}},           // 0100, 0001
	} {
		got := make([]int, 4)
		if countOnes(got, c.x, c.full); !slices.Equal(got, c.want) {
			t.Errorf("%v of %g: %v, want %v", c.x, c.full, got, c.want)
		}
	}
}

// The bits are those that DNN+NeuroSim V2.1 writes of the first image of a batch.
func TestOnesAgainstReference(t *testing.T) {
	ref := oracle.Load(t, "testdata/trace_fc.json.gz")
	image, want := ref.Float32(t, "x")[:17], make([]int, 8)
	for i, b := range ref["bits"].Data {
		want[i%8] += int(b)
	}
	got := make([]int, 8)
	if countOnes(got, image, 1); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Where an epoch is one step, the samples are all there is.
func TestActivityIsWhatWasRecorded(t *testing.T) {
	log := recordedLog(t, func(j *Job) {
		j.Device, j.Settings = usual, Settings{Epochs: 2, Batch: 600, Record: everything}
	})
	if len(log.Activity) != len(log.Layers) {
		t.Fatalf("activity of %d layers and epochs, records of %d", len(log.Activity), len(log.Layers))
	}
	for i, a := range log.Activity {
		r := log.Layers[i]
		if a.Epoch != r.Epoch || a.Layer != r.Layer || a.Weights != r.Weights || a.Updates != r.Updates {
			t.Errorf("%+v, recorded %+v", a, r)
		}
		if a.Updates.Changed == 0 || a.Updates.LTP == 0 || len(a.Ones) != 8 {
			t.Errorf("%+v", a)
		}
	}
}

// A layer behind a relu has no signs, and its bits are those of the images that
// passed.
func TestActivityOfARelu(t *testing.T) {
	log := recordedLog(t, func(j *Job) { j.Device, j.Net = usual, nn.MLP(16, 40, 30, 3) })
	for _, a := range log.Activity {
		if a.Layer > 1 && a.Ones[0] != 0 || a.Ones[3] <= 0 || a.Ones[3] >= 1 {
			t.Errorf("layer %d: %v", a.Layer, a.Ones)
		}
	}
}

// What is watched in every step allocates nothing.
func TestWatchingAllocatesNothing(t *testing.T) {
	net, err := nn.Build{Net: nn.MLP(16, 40, 3), Precision: nn.Precision{Weight: 6, Gradient: 6, Activation: 8, Error: 8}}.New()
	if err != nil {
		t.Fatal(err)
	}
	pass, o := net.NewPass(4), newObserver(net)
	if err := net.Forward(t.Context(), pass, nn.NewMatrix(4, 16)); err != nil {
		t.Fatal(err)
	}
	training := &training{observer: o}
	if n := testing.AllocsPerRun(10, func() { o.look(0, false); o.see(pass, 5); training.counters() }); n != 0 {
		t.Errorf("%g allocations a step", n)
	}
}

// The inputs of a layer of kernels are maps, each value of which counts once.
func TestActivityOfMaps(t *testing.T) {
	j := barsJob(plain)
	j.Device, j.Settings.Epochs = usual, 1
	log, err := j.Train(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range log.Activity {
		for p, ones := range a.Ones {
			if ones < 0 || ones > 1 {
				t.Errorf("layer %d: %g ones in plane %d", a.Layer, ones, p)
			}
		}
		if a.Ones[2] == 0 || a.Updates.Changed == 0 {
			t.Errorf("layer %d: %+v", a.Layer, a)
		}
	}
}

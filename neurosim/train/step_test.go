package train

import (
	"context"
	"fmt"
	"testing"

	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/nn"
)

// stepCase is a training of some steps that the reference recorded.
type stepCase struct {
	file  string
	job   Job
	image [3]int
	batch int
	steps int
	scale []float32 // nil: as initialised
}

// Whole training steps, BP as in DNN+NeuroSim V2.1 and DFA as in its fork.
func TestStepsAgainstReference(t *testing.T) {
	net, row := nn.MLP(20, 16, 12, 5), [3]int{1, 1, 20}
	maps := nn.Sequential(nn.Image(3, 8, 8),
		nn.Conv(6, 3).Pad(1), nn.ReLU(), nn.Conv(8, 3).Pad(1), nn.ReLU(), nn.MaxPool(2),
		nn.Dense(10), nn.ReLU(), nn.Dense(4))
	for _, c := range []stepCase{
		{
			"step_mlp_b5",
			Job{Net: net, Device: device.Analog{Levels: 32, LTP: 1.75, LTD: 1.46}, Reference: V21},
			row, 8, 3,
			[]float32{4, 4, 4},
		},
		{
			"step_mlp_b6_asym",
			Job{Net: net, Device: device.Analog{Levels: 64, LTP: 3, LTD: -3}, Reference: V21},
			row, 8, 3,
			[]float32{2, 2, 2},
		},
		{
			"dfa_step_relu_b6",
			Job{Net: net, Device: device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46}, Reference: Wolters, Rule: DFA{}},
			row, 8, 2, nil,
		},
		{
			"step_conv_b5",
			Job{Net: maps, Device: device.Analog{Levels: 32, LTP: 1.75, LTD: -1.46}, Reference: V21},
			[3]int{3, 8, 8},
			4, 3,
			[]float32{4, 8, 8, 2},
		},
	} {
		t.Run(c.file, func(t *testing.T) {
			ref := oracle.Load(t, "testdata/"+c.file+".json.gz")
			training := c.start(t, ref)
			for step := range c.steps {
				c.check(t, training, ref, step)
			}
		})
	}
}

// start makes a training with the reference's weights.
func (c stepCase) start(t *testing.T, ref oracle.Arrays) *training {
	c.job.Settings.Batch = c.batch
	images := dataset.Split{Images: make([]float32, c.batch*c.inputs()), Labels: make([]uint8, c.batch)}
	c.job.Data = &dataset.Data{Classes: 4, Shape: c.image, Train: images, Test: images}
	training, err := c.job.start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	feedback, _ := training.backward.(directFeedback)
	for i, l := range training.net.Layers {
		copy(l.W.Data, training.net.ChannelsLast(i, ref.Float32(t, fmt.Sprint("w_init", i))))
		l.Refresh()
		if c.scale != nil && l.Scale != c.scale[i] {
			t.Errorf("layer %d has the scale %g, want %g", i, l.Scale, c.scale[i])
		}
		if i < len(feedback) {
			copy(feedback[i].Data, ref.Float32(t, fmt.Sprint("B", i)))
		}
	}
	return training
}

func (c stepCase) inputs() int { return c.image[0] * c.image[1] * c.image[2] }

func (c stepCase) check(t *testing.T, training *training, ref oracle.Arrays, step int) {
	array := func(name string, layer ...any) []float32 {
		return ref.Float32(t, fmt.Sprintf("s%d_%s", step, name)+fmt.Sprint(layer...))
	}
	same := func(what string, layer int, got, want []float32) {
		t.Helper()
		oracle.Exact.Same(t, fmt.Sprintf("step %d, layer %d: %s", step, layer, what), got, want)
	}
	// weights is an array in the order of a layer's weights.
	weights := func(name string, layer int) []float32 {
		return training.net.ChannelsLast(layer, array(name, layer))
	}
	labels := make([]uint8, c.batch)
	for i, y := range array("y") {
		labels[i] = uint8(y)
	}
	before := make([][]float32, len(training.net.Layers))
	for i, l := range training.net.Layers {
		training.optimisers[i].(*inSitu).uniforms = weights("r", i)
		before[i] = append([]float32{}, l.W.Data...)
	}
	loss, err := training.step(context.Background(), nn.Matrix{Rows: c.batch, Cols: c.inputs(), Data: array("x")}, labels)
	if err != nil {
		t.Fatal(err)
	}
	want := float64(array("loss")[0])
	if d := loss/want - 1; !(d*d <= 1e-12) {
		t.Errorf("step %d: loss %g, want %g", step, loss, want)
	}
	same("outputs", 2, training.pass.Output().Data, array("out"))
	for i, l := range training.net.Layers {
		gradient := nn.NewMatrix(l.Out, l.In)
		training.net.Gradient(gradient, training.pass, i)
		same("gradient", i, gradient.Data, weights("grad", i))
		same("velocity", i, training.optimisers[i].(*inSitu).velocity.settled(), weights("vel_after", i))
		same("weights", i, l.W.Data, weights("w", i))
		rate := training.optimisers[i].(*inSitu).rate
		for k, q := range weights("qgrad", i) {
			before[i][k] -= rate * q
		}
		nn.Clip(before[i], before[i], training.net.Precision.Weight)
		same("steps", i, l.W.Data, before[i])
	}
}

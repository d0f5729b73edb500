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
	steps int
	scale []float32 // nil: as initialised
}

// Whole training steps, BP as in DNN+NeuroSim V2.1 and DFA as in its fork.
func TestStepsAgainstReference(t *testing.T) {
	net := nn.MLP(20, 16, 12, 5)
	for _, c := range []stepCase{
		{
			"step_mlp_b5",
			Job{Net: net, Device: device.Analog{Levels: 32, LTP: 1.75, LTD: 1.46}, Reference: V21},
			3,
			[]float32{4, 4, 4},
		},
		{
			"step_mlp_b6_asym",
			Job{Net: net, Device: device.Analog{Levels: 64, LTP: 3, LTD: -3}, Reference: V21},
			3,
			[]float32{2, 2, 2},
		},
		{
			"dfa_step_relu_b6",
			Job{Net: net, Device: device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46}, Reference: Wolters, Rule: DFA{}},
			2, nil,
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
	const batch = 8
	c.job.Settings.Batch = batch
	c.job.Data = &dataset.Data{
		Classes: 5, Shape: [3]int{1, 1, 20},
		Train: dataset.Split{Images: make([]float32, batch*20), Labels: make([]uint8, batch)},
		Test:  dataset.Split{Images: make([]float32, batch*20), Labels: make([]uint8, batch)},
	}
	training, err := c.job.start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	feedback, _ := training.backward.(directFeedback)
	for i, l := range training.net.Layers {
		copy(l.W.Data, ref.Float32(t, fmt.Sprint("w_init", i)))
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

func (c stepCase) check(t *testing.T, training *training, ref oracle.Arrays, step int) {
	array := func(name string, layer ...any) []float32 {
		return ref.Float32(t, fmt.Sprintf("s%d_%s", step, name)+fmt.Sprint(layer...))
	}
	same := func(what string, layer int, got, want []float32) {
		t.Helper()
		oracle.Exact.Same(t, fmt.Sprintf("step %d, layer %d: %s", step, layer, what), got, want)
	}
	labels := make([]uint8, 8)
	for i, y := range array("y") {
		labels[i] = uint8(y)
	}
	before := make([][]float32, len(training.net.Layers))
	for i, l := range training.net.Layers {
		training.optimisers[i].(*inSitu).uniforms = array("r", i)
		before[i] = append([]float32{}, l.W.Data...)
	}
	loss, err := training.step(context.Background(), nn.Matrix{Rows: 8, Cols: 20, Data: array("x")}, labels)
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
		same("gradient", i, gradient.Data, array("grad", i))
		same("velocity", i, training.optimisers[i].(*inSitu).velocity, array("vel_after", i))
		same("weights", i, l.W.Data, array("w", i))
		rate := training.optimisers[i].(*inSitu).rate
		for k, q := range array("qgrad", i) {
			before[i][k] -= rate * q
		}
		nn.Clip(before[i], before[i], training.net.Precision.Weight)
		same("steps", i, l.W.Data, before[i])
	}
}

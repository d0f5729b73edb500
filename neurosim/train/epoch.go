package train

import (
	"context"
	"fmt"

	"crossbook/neurosim/dataset"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// epoch trains on all images in a new order and then tests.
func (t *training) epoch(ctx context.Context, number int) (Epoch, error) {
	e := Epoch{Number: number}
	share := float32(t.Settings.Decay.share(number, t.Settings.Epochs))
	for _, o := range t.optimisers {
		o.newEpoch(share)
	}
	for _, n := range t.norms {
		n.newEpoch(share)
	}
	t.mirror.newEpoch(share)
	t.net.Calibrate()
	set := t.Data.Train
	order := rng.New(t.Seed, "shuffle", 0, number).Perm(set.Len())
	for first := 0; first < len(order); first += t.Settings.Batch {
		end := min(first+t.Settings.Batch, len(order))
		x, labels := t.batch(set, order[first:end])
		t.augmenter.change(x, order[first:end], number)
		t.observer.look(first/t.Settings.Batch, end == len(order))
		loss, err := t.step(ctx, x, labels)
		if err != nil {
			return e, fmt.Errorf("batch %d: %w", first/t.Settings.Batch+1, err)
		}
		e.TrainLoss += loss
	}
	e.TrainLoss /= float64(set.Len())
	return e, t.test(ctx, &e)
}

// batch gathers the images of the given numbers.
func (t *training) batch(set dataset.Split, numbers []int) (nn.Matrix, []uint8) {
	x, labels := t.images.Top(len(numbers)), t.labels[:len(numbers)]
	for i, n := range numbers {
		copy(x.Row(i), set.Images[n*x.Cols:(n+1)*x.Cols])
		labels[i] = set.Labels[n]
	}
	return x, labels
}

// step learns from one batch and returns its summed loss. All errors are
// computed before the first weight changes.
func (t *training) step(ctx context.Context, x nn.Matrix, labels []uint8) (float64, error) {
	t.pass.Training, t.pass.Step, t.pass.Part = true, t.steps, 0
	err := t.net.Forward(ctx, t.pass, x)
	t.pass.Training = false
	if err != nil {
		return 0, diverged(err)
	}
	t.observer.see(t.pass, t.steps)
	loss, err := finite(t.outputError(labels))
	if err != nil {
		return loss, err
	}
	if err := t.backward.Errors(ctx, t.net, t.pass); err != nil {
		return 0, err
	}
	if err := t.finiteErrors(); err != nil {
		return 0, err
	}
	for i := len(t.net.Layers) - 1; i >= 0; i-- {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if err := t.update(i); err != nil {
			return 0, fmt.Errorf("layer %d: %w", i+1, err)
		}
	}
	t.wait()
	t.steps++
	return loss, t.updateNorms()
}

// outputError sets the error of the last layer, and returns the summed loss. On
// devices it is the gradient of the sum, normalised; else that of the mean.
func (t *training) outputError(labels []uint8) float64 {
	e := t.pass.OutputError()
	t.pass.Labels, t.pass.Share, t.pass.Step = labels, 1, t.steps
	loss := t.loss(e, t.pass.Output(), labels)
	t.net.QuantiseError(e.Data)
	if !t.onDevices {
		t.pass.Share = 1 / float32(e.Rows)
		for i := range e.Data {
			e.Data[i] *= t.pass.Share
		}
	}
	t.net.BackOutput(t.pass)
	return loss
}

func (t *training) update(i int) error {
	l := t.net.Layers[i]
	room := nn.Matrix{Rows: l.Out, Cols: l.In, Data: t.room[:len(l.W.Data)]}
	t.gradient = t.net.LiveGradient(room, t.pass, i)
	if o, ok := t.optimisers[i].(*sgd); ok {
		o.offset(l, t.pass.Layers[i].E)
	}
	counters := t.counters()
	for _, c := range counters {
		c.prepare(l)
	}
	if err := t.optimisers[i].step(l, &t.gradient, t.steps); err != nil {
		return err
	}
	for _, c := range counters {
		c.count(i, l, t.optimisers[i])
	}
	return t.follow(i, &t.gradient)
}

// test records loss and accuracy on the test images, after the time that is to go
// before.
func (t *training) test(ctx context.Context, e *Epoch) error {
	defer t.after(t.Settings.TestAfter)()
	set := t.Data.Test
	right := 0
	numbers := make([]int, 0, t.Settings.Batch)
	t.pass.Training, t.pass.Step = false, t.steps
	t.net.Calibrate()
	for first := 0; first < set.Len(); first += t.Settings.Batch {
		numbers = numbers[:0]
		for n := first; n < min(first+t.Settings.Batch, set.Len()); n++ {
			numbers = append(numbers, n)
		}
		x, labels := t.batch(set, numbers)
		t.pass.Part = first / t.Settings.Batch
		if err := t.net.Forward(ctx, t.pass, x); err != nil {
			return fmt.Errorf("test: %w", diverged(err))
		}
		out := t.pass.Output()
		loss, err := finite(t.loss(t.pass.OutputError(), out, labels))
		if err != nil {
			return err
		}
		e.TestLoss += loss
		for i, label := range labels {
			if nn.Best(out.Row(i)) == int(label) {
				right++
			}
		}
	}
	e.TestLoss /= float64(set.Len())
	e.Accuracy = 100 * float64(right) / float64(set.Len())
	return nil
}

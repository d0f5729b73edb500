package neurosim

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossbook/neurosim/nn"

	"crossbook/neurosim/train"
)

func checkpointed(t *testing.T) Experiment {
	t.Helper()
	e := study().With(train.KP{})
	e.Train.Epochs = 3
	e.Checkpoint = filepath.Join(t.TempDir(), "study.checkpoint")
	return e
}

// countdown is a context that ends when it has been asked a number of times whether
// it has: in the middle of a training, and every time at the same place.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// An interrupted experiment, run again, ends with the bits of one that ran through.
func TestCheckpointResumes(t *testing.T) {
	e := checkpointed(t)
	through := e
	through.Checkpoint = ""
	want := through.MustRun(context.Background())

	partial, err := e.Run(&countdown{Context: context.Background(), left: 30})
	if !errors.Is(err, context.Canceled) || partial.Len() == 0 || partial.Len() == 3 {
		t.Fatalf("%d epochs and %v", partial.Len(), err)
	}
	for range 2 { // the second time everything is there
		got, err := e.Run(context.Background())
		if err != nil || !slices.Equal(got.Epochs, want.Epochs) || got.Provenance != want.Provenance {
			t.Errorf("%v and %v, want %v", got, err, want)
		}
	}
	left, err := filepath.Glob(e.Checkpoint + "*")
	if err != nil || len(left) != 1 {
		t.Errorf("files %v, %v", left, err)
	}
}

// A training can be prolonged; what else differs is another experiment.
func TestCheckpointIsOfOneExperiment(t *testing.T) {
	e := checkpointed(t)
	e.Train.Epochs = 1
	e.MustRun(context.Background())
	e.Train.Epochs = 2
	got, through := e.MustRun(context.Background()), e
	through.Checkpoint = ""
	if want := through.MustRun(context.Background()); !slices.Equal(got.Epochs, want.Epochs) {
		t.Errorf("prolonged: %v, want %v", got, want)
	}
	e.Seed++
	if _, err := e.Run(context.Background()); err == nil || !strings.Contains(err.Error(), "is of another experiment") {
		t.Errorf("another seed: %v", err)
	}
}

func TestBadCheckpoints(t *testing.T) {
	e := checkpointed(t)
	if err := os.WriteFile(e.Checkpoint, []byte("not a checkpoint"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Run(context.Background()); err == nil || !strings.Contains(err.Error(), e.Checkpoint+" is no checkpoint") {
		t.Errorf("%v", err)
	}
	e.Checkpoint = filepath.Join(e.Checkpoint, "below", "a", "file")
	if r, err := e.Run(context.Background()); err == nil || !strings.Contains(err.Error(), "Checkpoint: ") {
		t.Errorf("%d epochs and %v", r.Len(), err)
	}
	// What cannot be written is told before the first epoch, not after it.
	for _, path := range []string{filepath.Join(t.TempDir(), "no", "such", "folder"), t.TempDir()} {
		e.Checkpoint = path
		r, err := e.Run(context.Background())
		if r.Len() != 0 || err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%d epochs and %v", r.Len(), err)
		}
	}
}

func TestCheckpointIsNoPartOfTheHash(t *testing.T) {
	if e := study(); e.Hash() != checkpointedAt(e, "x").Hash() {
		t.Error("the hash depends on the checkpoint")
	}
}

func checkpointedAt(e Experiment, path string) Experiment {
	e.Checkpoint = path
	return e
}

// The weights of a checkpoint go to a file and start another training.
func TestWeightsOfACheckpoint(t *testing.T) {
	ctx, e := context.Background(), checkpointed(t)
	if _, err := e.Network(ctx); err == nil || !strings.Contains(err.Error(), "holds no state") {
		t.Errorf("%v", err)
	}
	e.MustRun(ctx)
	network, err := e.Network(ctx)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "weights.safetensors")
	if err := nn.WriteTensors(path, network.Tensors()); err != nil {
		t.Fatal(err)
	}
	weights, err := nn.ReadTensors(path)
	if err != nil {
		t.Fatal(err)
	}
	data, err := e.Data.Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	j := e.job(data)
	first, err := j.Run(ctx)
	if err != nil {
		t.Fatal(err)
	}
	j.Weights = weights
	second, err := j.Run(ctx)
	if err != nil || second[0].TrainLoss >= first[0].TrainLoss {
		t.Errorf("%v after %v, %v", second, first, err)
	}
	j.Weights = weights[1:]
	if _, err := j.Run(ctx); err == nil || !strings.Contains(err.Error(), "layer1.weight is missing") {
		t.Errorf("%v", err)
	}
}

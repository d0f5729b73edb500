package neurosim

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// checkpoint is the content of an experiment's checkpoint file: a gob stream, whose
// numbers are exact.
type checkpoint struct {
	Origin Provenance // its Spec is a hash without the number of epochs
	State  train.State
}

// origin is what a checkpoint must agree with: everything but the number of epochs,
// so that a training can be prolonged, unless the rate of an epoch depends on it.
func (e Experiment) origin(p Provenance) Provenance {
	if !e.Train.Decay.Total() {
		e.Train.Epochs = 0
	}
	p.Spec = e.Hash()
	return p
}

// resume gives the job the state in the checkpoint file, if there is one, and lets
// it keep its states there.
func (e Experiment) resume(job *train.Job, origin Provenance) error {
	if e.Checkpoint == "" {
		return nil
	}
	switch c, err := readCheckpoint(e.Checkpoint); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case c.Origin != origin:
		return fmt.Errorf("%s is of another experiment, or version (%v); allowed: the file of this one (%v), or none",
			e.Checkpoint, c.Origin, origin)
	default:
		job.From = &c.State
	}
	job.Keep = func(s train.State) error {
		if err := writeCheckpoint(e.Checkpoint, checkpoint{origin, s}); err != nil {
			return fmt.Errorf("checkpoint not kept: %w", err)
		}
		return nil
	}
	return nil
}

// Network returns the network with the weights that the experiment's Checkpoint file
// holds, to look at them or to write them to a file of another program:
// [nn.WriteTensors] of its Tensors.
func (e Experiment) Network(ctx context.Context) (*nn.Network, error) {
	if err := e.Validate(); err != nil {
		return nil, err
	}
	data, err := e.Data.Load(ctx)
	if err != nil {
		return nil, fmt.Errorf("neurosim: data: %w", err)
	}
	var origin Provenance
	job, err := e.start(data, &origin)
	if err != nil {
		return nil, err
	}
	if job.From == nil {
		return nil, fmt.Errorf("neurosim: experiment: Checkpoint: %q holds no state; allowed: the file of a training that has finished an epoch", e.Checkpoint)
	}
	network, err := job.Network(ctx, *job.From)
	if err != nil {
		return nil, fmt.Errorf("neurosim: %w", err)
	}
	return network, nil
}

// writable says what will keep a checkpoint from being written, before a training takes
// an epoch to find out.
func writable(path string) error {
	if path == "" {
		return nil
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%q is a folder; allowed: a file in a folder that can be written to", path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("%q is not allowed; allowed: a file in a folder that can be written to: %w", path, err)
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

func readCheckpoint(path string) (c checkpoint, err error) {
	file, err := os.Open(path)
	if err != nil {
		return c, err
	}
	defer file.Close()
	if err := gob.NewDecoder(bufio.NewReader(file)).Decode(&c); err != nil {
		return c, fmt.Errorf("%s is no checkpoint: %w", path, err)
	}
	return c, nil
}

// writeCheckpoint replaces the file at once: whatever happens, either the old or
// the new state is there.
func writeCheckpoint(path string, c checkpoint) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // fails once it is renamed
	w := bufio.NewWriter(file)
	err = gob.NewEncoder(w).Encode(c)
	err = errors.Join(err, w.Flush(), file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

package sweep

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"crossbook/neurosim"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/sweep/store"
)

// unkept begins the ids of trainings whose results mean nothing to another
// process: those by a rule that an interpreter declares.
const unkept = "point "

// cache opens what keeps results; end closes it.
func (p *plan) cache() (c Cache, end func() error, err error) {
	nothing := func() error { return nil }
	if p.Checkpoints != "" {
		if err := os.MkdirAll(p.Checkpoints, 0o777); err != nil {
			return nil, nil, fmt.Errorf("the folder of Checkpoints: %w", err)
		}
	}
	switch {
	case p.Cache != nil:
		return p.Cache, nothing, nil
	case p.Store == NoStore:
		return &store.Memory{}, nothing, nil
	}
	path := p.Store
	if path == "" {
		path = store.DefaultFile
	}
	f, err := store.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%w (Grid.Store names another file; with sweep.NoStore nothing is kept)", err)
	}
	return f, f.Close, nil
}

// recall takes what the cache has.
func (p *plan) recall(c Cache) error {
	seen := map[string]bool{}
	var keys []string
	for _, point := range p.points {
		if !seen[point.id] && !strings.HasPrefix(point.id, unkept) {
			keys = append(keys, point.id)
		}
		seen[point.id] = true
	}
	found, err := c.Find(keys)
	if err != nil {
		return err
	}
	for key, o := range found {
		o.ID = key
		p.outcomes[key] = o
	}
	return nil
}

// keep gives the cache an outcome that would be the same again.
func (p *plan) keep(c Cache, o runner.Outcome) error {
	if strings.HasPrefix(o.ID, unkept) || o.Error != "" && !o.Lasting {
		return nil
	}
	file := o.Result.Experiment.Checkpoint
	o.Result.Experiment.Checkpoint = "" // of this run, not of the result
	if err := c.Keep(o.ID, o); err != nil {
		return err
	}
	if p.Checkpoints != "" && file != "" {
		_ = os.Remove(file) // of no more use, and no harm where it stays
	}
	return nil
}

// checkpointed is a point's experiment with the file of its state.
func (p *plan) checkpointed(at point) neurosim.Experiment {
	e := at.Experiment
	if p.Checkpoints != "" && !strings.HasPrefix(at.id, unkept) {
		e.Checkpoint = filepath.Join(p.Checkpoints, at.id+".checkpoint")
	}
	return e
}

// Package storetest checks that a store of results keeps what package sweep asks
// of one. Call [Check] from a test of the store.
package storetest

import (
	"fmt"
	"reflect"
	"sync"
	"testing"

	"crossbook/neurosim"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/train"
)

// Store is what is checked: sweep.Cache.
type Store interface {
	Find(keys []string) (map[string]runner.Outcome, error)
	Keep(key string, o runner.Outcome) error
}

// Outcome is a made-up outcome with every part that a store must keep, which
// differs with the number.
func Outcome(number int) runner.Outcome {
	e := neurosim.Experiment{
		Net:    nn.MLP(784, 10+number, 10),
		Data:   dataset.Set{Train: 60, Test: 20},
		Device: device.Analog{LTP: 0.1 + float64(number)/3, CycleToCycle: 1e-9},
		Train:  train.Settings{Epochs: 2, Record: train.Record{Angle: true}},
		Rule:   train.DFA{Feedback: train.FanIn},
		Seed:   1<<63 + uint64(number),
		Name:   `"a" < 'b'; ä`,
	}
	kept := train.Record{Angle: true}
	return runner.Outcome{
		Result: neurosim.Result{
			Experiment: e,
			Epochs:     []neurosim.Epoch{{Number: 1, TrainLoss: 1.0 / 3, TestLoss: 1e-17, Accuracy: 10}, {Number: 2, TestLoss: 5e300, Accuracy: 99.9}},
			Layers:     train.History{{Epoch: 1, Layer: 1, Kept: kept, Angle: 89.999999999}},
			Activity:   []train.Activity{{Epoch: 1, Layer: 1, Batches: 3, Ones: []float64{0.1, 0.2}, Weights: train.Spread{Mean: 0.1}}},
			Programmed: []train.Programmed{{Epoch: 1, Layer: 2, Effort: device.Effort{Cells: 7, LTP: 3, Failed: 1, Squares: 0.1}}},
			Provenance: neurosim.Provenance{Spec: e.Hash(), Seed: e.Seed, Version: neurosim.Version, Data: "fashion-sample", Checksum: "abc", Weights: "def"},
		},
		Seconds: 0.1 * float64(number),
	}
}

// Check tries a store that open gives: an empty one for every call.
func Check(t *testing.T, open func(t *testing.T) Store) {
	t.Helper()
	t.Run("whole", func(t *testing.T) { checkWhole(t, open(t)) })
	t.Run("first stays", func(t *testing.T) { checkFirst(t, open(t)) })
	t.Run("many", func(t *testing.T) { checkMany(t, open(t)) })
	t.Run("at once", func(t *testing.T) { checkAtOnce(t, open(t)) })
}

func find(t *testing.T, s Store, keys ...string) map[string]runner.Outcome {
	t.Helper()
	found, err := s.Find(keys)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func keep(t *testing.T, s Store, key string, o runner.Outcome) {
	t.Helper()
	if err := s.Keep(key, o); err != nil {
		t.Fatal(err)
	}
}

// checkWhole: an outcome comes back as it was, a failed one too.
func checkWhole(t *testing.T, s Store) {
	for result, i := reflect.ValueOf(Outcome(1).Result), 0; i < result.NumField(); i++ {
		if result.Field(i).IsZero() {
			t.Errorf("Outcome has nothing in Result.%s: fill it, so that the check means something", result.Type().Field(i).Name)
		}
	}
	if found := find(t, s, "a"); len(found) != 0 {
		t.Errorf("an empty store has %v", found)
	}
	if found := find(t, s); len(found) != 0 {
		t.Errorf("no key finds %v", found)
	}
	whole, failed, bare := Outcome(1), Outcome(2), Outcome(3)
	failed.Error, failed.Lasting, failed.Result.Epochs, failed.Result.Layers = "it diverged", true, nil, nil
	bare.Result.Experiment.Rule = nil
	for key, o := range map[string]runner.Outcome{"whole": whole, "failed": failed, "bare": bare} {
		keep(t, s, key, o)
	}
	found := find(t, s, "whole", "failed", "bare", "none")
	for key, want := range map[string]runner.Outcome{"whole": whole, "failed": failed, "bare": bare} {
		want.ID = key
		if got := found[key]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s comes back as\n%+v\nwant\n%+v", key, got, want)
		}
	}
	if len(found) != 3 {
		t.Errorf("%d outcomes for four keys, one of which is not there", len(found))
	}
}

func checkFirst(t *testing.T, s Store) {
	keep(t, s, "a", Outcome(1))
	keep(t, s, "a", Outcome(2))
	if got, want := find(t, s, "a")["a"].Seconds, Outcome(1).Seconds; got != want {
		t.Errorf("kept twice: %g, want that of the first, %g", got, want)
	}
}

func checkMany(t *testing.T, s Store) {
	const n = 1200 // more than a query may have parameters
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("key %d", i)
		if i%20 == 0 {
			keep(t, s, keys[i], Outcome(i%7))
		}
	}
	if found := find(t, s, keys...); len(found) != n/20 {
		t.Errorf("%d found of %d", len(found), n/20)
	}
}

func checkAtOnce(t *testing.T, s Store) {
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 10 {
				key := fmt.Sprintf("key %d", (worker+i)%20)
				if err := s.Keep(key, Outcome(i)); err != nil {
					t.Error(err)
				}
				if found, err := s.Find([]string{key}); err != nil || len(found) != 1 {
					t.Errorf("%s: %v, %v", key, found, err)
				}
			}
		})
	}
	group.Wait()
}

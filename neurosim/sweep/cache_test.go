package sweep_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossbook/neurosim"
	"crossbook/neurosim/cost"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/sweep"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/sweep/store"
	"crossbook/neurosim/train"
)

// stored is a grid with a store of its own that counts the trainings it makes.
func stored(t *testing.T) (grid sweep.Grid, trainings *int) {
	trainings = new(int)
	return sweep.Grid{
		Base:   tiny(),
		Axes:   []sweep.Axis{sweep.Field("Device.LTP", 0, 2, 4), sweep.Rules("BP", "DFA")},
		Store:  filepath.Join(t.TempDir(), "results.sqlite"),
		Runner: counting{trainings},
	}, trainings
}

// trains runs a grid and says how many trainings that took.
func trains(t *testing.T, grid sweep.Grid, want int) string {
	t.Helper()
	n := 0
	grid.Runner = counting{&n}
	text := grid.MustRun(t.Context()).String()
	if n != want {
		t.Errorf("%d trainings, want %d", n, want)
	}
	return text
}

// TestNothingIsComputedTwice: not even by another grid.
func TestNothingIsComputedTwice(t *testing.T) {
	grid, _ := stored(t)
	grid.Chip = cost.Chip{Node: 22} // whose price depends on what was recorded
	first := trains(t, grid, 6)
	if second := trains(t, grid, 0); second != first {
		t.Errorf("from the store\n%s\nwant\n%s", second, first)
	}
	longer := grid
	longer.Axes = []sweep.Axis{sweep.Field("Device.LTP", 0, 1, 2), sweep.Field("Rule", train.BP{}, train.DFA{})}
	trains(t, longer, 2)
	longer.Base = longer.Base.Named("another label") // which computes nothing else
	trains(t, longer, 0)
	// What is recorded is not in the results that are kept without it.
	longer.Base.Train.Record.Angle = true
	trains(t, longer, 6)
	results := longer.MustResults(t.Context())
	if got := results[3].Trace(train.Angle, 1); got.Len() != 1 || !strings.HasPrefix(got.Label(), "another label, layer 1") {
		t.Errorf("trace %v", got)
	}
	longer.Base.Data.Train = 70
	trains(t, longer, 6)
}

// TestFailuresInTheStore: a training that diverges would do so again; another
// failure may have passed.
func TestFailuresInTheStore(t *testing.T) {
	grid, _ := stored(t)
	grid.Base.Device = device.Analog{}
	grid.Base.Net = nn.MLP(784, 32, 32, 10).Activation("linear")
	grid.Base.Train = train.Settings{Epochs: 30, Batch: 10, Loss: train.Squares}
	grid.Axes = []sweep.Axis{sweep.Field("Train.Rate", 0.001, 1000), sweep.Field("Net.Sizes", "784-32-32-10", "99-10")}
	first := trains(t, grid, 4)
	if second := trains(t, grid, 2); second != first || strings.Count(first, train.ErrDiverged.Error()) != 1 {
		t.Errorf("second\n%s\nwant\n%s", second, first)
	}
}

// own is a rule that cannot go through JSON, as one that is declared in a cell.
type own struct{ train.BP }

func (own) Name() string { return "BP" }

func TestRulesOfOnesOwnAreNotKept(t *testing.T) {
	grid, _ := stored(t)
	grid.Axes = []sweep.Axis{sweep.Field("Device.LTP", 0, 2)}
	trains(t, grid, 2)
	grid.Base = grid.Base.With(own{})
	trains(t, grid, 2)
	trains(t, grid, 2)
}

// TestCheckpoints: a sweep goes on within a training that was interrupted, and
// leaves no file behind.
func TestCheckpoints(t *testing.T) {
	grid, _ := stored(t)
	grid.Base.Train.Epochs = 50
	grid.Axes = nil
	whole := trains(t, grid, 1)
	grid.Store = filepath.Join(t.TempDir(), "other.sqlite")
	grid.Checkpoints = filepath.Join(t.TempDir(), "states")
	ctx, cancel := context.WithCancel(t.Context())
	grid.Runner = epochs{cancel, 3}
	if _, err := grid.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(grid.Checkpoints); err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	if got := trains(t, grid, 1); got != whole {
		t.Errorf("resumed\n%s\nwant\n%s", got, whole)
	}
	if files, err := os.ReadDir(grid.Checkpoints); err != nil || len(files) != 0 {
		t.Errorf("left behind: %v, %v", files, err)
	}
	grid.Checkpoints = filepath.Join(grid.Store, "no folder")
	if _, err := grid.Run(t.Context()); err == nil || !strings.HasPrefix(err.Error(), "sweep: the folder of Checkpoints: ") {
		t.Errorf("error %v", err)
	}
}

// epochs interrupts a training after some of its epochs.
type epochs struct {
	stop context.CancelFunc
	n    int
}

func (r epochs) Run(ctx context.Context, jobs []runner.Job, _ func(runner.Outcome)) error {
	short := jobs[0].Experiment
	short.Train.Epochs = r.n
	if _, err := short.Run(ctx); err != nil {
		return err
	}
	r.stop()
	return ctx.Err()
}

// full is a cache that has no room.
type full struct{ store.Memory }

var errFull = errors.New("there is no space left")

func (*full) Keep(string, runner.Outcome) error { return errFull }

// TestFullStoreEndsTheSweep: at the first result that cannot be kept.
func TestFullStoreEndsTheSweep(t *testing.T) {
	grid, _ := stored(t)
	grid.Cache, grid.Workers, grid.Runner = &full{}, 1, nil
	tab, err := grid.Run(t.Context())
	if !errors.Is(err, errFull) || tab.Len() != 1 {
		t.Errorf("%d rows, error %v", tab.Len(), err)
	}
	grid.Cache, grid.Store = nil, t.TempDir()
	if _, err := grid.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "Grid.Store names another file; with sweep.NoStore nothing is kept") {
		t.Errorf("error %v", err)
	}
}

// TestOneStoreAProject: without a name it is in the working folder.
func TestOneStoreAProject(t *testing.T) {
	t.Chdir(t.TempDir())
	base := tiny()
	if _, err := (sweep.Grid{Base: base}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	f, err := store.Open("crossbook.sqlite")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := f.Records("")
	if err != nil || len(list) != 1 || list[0].Outcome.Result.Experiment != base || list[0].Outcome.Seconds <= 0 ||
		list[0].Outcome.Result.Provenance.Spec != base.Hash() || list[0].Outcome.Result.Provenance.Version != neurosim.Version {
		t.Errorf("%+v, %v", list, err)
	}
}

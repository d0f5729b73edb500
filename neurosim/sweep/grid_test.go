package sweep_test

import (
	"context"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"crossbook/neurosim"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/sweep"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/sweep/table"
	"crossbook/neurosim/train"
)

// tiny is a training of some milliseconds.
func tiny() neurosim.Experiment {
	return neurosim.Experiment{
		Net:    nn.MLP(784, 8, 10),
		Data:   dataset.Set{Name: "fashion-sample", Train: 60, Test: 20},
		Device: device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003},
		Train:  train.Settings{Epochs: 1, Batch: 20},
		Seed:   7,
	}
}

func column(t *testing.T, tab table.Table, name string) []string {
	t.Helper()
	texts, err := tab.Strings(name)
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func wantColumn(t *testing.T, tab table.Table, name, want string) {
	t.Helper()
	if got := strings.Join(column(t, tab, name), " "); got != want {
		t.Errorf("column %s: %s, want %s", name, got, want)
	}
}

func TestGridRunsEveryPoint(t *testing.T) {
	tab, err := sweep.Grid{
		Store: sweep.NoStore,
		Base:  tiny(),
		Axes: []sweep.Axis{
			sweep.Field("Device.LTP", sweep.Linspace(0, 3, 2)...).Along("Device.LTD", -1),
			sweep.Rules("BP", "DFA"),
		},
		Repeats: 2,
	}.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	wantColumn(t, tab, "Device.LTP", "0 0 0 0 3 3 3 3")
	wantColumn(t, tab, "Device.LTD", "0 0 0 0 -3 -3 -3 -3")
	wantColumn(t, tab, "rule", "BP BP DFA DFA BP BP DFA DFA")
	wantColumn(t, tab, "seed", "7 8 7 8 7 8 7 8")
	wantColumn(t, tab, "epochs", "1 1 1 1 1 1 1 1")
	accuracy, err := tab.Floats("accuracy")
	if err != nil {
		t.Fatal(err)
	}
	// The rows are what the experiments give when they are run by themselves.
	e := tiny().With(train.DFA{})
	e.Device.LTP, e.Device.LTD, e.Seed = 3, -3, 8
	if want := e.MustRun(context.Background()).Accuracy(); accuracy[7] != want {
		t.Errorf("accuracy %v, by itself %v", accuracy[7], want)
	}
}

// TestGridIsTheSameOnAnyWorkers: order and number of workers have no say.
func TestGridIsTheSameOnAnyWorkers(t *testing.T) {
	grid := sweep.Grid{
		Store:   sweep.NoStore,
		Base:    tiny(),
		Axes:    []sweep.Axis{sweep.Field("Device.CycleToCycle", 0, 0.01, 0.05), sweep.Rules("BP", "DFA")},
		Repeats: 2,
	}
	want := grid.MustRun(context.Background()).String()
	for _, workers := range []int{1, 3, 8} {
		grid.Workers = workers
		if got := grid.MustRun(context.Background()).String(); got != want {
			t.Errorf("%d workers: %s\nwant %s", workers, got, want)
		}
	}
	grid.Runner = backwards{}
	if got := grid.MustRun(context.Background()).String(); got != want {
		t.Errorf("backwards: %s\nwant %s", got, want)
	}
}

// backwards is a runner that begins at the end.
type backwards struct{}

func (backwards) Run(ctx context.Context, jobs []runner.Job, done func(runner.Outcome)) error {
	jobs = slices.Clone(jobs)
	slices.Reverse(jobs)
	return runner.Local{Workers: 1}.Run(ctx, jobs, done)
}

// counting counts the jobs it is given.
type counting struct{ jobs *int }

func (c counting) Run(ctx context.Context, jobs []runner.Job, done func(runner.Outcome)) error {
	*c.jobs += len(jobs)
	return runner.Local{}.Run(ctx, jobs, done)
}

// TestChipsNeedNoTraining: points that differ in the chip only are trained once.
func TestChipsNeedNoTraining(t *testing.T) {
	jobs := 0
	tab, err := sweep.Grid{
		Store:   sweep.NoStore,
		Base:    tiny(),
		Axes:    []sweep.Axis{sweep.Field("Chip.ADCBits", 4, 5, 6)},
		Runner:  counting{&jobs},
		Repeats: 2,
	}.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if jobs != 2 {
		t.Errorf("%d trainings, want 2", jobs)
	}
	energy, err := tab.Floats("energy")
	if err != nil || !(energy[0] < energy[2] && energy[2] < energy[4]) {
		t.Errorf("energy %v, %v", energy, err)
	}
	// Another seed has other data in the arrays, and little else.
	if ratio := energy[1] / energy[0]; ratio == 1 || ratio < 0.99 || ratio > 1.01 {
		t.Errorf("the second seed costs %g of the first", ratio)
	}
	if tab.Unit("area") != "mm²" || tab.Unit("energy") != "J" {
		t.Errorf("units %q, %q", tab.Unit("area"), tab.Unit("energy"))
	}
}

func TestFailingPointIsARow(t *testing.T) {
	base := tiny()
	base.Train.Rate = 1000
	base.Device = device.Analog{}
	tab, err := sweep.Grid{
		Store: sweep.NoStore,
		Base:  base,
		Axes:  []sweep.Axis{sweep.Nets(nn.MLP(784, 8, 10), nn.MLP(99, 10)).Labels("right", "wrong")},
	}.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	wantColumn(t, tab, "net", "right wrong")
	accuracy, _ := tab.Floats("accuracy")
	failures := column(t, tab, "error")
	if !math.IsNaN(accuracy[1]) || !strings.Contains(failures[1], "the input has 99 units") {
		t.Errorf("accuracy %v, error %q", accuracy[1], failures[1])
	}
}

// TestColumnsOfAxes: what is no number has a column of labels.
func TestColumnsOfAxes(t *testing.T) {
	noisy := device.Analog{Levels: 32, CycleToCycle: 0.01}
	tab, err := sweep.Grid{
		Store: sweep.NoStore,
		Base:  tiny(),
		Axes: []sweep.Axis{
			sweep.Zip(
				sweep.Field("Rule", train.BP{}, train.DFA{}, train.DFA{Feedback: train.FanIn}),
				sweep.Nets(nn.MLP(784, 10), nn.MLP(784, 9, 10), nn.MLP(784, 9, 8, 10)).Column("layers", 1, 2, 3),
				sweep.Devices(device.Analog{}, noisy, noisy).Labels("ideal", "noisy", "noisy too"),
				sweep.Field("Train.Batch", 10, 20.0, 30),
				sweep.Field("Train.Loss", train.Squares, "", train.CrossEntropy),
				sweep.Field("Train.Momentum", -1, 0, 0.5),
			),
		},
	}.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantColumn(t, tab, "rule", "BP DFA DFA, Feedback fan-in")
	wantColumn(t, tab, "net", "784-10 relu 784-9-10 relu 784-9-8-10 relu")
	wantColumn(t, tab, "layers", "1 2 3")
	wantColumn(t, tab, "device", "ideal noisy noisy too")
	wantColumn(t, tab, "Train.Batch", "10 20 30")
	wantColumn(t, tab, "Train.Loss", "squares  cross-entropy")
	wantColumn(t, tab, "Train.Momentum", "-1 0 0.5")
	if got := strings.Join(tab.Names(), " "); got != "rule net device Train.Batch Train.Loss Train.Momentum layers seed accuracy loss epochs error" {
		t.Errorf("columns %s", got)
	}
	for name, wantType := range map[string]any{"layers": []int{}, "Train.Batch": []float64{}, "rule": []string{}} {
		c, err := tab.Column(name)
		if err != nil || reflect.TypeOf(c.Values) != reflect.TypeOf(wantType) {
			t.Errorf("column %s is %T, %v", name, c.Values, err)
		}
	}
}

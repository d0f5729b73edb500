package sweep_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"crossbook/neurosim/nn"
	"crossbook/neurosim/sweep"
)

func TestPlanSaysWhatIsToDo(t *testing.T) {
	grid, _ := stored(t)
	grid.Axes = append(grid.Axes, sweep.Field("Chip.ADCBits", 4, 5))
	plan, err := grid.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if plan.Points != 12 || plan.Trainings != 6 || plan.Known != 0 || plan.Time <= 0 {
		t.Errorf("%+v", plan)
	}
	grid.MustRun(t.Context())
	grid.Axes[0] = sweep.Field("Device.LTP", 0, 2, 4, 5)
	plan, err = grid.Plan(t.Context())
	if err != nil || plan.Points != 16 || plan.Trainings != 8 || plan.Known != 6 {
		t.Errorf("%+v, %v", plan, err)
	}
	grid.MustRun(t.Context())
	plan, err = grid.Plan(t.Context())
	if err != nil || plan.String() != "16 points, 8 trainings, 8 of them in the store: nothing to be trained" {
		t.Errorf("%v, %v", plan, err)
	}
}

// TestPlanIsRoughlyRight: within a factor that leaves room for other programs on
// the machine.
func TestPlanIsRoughlyRight(t *testing.T) {
	base := tiny()
	base.Net = nn.MLP(784, 64, 10)
	base.Data.Train, base.Data.Test = 1000, 200
	base.Train.Epochs = 4
	grid := sweep.Grid{Store: sweep.NoStore, Base: base, Workers: 1, Axes: []sweep.Axis{sweep.Rules("BP", "DFA")}}
	const factor = 8
	for range 3 { // one bad moment does not count
		plan, err := grid.Plan(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		grid.MustRun(t.Context())
		took := time.Since(begin)
		t.Logf("planned %v, took %v", plan.Time, took)
		if plan.Time < factor*took && took < factor*plan.Time {
			return
		}
	}
	t.Error("three plans were wrong by more than a factor of 8")
}

func TestPlanFails(t *testing.T) {
	if _, err := (sweep.Grid{}).Plan(t.Context()); err == nil || !strings.HasPrefix(err.Error(), "sweep: grid: ") {
		t.Errorf("error %v", err)
	}
	grid, _ := stored(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := grid.Plan(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	grid.Base.Net.Sizes = "99-10" // fails, which takes no time
	if plan, err := grid.Plan(t.Context()); err != nil || plan.Trainings != 6 || plan.Time != 0 {
		t.Errorf("%+v, %v", plan, err)
	}
}

func TestPlanText(t *testing.T) {
	for want, plan := range map[string]sweep.Plan{
		"130 points, 65 trainings, 20 of them in the store: about 4m10s at 2 at a time": {Points: 130, Trainings: 65, Known: 20, Workers: 2, Time: 251 * time.Second},
		"1 point, 1 training: about 31ms at 1 at a time":                                {Points: 1, Trainings: 1, Workers: 1, Time: 31 * time.Millisecond},
		"9 points, 9 trainings: about 12h0m0s at 4 at a time":                           {Points: 9, Trainings: 9, Workers: 4, Time: 12*time.Hour + 7*time.Minute},
	} {
		if got := plan.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

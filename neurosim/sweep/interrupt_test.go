package sweep_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"crossbook/kernel/display"
	"crossbook/neurosim/sweep"
	"crossbook/neurosim/sweep/runner"
)

// stopping interrupts a sweep after some outcomes.
type stopping struct {
	after int
	stop  context.CancelFunc
}

func (s stopping) Run(ctx context.Context, jobs []runner.Job, done func(runner.Outcome)) error {
	ended := 0
	return runner.Local{Workers: 1}.Run(ctx, jobs, func(o runner.Outcome) {
		done(o)
		if ended++; ended == s.after {
			s.stop()
		}
	})
}

// TestInterruptKeepsWhatIsDone: the rows are those of an undisturbed run.
func TestInterruptKeepsWhatIsDone(t *testing.T) {
	grid := sweep.Grid{Store: sweep.NoStore, Base: tiny(), Axes: []sweep.Axis{sweep.Field("Device.LTP", sweep.Linspace(0, 6, 7)...)}}
	whole := grid.MustRun(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	grid.Runner = stopping{3, cancel}
	part, err := grid.Run(ctx)
	if !errors.Is(err, context.Canceled) || err.Error() != "sweep: after 3 of 7 trainings: context canceled" {
		t.Errorf("error %v", err)
	}
	if part.Len() != 3 || part.String() != whole.Head(3).String() {
		t.Errorf("%s\nwant three rows of\n%s", part, whole)
	}
	if _, err := grid.Results(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Results: %v", err)
	}
}

// TestProgressIsOneBar: the trainings show none of their own.
func TestProgressIsOneBar(t *testing.T) {
	var last display.Progress
	ids := map[string]bool{}
	ctx := display.WithSink(t.Context(), func(e display.Event) {
		last = e.(display.Progress)
		ids[last.ID] = true
	})
	base := tiny()
	base.Train.Epochs = 3
	_, err := sweep.Grid{Store: sweep.NoStore, Base: base, Axes: []sweep.Axis{sweep.Rules("BP", "DFA")}, Repeats: 2}.Run(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) != 1 || last.Title != "sweep of 4 trainings, epochs" || last.Done != 12 || last.Total != 12 ||
		!last.Final || last.Note != "4 of 4 trainings" {
		t.Errorf("%d bars, the last report is %+v", len(ids), last)
	}
	base.Net.Sizes = "99-10"
	if _, err = (sweep.Grid{Store: sweep.NoStore, Base: base}).Run(ctx); err != nil || last.Note != "1 of 1 trainings, 1 failed" {
		t.Errorf("%v, %+v", err, last)
	}
}

func TestMustRunPanics(t *testing.T) {
	for name, must := range map[string]func(sweep.Grid){
		"MustRun":     func(g sweep.Grid) { g.MustRun(t.Context()) },
		"MustResults": func(g sweep.Grid) { g.MustResults(t.Context()) },
	} {
		func() {
			defer func() {
				if err, ok := recover().(error); !ok || !strings.HasPrefix(err.Error(), "sweep: grid: ") {
					t.Errorf("%s: %v", name, err)
				}
			}()
			must(sweep.Grid{})
		}()
	}
}

func TestResults(t *testing.T) {
	grid := sweep.Grid{Store: sweep.NoStore, Base: tiny().Named("a"), Axes: []sweep.Axis{sweep.Field("Name", "a", "b")}}
	results := grid.MustResults(t.Context())
	if results[0].Label() != "a" || results[1].Label() != "b" || results[0].Accuracy() != results[1].Accuracy() || results[0].Len() != 1 {
		t.Errorf("%v", results)
	}
	grid.Base.Net.Sizes = "99-10"
	if _, err := grid.Results(t.Context()); err == nil || !strings.Contains(err.Error(), "sweep: point 2 (b: 99-10") {
		t.Errorf("error %v", err)
	}
}

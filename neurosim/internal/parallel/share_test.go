package parallel

import (
	"runtime"
	"testing"
)

func TestTasksShareTheProcessors(t *testing.T) {
	all := runtime.GOMAXPROCS(4)
	defer runtime.GOMAXPROCS(all)
	if got := Workers(); got != 4 {
		t.Errorf("%d workers without a task", got)
	}
	var ends []func()
	for tasks, want := range []int{1: 4, 2: 2, 3: 1, 4: 1, 5: 1} {
		if tasks == 0 {
			continue
		}
		ends = append(ends, Begin())
		if got := Workers(); got != want {
			t.Errorf("%d workers for each of %d tasks, want %d", got, tasks, want)
		}
	}
	for _, end := range ends {
		end()
		end() // a second time says nothing
	}
	if got := Workers(); got != 4 {
		t.Errorf("%d workers after the last task", got)
	}
}

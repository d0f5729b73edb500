package parallel

import (
	"runtime"
	"sync/atomic"
)

// whole is the number of whole tasks under way, such as the trainings of a sweep.
var whole atomic.Int32

// Begin says that the caller is one of several whole tasks that go on at the same
// time, until the function that it returns is called. Loops inside then leave the
// processors to the other tasks: with a task for every processor they start no
// goroutine, and the last task that is left has all processors again. This
// changes how fast a loop is, never what it computes.
func Begin() (end func()) {
	whole.Add(1)
	var done atomic.Bool
	return func() {
		if done.CompareAndSwap(false, true) {
			whole.Add(-1)
		}
	}
}

// Workers returns the number of processors for a loop: a fair share of them
// among the whole tasks, at least 1.
func Workers() int {
	return max(1, runtime.GOMAXPROCS(0)/max(1, int(whole.Load())))
}

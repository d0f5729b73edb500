package parallel

import (
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

type visits []int32

func (v *visits) Do(first, end int) {
	for i := first; i < end; i++ {
		(*v)[i]++
	}
}

func TestRunCoversEachElementOnce(t *testing.T) {
	for _, procs := range []int{1, 2, 8} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		for _, n := range []int{0, 1, Chunk - 1, Chunk + 1, 10*Chunk + 7} {
			run, each := make(visits, n), make(visits, n)
			Run(n, &run)
			Each(n, &each)
			for i := range run {
				if run[i] != 1 || each[i] != 1 {
					t.Fatalf("%d processors, %d elements: element %d visited %d and %d times", procs, n, i, run[i], each[i])
				}
			}
		}
	}
}

func TestRunAllocatesNothing(t *testing.T) {
	v := make(visits, 3*Chunk)
	if n := testing.AllocsPerRun(10, func() { Run(len(v), &v) }); n != 0 {
		t.Errorf("%g allocations a loop", n)
	}
}

type failing struct{}

func (failing) Do(first, _ int) {
	if first == 3 {
		panic("third")
	}
}

func TestPanicsOfBodiesAreTheCallers(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	for range 3 {
		func() {
			defer func() {
				if got := recover(); got != "third" {
					t.Errorf("recovered %v", got)
				}
			}()
			Each(8, failing{})
			t.Error("nothing failed")
		}()
	}
}

// The same on several processors, on which testing.AllocsPerRun does not run.
func TestCrewsAllocateNothing(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	v := make(visits, 3*Chunk)
	Run(len(v), &v)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const loops = 200
	for range loops {
		Run(len(v), &v)
	}
	runtime.ReadMemStats(&after)
	if n := after.Mallocs - before.Mallocs; n > loops/2 { // the runtime may make a goroutine
		t.Errorf("%d allocations in %d loops", n, loops)
	}
}

// hold is a loop whose workers meet: it ends only if there are two.
type hold chan struct{}

func (h hold) DoAt(seat, i int) {
	if i == 0 {
		h <- struct{}{}
	} else {
		<-h
	}
}

// A mate comes to loop after loop, whether it waits awake, has gone meanwhile, or is
// called by a loop within a loop.
func TestMatesComeAgain(t *testing.T) {
	for _, pause := range []time.Duration{0, patience / 2, 3 * patience} {
		for range 20 {
			Seats(2, 2, hold(make(chan struct{})))
			time.Sleep(pause)
		}
	}
	Pieces(4, func(int) { Seats(2, 2, hold(make(chan struct{}))) })
}

// A caller that waits longer than its patience sleeps, and is woken.
func TestCallersWaitForTheirMates(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	for range 5 {
		var done atomic.Int32
		Pieces(2, func(int) {
			time.Sleep(5 * patience)
			done.Add(1)
		})
		if n := done.Load(); n != 2 {
			t.Fatalf("the loop returned after %d of 2 pieces", n)
		}
	}
}

type seats [3]atomic.Int32

func (s *seats) DoAt(seat, _ int) {
	if s[seat].Add(1) != 1 {
		panic("two at one seat")
	}
	runtime.Gosched()
	s[seat].Add(-1)
}

func TestSeatsAreOfOneWorkerEach(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	for range 50 {
		Seats(3, 100, &seats{})
	}
}

package interp_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

// interrupted runs a cell and interrupts it.
func interrupted(t *testing.T, n *notebook, code string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, err := n.Run(ctx, 99, code); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("%s\nended with %v, not by the interrupt", code, err)
	}
	if took := time.Since(begun); took > patience {
		t.Errorf("%s\nthe interrupt took %v", code, took)
	}
}

// TestFunctionsSurviveInterrupts: a function literal of an earlier cell works after
// an interrupt, whatever it was stopped in.
func TestFunctionsSurviveInterrupts(t *testing.T) {
	n := newNotebook(t)
	n.must(t, `
x := 0
f := func() int { x++; return x }
type T struct{ g func() int }
v := T{g: func() int { return 7 }}
c := make(chan int)
wait := func() int { return <-c }
spin := func() { for {} }
both := func() int { select { case n := <-c: return n; case <-time.After(time.Hour): return -1 } }
`)
	for i, code := range []string{"for {}", "spin()", "<-c", "wait()", "both()", "time.Sleep(time.Hour)", "c <- 1", "select {}"} {
		interrupted(t, n, code)
		if got, want := fmt.Sprint(n.must(t, "[]int{f(), v.g()}")), fmt.Sprintf("[[%d 7]]", i+1); got != want {
			t.Errorf("after %s: %s, want %s", code, got, want)
		}
	}
	n.must(t, "go func() { c <- 5; c <- 6 }()")
	if got := fmt.Sprint(n.must(t, "[]int{wait(), both()}")); got != "[[5 6]]" {
		t.Errorf("channels give %s, want [[5 6]]", got)
	}
}

// TestInterruptStopsGoroutines of this cell and of earlier ones, running or waiting.
func TestInterruptStopsGoroutines(t *testing.T) {
	n := newNotebook(t)
	n.must(t, `
import "sync/atomic"
var counts [3]atomic.Int64
c := make(chan int)
go func() { for { counts[0].Add(1); time.Sleep(time.Microsecond) } }()
go func() { for { <-c; counts[1].Add(1) } }()
`)
	interrupted(t, n, "go func() { for { counts[2].Add(1) } }()\nfor {}")
	const read = "[]int64{counts[0].Load(), counts[1].Load(), counts[2].Load()}"
	before := fmt.Sprint(n.must(t, read))
	n.must(t, "select { case c <- 1: panic(\"somebody waits\"); case <-time.After(20 * time.Millisecond): }")
	if after := fmt.Sprint(n.must(t, read)); after != before {
		t.Errorf("counts go from %s to %s after the interrupt", before, after)
	}
}

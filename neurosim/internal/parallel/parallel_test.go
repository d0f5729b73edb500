package parallel

import (
	"runtime"
	"testing"
)

func TestForCoversEachElementOnce(t *testing.T) {
	for _, procs := range []int{1, 2, 8} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		for _, n := range []int{0, 1, Chunk - 1, Chunk, Chunk + 1, 10*Chunk + 7} {
			visits := make([]int, n)
			For(n, func(first, end int) {
				if first%Chunk != 0 || end-first > Chunk {
					t.Errorf("piece %d..%d has no fixed border", first, end)
				}
				for i := first; i < end; i++ {
					visits[i]++
				}
			})
			for i, v := range visits {
				if v != 1 {
					t.Fatalf("%d processors, %d elements: element %d visited %d times", procs, n, i, v)
				}
			}
		}
	}
}

// TestPanicIsTheCallers: a task among many that panics must not end the process.
func TestPanicIsTheCallers(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	defer func() {
		if got := recover(); got != "piece 7" {
			t.Errorf("recovered %v", got)
		}
	}()
	Pieces(16, func(i int) {
		if i == 7 {
			panic("piece 7")
		}
	})
}

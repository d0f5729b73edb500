package interp_test

import (
	"fmt"
	"runtime"
	"testing"
)

// TestCellsAreForgotten: what a cell costs beyond what the user keeps.
func TestCellsAreForgotten(t *testing.T) {
	n := newNotebook(t)
	heap := func() int64 {
		runtime.GC()
		runtime.GC() // what had a finalizer
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	const warm, cells = 100, 500
	before := int64(0)
	for i := range warm + cells {
		if i == warm {
			before = heap()
		}
		n.must(t, fmt.Sprintf("x := %d\nfmt.Sprintln(x)\nfunc f(y int) int { return x + y }\nf(x + 1)", i))
	}
	if grown := (heap() - before) / cells; grown > 2048 {
		t.Errorf("%d bytes a cell, at most 2048 with a function declared anew", grown)
	} else {
		t.Logf("%d bytes a cell", grown)
	}
	runtime.KeepAlive(n)
}

package interp_test

import (
	"fmt"
	"runtime"
	"testing"
)

// heap returns the live bytes.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestRetainedMemory runs cells that keep nothing new over and over.
func TestRetainedMemory(t *testing.T) {
	const (
		warm  = 100
		cells = 400
		most  = 1024 // bytes a cell
	)
	for _, code := range []string{"x = x + 1", "x + 1", "x := 3", "for i := range 3 { x += i }", "fmt.Sprint(x)", "x := 3\nfmt.Sprint(x)\nx + 1", "func f() int { return x }\nf()"} {
		n := newNotebook(t)
		n.must(t, "x := 1")
		run := func(count int) {
			for range count {
				n.must(t, code)
			}
		}
		run(warm)
		before := heap()
		run(cells)
		if each := (heap() - before) / cells; each > most {
			t.Errorf("%q retains %d bytes a cell, at most %d", code, each, most)
		}
		runtime.KeepAlive(n)
	}
}

// TestRejectedCellsAreForgotten: nothing stays of what the checker did not let pass.
func TestRejectedCellsAreForgotten(t *testing.T) {
	const cells, most = 400, 64
	for _, code := range []string{"x := 1 +", "y := nobody", "func f() int { return nobody }"} {
		n := newNotebook(t)
		run := func() {
			for range cells {
				if _, err := n.cell(code); err == nil {
					t.Fatalf("%q passed", code)
				}
			}
		}
		run()
		before := heap()
		run()
		if each := (heap() - before) / cells; each > most {
			t.Errorf("%q retains %d bytes a cell, at most %d", code, each, most)
		}
		runtime.KeepAlive(n)
	}
}

// TestRedeclaredSlice declares a large slice again and again: the old one is free.
func TestRedeclaredSlice(t *testing.T) {
	n := newNotebook(t)
	const size = 1 << 20
	code := fmt.Sprintf("big := make([]byte, %d)", size)
	n.must(t, code)
	before := heap()
	for range 20 {
		n.must(t, code)
	}
	if grown := heap() - before; grown > 2*size {
		t.Errorf("20 redeclarations of a slice of %d bytes retain %d", size, grown)
	}
	runtime.KeepAlive(n)
}

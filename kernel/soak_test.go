package kernel_test

import (
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
)

// soakCells is what a session of 100,000 cells is made of when
// CROSSBOOK_SOAK=100000 asks for it; the tests of every day run fewer.
func soakCells(t *testing.T) int {
	cells := 2000
	if testing.Short() {
		cells = 500
	}
	if text := os.Getenv("CROSSBOOK_SOAK"); text != "" {
		cells = must[int](t)(strconv.Atoi(text))
	}
	return cells
}

// TestSoak runs many cells in one session: every one is answered with its output
// and its number, and the kernel keeps less than 1 KiB of each.
func TestSoak(t *testing.T) {
	cells := soakCells(t)
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	warm := cells / 5 // until caches and the memory of signatures are filled
	var before uint64
	begun := time.Now()
	for i := range cells {
		if i == warm {
			before = heap()
		}
		a := must[kerneltest.Answer](t)(client.Execute("print a\nresult " + strconv.Itoa(i)))
		if a.Text("stdout") != "a\n" || a.Bundles("execute_result")[0]["text/plain"] != strconv.Itoa(i) {
			t.Fatalf("cell %d: %q", i, a.Types())
		}
	}
	grown := int64(heap()) - int64(before)
	perCell := float64(grown) / float64(cells-warm)
	t.Logf("%d cells in %v, heap grew by %d bytes a cell", cells, time.Since(begun), int(perCell))
	if perCell > 1024 {
		t.Errorf("the heap grew by %.0f bytes a cell, at most 1024", perCell)
	}
}

// heap returns the bytes in use on the heap of Go.
func heap() uint64 {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestChurn lets 300 clients come and go, most without a word of farewell.
func TestChurn(t *testing.T) {
	server, client := kerneltest.Start(t, &kerneltest.Mock{})
	clients := 300
	if testing.Short() {
		clients = 30
	}
	before := runtime.NumGoroutine()
	for i := range clients {
		guest := must[*kerneltest.Client](t)(kerneltest.Dial(server.Connection()))
		if i%10 == 0 {
			must[kerneltest.Answer](t)(guest.Execute("print x"))
		}
		guest.Close()
	}
	if a := must[kerneltest.Answer](t)(client.Execute("print on")); a.Text("stdout") != "on\n" {
		t.Errorf("printed %q", a.Text("stdout"))
	}
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before+20; {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines, %d before %d clients", runtime.NumGoroutine(), before, clients)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

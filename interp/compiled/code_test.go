package compiled

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func pointers(values ...any) (out []reflect.Value) {
	for _, v := range values {
		out = append(out, reflect.ValueOf(v))
	}
	return out
}

func scaled(t testing.TB, c *Code) float64 {
	t.Helper()
	x, by, sum := []float64{1, 2}, 2.0, 0.0
	if err := c.Call(Invocation{Function: scale, Args: pointers(&x, &by), Results: pointers(&sum)}); err != nil {
		t.Fatal(err)
	}
	if x[0] != 2 || x[1] != 4 {
		t.Errorf("left %v", x)
	}
	return sum
}

func pidOf(t testing.TB, c *Code) int {
	t.Helper()
	var n int
	if err := c.Call(Invocation{Function: pid, Results: pointers(&n)}); err != nil {
		t.Fatal(err)
	}
	return n
}

func shared(t testing.TB) *Code {
	return build(t, &Builder{Cache: os.TempDir() + "/crossbook-compiled-test-" + strconv.Itoa(os.Getuid())}, program)
}

// TestLife ends the process in each way, and calls again.
func TestLife(t *testing.T) {
	c := shared(t)
	first := pidOf(t, c)
	code := 7
	var died *Died
	err := c.Call(Invocation{Function: exit, Args: pointers(&code)})
	if !errors.As(err, &died) || died.Reason != "exit status 7" {
		t.Errorf("got %v", err)
	}
	restarted := 0
	sum, x, by := 0.0, []float64{1}, 3.0
	if err := c.Call(Invocation{Args: pointers(&x, &by), Results: pointers(&sum), Restarted: func() { restarted++ }}); err != nil || sum != 3 || restarted != 1 {
		t.Errorf("%v %v %v", err, sum, restarted)
	}
	second := pidOf(t, c)
	if second == first {
		t.Error("the process that has ended goes on")
	}
	stop := make(chan struct{})
	time.AfterFunc(50*time.Millisecond, func() { close(stop) })
	if err := c.Call(Invocation{Function: spin, Stop: stop}); !errors.Is(err, ErrStopped) {
		t.Errorf("got %v", err)
	}
	if syscall.Kill(second, 0) == nil {
		t.Error("a stopped call goes on")
	}
	third := pidOf(t, c)
	if err := syscall.Kill(third, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-c.process.dead
	if got := pidOf(t, c); got == third {
		t.Error("a killed process answers")
	}
	c.Retire()
	ended(t, pidOf(t, c))
}

// ended waits for the end of a process.
func ended(t *testing.T, pid int) {
	t.Helper()
	for range 1000 {
		if syscall.Kill(pid, 0) != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d has not ended", pid)
}

// TestTypesDiffer refuses arguments that are not what the function takes.
func TestTypesDiffer(t *testing.T) {
	c := shared(t)
	x, by, sum := []float32{1}, 2.0, 0.0
	if err := c.Call(Invocation{Args: pointers(&x, &by), Results: pointers(&sum)}); err == nil || !strings.Contains(err.Error(), "types differ") {
		t.Errorf("got %v", err)
	}
}

// TestParallel calls from many goroutines, with arguments that they share.
func TestParallel(t *testing.T) {
	c := shared(t)
	x, zero := make([]float64, 1000), 1.0
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			var sum float64
			if err := c.Call(Invocation{Args: pointers(&x, &zero), Results: pointers(&sum)}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// asParent makes the test binary a session that is about to be killed.
const asParent = "CROSSBOOK_TEST_PARENT"

func TestMain(m *testing.M) {
	if cache := os.Getenv(asParent); cache != "" {
		c, err := (&Builder{Cache: cache}).Build(context.Background(), program, os.Stdout, os.Stderr)
		if err != nil {
			panic(err)
		}
		var n int
		if err := c.Call(Invocation{Function: pid, Results: pointers(&n)}); err != nil {
			panic(err)
		}
		go func() { _ = c.Call(Invocation{Function: spin}) }()
		fmt.Println(n)
		select {}
	}
	os.Exit(m.Run())
}

// TestOrphan kills a session, whose compiled code ends with it, busy as it is.
func TestOrphan(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.Command(self)
	parent.Env = append(os.Environ(), asParent+"="+t.TempDir())
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	child, errNumber := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || errNumber != nil {
		t.Fatal(err, errNumber)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	ended(t, child)
}

// BenchmarkCall measures a call, and a million numbers in and back.
func BenchmarkCall(b *testing.B) {
	c := shared(b)
	by, sum := 1.0, 0.0
	for name, n := range map[string]int{"one number": 1, "million numbers": 1_000_000} {
		x := make([]float64, n)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(8 * n))
			for range b.N {
				if err := c.Call(Invocation{Args: pointers(&x, &by), Results: pointers(&sum)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

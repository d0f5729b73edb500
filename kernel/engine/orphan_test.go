package engine

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// helperParent is a kernel that prints its child's id, runs a deaf cell and
// never ends.
func helperParent() {
	s, err := New(Options{})
	if err != nil {
		fail(err)
	}
	s.Execute(kernel.Cell{Code: "nothing:"}, func(display.Event) {})
	fmt.Println(s.PID())
	s.Execute(kernel.Cell{Code: "deaf:"}, func(display.Event) {})
	select {}
}

func TestChildDiesWithKilledParent(t *testing.T) {
	parent := exec.Command(os.Args[0], "parent")
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	pid, convErr := strconv.Atoi(strings.TrimSpace(line))
	if killErr := parent.Process.Kill(); killErr != nil {
		t.Fatal(killErr)
	}
	_ = parent.Wait()
	if err != nil || convErr != nil || pid <= 0 {
		t.Fatalf("child's id: %q, %v", line, err)
	}
	vanished(t, pid)
}

// TestGoroutinesAndProcessesEnd runs through lives and deaths and looks at what
// is left.
func TestGoroutinesAndProcessesEnd(t *testing.T) {
	s := started(t)
	pid := grandchild(t, s, "")
	for _, code := range []string{"print:x", "exit:3", "show:x", "value:x", "nothing:", "kill:"} {
		cell(t, s, code)
	}
	vanished(t, pid)
	pid = grandchild(t, s, "")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	vanished(t, pid)
	var stacks string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		buffer := make([]byte, 1<<20)
		stacks = string(buffer[:runtime.Stack(buffer, true)])
		if strings.Count(stacks, "crossbook/kernel/engine.") == strings.Count(stacks, "crossbook/kernel/engine.Test") {
			return
		}
	}
	t.Fatalf("goroutines left:\n%s", stacks)
}

// grandchild has a cell start a process and gives its id.
func grandchild(t *testing.T, s *Supervisor, how string) int {
	t.Helper()
	text := fine(t, s, "sleep:"+how).text("stdout")
	pid, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("grandchild: %q", text)
	}
	return pid
}

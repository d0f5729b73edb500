package engine

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"crossbook/kernel"
)

// causeOf says why a child ended: the runtime's own reason where there is one.
func causeOf(c *child, filter *dumpFilter) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	state := c.cmd.ProcessState
	status, _ := state.Sys().(syscall.WaitStatus)
	switch {
	case c.killed != "":
		return c.killed
	case c.refusal != "":
		return c.refusal
	case fatal(state) && filter.reason() != "":
		return filter.reason()
	case status.Signaled() && status.Signal() == syscall.SIGKILL:
		return "signal: killed (the machine may have run out of memory)"
	}
	if line := filter.lastLine(); line != "" && !c.isReady() {
		return fmt.Sprintf("%v: %s", state, line) // it never began: its last word may tell why
	}
	return state.String()
}

// fatal reports whether the process ended as Go programs do that panic or break:
// status 2, or a signal that the runtime raised on itself.
func fatal(state *os.ProcessState) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	if !ok {
		return state.ExitCode() == 2
	}
	return status.ExitStatus() == 2 || status.Signaled() && status.Signal() != syscall.SIGKILL
}

// listed gives names for a message, not too many of them.
func listed(names []string) string {
	const most = 20
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// lossOf says in a line what died with the child.
func lossOf(names []string) string {
	if len(names) == 0 {
		return "No cell had declared anything, so nothing was lost."
	}
	return fmt.Sprintf("Lost: %s. Run the cells that declare them again.", listed(names))
}

// diedError is the error of a cell whose child died.
func diedError(c *child, fresh string) *kernel.Error {
	e := &kernel.Error{Name: "EngineDied", Value: c.cause}
	if c.killed == killedByInterrupt {
		e.Name, e.Value = "Interrupted", "the cell did not stop, so the engine was restarted and its state lost"
	}
	e.Traceback = []string{
		e.Name + ": " + e.Value,
		"The engine, the process that holds your variables, ended while this cell ran.",
		lossOf(c.declared()),
		fresh,
	}
	return e
}

// freshLine says what became of the attempt to start another child.
func freshLine(err error, took time.Duration) string {
	if err != nil {
		return "A fresh engine could not be started: " + err.Error()
	}
	return fmt.Sprintf("A fresh engine is running, started in %d ms.", took.Milliseconds())
}

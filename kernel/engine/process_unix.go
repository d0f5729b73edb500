//go:build unix && !linux

package engine

import (
	"os"
	"os/exec"
	"syscall"
)

func selfPath() (string, error) { return os.Executable() }

// isolate gives the child a process group of its own. It dies with its parent
// by seeing the end of its request pipe.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// awaitExit returns when the process has ended.
func awaitExit(cmd *exec.Cmd) { _ = cmd.Wait() } // its outcome is in ProcessState

func widen(*os.File) {}

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

// awaitExit is not to be had here; the caller's Wait does the waiting.
func awaitExit(int) {}

func widen(*os.File) {}

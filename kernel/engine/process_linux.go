package engine

import (
	"errors"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// selfPath names this very program even after its file was replaced or deleted,
// as "go run" does: parent and child must be of one build.
func selfPath() (string, error) {
	if _, err := os.Stat(self); err == nil {
		return self, nil
	}
	return os.Executable()
}

const self = "/proc/self/exe"

// isolate gives the child a process group of its own, so that a terminal's
// Ctrl-C does not reach it and that what it starts can be ended with it, and
// lets it die with its parent. The kernel sends that signal when the thread that
// started the child ends, so the caller must keep to one thread until the child
// is dead.
func isolate(cmd *exec.Cmd) {
	if cmd.Path == self {
		cmd.Args[0] = os.Args[0] // what a list of processes shows
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// awaitExit returns when the process has ended, and leaves its id reserved, so
// that its group can still be named without doubt.
func awaitExit(cmd *exec.Cmd) {
	for {
		err := unix.Waitid(unix.P_PID, cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if !errors.Is(err, unix.EINTR) {
			return
		}
	}
}

// widen makes room in a pipe, so that its two ends change places less often.
// The system may refuse; the pipe works all the same.
func widen(pipe *os.File) {
	const size = 1 << 20
	conn, err := pipe.SyscallConn()
	if err != nil {
		return
	}
	_ = conn.Control(func(fd uintptr) { _, _ = unix.FcntlInt(fd, unix.F_SETPIPE_SZ, size) })
}

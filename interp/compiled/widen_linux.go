package compiled

import (
	"os"
	"syscall"
)

// pipeSize is the capacity that pipes are given: a big array crosses in as many
// turns as pieces of it fit into its pipe.
const pipeSize = 1 << 20

// widen gives a pipe more capacity. Where the system does not let it have that, it
// works on as it is.
func widen(f *os.File) {
	c, err := f.SyscallConn()
	if err != nil {
		return
	}
	_ = c.Control(func(fd uintptr) {
		const setPipeSize = 1031 // F_SETPIPE_SZ
		_, _, _ = syscall.Syscall(syscall.SYS_FCNTL, fd, setPipeSize, pipeSize)
	})
}

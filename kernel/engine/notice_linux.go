package engine

import (
	"bytes"
	"fmt"
	"os"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

const tasks = "/proc/self/task"

// readOfInput is how the system describes a thread that waits in a read of
// descriptor 0.
var readOfInput = fmt.Appendf(nil, "%d 0x0 ", syscall.SYS_READ)

// canNotice reports whether this system tells what threads wait for. Where it
// does not, standard input stays empty.
var canNotice = sync.OnceValue(func() bool {
	_, err := os.ReadFile("/proc/self/syscall")
	return err == nil
})

// readsInput reports whether a thread of this process waits in a read of standard
// input.
func readsInput() bool {
	folder, err := os.Open(tasks)
	if err != nil {
		return false
	}
	defer folder.Close()
	names, _ := folder.Readdirnames(-1)
	for _, name := range names {
		call, err := os.ReadFile(tasks + "/" + name + "/syscall")
		if err == nil && bytes.HasPrefix(call, readOfInput) {
			return true
		}
	}
	return false
}

// pipeToInput makes standard input a pipe and returns its other end.
func pipeToInput() (*os.File, error) {
	var ends [2]int
	if err := syscall.Pipe2(ends[:], syscall.O_CLOEXEC); err != nil {
		return nil, err
	}
	defer syscall.Close(ends[0])
	if err := syscall.Dup3(ends[0], 0, 0); err != nil {
		_ = syscall.Close(ends[1])
		return nil, err
	}
	return os.NewFile(uintptr(ends[1]), "input"), nil
}

// inputIsEmpty reports whether a read of standard input would wait.
func inputIsEmpty() bool {
	waiting, err := unix.IoctlGetInt(0, unix.TIOCINQ)
	return err == nil && waiting == 0
}

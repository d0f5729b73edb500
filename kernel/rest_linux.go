package kernel

import (
	"bufio"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// startUp is how long the start of a process takes, with much to spare.
const startUp = time.Second

// Rest gives back, a second from now, what only the start of a process needed: its
// garbage, and the pages of the program that its initialisation read, more than half
// of what is resident. Those still in use come back from the file one by one.
func Rest() { time.AfterFunc(startUp, rest) }

func rest() {
	debug.FreeOSMemory()
	maps, err := os.Open("/proc/self/maps")
	program, failed := os.Executable()
	if err != nil || failed != nil {
		return
	}
	defer maps.Close()
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		release(lines.Text(), program)
	}
}

// release gives back the pages of a mapping that only reads the program's file. What
// is not so, or cannot be, stays; so does a program that was moved on loading, whose
// read-only pages may hold addresses that the file has not.
func release(mapping, program string) {
	fields := strings.Fields(mapping)
	if len(fields) < 6 || fields[5] != program || !strings.HasPrefix(fields[1], "r-") {
		return
	}
	from, to, _ := strings.Cut(fields[0], "-")
	start, err := strconv.ParseUint(from, 16, 64)
	end, failed := strconv.ParseUint(to, 16, 64)
	if err != nil || failed != nil || end > math.MaxUint32 {
		return
	}
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, uintptr(start), uintptr(end-start), unix.MADV_DONTNEED)
}

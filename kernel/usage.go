package kernel

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"

	"crossbook/kernel/wire"
)

// meter remembers what usage was last measured, for the share of the time since.
type meter struct {
	mu    sync.Mutex
	at    time.Time
	ticks int64
}

// hasPIDs is an interpreter that runs in processes of its own.
type hasPIDs interface{ PIDs() []int }

// usage answers usage_request: what this process and the interpreter's take
// together. Where the system does not tell as Linux does, memory and processor
// are left out.
func (s *Server) usage(request) (any, error) {
	host, _ := os.Hostname()
	reply := wire.UsageReply{Status: wire.OK, Hostname: host, PID: os.Getpid(), CPUCount: runtime.NumCPU()}
	pids := []int{os.Getpid()}
	if p, ok := s.interpreter.(hasPIDs); ok {
		pids = append(pids, p.PIDs()...)
	}
	var memory, ticks int64
	for _, pid := range pids {
		pages, spent, err := consumption(pid)
		if err != nil {
			return reply, nil
		}
		memory += pages * int64(os.Getpagesize())
		ticks += spent
	}
	reply.Memory = &memory
	share := s.meter.share(ticks)
	reply.CPU = &share
	return reply, nil
}

// ticksPerSecond is the unit of Linux's process times on every system in use.
const ticksPerSecond = 100

// share is the part of the time since the last call, in per cent of one core.
func (m *meter) share(ticks int64) float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	spent, since := ticks-m.ticks, now.Sub(m.at).Seconds()
	first := m.at.IsZero()
	m.at, m.ticks = now, ticks
	if first || spent < 0 || since <= 0 {
		return 0
	}
	return 100 * float64(spent) / ticksPerSecond / since
}

// consumption reads the resident pages and the processor time of a process.
func consumption(pid int) (pages, ticks int64, err error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, err
	}
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:]) // a name may hold spaces
	const user, system, resident = 11, 12, 21
	if len(fields) <= resident {
		return 0, 0, fmt.Errorf("kernel: usage: %q", stat)
	}
	var values [3]int64
	for i, at := range []int{user, system, resident} {
		if values[i], err = strconv.ParseInt(string(fields[at]), 10, 64); err != nil {
			return 0, 0, err
		}
	}
	return values[2], values[0] + values[1], nil
}

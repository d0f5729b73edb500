package kernel

import (
	"context"
	"os"
	"strconv"
	"syscall"
	"time"
)

// orphanEvery is how often a kernel looks whether its client is still there.
const orphanEvery = time.Second

// untilOrphaned returns a context that ends when the process ends that started
// the kernel and names itself in JPY_PARENT_PID, as Jupyter's clients do: nobody
// could reach, or end, a kernel whose client was killed.
func untilOrphaned(ctx context.Context) context.Context {
	parent, err := strconv.Atoi(os.Getenv("JPY_PARENT_PID"))
	if err != nil || parent <= 1 {
		return ctx
	}
	first := os.Getppid()
	if !alive(parent, first) {
		return ctx // a number from another container says nothing here
	}
	ctx, orphaned := context.WithCancel(ctx)
	go func() {
		defer orphaned()
		ticker := time.NewTicker(orphanEvery)
		defer ticker.Stop()
		for alive(parent, first) {
			select {
			case <-ticker.C:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx
}

// alive reports whether the process parent lives. One that is the kernel's own
// parent, as it was at first, is gone as soon as another has taken its place,
// even while its remains wait to be collected.
func alive(parent, first int) bool {
	if first == parent && os.Getppid() != parent {
		return false
	}
	process, err := os.FindProcess(parent)
	if err != nil {
		return false
	}
	err = process.Signal(syscall.Signal(0))
	return err == nil || os.IsPermission(err)
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/transport"
	"crossbook/kernel/wire"
)

// process is a kernel in a process of its own, and a client of it.
type process struct {
	*kerneltest.Client
	cmd        *exec.Cmd
	connection wire.Connection
	started    time.Duration // until it answered kernel_info
}

const patience = 60 * time.Second

// start starts a kernel and waits for its answer to the first kernel_info_request.
func start(l language, dir string) (*process, error) {
	home, err := os.MkdirTemp(dir, "k")
	if err != nil {
		return nil, err
	}
	c := kerneltest.Loopback()
	c.Transport, c.IP = "ipc", filepath.Join(home, "s")
	c.ShellPort, c.IOPubPort, c.StdinPort, c.ControlPort, c.HeartbeatPort = 1, 2, 3, 4, 5
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(home, "kernel.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(l.argv[0], append(l.argv[1:len(l.argv):len(l.argv)], "-f", file)...), connection: c}
	p.cmd.Env = append(os.Environ(), "JUPYTER_DATA_DIR="+home, "IPYTHONDIR="+home, "PYDEVD_DISABLE_FILE_VALIDATION=1")
	begun := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	if err := firstAnswer(c); err != nil {
		p.stop()
		return nil, fmt.Errorf("%s: %w", l.name, err)
	}
	p.started = time.Since(begun)
	if p.Client, err = kerneltest.DialTrusting(c); err != nil {
		p.stop()
		return nil, fmt.Errorf("%s: %w", l.name, err)
	}
	return p, nil
}

// firstAnswer asks for kernel_info as soon as somebody listens, and again should
// the kernel drop a connection that comes too early for it.
func firstAnswer(c wire.Connection) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	network, address := c.Endpoint(c.ShellPort)
	session := wire.NewSession("figures")
	for {
		header, err := json.Marshal(session.Header("kernel_info_request"))
		if err != nil {
			return err
		}
		if _, path := c.Endpoint(c.ShellPort); exists(path) {
			_, err = transport.Exchange(ctx, network, address, kerneltest.Sign(header, []byte("{}"), []byte("{}"), []byte("{}")))
			if err == nil {
				return nil
			}
		}
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), err)
		}
		time.Sleep(500 * time.Microsecond)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// stop ends the kernel and what it has started.
func (p *process) stop() {
	if p.Client != nil {
		p.Client.Close()
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = p.cmd.Wait()
	}()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		_ = p.cmd.Process.Kill()
		<-ended
	}
}

// memory is the resident memory of the kernel and its children in KiB: as the sum
// of the processes, and with pages that they share counted once.
func (p *process) memory() (resident, proportional int) {
	for _, pid := range append(p.children(), p.cmd.Process.Pid) {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			continue
		}
		for line := range bytes.Lines(text) {
			fields := strings.Fields(string(line))
			if len(fields) < 2 {
				continue
			}
			n, _ := strconv.Atoi(fields[1])
			switch fields[0] {
			case "Rss:":
				resident += n
			case "Pss:":
				proportional += n
			}
		}
	}
	return resident, proportional
}

// children are the process ids of the children.
func (p *process) children() []int {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", p.cmd.Process.Pid))
	var pids []int
	for _, task := range tasks {
		text, _ := os.ReadFile(task)
		for field := range strings.FieldsSeq(string(text)) {
			if pid, err := strconv.Atoi(field); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

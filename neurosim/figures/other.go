package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"crossbook/neurosim/internal/simd"
)

// other is another program: it is told a line of what to do and answers with the
// seconds of the processor that it took.
type other struct {
	name string // of what it measures, by its own account
	cmd  *exec.Cmd
	ask  io.WriteCloser
	told *bufio.Reader
}

// coreTypes are the names that OpenBLAS has for kernels like ours.
var coreTypes = map[string]string{"AVX-512": "SkylakeX", "AVX2": "Haswell"}

// startOther runs a script, which finds no module in the folder it is called from.
func startOther(python, script string) (*other, error) {
	o := &other{cmd: exec.Command(python, "-I", "-c", script)}
	o.cmd.Env = append(os.Environ(), "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1")
	if core := coreTypes[simd.Path()]; core != "" {
		o.cmd.Env = append(o.cmd.Env, "OPENBLAS_CORETYPE="+core)
	}
	o.cmd.Stderr = os.Stderr
	ask, err := o.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	told, err := o.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	o.ask, o.told = ask, bufio.NewReader(told)
	if err := o.cmd.Start(); err != nil {
		return nil, err
	}
	if o.name, err = o.line(); err != nil {
		return nil, fmt.Errorf("%s cannot run what is compared with: %w", python, err)
	}
	return o, nil
}

func (o *other) line() (string, error) {
	line, err := o.told.ReadString('\n')
	return strings.TrimSpace(line), err
}

// do has it do something, and returns the seconds.
func (o *other) do(format string, values ...any) (seconds float64, err error) {
	if _, err := fmt.Fprintf(o.ask, format+"\n", values...); err != nil {
		return 0, err
	}
	line, err := o.line()
	if err != nil {
		return 0, err
	}
	_, err = fmt.Sscan(line, &seconds)
	return seconds, err
}

func (o *other) stop() {
	o.ask.Close()
	_ = o.cmd.Wait()
}

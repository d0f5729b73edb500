package kerneltest

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// jupyterTime bounds a run of a Jupyter program, start of Python included.
const jupyterTime = 3 * time.Minute

//go:embed testdata/jupyter/test_kernel.py
var suite []byte

// Jupyter is a kernel as Jupyter's own programs see it.
type Jupyter struct {
	Argv      []string          // command that starts the kernel, without "-f FILE"
	Env       map[string]string // set for the kernel
	Interrupt string            // "signal" or "message", how clients interrupt it; "" means "message"
	Samples   Samples           // of its language
}

// Samples is code in the kernel's language, for the Jupyter project's own kernel
// tests. Tests of what is left empty are skipped by the suite.
type Samples struct {
	Language      string   `json:"language"`       // as kernel_info_reply names it
	FileExtension string   `json:"file_extension"` // as kernel_info_reply names it
	Hello         string   `json:"hello"`          // prints "hello, world"
	Stderr        string   `json:"stderr"`         // prints on stderr
	Error         string   `json:"error"`          // ends with an error
	Wait          string   `json:"wait"`           // prints something and never ends
	Clear         string   `json:"clear"`          // clears the output
	Complete      []string `json:"complete"`       // can run
	Incomplete    []string `json:"incomplete"`     // needs more lines
	Invalid       []string `json:"invalid"`        // can never run
	Results       []Sample `json:"results"`        // have a value
	Displays      []Sample `json:"displays"`       // show something
}

// Sample is code and what comes of it: the text/plain of a result, or the MIME
// type of a display.
type Sample struct {
	Code   string `json:"code"`
	Result string `json:"result,omitempty"`
	MIME   string `json:"mime,omitempty"`
}

// kernelName is the name under which the kernel is installed for a run.
const kernelName = "under-test"

// Run runs the Jupyter project's kernel tests and fails the test when one of them
// fails, or when Python or the suite is not installed.
func (j Jupyter) Run(t testing.TB) {
	t.Helper()
	dir, env := j.install(t)
	samples, err := json.Marshal(struct {
		Kernel string `json:"kernel"`
		Samples
	}{kernelName, j.Samples})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "samples.json")
	script := filepath.Join(dir, "test_kernel.py")
	write(t, file, samples)
	write(t, script, suite)
	out, err := python(t, append(env, "KERNEL_SAMPLES="+file), "", script, "-v")
	t.Logf("%s", out)
	if err != nil {
		t.Errorf("kerneltest: jupyter_kernel_test: %v", err)
	}
}

// Console runs the lines in jupyter console and returns what it printed.
func (j Jupyter) Console(t testing.TB, lines ...string) string {
	t.Helper()
	_, env := j.install(t)
	input := strings.Join(lines, "\n") + "\nexit\n"
	out, err := python(t, env, input, "-m", "jupyter_console", "--simple-prompt", "--kernel", kernelName)
	if err != nil {
		t.Errorf("kerneltest: jupyter console: %v\n%s", err, out)
	}
	return out
}

// install makes a folder with the kernel in it and returns an environment in
// which Jupyter sees no other.
func (j Jupyter) install(t testing.TB) (dir string, env []string) {
	t.Helper()
	dir = t.TempDir()
	if j.Interrupt == "" {
		j.Interrupt = "message"
	}
	spec, err := json.Marshal(map[string]any{
		"argv":           append(append([]string{}, j.Argv...), "-f", "{connection_file}"),
		"display_name":   "Under test",
		"language":       j.Samples.Language,
		"interrupt_mode": j.Interrupt,
		"env":            maps.Collect(maps.All(j.Env)), // {} when there is none, never null
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "kernels", kernelName, "kernel.json"), spec)
	env = append(os.Environ(),
		"JUPYTER_PATH="+dir,
		"JUPYTER_DATA_DIR="+filepath.Join(dir, "data"),
		"JUPYTER_RUNTIME_DIR="+filepath.Join(dir, "runtime"),
		"JUPYTER_CONFIG_DIR="+filepath.Join(dir, "config"),
		"IPYTHONDIR="+filepath.Join(dir, "ipython"),
		"PYDEVD_DISABLE_FILE_VALIDATION=1",
	)
	return dir, env
}

func write(t testing.TB, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// python runs Python and returns its output, which goes through a file: a kernel
// that outlives its client would hold a pipe open.
func python(t testing.TB, env []string, input string, args ...string) (string, error) {
	t.Helper()
	path, err := findPython()
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(filepath.Join(t.TempDir(), "output"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	ctx, cancel := context.WithTimeout(context.Background(), jupyterTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = env
	cmd.Stdin = strings.NewReader(input)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.WaitDelay = time.Second
	failure := cmd.Run()
	text, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.ToValidUTF8(text, []byte("?"))), failure
}

// findPython returns a Python that has Jupyter: the system's, where Debian
// installs it, or the first on PATH.
func findPython() (string, error) {
	const needs = "import jupyter_client, jupyter_console, jupyter_kernel_test"
	var last error
	for _, path := range []string{"/usr/bin/python3", "python3"} {
		out, err := exec.Command(path, "-c", needs).CombinedOutput()
		if err == nil {
			return path, nil
		}
		last = fmt.Errorf("%s: %w\n%s", path, err, out)
	}
	return "", fmt.Errorf("kerneltest: Jupyter is missing; on Debian: "+
		"apt-get install --no-install-recommends jupyter-client jupyter-console python3-jupyter-kernel-test\n%w", last)
}

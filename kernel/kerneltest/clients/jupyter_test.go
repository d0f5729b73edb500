package clients

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// workplace is a private Jupyter: the installed kernel, and folders that keep
// the tests apart from the user's own notebooks and settings.
type workplace struct {
	dir    string
	binary string
}

// binary is built once for all tests of the package.
var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "crossbook-clients-")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "crossbook")
	build := exec.Command("go", "build", "-o", binary, "crossbook")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		panic("go build: " + err.Error() + "\n" + string(out))
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// newWorkplace installs the kernel into a new folder.
func newWorkplace(t *testing.T) workplace {
	t.Helper()
	if testing.Short() {
		t.Skip("the real clients take tens of seconds")
	}
	w := workplace{dir: t.TempDir(), binary: binary}
	w.run(t, time.Minute, binary, "install", "-prefix", w.dir)
	return w
}

// environment puts the distribution's Python first, because that is where its
// Jupyter lives, and everything that Jupyter writes below the workplace.
func (w workplace) environment() []string {
	return append(os.Environ(),
		"PATH=/usr/bin:"+os.Getenv("PATH"),
		"JUPYTER_PATH="+filepath.Join(w.dir, "share", "jupyter"),
		"JUPYTER_RUNTIME_DIR="+filepath.Join(w.dir, "runtime"),
		"JUPYTER_CONFIG_DIR="+filepath.Join(w.dir, "config"),
		"JUPYTER_DATA_DIR="+filepath.Join(w.dir, "data"),
		"IPYTHONDIR="+filepath.Join(w.dir, "ipython"),
		"PYDEVD_DISABLE_FILE_VALIDATION=1",
	)
}

// run runs a command in the workplace and returns what it printed.
func (w workplace) run(t *testing.T, limit time.Duration, name string, args ...string) string {
	t.Helper()
	requireProgram(t, name)
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = w.dir
	cmd.Env = w.environment()
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out.String())
	}
	return out.String()
}

// requireProgram fails, not skips, where a client is missing.
func requireProgram(t *testing.T, name string) {
	t.Helper()
	if filepath.IsAbs(name) {
		if _, err := os.Stat(name); err == nil {
			return
		}
	} else if _, err := exec.LookPath(name); err == nil {
		return
	}
	t.Fatalf("%s is not installed: run .ci/needs, or apt-get install jupyter-nbconvert jupyter-console "+
		"jupyter-notebook python3-jupyter-kernel-test chromium chromium-driver", name)
}

// repository is the top folder of the source tree.
func repository(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

package install

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// place says where a kernelspec goes; install, uninstall and doctor share its
// flags.
type place struct {
	user, sysPrefix bool
	prefix, name    string

	system system
}

// system is what the place depends on beyond the flags.
type system struct {
	goos   string
	env    func(string) string
	home   func() (string, error)
	python func() (string, error) // sys.prefix of the Python on PATH
}

func thisSystem() system {
	return system{goos: runtime.GOOS, env: os.Getenv, home: os.UserHomeDir, python: pythonPrefix}
}

func (p *place) flags(fs *flag.FlagSet) {
	fs.BoolVar(&p.user, "user", false, "for this user (the default)")
	fs.BoolVar(&p.sysPrefix, "sys-prefix", false, "in the Python environment that is active: $VIRTUAL_ENV, $CONDA_PREFIX, or that of python3")
	fs.StringVar(&p.prefix, "prefix", "", "in `DIR`/share/jupyter")
	fs.StringVar(&p.name, "name", "crossbook", "under the kernel `NAME`")
}

// folder is the kernelspec's folder, an absolute path.
func (p *place) folder() (string, error) {
	if err := checkName(p.name); err != nil {
		return "", err
	}
	data, err := p.dataDir()
	if err != nil {
		return "", err
	}
	data, err = filepath.Abs(data)
	if err != nil {
		return "", fmt.Errorf("install: %w", err)
	}
	return filepath.Join(data, "kernels", p.name), nil
}

// dataDir is the folder in which Jupyter looks for kernels.
func (p *place) dataDir() (string, error) {
	chosen := 0
	for _, given := range []bool{p.user, p.sysPrefix, p.prefix != ""} {
		if given {
			chosen++
		}
	}
	switch {
	case chosen > 1:
		return "", errors.New("install: only one of -user, -sys-prefix and -prefix makes sense")
	case p.prefix != "":
		return filepath.Join(p.prefix, "share", "jupyter"), nil
	case p.sysPrefix:
		return p.system.environment()
	}
	return p.system.userDir()
}

// userDir follows jupyter_core's rules for the user's data.
func (s system) userDir() (string, error) {
	if dir := s.env("JUPYTER_DATA_DIR"); dir != "" {
		return dir, nil
	}
	home, err := s.home()
	switch s.goos {
	case "darwin":
		return filepath.Join(home, "Library", "Jupyter"), wrapHome(err)
	case "windows":
		if dir := s.env("APPDATA"); dir != "" {
			return filepath.Join(dir, "jupyter"), nil
		}
		return filepath.Join(home, ".jupyter", "data"), wrapHome(err)
	}
	if dir := s.env("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), wrapHome(err)
}

// HistoryFile is where the kernel keeps its history of cells: in the folder of
// Jupyter's data for this user, "" where there is none.
func HistoryFile() string {
	data, err := thisSystem().userDir()
	if err != nil {
		return ""
	}
	return filepath.Join(data, "crossbook", "history.sqlite")
}

func wrapHome(err error) error {
	if err != nil {
		return fmt.Errorf("install: where is the home folder? %w; name one by -prefix DIR", err)
	}
	return nil
}

// environment is the data folder of the Python environment in use.
func (s system) environment() (string, error) {
	for _, variable := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if dir := s.env(variable); dir != "" {
			return filepath.Join(dir, "share", "jupyter"), nil
		}
	}
	prefix, err := s.python()
	if err != nil {
		return "", fmt.Errorf("install: -sys-prefix: neither VIRTUAL_ENV nor CONDA_PREFIX is set and python3 did not tell its prefix (%w); name a folder by -prefix DIR", err)
	}
	return filepath.Join(prefix, "share", "jupyter"), nil
}

func pythonPrefix() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "python3", "-c", "import sys; print(sys.prefix)").Output()
	prefix := strings.TrimSpace(string(out))
	if err == nil && prefix == "" {
		err = errors.New("it printed nothing")
	}
	return prefix, err
}

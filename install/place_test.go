package install

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestDataDir(t *testing.T) {
	for _, c := range []struct {
		name, goos string
		env        map[string]string
		place      place
		want       string
	}{
		{"default", "linux", nil, place{}, "/home/ada/.local/share/jupyter"},
		{"user", "linux", nil, place{user: true}, "/home/ada/.local/share/jupyter"},
		{"XDG", "linux", map[string]string{"XDG_DATA_HOME": "/x"}, place{}, "/x/jupyter"},
		{"JUPYTER_DATA_DIR", "linux", map[string]string{"XDG_DATA_HOME": "/x", "JUPYTER_DATA_DIR": "/j"}, place{}, "/j"},
		{"macOS", "darwin", map[string]string{"XDG_DATA_HOME": "/x"}, place{}, "/home/ada/Library/Jupyter"},
		{"Windows", "windows", map[string]string{"APPDATA": "/roaming"}, place{}, "/roaming/jupyter"},
		{"Windows without APPDATA", "windows", nil, place{}, "/home/ada/.jupyter/data"},
		{"prefix", "linux", map[string]string{"JUPYTER_DATA_DIR": "/j"}, place{prefix: "/opt"}, "/opt/share/jupyter"},
		{"virtualenv", "linux", map[string]string{"VIRTUAL_ENV": "/venv", "CONDA_PREFIX": "/conda"}, place{sysPrefix: true}, "/venv/share/jupyter"},
		{"conda", "linux", map[string]string{"CONDA_PREFIX": "/conda"}, place{sysPrefix: true}, "/conda/share/jupyter"},
		{"python", "linux", nil, place{sysPrefix: true}, "/usr/share/jupyter"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.place.system = system{
				goos: c.goos, env: func(k string) string { return c.env[k] },
				home:   func() (string, error) { return "/home/ada", nil },
				python: func() (string, error) { return "/usr", nil },
			}
			got, err := c.place.dataDir()
			if err != nil || filepath.ToSlash(got) != c.want {
				t.Errorf("got %s, %v, want %s", got, err, c.want)
			}
		})
	}
}

func TestUnknownPlaces(t *testing.T) {
	lost := system{
		goos: "linux", env: func(string) string { return "" },
		home:   func() (string, error) { return "", errors.New("no home") },
		python: func() (string, error) { return "", errors.New("no python") },
	}
	for _, p := range []place{{system: lost}, {system: lost, sysPrefix: true}} {
		if _, err := p.dataDir(); err == nil || !strings.Contains(err.Error(), "-prefix DIR") {
			t.Errorf("sysPrefix %v: %v, want advice", p.sysPrefix, err)
		}
	}
}

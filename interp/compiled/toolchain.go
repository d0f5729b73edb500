package compiled

import (
	"context"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// ErrNoToolchain is in the chain of the error of a machine without Go.
var ErrNoToolchain = errors.New("no Go toolchain")

// oldest is the version of Go from which on compiled cells can be built: the
// crash of a program can be read since.
const oldest = "go1.23"

// officialPlace is where the installer from go.dev puts Go; a kernel that a desktop
// starts often has no PATH that names it.
const officialPlace = "/usr/local/go/bin"

// find returns the go command: the first of PATH, of GOROOT and of Places.
func (b *Builder) find() (string, error) {
	if found, err := exec.LookPath("go"); err == nil {
		return filepath.Abs(found)
	}
	places := b.Places
	if places == nil {
		places = []string{officialPlace}
	}
	if root := os.Getenv("GOROOT"); root != "" {
		places = append([]string{filepath.Join(root, "bin")}, places...)
	}
	for _, folder := range places {
		if found, err := exec.LookPath(filepath.Join(folder, "go")); err == nil {
			return filepath.Abs(found)
		}
	}
	looked := "the folders of PATH (" + os.Getenv("PATH") + ")"
	if len(places) > 0 {
		looked += ", " + strings.Join(places, ", ")
	}
	return "", fmt.Errorf("%w: looked for the command go in %s; install Go from https://go.dev/dl, or take the line %%compile out: the cell runs without it, interpreted", ErrNoToolchain, looked)
}

// language returns the language version to build with: that of the toolchain, but
// none that is newer than what the session checks cells by.
func (b *Builder) language(ctx context.Context, command string) (string, error) {
	c := exec.CommandContext(ctx, command, "env", "GOVERSION")
	c.Env = environment()
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s env GOVERSION: %w", command, err)
	}
	have := strings.TrimSpace(string(out))
	if !version.IsValid(have) { // of development
		have = runtime.Version()
	}
	if version.Compare(have, oldest) < 0 {
		return "", fmt.Errorf("%s is %s, and %%compile needs %s or newer: without that line the cell runs interpreted", command, have, oldest)
	}
	language := version.Lang(have)
	if own := version.Lang(runtime.Version()); own != "" && version.Compare(own, language) < 0 {
		language = own
	}
	return strings.TrimPrefix(language, "go"), nil
}

// environment is that of the go command: no C compiler, no network, no workspace,
// for this machine.
func environment() []string {
	env := append(os.Environ(),
		"CGO_ENABLED=0", "GO111MODULE=on", "GOWORK=off", "GOFLAGS=", "GOTOOLCHAIN=local", "GOPROXY=off",
		"GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH)
	if _, err := os.UserCacheDir(); err != nil && os.Getenv("GOCACHE") == "" {
		env = append(env, "GOCACHE="+filepath.Join(os.TempDir(), "crossbook-go-build"))
	}
	return env
}

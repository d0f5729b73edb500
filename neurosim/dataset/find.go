package dataset

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

//go:generate go run ./internal/makesample -out sample

//go:embed sample/*.gz
var sample embed.FS

// find returns the first place that has the set's files: the binary, the user's
// folder, Debian's, and at last the user's folder after a download.
func (s source) find(ctx context.Context) (folder, error) {
	if s.embedded {
		inside, err := fs.Sub(sample, "sample")
		return folder{name: "embedded " + s.name, fs: inside}, err
	}
	user, userErr := userFolder(s.name)
	for _, dir := range []string{user, s.debianDir} {
		if place := (folder{name: dir, fs: os.DirFS(dir)}); dir != "" && place.has(s.files()) {
			return place, nil
		}
	}
	err := userErr
	if err == nil {
		err = newFetcher().fetch(ctx, s, user)
	}
	if err == nil {
		return folder{name: user, fs: os.DirFS(user)}, nil
	}
	if ctx.Err() != nil {
		return folder{}, fmt.Errorf("dataset: %s: %w", s.name, context.Cause(ctx))
	}
	return folder{}, fmt.Errorf("dataset: %s: not on this machine, and the download failed: %w\n%s", s.name, err, s.ways(user))
}

// ways tells how a user can get the set.
func (s source) ways(user string) string {
	var names []string
	for _, f := range s.files() {
		names = append(names, f.name)
	}
	if user == "" {
		user = "the folder crossbook/datasets/" + s.name + " of $XDG_DATA_HOME"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "ways to get %s:\n", s.title)
	fmt.Fprintf(&b, "  - put %s into %s\n", strings.Join(names, ", "), user)
	if s.debianDir != "" {
		fmt.Fprintf(&b, "  - install Debian's package: apt install %s\n", s.debian)
	}
	fmt.Fprintf(&b, "  - run again with a connection to %s", s.home)
	return b.String()
}

// userFolder is where a user's copy of the set lies.
func userFolder(name string) (string, error) {
	base := os.Getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(base) { // the XDG specification says to ignore a relative one
		home, err := os.UserHomeDir()
		if err != nil {
			return "", errors.New("no folder for data: neither XDG_DATA_HOME nor HOME is set")
		}
		base = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(base, "crossbook", "datasets", name), nil
}

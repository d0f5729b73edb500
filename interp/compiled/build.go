package compiled

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"crossbook/interp/compiled/child"
	"crossbook/interp/compiled/wire"
)

// Builder builds programs with the Go toolchain of the machine and keeps them. The
// zero value looks for it in PATH, GOROOT and where its installer puts it, and
// keeps the programs in the user's cache folder.
type Builder struct {
	// Places are the folders in which the go command is looked for when PATH and
	// GOROOT have none; nil means /usr/local/go/bin.
	Places []string

	// Cache is the folder of the programs; "" means crossbook/compiled in
	// os.UserCacheDir, or in os.TempDir where there is none.
	Cache string

	// Limit is how many bytes of programs are kept, the most recently used; 0
	// means 512 MiB. The program in use is kept in any case.
	Limit int64

	memory *sync.RWMutex // that of the calls' arguments: read as they are sent, written as they return
}

// Program is the source of a compiled cell.
type Program struct {
	Files     []File
	Functions []string // expressions of the functions to call: Sum, (*Matrix).Scale
}

// File is a Go file of package main. Its name stands for its source in line
// directives and errors; it has no slash or colon in it.
type File struct {
	Name string
	Text string
}

// BuildError is what the compiler has against a program.
type BuildError struct {
	File         string // "" if it has no place
	Line, Column int
	Message      string
}

// Error returns the message without the place.
func (e *BuildError) Error() string { return e.Message }

// modulePath is the module of the built program; the packages that it is built
// with have their paths in it.
const modulePath = "crossbook/interp/compiled"

// build returns the file of a program, built now or earlier. fresh tells whether
// it was built now.
func (b *Builder) build(ctx context.Context, p Program) (file string, fresh bool, err error) {
	command, err := b.find()
	if err != nil {
		return "", false, err
	}
	file = filepath.Join(b.folder(), p.key(command))
	if b.have(file) {
		return file, false, nil
	}
	language, err := b.language(ctx, command)
	if err != nil {
		return "", false, err
	}
	if err := os.MkdirAll(b.folder(), 0o700); err != nil {
		return "", false, fmt.Errorf("folder of compiled cells: %w", err)
	}
	work, err := os.MkdirTemp(b.folder(), workPrefix)
	if err != nil {
		return "", false, fmt.Errorf("folder of compiled cells: %w", err)
	}
	defer os.RemoveAll(work)
	if err := p.write(work, language); err != nil {
		return "", false, err
	}
	built := filepath.Join(work, "program")
	if err := compile(ctx, command, work, built); err != nil {
		return "", false, err
	}
	if err := os.Rename(built, file); err != nil {
		return "", false, err
	}
	b.clean(file)
	return file, true, nil
}

// key is the name of a program in the cache: what it is made of.
func (p Program) key(command string) string {
	h := sha256.New()
	add := func(text string) { fmt.Fprintf(h, "%d %s", len(text), text) }
	add(command)
	if at, err := os.Stat(command); err == nil {
		add(fmt.Sprint(at.Size(), at.ModTime().UnixNano()))
	}
	for _, source := range []embed.FS{wire.Source, child.Source} {
		_ = eachFile(source, func(_ string, text []byte) error { add(string(text)); return nil })
	}
	for _, f := range p.Files {
		add(f.Name)
		add(f.Text)
	}
	for _, f := range p.Functions {
		add(f)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func eachFile(source embed.FS, do func(name string, text []byte) error) error {
	entries, err := source.ReadDir(".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		text, err := source.ReadFile(e.Name())
		if err != nil {
			return err
		}
		if err := do(e.Name(), text); err != nil {
			return err
		}
	}
	return nil
}

// write writes the program as a module.
func (p Program) write(folder, language string) error {
	put := func(name, text string) error {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		return os.WriteFile(path, []byte(text), 0o600)
	}
	errs := []error{put("go.mod", "module "+modulePath+"\n\ngo "+language+"\n"), put("cell/serve.go", p.main())}
	for name, source := range map[string]embed.FS{"wire": wire.Source, "child": child.Source} {
		errs = append(errs, eachFile(source, func(file string, text []byte) error { return put(name+"/"+file, string(text)) }))
	}
	for i, f := range p.Files {
		errs = append(errs, put(fmt.Sprintf("cell/part%d.go", i), f.Text))
	}
	return errors.Join(errs...)
}

// main is the file that makes a program of the cell.
func (p Program) main() string {
	return "package main\n\nimport child__ \"" + modulePath + "/child\"\n\nfunc main() {\n\tchild__.Serve(" + strings.Join(p.Functions, ", ") + ")\n}\n"
}

// compile builds the program of a folder.
func compile(ctx context.Context, command, folder, to string) error {
	c := exec.CommandContext(ctx, command, "build", "-buildvcs=false", "-ldflags=-s -w", "-o", to, "./cell")
	c.Dir, c.Env = folder, environment()
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	return firstProblem(out.String(), err)
}

// problem matches a message of the compiler.
var problem = regexp.MustCompile(`(?m)^(?:.*/)?([^/:\n]+):(\d+):(?:(\d+):)? (.+)$`)

// firstProblem returns the first of the compiler's messages.
func firstProblem(out string, err error) error {
	m := problem.FindStringSubmatch(out)
	if m == nil {
		return &BuildError{Message: fmt.Sprintf("go build: %v: %s", err, strings.TrimSpace(out))}
	}
	e := &BuildError{File: m[1], Message: m[4]}
	e.Line, _ = strconv.Atoi(m[2])
	e.Column, _ = strconv.Atoi(m[3])
	return e
}

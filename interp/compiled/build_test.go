package compiled

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program is one whose functions change, fail and do not end.
var program = Program{
	Files: []File{{"c0", `package main
import "os"
/*line c0:2:1*/func Scale(x []float64, by float64) (s float64) {
	for i := range x { x[i] *= by; s += x[i] }
	return s
}
func Exit(code int) { os.Exit(code) }
func Spin() { for { } }
func Pid() int { return os.Getpid() }
`}},
	Functions: []string{"Scale", "Exit", "Spin", "Pid"},
}

// Places of the functions of program.
const (
	scale = iota
	exit
	spin
	pid
)

func build(t testing.TB, b *Builder, p Program) *Code {
	t.Helper()
	c, err := b.Build(context.Background(), p, os.Stdout, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Retire)
	return c
}

// TestCache builds the same once, anything else again.
func TestCache(t *testing.T) {
	b := &Builder{Cache: t.TempDir()}
	if c := build(t, b, program); !c.Fresh {
		t.Error("found what was never built")
	}
	if c := build(t, b, program); c.Fresh {
		t.Error("built the same again")
	}
	other := program
	other.Functions = []string{"Scale"}
	if c := build(t, b, other); !c.Fresh {
		t.Error("took one program for another")
	}
	entries, err := os.ReadDir(b.Cache)
	if err != nil || len(entries) != 2 {
		t.Errorf("%d files in the cache, %v", len(entries), err)
	}
}

// TestLimit removes what was not used for longest, and builds it again when it is
// needed.
func TestLimit(t *testing.T) {
	b := &Builder{Cache: t.TempDir(), Limit: 1}
	c := build(t, b, program)
	long := time.Now().Add(-2 * abandoned)
	left := filepath.Join(b.Cache, workPrefix+"left")
	if err := errors.Join(os.Mkdir(left, 0o700), os.Chtimes(left, long, long)); err != nil {
		t.Fatal(err)
	}
	other := program
	other.Functions = []string{"Scale"}
	build(t, b, other)
	if _, err := os.Stat(c.file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the older program is still there: %v", err)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an abandoned build is still there: %v", err)
	}
	if got := scaled(t, c); got != 6 {
		t.Errorf("got %v", got)
	}
}

// TestBuildErrors tells the place of an error, in the cell's own lines.
func TestBuildErrors(t *testing.T) {
	p := Program{Files: []File{{"c0", "package main\n/*line c0:7:3*/func F() { x := 1 }\n"}}, Functions: []string{"F"}}
	_, err := (&Builder{Cache: t.TempDir()}).Build(context.Background(), p, nil, nil)
	var e *BuildError
	if !errors.As(err, &e) || e.File != "c0" || e.Line != 7 || e.Column != 14 || !strings.Contains(e.Message, "declared and not used: x") {
		t.Errorf("%+v", err)
	}
}

func TestBuildIsStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := (&Builder{Cache: t.TempDir()}).Build(ctx, program, nil, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestNoToolchain(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("GOROOT", "")
	elsewhere := t.TempDir()
	_, err := (&Builder{Cache: t.TempDir(), Places: []string{elsewhere}}).Build(context.Background(), program, nil, nil)
	if !errors.Is(err, ErrNoToolchain) || !strings.Contains(err.Error(), elsewhere) || !strings.Contains(err.Error(), os.Getenv("PATH")) {
		t.Errorf("got %v", err)
	}
}

// TestOldToolchain refuses one that lacks what compiled cells need.
func TestOldToolchain(t *testing.T) {
	old := t.TempDir()
	if err := os.WriteFile(filepath.Join(old, "go"), []byte("#!/bin/sh\necho go1.21.3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", old)
	_, err := (&Builder{Cache: t.TempDir()}).Build(context.Background(), program, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "is go1.21.3, and %compile needs go1.23 or newer") {
		t.Errorf("got %v", err)
	}
}

package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

func run() error {
	table := flag.Bool("table", true, "print the table")
	against := flag.Bool("against", false, "compare with other kernels that are installed")
	rounds := flag.Int("rounds", 25, "`number` of repetitions of what takes milliseconds")
	cells := flag.Int("cells", 0, "`number` of cells of a soak")
	flag.Parse()
	dir, err := os.MkdirTemp("", "f")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "crossbook")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, "crossbook")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	fmt.Printf("load at the beginning: %s\n\n", load())
	m := &meter{language: crossbook(binary), dir: dir, rounds: *rounds}
	if *table {
		if err := m.table(); err != nil {
			return err
		}
	}
	if *cells > 0 {
		if err := m.soak(*cells); err != nil {
			return err
		}
	}
	if *against {
		if err := compare(dir, *rounds, append([]language{m.language}, others()...)); err != nil {
			return err
		}
	}
	fmt.Printf("\nload at the end: %s\n", load())
	return nil
}

// load is the load of the machine over the last minutes.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	fields := strings.Fields(string(text))
	return strings.Join(fields[:min(3, len(fields))], " ")
}

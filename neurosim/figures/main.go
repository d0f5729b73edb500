package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"

	"crossbook/neurosim/internal/simd"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

func run() error {
	path := flag.String("path", "", "`kernels` to use: AVX-512, AVX2 or portable; empty: the best")
	python := flag.String("python", "python3", "the interpreter that has the others")
	rounds := flag.Int("rounds", 9, "`number` of repetitions of each figure")
	products := flag.Bool("products", true, "measure products of matrices")
	only := flag.String("only", "", "measure only what has this `text` in its name")
	steps := flag.Bool("steps", false, "measure training steps")
	reads := flag.Bool("reads", false, "measure reads of arrays")
	threads := flag.Bool("threads", false, "measure training steps on one thread and on two instead")
	flag.Parse()
	if err := lower(*path); err != nil {
		return err
	}
	fmt.Printf("kernels: %s, load: %s\n\n", simd.Path(), load())
	if *threads {
		return measureThreads(*only, *rounds)
	}
	runtime.GOMAXPROCS(1)
	if *products {
		if err := measureProducts(*python, *only, *rounds); err != nil {
			return err
		}
	}
	if *reads {
		if err := measureReads(*python, *only, *rounds); err != nil {
			return err
		}
	}
	if *steps {
		return measureSteps(*python, *only, *rounds)
	}
	return nil
}

// withheld is what a processor must not have to have kernels of a level.
var withheld = map[string]string{"AVX-512": "", "AVX2": "cpu.avx512f=off", "portable": "cpu.avx2=off,cpu.avx512f=off"}

// lower starts the program anew with fewer instructions, as these are looked for
// before it begins.
func lower(path string) error {
	off, known := withheld[path]
	switch {
	case path == "" || path == simd.Path():
		return nil
	case !known:
		return fmt.Errorf("-path %q; allowed: AVX-512, AVX2, portable", path)
	case off == "" || strings.Contains(os.Getenv("GODEBUG"), off):
		return fmt.Errorf("-path %s: this processor has not got it", path)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return syscall.Exec(self, os.Args, append(os.Environ(), "GODEBUG="+off))
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

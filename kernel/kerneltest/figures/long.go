package main

import (
	"fmt"
	"strings"
	"time"
)

// longCell is a cell of 500 lines: 50 functions and their calls.
func longCell() string {
	var b strings.Builder
	for i := range 50 {
		fmt.Fprintf(&b, "func long%d(n int) int {\n\ttotal := 0\n\tfor i := range n {\n\t\tif i%%2 == 0 {\n\t\t\ttotal += i * %d\n\t\t}\n\t}\n\treturn total\n}\n", i, i)
		fmt.Fprintf(&b, "result%d := long%d(3)\n", i, i)
	}
	return b.String()
}

// long measures a cell of 500 lines in a kernel that has come to rest after a small one,
// when most of the memory that it takes has to come from the system, and when it has run
// before.
func (m *meter) long() error {
	const kernels, runs, bar = 9, 10, "15 ms"
	code := longCell()
	var first, again times
	for range kernels {
		err := m.with(func(p *process) error {
			if err := p.run("1+1"); err != nil {
				return err
			}
			time.Sleep(2 * time.Second)
			run := func() error { return p.run(code) }
			t, err := timed(1, run)
			if err != nil {
				return err
			}
			first = append(first, t...)
			t, err = timed(runs, run)
			again = append(again, t[len(t)/2:]...)
			return err
		})
		if err != nil {
			return err
		}
	}
	row("cell of 500 lines, after a rest", first.String(), bar)
	row("the same again", again.String(), bar)
	return nil
}

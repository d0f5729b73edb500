package main

import (
	"fmt"
	"strings"
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

// long measures a cell of 500 lines as the first one of a session, but for a small one
// that pays for the start, and when it runs again.
func (m *meter) long() error {
	const bar = "15 ms"
	code := longCell()
	var first, again times
	for range m.rounds {
		err := m.with(func(p *process) error {
			if err := p.run("1+1"); err != nil {
				return err
			}
			t, err := timed(1, func() error { return p.run(code) })
			if err != nil {
				return err
			}
			first = append(first, t...)
			t, err = timed(3, func() error { return p.run(code) })
			again = append(again, t...)
			return err
		})
		if err != nil {
			return err
		}
	}
	row("cell of 500 lines", first.String(), bar)
	row("the same again", again.String(), bar)
	return nil
}

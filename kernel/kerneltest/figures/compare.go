package main

import (
	"fmt"
	"time"

	"crossbook/kernel/kerneltest"
)

// operation is what is compared between kernels.
type operation struct {
	what   string
	rounds int // 0: as asked for
	do     func(p *process, l language) error
}

var operations = []operation{
	{"kernel_info", 0, func(p *process, _ language) error { return p.ask(kerneltest.Shell, "kernel_info_request", "") }},
	{"empty cell", 0, func(p *process, _ language) error { return p.run("") }},
	{"1+1", 0, func(p *process, _ language) error { return p.run("1+1") }},
	{"define a function and call it", 0, func(p *process, l language) error { return p.run(l.define) }},
	{"complete", 0, func(p *process, l language) error { return p.ask(kerneltest.Shell, "complete_request", l.prefix) }},
	{"inspect", 0, func(p *process, l language) error { return p.ask(kerneltest.Shell, "inspect_request", l.named) }},
	{"100,000 printed lines", 5, func(p *process, l language) error { _, err := p.prints(l.lines); return err }},
	{"50 MiB printed", 3, func(p *process, l language) error { _, err := p.prints(l.bulk); return err }},
}

// compare runs every operation on one kernel after the other in each round, so
// that the load of the machine meets all alike.
func compare(dir string, rounds int, languages []language) error {
	var processes []*process
	defer func() {
		for _, p := range processes {
			p.stop()
		}
	}()
	starts := make([]times, len(languages))
	for range 3 {
		for i, l := range languages {
			p, err := start(l, dir)
			if err != nil {
				return err
			}
			starts[i] = append(starts[i], p.started)
			p.stop()
		}
	}
	for _, l := range languages {
		p, err := start(l, dir)
		if err != nil {
			return err
		}
		processes = append(processes, p)
		if err := p.run(l.setup); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
	}
	fmt.Println()
	ratios("start to kernel_info", languages, starts)
	for _, o := range operations {
		n := o.rounds
		if n == 0 {
			n = rounds
		}
		t := make([]times, len(languages))
		for range n {
			for i, p := range processes {
				begun := time.Now()
				if err := o.do(p, languages[i]); err != nil {
					return fmt.Errorf("%s: %s: %w", languages[i].name, o.what, err)
				}
				t[i] = append(t[i], time.Since(begun))
			}
		}
		ratios(o.what, languages, t)
	}
	return nil
}

// ratios prints what the kernels took, each beside the first.
func ratios(what string, languages []language, t []times) {
	fmt.Printf("%-32s", what)
	for i, l := range languages {
		fmt.Printf("  %s %s", l.name, t[i])
		if i > 0 {
			fmt.Printf(" x%.1f", float64(t[i].median())/float64(t[0].median()))
		}
	}
	fmt.Println()
}

package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// meter measures one kernel.
type meter struct {
	language
	dir    string
	rounds int
}

// row prints a figure beside what is wanted.
func row(what, figure, bar string) { fmt.Printf("%-46s %-44s %s\n", what, figure, bar) }

// table prints all figures of the kernel.
func (m *meter) table() error {
	row("what", "measured: median (best)", "wanted")
	for _, part := range []func() error{
		m.starts, m.cells, m.long, m.output, m.stalled, m.interrupts, m.idleInterrupt, m.deaths, m.busy,
	} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// with runs do on a fresh kernel.
func (m *meter) with(do func(p *process) error) error {
	p, err := start(m.language, m.dir)
	if err != nil {
		return err
	}
	defer p.stop()
	return do(p)
}

// starts measures the start and the memory of a kernel that does nothing.
func (m *meter) starts() error {
	var t times
	for range 9 {
		if err := m.with(func(p *process) error { t = append(t, p.started); return nil }); err != nil {
			return err
		}
	}
	row("start to kernel_info", t.String(), "60 ms")
	return m.with(func(p *process) error {
		time.Sleep(2 * time.Second) // to come to rest
		resident, proportional := p.memory()
		row("memory, idle, both processes", mebibytes(proportional, resident), "45 MiB")
		if err := p.run("1+1"); err != nil {
			return err
		}
		time.Sleep(2 * time.Second)
		resident, proportional = p.memory()
		row("memory after a cell, with the spare process", mebibytes(proportional, resident), "")
		return nil
	})
}

func mebibytes(proportional, resident int) string {
	return fmt.Sprintf("%.1f MiB (%.1f as a sum of processes)", float64(proportional)/1024, float64(resident)/1024)
}

// run runs a cell that must succeed.
func (p *process) run(code string) error {
	answer, err := p.Execute(code)
	if err == nil && answer.Status() != "ok" {
		err = fmt.Errorf("%s: %s", code, answer.Failure())
	}
	return err
}

// cells measures small cells and what helps in writing them.
func (m *meter) cells() error {
	return m.with(func(p *process) error {
		if err := p.run("1+1"); err != nil { // the first one pays for the start
			return err
		}
		for _, c := range []struct{ what, code, bar string }{
			{"empty cell", "", "1 ms"}, {"1+1", "1+1", "1.5 ms"}, {"define a function and call it", m.define, "3 ms"},
		} {
			t, err := timed(4*m.rounds, func() error { return p.run(c.code) })
			if err != nil {
				return err
			}
			row(c.what, t.String(), c.bar)
		}
		for _, c := range []struct{ what, msgType, code string }{
			{"complete", "complete_request", m.prefix}, {"inspect", "inspect_request", m.named},
		} {
			t, err := timed(4*m.rounds, func() error { return p.ask(kerneltest.Shell, c.msgType, c.code) })
			if err != nil {
				return err
			}
			row(c.what, t.String(), "5 ms")
		}
		return nil
	})
}

// ask sends a request about code, cursor at its end.
func (p *process) ask(ch kerneltest.Channel, msgType, code string) error {
	_, err := p.Request(ch, msgType, map[string]any{"code": code, "cursor_pos": len([]rune(code)), "detail_level": 0})
	return err
}

// printed is what became of a cell that prints much.
type printed struct {
	took     time.Duration
	messages int
	text     strings.Builder
}

// prints runs a cell and gathers what it prints.
func (p *process) prints(code string) (*printed, error) {
	begun := time.Now()
	answer, err := p.Execute(code)
	if err != nil {
		return nil, err
	}
	out := &printed{took: time.Since(begun)}
	for _, message := range answer.Published {
		var s wire.Stream
		if message.Header.MsgType == "stream" && message.Decode(&s) == nil && s.Name == "stdout" {
			out.messages++
			out.text.WriteString(s.Text)
		}
	}
	if answer.Status() != "ok" {
		return nil, errors.New(answer.Failure())
	}
	return out, nil
}

// hundredThousandLines is what the cell lines prints.
var hundredThousandLines = func() string {
	var b strings.Builder
	for i := range 100000 {
		fmt.Fprintln(&b, i)
	}
	return b.String()
}()

// output measures how fast and how whole output comes.
func (m *meter) output() error {
	return m.with(func(p *process) error {
		var lines, bulk times
		var most, grown int
		for range 7 {
			out, err := p.prints(m.lines)
			if err != nil {
				return err
			}
			if out.text.String() != hundredThousandLines {
				return errors.New("100,000 lines: not all of them, or not in order")
			}
			lines, most = append(lines, out.took), max(most, out.messages)
		}
		row("100,000 printed lines, all, in order", fmt.Sprintf("%s, %d messages", lines, most), "300 ms, 200 messages")
		time.Sleep(time.Second)
		before, _ := p.memory()
		for range 5 {
			out, err := p.prints(m.bulk)
			if err != nil {
				return err
			}
			if out.text.Len() != 50<<20 {
				return fmt.Errorf("50 MiB: %d bytes came", out.text.Len())
			}
			after, _ := p.memory()
			bulk, grown = append(bulk, out.took), max(grown, after-before)
		}
		row("50 MiB printed, all", fmt.Sprintf("%s, memory +%.1f MiB", bulk, float64(grown)/1024), "600 ms, +20 MiB")
		return nil
	})
}

// stalled measures lines with another client that reads nothing.
func (m *meter) stalled() error {
	return m.with(func(p *process) error {
		dead, err := kerneltest.Stall(p.connection)
		if err != nil {
			return err
		}
		defer dead.Close()
		begun := time.Now()
		var t times
		for time.Since(begun) < 4*time.Second {
			out, err := p.prints(m.lines)
			if err != nil {
				return err
			}
			if out.text.String() != hundredThousandLines {
				return errors.New("100,000 lines beside a stalled client: not all of them, or not in order")
			}
			t = append(t, out.took)
		}
		row("the same beside a client that reads nothing", t.String(), "300 ms")
		return nil
	})
}

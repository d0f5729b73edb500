package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/go-zeromq/zmq4"

	"crossbook/kernel/kerneltest"
)

// endless are cells that only an interrupt ends.
var endless = []struct{ what, code string }{
	{"a busy loop", "for {}"},
	{"a sleep", "time.Sleep(time.Hour)"},
	{"a channel", "<-make(chan int)"},
	{"a training", "neurosim.Experiment{Net: nn.MLP(784, 512, 512, 10), Train: train.Settings{Epochs: 1000}}.MustRun(ctx)"},
}

// interrupts measures from the interrupt to the reply of the cell.
func (m *meter) interrupts() error {
	return m.with(func(p *process) error {
		if err := p.run("kept := 42"); err != nil {
			return err
		}
		for _, e := range endless {
			for mode, send := range map[string]func() error{
				"message": func() error {
					_, err := p.Request(kerneltest.Control, "interrupt_request", map[string]any{})
					return err
				},
				"signal": func() error { return p.cmd.Process.Signal(os.Interrupt) },
			} {
				var t times
				for range 5 {
					took, err := p.interrupted(e.code, send)
					if err != nil {
						return err
					}
					t = append(t, took)
				}
				row("interrupt of "+e.what+" by "+mode, t.String(), "50 ms")
			}
		}
		return p.run("if kept != 42 { panic(\"the state is lost\") }")
	})
}

// interrupted runs a cell and tells how long its end takes from the interrupt.
func (p *process) interrupted(code string, send func() error) (time.Duration, error) {
	id, err := p.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "fmt.Println(\"begun\")\n" + code})
	if err != nil {
		return 0, err
	}
	if _, err := p.Await(id, "stream"); err != nil {
		return 0, err
	}
	time.Sleep(200 * time.Millisecond) // well into it
	begun := time.Now()
	if err := send(); err != nil {
		return 0, err
	}
	if _, err := p.Reply(kerneltest.Shell, id); err != nil {
		return 0, err
	}
	took := time.Since(begun)
	_, err = p.Published(id)
	return took, err
}

// idleInterrupt interrupts a kernel that does nothing.
func (m *meter) idleInterrupt() error {
	return m.with(func(p *process) error {
		if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
			return err
		}
		time.Sleep(500 * time.Millisecond) // signals take their time on a busy machine
		if _, err := p.Request(kerneltest.Control, "interrupt_request", map[string]any{}); err != nil {
			return err
		}
		if err := p.run("1+1"); err != nil {
			return err
		}
		row("interrupt when idle, both modes", "harmless", "harmless")
		return nil
	})
}

// fatal are cells that end the process in which they run, or try to.
var fatal = []struct{ what, code string }{
	{"os.Exit", "os.Exit(3)"},
	{"a process that ends itself", "import \"os/exec\"\nexec.Command(\"sh\", \"-c\", \"kill -9 $PPID\").Run()\nselect {}"},
	{"a panic in a goroutine", "go func() { panic(\"lost\") }()\ntime.Sleep(10 * time.Millisecond)\npanic(\"so that the cell fails too\")"},
	{"endless recursion", "func f(n int) int { return f(n+1) + 1 }\nf(0)"},
	{"writes to a map at once", "m := map[int]int{}\nfor range 4 {\n\tgo func() {\n\t\tfor {\n\t\t\tm[1]++\n\t\t}\n\t}()\n}\nselect {}"},
	{"no memory", "all := [][]byte{}\nfor {\n\tall = append(all, make([]byte, 1<<44))\n}"},
}

// deaths measures from the reply of a cell that ended its process to the reply of
// the next one.
func (m *meter) deaths() error {
	return m.with(func(p *process) error {
		for _, f := range fatal {
			var t times
			cause := ""
			for range 3 {
				answer, err := p.Execute(f.code)
				if err != nil {
					return fmt.Errorf("%s: %w", f.what, err)
				}
				cause = answer.Failure()
				begun := time.Now()
				if err := p.run("1+1"); err != nil {
					return fmt.Errorf("%s: the next cell: %w", f.what, err)
				}
				t = append(t, time.Since(begun))
			}
			row("next cell after "+f.what, t.String()+", "+shortened(cause), "150 ms")
		}
		return nil
	})
}

func shortened(text string) string {
	const most = 60
	if len(text) > most {
		text = text[:most] + "..."
	}
	return text
}

// busy measures what is asked while a cell runs, and the heartbeat under load.
func (m *meter) busy() error {
	return m.with(func(p *process) error {
		id, err := p.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "fmt.Println(\"begun\")\nfor {}"})
		if err != nil {
			return err
		}
		if _, err := p.Await(id, "stream"); err != nil {
			return err
		}
		t, err := timed(4*m.rounds, func() error { return p.ask(kerneltest.Control, "kernel_info_request", "") })
		if err != nil {
			return err
		}
		row("control request while a cell runs", t.String(), "5 ms")
		beats, err := heartbeats(p, 4*m.rounds)
		if err != nil {
			return err
		}
		row("heartbeat while a cell runs", beats.String(), "20 ms")
		if _, err := p.Request(kerneltest.Control, "interrupt_request", map[string]any{}); err != nil {
			return err
		}
		_, err = p.Answer(kerneltest.Shell, id)
		return err
	})
}

// heartbeats sends heartbeats on one connection, as clients do.
func heartbeats(p *process, rounds int) (times, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	socket := zmq4.NewReq(ctx)
	defer socket.Close()
	_, path := p.connection.Endpoint(p.connection.HeartbeatPort)
	if err := socket.Dial("ipc://" + path); err != nil {
		return nil, err
	}
	return timed(rounds, func() error {
		if err := socket.Send(zmq4.NewMsgString("beat")); err != nil {
			return err
		}
		_, err := socket.Recv()
		return err
	})
}

// soak runs many cells and tells what they cost.
func (m *meter) soak(cells int) error {
	return m.with(func(p *process) error {
		const warm = 1000
		before, begun := 0, time.Now()
		for i := range cells + warm {
			if i == warm {
				if err := p.run("import \"runtime/debug\"\ndebug.FreeOSMemory()"); err != nil {
					return err
				}
				before, _ = p.memory()
				begun = time.Now()
			}
			answer, err := p.Execute(fmt.Sprintf("x := %d\nfmt.Println(x)\nx + 1", i))
			if err != nil {
				return err
			}
			if answer.Text("stdout") != fmt.Sprintln(i) || answer.Bundles("execute_result")[0]["text/plain"] != fmt.Sprint(i+1) {
				return fmt.Errorf("cell %d: %q", i, answer.Types())
			}
		}
		took := time.Since(begun)
		if err := p.run("debug.FreeOSMemory()"); err != nil {
			return err
		}
		after, _ := p.memory()
		row(fmt.Sprintf("%d cells that declare, print and show", cells),
			fmt.Sprintf("nothing lost, %v, memory +%.1f MiB: %.0f bytes a cell", took.Round(time.Second),
				float64(after-before)/1024, float64(after-before)*1024/float64(cells)), "1024 bytes a cell")
		return nil
	})
}

package engine

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"crossbook/kernel/display"
)

// fakeSession is a language of one-line commands, "verb:argument", several of
// them separated by ";;", with which the tests drive a real child process.
type fakeSession struct{ names []string }

var fakeVerbs map[string]func(*fakeSession, context.Context, string) ([]any, error)

func init() {
	fakeVerbs = map[string]func(*fakeSession, context.Context, string) ([]any, error){
		"print": fakePrint,
		"eprint": func(_ *fakeSession, _ context.Context, a string) ([]any, error) {
			fmt.Fprint(os.Stderr, a)
			return nil, nil
		},
		"hex":   fakeHex,
		"lines": fakeLines,
		"bytes": fakeBytes,
		"mixed": fakeMixed,
		"show":  func(_ *fakeSession, _ context.Context, a string) ([]any, error) { display.Show(a); return nil, nil },
		"bar":   fakeBar,
		"value": func(_ *fakeSession, _ context.Context, a string) ([]any, error) { return []any{a}, nil },
		"values": func(*fakeSession, context.Context, string) ([]any, error) {
			return []any{7, true, image.NewGray(image.Rect(0, 0, 2, 3))}, nil
		},
		"badtext": func(*fakeSession, context.Context, string) ([]any, error) { return []any{badText{}}, nil },
		"let": func(s *fakeSession, _ context.Context, a string) ([]any, error) {
			s.names = append(s.names, a)
			return nil, nil
		},
		"error": func(_ *fakeSession, _ context.Context, a string) ([]any, error) { return nil, errors.New(a) },
		"told": func(*fakeSession, context.Context, string) ([]any, error) {
			return nil, fmt.Errorf("cell: %w", toldError{})
		},
		"panic":  func(_ *fakeSession, _ context.Context, a string) ([]any, error) { panic(a) },
		"goexit": func(*fakeSession, context.Context, string) ([]any, error) { runtime.Goexit(); return nil, nil },
		"spin":   fakeSpin,
		"deaf":   func(*fakeSession, context.Context, string) ([]any, error) { fmt.Print("deaf"); select {} },
		"exit": func(_ *fakeSession, _ context.Context, a string) ([]any, error) {
			n, _ := strconv.Atoi(a)
			os.Exit(n)
			return nil, nil
		},
		"late":    fakeLate,
		"after":   fakeAfter,
		"gopanic": func(*fakeSession, context.Context, string) ([]any, error) { go func() { panic("boom") }(); select {} },
		"stack":   func(*fakeSession, context.Context, string) ([]any, error) { return []any{recurse(1)}, nil },
		"maps":    fakeMaps,
		"memory": func(*fakeSession, context.Context, string) ([]any, error) {
			return []any{len(make([]byte, hugeSize))}, nil
		},
		"kill": func(*fakeSession, context.Context, string) ([]any, error) {
			return nil, syscall.Kill(os.Getpid(), syscall.SIGKILL)
		},
		"close": func(*fakeSession, context.Context, string) ([]any, error) {
			return nil, errors.Join(os.Stdout.Close(), os.Stderr.Close())
		},
		"shut": fakeShut,
		"garbage": func(*fakeSession, context.Context, string) ([]any, error) {
			_, _ = syscall.Write(eventFD, []byte("\xff\xff\xff\xffxx"))
			select {}
		},
		"sleep":   fakeGrandchild,
		"dump":    fakeDump,
		"nothing": func(*fakeSession, context.Context, string) ([]any, error) { return nil, nil },
	}
}

func (s *fakeSession) Run(ctx context.Context, _ int, code string) (values []any, err error) {
	for _, command := range strings.Split(code, ";;") {
		verb, argument, _ := strings.Cut(command, ":")
		do, ok := fakeVerbs[verb]
		if !ok {
			return nil, fmt.Errorf("no verb %q", verb)
		}
		var more []any
		if more, err = do(s, ctx, argument); err != nil {
			return nil, err
		}
		values = append(values, more...)
	}
	return values, nil
}

func (s *fakeSession) IsComplete(code string) (status, indent string) {
	switch {
	case code == "forever":
		select {}
	case code == "panic":
		panic("is complete")
	case strings.HasSuffix(code, "{"):
		return "incomplete", "\t"
	}
	return "complete", ""
}

func (s *fakeSession) Names() []string { return slices.Clone(s.names) }

type toldError struct{}

func (toldError) Error() string       { return "undefined: x" }
func (toldError) Kind() string        { return "CompileError" }
func (toldError) Traceback() []string { return []string{"In [1], line 1", "undefined: x"} }

type badText struct{}

func (badText) String() string { panic("no text") }

func fakePrint(_ *fakeSession, _ context.Context, a string) ([]any, error) {
	fmt.Print(a)
	return nil, nil
}

// fakeHex writes bytes one at a time.
func fakeHex(_ *fakeSession, _ context.Context, a string) ([]any, error) {
	for i := 0; i+1 < len(a); i += 2 {
		b, err := strconv.ParseUint(a[i:i+2], 16, 8)
		if err != nil {
			return nil, err
		}
		_, _ = os.Stdout.Write([]byte{byte(b)})
	}
	return nil, nil
}

func fakeLines(_ *fakeSession, _ context.Context, a string) ([]any, error) {
	n, err := strconv.Atoi(a)
	for i := range n {
		fmt.Printf("line %d\n", i)
	}
	return nil, err
}

// fakeBytes prints a MiB "é" text a times.
func fakeBytes(_ *fakeSession, _ context.Context, a string) ([]any, error) {
	n, err := strconv.Atoi(a)
	block := "x" + strings.Repeat("é", (1<<20)/2-1) + "\n" // odd offsets: runes get cut
	for range n {
		fmt.Print(block)
	}
	return nil, err
}

// fakeMixed alternates numbered text on both streams with numbered displays.
func fakeMixed(_ *fakeSession, _ context.Context, a string) ([]any, error) {
	n, err := strconv.Atoi(a)
	for i := range n {
		fmt.Printf("<%d o>%s", i, strings.Repeat(".", i*37%5000))
		fmt.Fprintf(os.Stderr, "<%d e>", i)
		display.Show(fmt.Sprintf("<%d d>", i))
	}
	return nil, err
}

func fakeBar(_ *fakeSession, ctx context.Context, a string) ([]any, error) {
	bar := display.Start(ctx, a, 3)
	bar.Set(3, "half")
	bar.End("done")
	return nil, nil
}

func fakeSpin(_ *fakeSession, ctx context.Context, _ string) ([]any, error) {
	fmt.Print("spinning")
	for n := 0; ; n++ {
		if n&0xffff == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("spin: %w", ctx.Err())
		}
	}
}

// fakeLate exits with status a after the cell has ended, when its reply is out.
func fakeLate(_ *fakeSession, _ context.Context, a string) ([]any, error) {
	n, err := strconv.Atoi(a)
	time.AfterFunc(20*time.Millisecond, func() { os.Exit(n) })
	return nil, err
}

// fakeAfter prints a when the cell has ended.
func fakeAfter(_ *fakeSession, _ context.Context, a string) ([]any, error) {
	time.AfterFunc(20*time.Millisecond, func() { fmt.Print(a) })
	return nil, nil
}

func recurse(n int) int {
	var room [64]int
	room[n%64] = recurse(n + 1)
	return room[(n+1)%64]
}

var hugeSize = 1 << 46 // a variable, so that the compiler does not refuse it

func fakeMaps(*fakeSession, context.Context, string) ([]any, error) {
	m := map[int]int{}
	for range 8 {
		go func() {
			for i := 0; ; i++ {
				m[i%64] = i
			}
		}()
	}
	select {}
}

// fakeShut closes every descriptor that is not the runtime's first, the private
// ones of the child among them.
func fakeShut(*fakeSession, context.Context, string) ([]any, error) {
	for fd := 10; fd < 40; fd++ {
		_ = syscall.Close(fd)
	}
	return nil, nil
}

// fakeGrandchild leaves a process behind that holds the pipes, in a session of
// its own when a says so, and prints its id.
func fakeGrandchild(_ *fakeSession, _ context.Context, a string) ([]any, error) {
	cmd := exec.Command("sleep", "60")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if a == "apart" {
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	fmt.Print(cmd.Process.Pid)
	return nil, nil
}

// fakeDump prints what looks like the dump of a dying program, and lives.
func fakeDump(_ *fakeSession, _ context.Context, a string) ([]any, error) {
	n, err := strconv.Atoi(a)
	fmt.Fprint(os.Stderr, "goroutine 7 [running]:\n")
	for i := range n {
		fmt.Fprintf(os.Stderr, "frame %d\n", i)
	}
	return nil, err
}

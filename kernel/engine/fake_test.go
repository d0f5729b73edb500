package engine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"log"
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

// verb is one command of the language.
type verb func(s *fakeSession, ctx context.Context, argument string) ([]any, error)

// act is a verb that only does something, give one that only has values.
func act(do func(argument string) error) verb {
	return func(_ *fakeSession, _ context.Context, a string) ([]any, error) { return nil, do(a) }
}

func give(values func(argument string) []any) verb {
	return func(_ *fakeSession, _ context.Context, a string) ([]any, error) { return values(a), nil }
}

var verbs = map[string]verb{
	"nothing": act(func(string) error { return nil }),
	"let":     fakeLet,

	"print":  act(func(a string) error { fmt.Print(a); return nil }),
	"eprint": act(func(a string) error { fmt.Fprint(os.Stderr, a); return nil }),
	"show":   act(func(a string) error { display.Show(a); return nil }),
	"bar":    fakeBar,
	"hex":    act(fakeHex),
	"lines":  act(fakeLines),
	"bytes":  act(fakeBytes),
	"mixed":  act(fakeMixed),
	"dump":   act(fakeDump),
	"after":  act(fakeAfter),
	"flood":  act(fakeFlood),

	"value":   give(func(a string) []any { return []any{a} }),
	"values":  give(func(string) []any { return []any{7, true, image.NewGray(image.Rect(0, 0, 2, 3))} }),
	"badtext": give(func(string) []any { return []any{badText{}} }),
	"error":   act(func(a string) error { return errors.New(a) }),
	"told":    act(func(string) error { return fmt.Errorf("cell: %w", toldError{}) }),
	"panic":   act(func(a string) error { panic(a) }),
	"goexit":  act(func(string) error { runtime.Goexit(); return nil }),

	"scan":     act(fakeScan),
	"readline": act(fakeReadLine),
	"input":    act(fakeInput),

	"spin": fakeSpin,
	"deaf": act(func(string) error { fmt.Print("deaf"); select {} }),

	"exit":    act(fakeExit),
	"late":    act(fakeLate),
	"gopanic": act(func(string) error { go func() { panic("boom") }(); select {} }),
	"stack":   give(func(string) []any { return []any{recurse(1)} }),
	"maps":    act(fakeMaps),
	"memory":  act(fakeMemory),
	"kill":    act(func(string) error { return syscall.Kill(os.Getpid(), syscall.SIGKILL) }),
	"close":   act(func(string) error { return errors.Join(os.Stdout.Close(), os.Stderr.Close()) }),
	"shut":    act(fakeShut),
	"garbage": act(fakeGarbage),
	"sleep":   act(fakeGrandchild),
}

func (s *fakeSession) Run(ctx context.Context, _ int, code string) (values []any, err error) {
	for _, command := range strings.Split(code, ";;") {
		name, argument, _ := strings.Cut(command, ":")
		do, ok := verbs[name]
		if !ok {
			return nil, fmt.Errorf("no verb %q", name)
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

// Complete proposes the verbs that begin with the code before the offset.
func (s *fakeSession) Complete(code string, at int) (start, end int, found []struct{ Text, Kind, Signature string }) {
	switch code {
	case "panic":
		panic("complete")
	case "outside":
		return -1, 99, nil
	}
	for name := range verbs {
		if strings.HasPrefix(name, code[:at]) {
			found = append(found, struct{ Text, Kind, Signature string }{name, "verb", name + ":"})
		}
	}
	return 0, len(code), found
}

func (s *fakeSession) Inspect(code string, at, detail int) (text, markdown string, found bool) {
	_, found = verbs[code[:at]]
	return fmt.Sprintf("verb %s, detail %d", code[:at], detail), "**verb**", found
}

func (s *fakeSession) Names() []string { return slices.Clone(s.names) }

// fakeScan reads two words, a byte at a time, over as many lines as it takes.
func fakeScan(string) error {
	var a, b string
	_, err := fmt.Scan(&a, &b)
	fmt.Printf("%s+%s", a, b)
	return err
}

func fakeReadLine(string) error {
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	fmt.Print(line)
	return err
}

func fakeInput(a string) error {
	line, err := display.Input(a)
	fmt.Print(line)
	return err
}

type toldError struct{}

func (toldError) Error() string       { return "undefined: x" }
func (toldError) Kind() string        { return "CompileError" }
func (toldError) Traceback() []string { return []string{"In [1], line 1", "undefined: x"} }

type badText struct{}

func (badText) String() string { panic("no text") }

// fakeHex writes bytes one at a time.
func fakeHex(a string) error {
	for i := 0; i+1 < len(a); i += 2 {
		b, err := strconv.ParseUint(a[i:i+2], 16, 8)
		if err != nil {
			return err
		}
		_, _ = os.Stdout.Write([]byte{byte(b)})
	}
	return nil
}

func fakeLines(a string) error {
	n, err := strconv.Atoi(a)
	for i := range n {
		fmt.Printf("line %d\n", i)
	}
	return err
}

// fakeBytes prints a MiB "é" text a times.
func fakeBytes(a string) error {
	n, err := strconv.Atoi(a)
	block := "x" + strings.Repeat("é", (1<<20)/2-1) + "\n" // odd offsets: runes get cut
	for range n {
		fmt.Print(block)
	}
	return err
}

// fakeMixed alternates numbered text on both streams with numbered displays.
func fakeMixed(a string) error {
	n, err := strconv.Atoi(a)
	for i := range n {
		fmt.Printf("<%d o>%s", i, strings.Repeat(".", i*37%5000))
		fmt.Fprintf(os.Stderr, "<%d e>", i)
		display.Show(fmt.Sprintf("<%d d>", i))
	}
	return err
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

func fakeLet(s *fakeSession, _ context.Context, a string) ([]any, error) {
	s.names = append(s.names, a)
	return nil, nil
}

func fakeExit(a string) error {
	n, err := strconv.Atoi(a)
	if err == nil {
		os.Exit(n)
	}
	return err
}

// fakeGarbage writes on the event pipe.
func fakeGarbage(string) error {
	_, _ = syscall.Write(eventFD, []byte("\xff\xff\xff\xffxx"))
	select {}
}

// fakeLate exits with status 7 when file a is there, fakeAfter prints: both after
// the end of the cell, if the test makes the file then.
func fakeLate(a string) error { go whenThere(a, func() { os.Exit(7) }); return nil }

func fakeAfter(a string) error {
	go whenThere(a, func() {
		fmt.Fprint(fakeOut, "late")
		display.Show("later")
		log.Print("logged")
	})
	return nil
}

// fakeOut is what the session's cells print to.
var fakeOut io.Writer

func whenThere(path string, do func()) {
	for {
		if _, err := os.Stat(path); err == nil {
			do()
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// fakeFlood leaves goroutines behind that print without end on both streams.
func fakeFlood(string) error {
	for _, file := range []*os.File{os.Stdout, os.Stderr} {
		go func() {
			for line := strings.Repeat("x", 999) + "\n"; ; {
				_, _ = file.WriteString(line)
			}
		}()
	}
	return nil
}

func recurse(n int) int {
	if n < 0 {
		return 0 // never
	}
	var room [64]int
	room[n%64] = recurse(n + 1)
	return room[(n+1)%64]
}

// fakeMemory asks for more memory than there is, under a limit that lets the
// system refuse at once.
func fakeMemory(_ string) error {
	limit := uint64(16 << 30)
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		return err
	}
	size := 1 << 46 // a variable, so that the compiler does not refuse it
	return fmt.Errorf("got %d bytes", len(make([]byte, size)))
}

func fakeMaps(_ string) error {
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
func fakeShut(_ string) error {
	for fd := 10; fd < 40; fd++ {
		_ = syscall.Close(fd)
	}
	return nil
}

// fakeGrandchild leaves a process behind that holds the pipes, in a session of
// its own when a says so, and prints its id.
func fakeGrandchild(a string) error {
	cmd := exec.Command("sleep", "60")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if a == "apart" {
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	fmt.Print(cmd.Process.Pid)
	return nil
}

// fakeDump prints what looks like the dump of a dying program, and lives.
func fakeDump(a string) error {
	n, err := strconv.Atoi(a)
	fmt.Fprint(os.Stderr, "goroutine 7 [running]:\n")
	for i := range n {
		fmt.Fprintf(os.Stderr, "frame %d\n", i)
	}
	return err
}

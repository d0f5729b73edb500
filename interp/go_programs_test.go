package interp_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"crossbook/interp"
	"crossbook/interp/symbols"
)

// The programs that Go tests itself with come with its source, in GOROOT/test.
// Those that are one file, marked "// run" and nothing more, run here as a cell
// each. They pass if they end well and print what they must.

const (
	// programVariable names the program that a child process runs.
	programVariable = "CROSSBOOK_GO_PROGRAM"

	// suiteVariable says what of the suite to run: "all", or names of programs
	// and of folders separated by commas. Unset, it is every suiteStep-th.
	suiteVariable = "CROSSBOOK_GO_PROGRAMS"
	suiteStep     = 12

	programTime  = 30 * time.Second // of the processor
	programLimit = 90 * time.Second // on the clock
	programStack = 256 << 20
)

// suiteFolders are the folders of GOROOT/test whose programs are run.
var suiteFolders = []string{".", "chan", "fixedbugs", "interface", "ken", "typeparam"}

// TestMain is also the child process that runs one of Go's programs: some of them
// end the process, by an error that nothing can catch.
func TestMain(m *testing.M) {
	if file := os.Getenv(programVariable); file != "" {
		os.Exit(runProgram(file))
	}
	os.Exit(m.Run())
}

// runProgram runs a program as a cell and returns its exit status.
func runProgram(file string) int {
	debug.SetMaxStack(programStack)
	code, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	library := symbols.Library()
	s, err := interp.New(interp.Options{Library: library})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	ctx, cancel := context.WithTimeout(context.Background(), programLimit)
	defer cancel()
	go limitTime(cancel)
	_, err = s.Run(ctx, 1, string(code))
	var e *interp.Error
	if err == nil || errors.As(err, &e) && e.Kind() == interp.Exit && e.Error() == "os.Exit(0)" {
		return 0
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// limitTime cancels a program that has had its time of the processor.
func limitTime(cancel func()) {
	for range time.Tick(100 * time.Millisecond) {
		var used syscall.Rusage
		if syscall.Getrusage(syscall.RUSAGE_SELF, &used) == nil && time.Duration(used.Utime.Nano()) > programTime {
			cancel()
			return
		}
	}
}

// goTests returns the folder of Go's tests; a Go without them skips the test.
func goTests(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(build.Default.GOROOT, "test")
	if _, err := os.Stat(filepath.Join(folder, "typeparam")); err != nil {
		t.Skip("this Go comes without its tests: ", err)
	}
	return folder
}

var (
	plainRun   = regexp.MustCompile(`(?m)^// run$`)
	importsOne = regexp.MustCompile(`(?m)^(?:import)?\s*(?:[\w.]+\s+)?"(C|\./.*|cmd/.*|internal/.*|embed|plugin|runtime/cgo)"$`)
)

// programs lists the programs of the suite by their path below folder.
func programs(t *testing.T, folder string) []string {
	t.Helper()
	excluded := readGaps(t, "testdata/go_excluded.txt")
	var out []string
	for _, sub := range suiteFolders {
		files, err := filepath.Glob(filepath.Join(folder, sub, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if plainRun.Match(text) && !importsOne.Match(text) {
				name, _ := filepath.Rel(folder, f)
				if _, out := excluded[name]; out {
					continue
				}
				out = append(out, name)
			}
		}
	}
	return out
}

// chosen returns the programs that suiteVariable names, and whether it names any.
func chosen(all []string) ([]string, bool) {
	want := os.Getenv(suiteVariable)
	switch want {
	case "all":
		return all, true
	case "":
		var out []string
		for i := 0; i < len(all); i += suiteStep {
			out = append(out, all[i])
		}
		return out, false
	}
	names := strings.Split(want, ",")
	return slices.DeleteFunc(slices.Clone(all), func(p string) bool {
		return !slices.Contains(names, p) && !slices.Contains(names, filepath.Dir(p))
	}), true
}

// runChild runs a program in a process of its own and returns how it failed.
func runChild(folder, name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), programLimit+5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), programVariable+"="+filepath.Join(folder, name), "GOTRACEBACK=none")
	cmd.Dir = filepath.Join(folder, filepath.Dir(name))
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if ctx.Err() != nil {
		return errors.New("does not end")
	}
	if err != nil {
		return fmt.Errorf("%w: %s", err, shorten(out.String()))
	}
	want, err := os.ReadFile(filepath.Join(folder, strings.TrimSuffix(name, ".go")+".out"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if out.String() != string(want) {
		return fmt.Errorf("prints something else: %s", shorten(out.String()))
	}
	return nil
}

func shorten(s string) string {
	const most = 400
	return strings.ReplaceAll(strings.TrimSpace(s[:min(len(s), most)]), "\n", " | ")
}

// TestGoPrograms runs Go's own programs. Those in go_failures.txt must fail, but for
// want of time: one that passes has to leave the list.
func TestGoPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("a process for each program")
	}
	folder := goTests(t)
	list, _ := chosen(programs(t, folder))
	known := readGaps(t, "testdata/go_failures.txt")
	results := make([]error, len(list))
	work := make(chan int)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range work {
				results[i] = runChild(folder, list[i])
			}
		})
	}
	for i := range list {
		work <- i
	}
	close(work)
	wg.Wait()
	passed, all := map[string]int{}, map[string]int{}
	for i, name := range list {
		group := filepath.Dir(name)
		all[group]++
		reason, fails := known[name]
		switch err := results[i]; {
		case err == nil && fails && !strings.HasPrefix(reason, "time: "): // another machine may be fast enough
			t.Errorf("%s passes: remove it from go_failures.txt", name)
		case err != nil && !fails:
			t.Errorf("%s: %v", name, err)
		}
		if results[i] == nil {
			passed[group]++
		}
	}
	for _, group := range suiteFolders {
		t.Logf("%s: %d of %d pass", group, passed[group], all[group])
	}
}

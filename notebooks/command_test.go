package notebooks

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// program makes a command of the test binary as crossbook run; a test that
// hangs ends with it.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	c := exec.CommandContext(ctx, os.Args[0], args...)
	c.Env = append(os.Environ(), asProgram+"=1")
	c.WaitDelay = time.Second
	return c
}

// save writes a notebook into a new folder.
func save(t *testing.T, nb *Notebook) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "nb.ipynb")
	if err := nb.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustRead(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestCommand(t *testing.T) {
	path := save(t, notebook("out hello", "bar 1 10\nbar-end\n= <b>done</b>"))
	out, err := program(t, path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	name := strings.TrimSuffix(path, ".ipynb")
	for _, want := range []string{"wrote " + name + ".executed.ipynb\n", "wrote " + name + ".executed.html\n", "took  ", "cell 2 of 2: training"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	nb, err := ReadFile(name + ".executed.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(nb.Cells[0]) + shown(nb.Cells[1]); got != "stdout:hello\ndisplay:training: 10/10 (100 %) | result:<b>done</b>" {
		t.Errorf("the notebook shows %q", got)
	}
	if page := mustRead(t, name+".executed.html"); !strings.Contains(page, "<b>done</b>") {
		t.Errorf("the page lacks the result:\n%s", page)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	if len(left) > 0 {
		t.Errorf("temporary files stay: %v", left)
	}
}

// A failing cell: number, source and error on stderr, both files saved.
func TestCommandFailingCell(t *testing.T) {
	path := save(t, notebook("out hello", "out x\nfail boom", "out never"))
	folder := t.TempDir()
	notebookFile, pageFile := filepath.Join(folder, "o.ipynb"), filepath.Join(folder, "o.html")
	out, err := program(t, "-quiet", path, "-o", notebookFile, "-html", pageFile).CombinedOutput()
	if err == nil {
		t.Error("the exit status is zero")
	}
	for _, want := range []string{"cell 2 of 3 (In [2]) failed:", "    1 | out x\n    2 | fail boom\n", "Panic: boom"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if bytes.Contains(out, []byte("\x1b")) || bytes.Contains(out, []byte("wrote")) {
		t.Errorf("colours or a summary where neither belongs:\n%q", out)
	}
	if got := mustRead(t, notebookFile); !strings.Contains(got, "hello") || !strings.Contains(got, `"evalue": "boom"`) || !strings.Contains(got, "out never") {
		t.Errorf("the notebook is\n%s", got)
	}
	if got := mustRead(t, pageFile); !strings.Contains(got, "hello") || !strings.Contains(got, "boom") {
		t.Errorf("the page is\n%s", got)
	}
}

func TestCommandRefuses(t *testing.T) {
	good := save(t, notebook("out a"))
	python := filepath.Join(t.TempDir(), "p.ipynb")
	if err := os.WriteFile(python, []byte(mustRead(t, "testdata/jupyter.ipynb")), 0o644); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "which notebook?"},
		{[]string{good, good}, "nb.ipynb is named twice"},
		{[]string{good, save(t, notebook("out b")), "-o", folder, "-html", folder}, "would be written to"},
		{[]string{good, good, "-o", "x.ipynb"}, "-o is x.ipynb; for several notebooks it must be a folder that exists"},
		{[]string{good, good, "-html", "x.html"}, "-html is x.html; for several notebooks it must be a folder that exists"},
		{[]string{good, "-inplace", "-o", "x.ipynb"}, "-inplace and -o both say"},
		{[]string{good, "-images", "nowhere"}, "-images is nowhere, must be a folder that exists"},
		{[]string{good, "-p", "n=1"}, `no code cell with the tag "parameters"`},
		{[]string{good, "-p", "=1"}, "must be name=value"},
		{[]string{good, "-f", "nowhere.yaml"}, "nowhere.yaml: no such file"},
		{[]string{"-nonsense", good}, "flag provided but not defined: -nonsense"},
		{[]string{"-timeout", "-3s", good}, "-timeout is -3s, must not be negative"},
		{[]string{"-o", "same", "-html", "same", good}, "-o and -html both name same"},
		{[]string{"-html", good, good}, "-html names the notebook itself"},
		{[]string{"missing.ipynb"}, "missing.ipynb: no such file"},
		{[]string{python}, `written for the kernel "Python 3 (ipykernel)" (language python)`},
		{[]string{"-o", filepath.Join(folder, "no", "o.ipynb"), good}, "there is no folder " + filepath.Join(folder, "no")},
	} {
		out, err := program(t, c.args...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), c.want) {
			t.Errorf("run %q: %v, want %q in\n%s", c.args, err, c.want, out)
		}
		if strings.Contains(string(out), "wrote") {
			t.Errorf("run %q wrote something:\n%s", c.args, out)
		}
	}
}

// With -force a notebook of another kernel runs, and is ours afterwards.
func TestCommandForce(t *testing.T) {
	nb := notebook("out a")
	nb.Metadata["kernelspec"] = map[string]any{"name": "python3", "display_name": "Python 3", "language": "python"}
	path := save(t, nb)
	if out, err := program(t, "-force", path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	again, err := ReadFile(strings.TrimSuffix(path, ".ipynb") + ".executed.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if err := again.CheckGo(); err != nil {
		t.Error(err)
	}
}

func TestCommandBrokenEngine(t *testing.T) {
	c := program(t, save(t, notebook("out a")))
	c.Env = append(c.Env, asProgram+"=broken")
	out, err := c.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "start the interpreter: no engine today") {
		t.Errorf("%v\n%s", err, out)
	}
}

// The first interrupt ends the cell, the second one its process; what had run
// is saved both times.
func TestCommandInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no interrupt signal to send")
	}
	for order, interrupts := range map[string]int{"hang": 1, "stuck": 2} {
		t.Run(order, func(t *testing.T) {
			path := save(t, notebook("out hello", order, "out never"))
			c := program(t, path)
			var problems bytes.Buffer
			c.Stderr = &problems
			stdout, err := c.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			begin, lines := time.Now(), bufio.NewReader(stdout)
			for range interrupts { // each when the one before has arrived
				if _, err := lines.ReadString('\n'); err != nil {
					t.Fatalf("%v\n%s", err, &problems)
				}
				if err := c.Process.Signal(os.Interrupt); err != nil {
					t.Fatal(err)
				}
			}
			if err := c.Wait(); err == nil {
				t.Error("the exit status is zero")
			}
			if took := time.Since(begin); took > stopGrace {
				t.Errorf("it took %v to stop", took)
			}
			if !strings.Contains(problems.String(), "cell 2 of 3 (In [2]) was interrupted") {
				t.Errorf("stderr is\n%s", &problems)
			}
			if got := mustRead(t, strings.TrimSuffix(path, ".ipynb")+".executed.ipynb"); !strings.Contains(got, "hello") || !strings.Contains(got, "Interrupted") {
				t.Errorf("the notebook is\n%s", got)
			}
		})
	}
}

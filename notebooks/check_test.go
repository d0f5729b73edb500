package notebooks

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// executed saves a notebook together with its outputs.
func executed(t *testing.T, nb *Notebook) string {
	t.Helper()
	path := save(t, nb)
	if out, err := program(t, "-inplace", path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

func TestCheckCommand(t *testing.T) {
	same := executed(t, notebook("out hello", "= b", "bar 1 10\nbar-end"))
	before := mustRead(t, same)
	out, err := program(t, "check", same).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "same  "+same+": 3 cells") {
		t.Errorf("%v\n%s", err, out)
	}
	if mustRead(t, same) != before {
		t.Error("checking changed the notebook")
	}
	changing := executed(t, notebook("count "+filepath.Join(t.TempDir(), "n")))
	out, err = program(t, "check", same, changing).CombinedOutput()
	if err == nil {
		t.Error("the exit status is zero")
	}
	for _, want := range []string{
		"same  " + same, "other " + changing + ": 1 difference\n",
		"cell 1 (c1), output 1, stdout:\n", "run 1\n", "run 2\n", "1 of 2 notebooks show something else",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}

func TestCheckCommandRefuses(t *testing.T) {
	good := executed(t, notebook("out a"))
	failing := executed(t, notebook("out a"))
	text := strings.Replace(mustRead(t, failing), "out a", "fail boom", 1)
	if err := os.WriteFile(failing, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "check: which notebook?"},
		{[]string{save(t, notebook("out a"))}, "holds no outputs to compare with; run it first"},
		{[]string{good, "-tolerance", "-1"}, "Tolerance.Number: is -1, must be 0 to 1"},
		{[]string{good, "-timeout", "-1s"}, "-timeout is -1s"},
		{[]string{failing}, "cell 1 (In [1]) failed: Panic: boom"},
	} {
		out, err := program(t, append([]string{"check"}, c.args...)...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), c.want) {
			t.Errorf("check %q: %v, want %q in\n%s", c.args, err, c.want, out)
		}
	}
}

// Parameters, several notebooks, folders and pictures in one command line.
func TestCommandSeveral(t *testing.T) {
	first, second := parametrised(), parametrised()
	second.Cells[0].Source, first.Cells[0].Source = "name := \"a\"", "name := \"b\""
	folder, images := t.TempDir(), t.TempDir()
	second.Cells[1].Source = "where"
	one, two := filepath.Join(t.TempDir(), "one.ipynb"), filepath.Join(t.TempDir(), "two.ipynb")
	if err := first.WriteFile(one); err != nil {
		t.Fatal(err)
	}
	if err := second.WriteFile(two); err != nil {
		t.Fatal(err)
	}
	yaml := filepath.Join(folder, "p.yaml")
	if err := os.WriteFile(yaml, []byte("name: from a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := program(t, one, "-p", "name=from = here", two, "-f", yaml, "-o", folder, "-html", folder, "-images", images).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"one.executed.ipynb", "two.executed.ipynb", "one.executed.html", "two.executed.html"} {
		if text := mustRead(t, filepath.Join(folder, name)); !strings.Contains(text, "from = here") {
			t.Errorf("%s lacks the parameter:\n%s", name, text)
		}
	}
	if text := mustRead(t, filepath.Join(folder, "two.executed.ipynb")); !strings.Contains(text, filepath.Dir(two)+`\n`) {
		t.Errorf("the cells do not run in the notebook's folder:\n%s", text)
	}
}

// One notebook that fails does not keep the next one from running.
func TestCommandGoesOn(t *testing.T) {
	bad, good := save(t, notebook("fail boom")), save(t, notebook("out fine"))
	out, err := program(t, bad, good).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "Panic: boom") {
		t.Errorf("%v\n%s", err, out)
	}
	if text := mustRead(t, strings.TrimSuffix(good, ".ipynb")+".executed.ipynb"); !strings.Contains(text, "fine") {
		t.Error("the second notebook did not run")
	}
}

func TestCache(t *testing.T) {
	cache := t.TempDir()
	counter := filepath.Join(t.TempDir(), "n")
	path := save(t, notebook("count "+counter))
	runs := func(want string, args ...string) {
		t.Helper()
		c := program(t, append(args, path)...)
		c.Env = append(c.Env, "XDG_CACHE_HOME="+cache, "HOME="+cache)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if text := mustRead(t, strings.TrimSuffix(path, ".ipynb")+".executed.ipynb"); !strings.Contains(text, want) {
			t.Errorf("run %q gives\n%s\nwant %q", args, text, want)
		}
	}
	runs(`"run 1\n"`, "-cache")
	runs(`"run 1\n"`, "-cache")
	runs(`"run 2\n"`)
	runs(`"run 3\n"`, "-cache", "-allow-errors")
	runs(`"run 4\n"`, "-cache", "-timings")
	runs(`"run 4\n"`, "-cache", "-timings")
	runs(`"run 4\n"`, "-cache")

	nb := notebook("count "+counter, "out more")
	if err := nb.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	runs(`"run 5\n"`, "-cache")
	nb.Cells = append(nb.Cells, Cell{Type: Markdown, ID: "m", Source: "prose"})
	if err := nb.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	runs(`"run 5\n"`, "-cache")
	spoilCache(t, cache)
	runs(`"run 6\n"`, "-cache")
}

// spoilCache cuts every entry in the middle.
func spoilCache(t *testing.T, cache string) {
	t.Helper()
	entries, err := filepath.Glob(filepath.Join(cache, "crossbook", "runs", "*.ipynb"))
	if runs, _ := filepath.Glob(filepath.Join(cache, "Library", "Caches", "crossbook", "runs", "*.ipynb")); err == nil {
		entries = append(entries, runs...)
	}
	if len(entries) == 0 {
		t.Fatal("the cache is empty")
	}
	for _, entry := range entries {
		if err := os.Truncate(entry, 20); err != nil {
			t.Fatal(err)
		}
	}
}

// A run that failed is not an answer to keep.
func TestCacheKeepsNoFailure(t *testing.T) {
	cache := t.TempDir()
	path := save(t, notebook("fail boom"))
	for range 2 {
		c := program(t, "-cache", path)
		c.Env = append(c.Env, "XDG_CACHE_HOME="+cache, "HOME="+cache)
		var exit *exec.ExitError
		if err := c.Run(); !asExit(err, &exit) {
			t.Errorf("a failing notebook ends with %v", err)
		}
	}
}

func asExit(err error, exit **exec.ExitError) bool { return errors.As(err, exit) }

func TestWriteImages(t *testing.T) {
	nb := notebook("a", "b", "c")
	nb.Cells[0].Outputs = []Output{plain("x"), displayed(map[string]any{"image/png": drawn(t, 1)}), displayed(map[string]any{"image/svg+xml": "<svg/>"})}
	nb.Cells[2].Outputs = []Output{displayed(map[string]any{"image/png": "%%%"})}
	folder := t.TempDir()
	err := nb.writeImages(folder, "nb")
	if err == nil || !strings.Contains(err.Error(), "cell c3: illegal base64") {
		t.Errorf("a bad picture: %v", err)
	}
	if got := mustRead(t, filepath.Join(folder, "nb-c1.png")); !strings.HasPrefix(got, "\x89PNG") {
		t.Errorf("the first picture is %q", got)
	}
	if got := mustRead(t, filepath.Join(folder, "nb-c1-2.svg")); got != "<svg/>" {
		t.Errorf("the second picture is %q", got)
	}
}

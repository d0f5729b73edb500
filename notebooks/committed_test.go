package notebooks

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// checkRuns runs a notebook of the repository by crossbook run, which command
// makes, and checks what every such notebook owes its readers: it is stored as
// Jupyter stores it, every cell runs, and both files come out whole.
func checkRuns(t *testing.T, path string, command func(args ...string) *exec.Cmd) {
	t.Helper()
	stored, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	nb, err := Parse(stored)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if normal, err := nb.Bytes(); err != nil || !bytes.Equal(normal, stored) {
		t.Errorf("%s is not stored as Jupyter does (%v): open and save it there", path, err)
	}
	folder := t.TempDir()
	executed, page := filepath.Join(folder, "executed.ipynb"), filepath.Join(folder, "executed.html")
	if out, err := command("run", "-o", executed, "-html", page, path).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", path, err, out)
	}
	ran, err := ReadFile(executed)
	if err != nil {
		t.Fatal(err)
	}
	for i := range ran.Cells {
		checkRan(t, i+1, &ran.Cells[i])
	}
	if html := mustRead(t, page); !strings.HasSuffix(html, "</html>\n") {
		t.Errorf("the page of %s is cut short", path)
	}
}

func checkRan(t *testing.T, number int, c *Cell) {
	t.Helper()
	if c.Type != Code || strings.TrimSpace(c.Source) == "" {
		return
	}
	if c.Count == 0 {
		t.Errorf("cell %d did not run", number)
	}
	for _, o := range c.Outputs {
		if o.Type == ErrorOutput && !c.HasTag("raises-exception") {
			t.Errorf("cell %d: %s: %s", number, o.Error, o.Message)
		}
		if strings.Contains(o.Text, "more are not kept") {
			t.Errorf("cell %d prints more than a notebook should hold", number)
		}
	}
}

func TestCheckRuns(t *testing.T) {
	nb := notebook("out a", "", "= b")
	nb.Cells[0].Outputs = []Output{}
	checkRuns(t, save(t, nb), func(args ...string) *exec.Cmd { return program(t, args[1:]...) })
}

// TestTour runs every notebook of the tour. Those of the paper take minutes each;
// make check-paper runs them.
func TestTour(t *testing.T) {
	if testing.Short() {
		t.Skip("the notebooks train networks")
	}
	binary := filepath.Join(t.TempDir(), "crossbook")
	build := exec.Command("go", "build", "-o", binary, "crossbook")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for _, path := range committed(t, "tour") {
		t.Run(path, func(t *testing.T) {
			checkRuns(t, path, func(args ...string) *exec.Cmd { return exec.Command(binary, args...) })
		})
	}
}

// committed lists the notebooks of a folder, less what runs of them left there.
func committed(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	found = slices.DeleteFunc(found, func(path string) bool { return strings.HasSuffix(path, ".executed.ipynb") })
	if len(found) == 0 {
		t.Fatalf("no notebooks in %s", folder)
	}
	return found
}

// TestPaper checks what every notebook of the paper owes its readers: stored as
// Jupyter does, run to its end, with a parameters cell whose quick setting is
// what was run, a figure, and the paper that it compares with.
func TestPaper(t *testing.T) {
	for _, path := range committed(t, "paper") {
		t.Run(filepath.Base(path), func(t *testing.T) { checkPaper(t, path) })
	}
}

func checkPaper(t *testing.T, path string) {
	t.Helper()
	nb, err := ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if normal, err := nb.Bytes(); err != nil || string(normal) != mustRead(t, path) {
		t.Errorf("it is not stored as Jupyter does (%v)", err)
	}
	figures, parameters, prose := 0, 0, ""
	for i := range nb.Cells {
		c := &nb.Cells[i]
		checkRan(t, i+1, c)
		if c.HasTag(tagParameters) {
			parameters++
		}
		if c.HasTag(tagInjected) {
			t.Errorf("cell %d sets parameters: what is shipped must be the quick setting", i+1)
		}
		for _, o := range c.Outputs {
			if _, shown := o.Bundle.Data["image/png"]; shown {
				figures++
			}
		}
		if c.Type == Markdown {
			prose += c.Source
		}
	}
	if figures == 0 || parameters != 1 {
		t.Errorf("it has %d figures and %d parameters cells", figures, parameters)
	}
	for _, part := range []string{"**Question.**", "## Set-up", "arxiv.org/abs/2212.14337", "## What it shows", "## What was published"} {
		if !strings.Contains(prose, part) {
			t.Errorf("its prose lacks %q", part)
		}
	}
}

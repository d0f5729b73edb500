package notebooks

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
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

// TestCommittedNotebooks runs every notebook that the repository ships.
func TestCommittedNotebooks(t *testing.T) {
	if testing.Short() {
		t.Skip("the notebooks train networks")
	}
	binary := filepath.Join(t.TempDir(), "crossbook")
	build := exec.Command("go", "build", "-o", binary, "crossbook")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	var paths []string
	for _, folder := range []string{"tour", "paper"} {
		found, err := filepath.Glob(filepath.Join(folder, "*.ipynb"))
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	if len(paths) == 0 {
		t.Fatal("no notebooks found")
	}
	for _, path := range paths {
		if strings.HasSuffix(path, ".executed.ipynb") {
			continue
		}
		t.Run(path, func(t *testing.T) {
			checkRuns(t, path, func(args ...string) *exec.Cmd { return exec.Command(binary, args...) })
		})
	}
}

package interp_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"crossbook/interp"
)

// recordVariable, when set, makes TestPrograms write what the programs print when
// Go's toolchain builds and runs them.
const recordVariable = "CROSSBOOK_RECORD_PROGRAMS"

// TestPrograms runs the programs of testdata/programs as a cell each. They must print
// what they print when they are compiled, which lies beside them: corners of the
// language where an interpreter may differ without an error.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("testdata/programs/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	for _, file := range files {
		recorded := strings.TrimSuffix(file, ".go") + ".out"
		t.Run(filepath.Base(file), func(t *testing.T) {
			if !interp.Marking && filepath.Base(file) == "index_errors.go" {
				t.Skip("some of its numbers are found by the marks of lines, which are races")
			}
			if os.Getenv(recordVariable) != "" {
				record(t, file, recorded)
			}
			code, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(recorded)
			if err != nil {
				t.Fatal(err)
			}
			n := newNotebook(t)
			n.must(t, string(code))
			compareLines(t, n.printed(t), string(want))
		})
	}
}

// record writes what a compiled program prints.
func record(t *testing.T, file, recorded string) {
	t.Helper()
	var out, problems bytes.Buffer
	cmd := exec.Command("go", "run", file)
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		t.Fatalf("go run %s: %v\n%s", file, err, problems.String())
	}
	if err := os.WriteFile(recorded, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// compareLines reports the first lines that differ.
func compareLines(t *testing.T, got, want string) {
	t.Helper()
	const most = 10
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	count := 0
	for i := range max(len(g), len(w)) {
		line := func(list []string) string {
			if i < len(list) {
				return list[i]
			}
			return "(nothing)"
		}
		if a, b := line(g), line(w); a != b && count < most {
			count++
			t.Errorf("line %d is %q, compiled %q", i+1, a, b)
		}
	}
}

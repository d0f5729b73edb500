package interp

import (
	"fmt"
	"go/build"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"crossbook/interp/split"
	"crossbook/interp/symbols"
)

// The invalid programs of GOROOT/test are marked "// errorcheck" and say where
// the errors are.
var (
	plainErrorcheck = regexp.MustCompile(`(?m)^// errorcheck$`)
	errorMark       = regexp.MustCompile(`(?m)// (?:GC_)?ERROR `)
)

// TestErrorcheck compiles Go's own invalid programs as cells: none may be
// accepted, none may make the session panic. Those in errorcheck_accepted.txt are
// invalid only by rules that a notebook has not.
func TestErrorcheck(t *testing.T) {
	folder := filepath.Join(build.Default.GOROOT, "test")
	if _, err := os.Stat(filepath.Join(folder, "typeparam")); err != nil {
		t.Skip("this Go comes without its tests: ", err)
	}
	known := readList(t, "testdata/errorcheck_accepted.txt")
	count := 0
	for _, sub := range []string{".", "chan", "fixedbugs", "interface", "ken", "typeparam"} {
		files, err := filepath.Glob(filepath.Join(folder, sub, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if !plainErrorcheck.Match(text) || !errorMark.Match(text) {
				continue
			}
			count++
			name, _ := filepath.Rel(folder, f)
			err = compileProgram(string(text))
			_, listed := known[name]
			switch {
			case err == nil && !listed:
				t.Errorf("%s is accepted", name)
			case err != nil && listed:
				t.Errorf("%s is rejected: remove it from errorcheck_accepted.txt", name)
			case err != nil && strings.Contains(err.Error(), "beyond the session"):
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	t.Logf("%d invalid programs, %d of them accepted as cells", count, len(known))
}

// compileProgram compiles a cell in a session of its own and does not run it.
func compileProgram(code string) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("beyond the session: panic: %v", v)
		}
	}()
	s, err := New(Options{Library: symbols.Library()})
	if err != nil {
		return err
	}
	_, _, err = s.compile(split.NewSource(1, code))
	return err
}

// readList reads names with reasons.
func readList(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		name, reason, _ := strings.Cut(line, ": ")
		list[name] = reason
	}
	return list
}

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
	packageClause   = regexp.MustCompile(`(?m)^\s*package\b`)
)

// TestErrorcheck compiles Go's own invalid programs as cells: none may be
// accepted, none may make the session panic. Left out are programs for other systems,
// as Go's own runner of these tests does, and issue4776.go, whose only fault is that it
// has no package clause: a type declaration is a valid cell.
func TestErrorcheck(t *testing.T) {
	folder := filepath.Join(build.Default.GOROOT, "test")
	if _, err := os.Stat(filepath.Join(folder, "typeparam")); err != nil {
		t.Skip("this Go comes without its tests: ", err)
	}
	system := build.Default
	system.CgoEnabled = true
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
			if !plainErrorcheck.Match(text) || !errorMark.Match(text) || !packageClause.Match(text) {
				continue
			}
			name, _ := filepath.Rel(folder, f)
			if here, err := system.MatchFile(filepath.Dir(f), filepath.Base(f)); err == nil && !here {
				continue
			}
			count++
			switch err = compileProgram(string(text)); {
			case err == nil:
				t.Errorf("%s is accepted", name)
			case strings.Contains(err.Error(), "beyond the session"):
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	t.Logf("%d invalid programs", count)
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
	_, err = s.compile(split.NewSource(1, code))
	return err
}

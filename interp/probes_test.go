package interp_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"crossbook/interp"
	"crossbook/interp/symbols"
)

// probe is a notebook session with what it must show. In a probe file a blank
// session begins with "## name", "%%" separates cells, and then come lines:
// ">>" one of stdout, "=>" the value of the last expression as fmt.Sprint writes
// it, "=T" its type, "!!" a regular expression that the error matches, "?wait"
// milliseconds to wait at the end, "??" a remark.
type probe struct {
	name   string
	cells  []string
	stdout []string
	value  *string
	typ    string
	err    string
	wait   time.Duration
}

func readProbes(t *testing.T, file string) []probe {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var probes []probe
	for _, block := range strings.Split("\n"+string(text), "\n## ")[1:] {
		probes = append(probes, readProbe(t, block))
	}
	return probes
}

func readProbe(t *testing.T, block string) probe {
	t.Helper()
	lines := strings.Split(strings.TrimRight(block, "\n"), "\n")
	name, _, _ := strings.Cut(lines[0], " ::")
	p := probe{name: name}
	var cell []string
	for _, line := range lines[1:] {
		rest, marked := "", true
		mark, rest, _ := strings.Cut(line, " ")
		switch mark {
		case ">>":
			p.stdout = append(p.stdout, rest)
		case "=>":
			p.value = &rest
		case "=T":
			p.typ = rest
		case "!!":
			p.err = rest
		case "?wait":
			if _, err := fmt.Sscan(rest, &p.wait); err != nil {
				t.Fatal(err)
			}
			p.wait *= time.Millisecond
		case "??":
		case "%%":
			p.cells = append(p.cells, strings.Join(cell, "\n"))
			cell = nil
		default:
			marked = false
		}
		if !marked {
			cell = append(cell, line)
		}
	}
	p.cells = append(p.cells, strings.Join(cell, "\n"))
	return p
}

// verdict runs a probe and returns how it differs from what it must show.
func (p probe) verdict(t *testing.T) error {
	n := openNotebook(t, probeLibrary{symbols.Library()})
	var values []any
	var problems []string
	stdout := os.Stdout
	os.Stdout = n.out // where compiled code prints by itself
	defer func() { os.Stdout = stdout }()
	for _, code := range p.cells {
		out, err := n.cell(code)
		if err != nil {
			problems = append(problems, strings.ReplaceAll(err.Error(), "cell [", "cell "))
			var e *interp.Error
			if errors.As(err, &e) && e.Kind() == interp.Panic {
				problems = append(problems, e.Traceback()...)
			}
			continue
		}
		values = out
	}
	time.Sleep(p.wait)
	if err := p.checkError(strings.Join(problems, "; ")); err != nil {
		return err
	}
	if got := strings.Fields(n.printed(t)); len(p.stdout) > 0 && !slices.Equal(got, strings.Fields(strings.Join(p.stdout, "\n"))) {
		return fmt.Errorf("printed %q", got)
	}
	return p.checkValue(values)
}

func (p probe) checkError(problem string) error {
	switch {
	case p.err == "" && problem != "":
		return errors.New(problem)
	case p.err != "" && !regexp.MustCompile(p.err).MatchString(problem):
		return fmt.Errorf("error %q does not match %s", problem, p.err)
	}
	return nil
}

func (p probe) checkValue(values []any) error {
	got := "<none>"
	typ := ""
	if len(values) > 0 {
		got = strings.TrimSuffix(fmt.Sprintln(values...), "\n")
		typ = fmt.Sprintf("%T", values[0])
	}
	if p.value != nil && got != *p.value {
		return fmt.Errorf("value %s, want %s", got, *p.value)
	}
	if p.typ != "" && typ != p.typ {
		return fmt.Errorf("type %s, want %s", typ, p.typ)
	}
	return nil
}

// racy says which probes the race detector may reject for yaegi's own doing; none
// without it.
var racy = func(probe) bool { return false }

// marked names the probes that need the line of a panic, which nothing stores under
// the race detector.
var marked = map[string]bool{"panic-pos-in-func": true}

// TestProbes runs every probe. Those in gaps.txt must fail: one that passes has
// to leave the list.
func TestProbes(t *testing.T) {
	gaps := readGaps(t, "testdata/gaps.txt")
	files, err := filepath.Glob("testdata/probes/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no probes", err)
	}
	for _, file := range files {
		passed := 0
		probes := readProbes(t, file)
		for _, p := range probes {
			if racy(p) {
				continue
			}
			err := p.verdict(t)
			_, gap := gaps[p.name]
			gap = gap || marked[p.name] && !interp.Marking
			delete(gaps, p.name)
			switch {
			case err == nil && gap:
				t.Errorf("%s passes: remove it from gaps.txt", p.name)
			case err != nil && !gap:
				t.Errorf("%s: %v", p.name, err)
			}
			if err == nil {
				passed++
			}
		}
		t.Logf("%s: %d of %d pass", filepath.Base(file), passed, len(probes))
	}
	for name := range gaps {
		t.Errorf("gaps.txt lists %s, which does not exist", name)
	}
}

// readGaps returns the known gaps with the reason of each.
func readGaps(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	gaps := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		name, reason, _ := strings.Cut(line, ": ")
		gaps[name] = reason
	}
	return gaps
}

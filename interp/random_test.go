package interp_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// randomVariable is how many random programs to run; randomSeed where to begin.
const (
	randomVariable = "CROSSBOOK_RANDOM_PROGRAMS"
	seedVariable   = "CROSSBOOK_RANDOM_SEED"
	randomPrograms = 150
	batchSize      = 500 // programs that are compiled at once
	sessionSize    = 50  // programs that share a session
)

func fromEnvironment(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// TestRandomPrograms runs random programs both compiled and as cells: what they
// print must not differ.
func TestRandomPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("needs the compiler")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no Go here: ", err)
	}
	count := fromEnvironment(t, randomVariable, randomPrograms)
	g := &generator{Rand: rand.New(rand.NewPCG(uint64(fromEnvironment(t, seedVariable, 1)), 0))}
	differences := 0
	for done := 0; done < count; done += batchSize {
		programs := validPrograms(g, min(batchSize, count-done))
		want := compiledOutput(t, goTool, programs)
		got := sessionOutput(t, programs)
		for i, p := range programs {
			if got[i] != want[i] {
				if differences++; differences <= 10 {
					t.Errorf("%s\nprints %q, compiled %q", p, got[i], want[i])
				}
			}
		}
	}
	t.Logf("%d random programs, %d differences", count, differences)
}

// validPrograms generates programs that the type checker takes.
func validPrograms(g *generator, n int) []string {
	config := types.Config{Importer: importer.Default(), Error: func(error) {}}
	fmtPackage, err := importer.ForCompiler(token.NewFileSet(), "source", nil).Import("fmt")
	if err == nil {
		config.Importer = onlyFmt{fmtPackage}
	}
	var out []string
	for len(out) < n {
		p := g.program(len(out))
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "p.go", "package p\nimport \"fmt\"\n"+commonCode+p, parser.SkipObjectResolution)
		if err != nil {
			panic(fmt.Sprintf("%v\n%s", err, p))
		}
		if _, err := config.Check("p", fset, []*ast.File{f}, nil); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// commonCode is what all programs use.
const commonCode = "func same[T any](x T) T { return x }\n"

type onlyFmt struct{ fmt *types.Package }

func (o onlyFmt) Import(string) (*types.Package, error) { return o.fmt, nil }

// separator begins the output of a program.
const separator = "\n# program\n"

// compiledOutput builds the programs as one and returns what each prints.
func compiledOutput(t *testing.T, goTool string, programs []string) []string {
	t.Helper()
	folder := t.TempDir()
	var text strings.Builder
	text.WriteString("package main\n\nimport \"fmt\"\n\n" + commonCode + strings.Join(programs, "\n") + "\nfunc main() {\n")
	for i := range programs {
		fmt.Fprintf(&text, "\tfmt.Print(%q)\n\tp%d()\n", separator, i)
	}
	text.WriteString("}\n")
	file := filepath.Join(folder, "main.go")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(folder, "programs")
	if out, err := exec.Command(goTool, "build", "-o", binary, file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command(binary).Output()
	if err != nil {
		t.Fatal(err)
	}
	return outputs(out)
}

func outputs(out []byte) []string {
	var list []string
	for _, o := range bytes.Split(out, []byte(separator))[1:] {
		list = append(list, string(o))
	}
	return list
}

// sessionOutput runs each program as a cell and returns what it prints.
func sessionOutput(t *testing.T, programs []string) []string {
	t.Helper()
	var list []string
	var n *notebook
	for i, p := range programs {
		if i%sessionSize == 0 {
			n = newNotebook(t)
			n.must(t, commonCode)
		}
		_, err := n.cell(p + fmt.Sprintf("p%d()", i))
		out := n.printed(t)
		if err != nil {
			out += "error: " + err.Error()
		}
		list = append(list, out)
	}
	return list
}

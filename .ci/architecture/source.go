package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// sourceFile is one hand-written Go file of the repository.
type sourceFile struct {
	path  string // relative to the root, slashes
	lines int
	tree  *ast.File
	fset  *token.FileSet
}

func (f sourceFile) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// root is the repository's top folder.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// sources parses every Go file that git knows or would add, generated ones left out.
func sources(t *testing.T) []sourceFile {
	t.Helper()
	var files []sourceFile
	for _, path := range tracked(t, "*.go") {
		if file, ok := parseSource(t, path); ok {
			files = append(files, file)
		}
	}
	if len(files) == 0 {
		t.Fatal("no Go files found")
	}
	return files
}

func parseSource(t *testing.T, path string) (sourceFile, bool) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), path))
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, path, text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	file := sourceFile{path: path, lines: strings.Count(string(text), "\n"), tree: tree, fset: fset}
	return file, !ast.IsGenerated(tree)
}

// tracked lists the files of the repository that match pattern.
func tracked(t *testing.T, pattern string) []string {
	t.Helper()
	command := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", pattern)
	command.Dir = root(t)
	out, err := command.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	var paths []string
	for _, path := range strings.Fields(string(out)) {
		if _, err := os.Stat(filepath.Join(root(t), path)); err == nil && !strings.Contains(path, "testdata/") {
			paths = append(paths, path)
		}
	}
	return paths
}

package architecture

import (
	"go/ast"
	"slices"
	"testing"
)

const (
	longestFunction = 80
	longestFile     = 800
	mostParameters  = 4
)

// longFunctions may exceed the bound, each for its reason.
var longFunctions = map[string]string{}

func TestFunctionsFitAScreen(t *testing.T) {
	var lengths []int
	for _, file := range sources(t) {
		for _, decl := range file.tree.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok || function.Body == nil {
				continue
			}
			length := file.fset.Position(function.End()).Line - file.fset.Position(function.Pos()).Line + 1
			name := file.path + ":" + function.Name.Name
			if length > longestFunction && longFunctions[name] == "" {
				t.Errorf("%s has %d lines, at most %d", name, length, longestFunction)
			}
			if count := parameters(function); count > mostParameters {
				t.Errorf("%s takes %d parameters, at most %d: group them in a struct", name, count, mostParameters)
			}
			if !file.isTest() {
				lengths = append(lengths, length)
			}
		}
	}
	checkQuantile(t, lengths, quantile{"functions", 0.5, 10})
	checkQuantile(t, lengths, quantile{"functions", 0.9, 40})
}

// parameters counts them, the handle of a test (t, b, tb) apart.
func parameters(function *ast.FuncDecl) int {
	count := function.Type.Params.NumFields()
	if count == 0 {
		return 0
	}
	kind := function.Type.Params.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	if selector, ok := kind.(*ast.SelectorExpr); ok {
		if from, ok := selector.X.(*ast.Ident); ok && from.Name == "testing" {
			count--
		}
	}
	return count
}

func TestFilesFitAPage(t *testing.T) {
	var lengths []int
	for _, file := range sources(t) {
		if file.lines > longestFile {
			t.Errorf("%s has %d lines, at most %d: split it by concept", file.path, file.lines, longestFile)
		}
		if !file.isTest() {
			lengths = append(lengths, file.lines)
		}
	}
	checkQuantile(t, lengths, quantile{"files", 0.5, 150})
}

// quantile says that a share of all lengths stays within a bound.
type quantile struct {
	what  string
	share float64
	bound int
}

func checkQuantile(t *testing.T, lengths []int, want quantile) {
	t.Helper()
	slices.Sort(lengths)
	got := lengths[int(want.share*float64(len(lengths)-1))]
	t.Logf("%s: quantile %.1f is %d lines (bound %d)", want.what, want.share, got, want.bound)
	if got > want.bound {
		t.Errorf("%s: quantile %.1f is %d lines, at most %d", want.what, want.share, got, want.bound)
	}
}

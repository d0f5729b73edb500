package syntax

import (
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// world is a package whose types are spelled.
const world = `package main

import "unsafe"

type T struct{ a int }

type G[P any] struct{ p P }

var (
	basic     uint8
	named     *T
	instance  G[map[string]T]
	list      [3][]chan<- T
	function  func(int, ...T) (error, unsafe.Pointer)
	structure struct {
		A int ` + "`json:\"a\"`" + `
		b T
		_ int
	}
	iface interface{ M(T) }
	empty interface{}
)
`

func check(t *testing.T) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "world.go", world, 0)
	if err != nil {
		t.Fatal(err)
	}
	p, err := (&types.Config{Importer: importer.Default()}).Check("main", fset, []*ast.File{f}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSpeller(t *testing.T) {
	p := check(t)
	for name, want := range map[string]string{
		"basic":     "uint8",
		"named":     "*main.T",
		"instance":  "main.G[map[string]main.T]",
		"list":      "[3][]chan<- main.T",
		"function":  "func(int, ...main.T) (error, p_unsafe.Pointer)",
		"structure": "struct {\n\tA int \"json:\\\"a\\\"\"\n\tb main.T\n\t_ int\n}",
		"iface":     "interface {\n\tM(main.T)\n}",
		"empty":     "any",
	} {
		used := map[string]bool{}
		sp := &Speller{
			Uses: func(path string) { used[path] = true },
			Named: func(n *types.TypeName) (ast.Expr, error) {
				return &ast.SelectorExpr{X: ast.NewIdent("main"), Sel: ast.NewIdent(n.Name())}, nil
			},
		}
		if got := Text(sp.Expr(p.Scope().Lookup(name).Type())); got != want || sp.Err != nil {
			t.Errorf("%s is spelled %q (%v), want %q", name, got, sp.Err, want)
		}
		if used["unsafe"] != (name == "function") {
			t.Errorf("%s uses the packages %v", name, used)
		}
	}
}

// TestSpellerHides: the interpreter's unexported fields are hidden from encoders.
func TestSpellerHides(t *testing.T) {
	sp := &Speller{Hide: true, Uses: func(string) {}, Named: func(n *types.TypeName) (ast.Expr, error) { return ast.NewIdent(n.Name()), nil }}
	const want = "struct {\n\tA        int \"json:\\\"a\\\"\"\n\tb        T   \"json:\\\"-\\\" xml:\\\"-\\\"\"\n\tblank__2 int \"json:\\\"-\\\" xml:\\\"-\\\"\"\n}"
	if got := Text(sp.Expr(check(t).Scope().Lookup("structure").Type())); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestConstants(t *testing.T) {
	third := constant.BinaryOp(constant.MakeInt64(1), token.QUO, constant.MakeInt64(3))
	for _, c := range []struct {
		value        constant.Value
		plain, exact string
	}{
		{constant.MakeInt64(-7), "(-7)", "(-7)"},
		{constant.MakeFloat64(2), "2.0", "2.0"},
		{third, "0.3333333333333333", "1.0 / 3.0"},
		{constant.MakeString("a\n"), `"a\n"`, `"a\n"`},
		{constant.MakeBool(true), "true", "true"},
		{constant.ToComplex(constant.MakeInt64(1)), "complex(1.0, 0.0)", "complex(1.0, 0.0)"},
	} {
		if got := Text(Constant(c.value)); got != c.plain {
			t.Errorf("Constant(%s) is %s, want %s", c.value, got, c.plain)
		}
		if got := Text(ExactConstant(c.value)); got != c.exact {
			t.Errorf("ExactConstant(%s) is %s, want %s", c.value, got, c.exact)
		}
	}
}

// TestCopy: a copy shares nothing that can be changed.
func TestCopy(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "f.go", "package p\n\n// f adds.\nfunc (r *T[K]) f(a int) int { return a + 1 }\n", parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	d := f.Decls[0].(*ast.FuncDecl)
	copied, idents := Copy(d)
	for from, to := range idents {
		if from == to {
			t.Errorf("%s is shared", from.Name)
		}
		to.Name = "x"
	}
	if got := Text(copied); got != "func (x *x[x]) x(x x) x {\n\treturn x + 1\n}" {
		t.Errorf("copy is %s", got)
	}
	if name, generic := Receiver(d); name != "T" || !generic {
		t.Errorf("Receiver = %s, %v", name, generic)
	}
}

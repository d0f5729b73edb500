package lower_test

import (
	"errors"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"crossbook/interp/cell"
	"crossbook/interp/check"
	"crossbook/interp/lower"
	"crossbook/interp/packages"
	"crossbook/interp/split"
	"crossbook/interp/symbols"
	"crossbook/interp/syntax"
	"crossbook/interp/value"
	"crossbook/interp/world"
)

// lowered takes a cell without generic code up to the step and writes it.
func lowered(code string) (string, error) {
	fset := token.NewFileSet()
	w := world.New(fset, packages.NewImporter(symbols.Library(), fset), map[string]string{"fmt": "fmt"})
	read, err := cell.Read(w, split.NewSource(1, code), w.Importer.Import)
	if err != nil {
		return "", err
	}
	c := &check.Checked{Cell: read}
	for _, step := range []func() error{c.Check, c.Keep} {
		if err := step(); err != nil {
			return "", err
		}
	}
	out, err := lower.Cell(c, lower.Session{
		Displays: []types.Type{types.Universe.Lookup("error").Type()}, Texts: new(value.Printer),
	})
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, d := range out.Decls {
		b.WriteString(syntax.Text(d) + "\n")
	}
	for _, s := range out.Body {
		b.WriteString(syntax.Text(s) + "\n")
	}
	return strings.Join(strings.Fields(b.String()), " "), nil
}

// TestForms: forms that yaegi lacks or gets wrong, and what stands for them.
func TestForms(t *testing.T) {
	for _, c := range []struct {
		what, code string
		want       []string
	}{
		{"constants are folded", "y := 7 / 2 * 1.0", []string{"var y float64", "y = 3.0"}},
		{"a value is shown", "1 << 3", []string{"step__ = 1", "var v__t1 int = 8", "p_crossbook_session.Show(v__t1)"}},
		{"fmt.Println shows nothing", "fmt.Println(1)", []string{"p_fmt.Println(1)"}},
		{"a range over an integer counts", "for i := range 3 {\n\t_ = i\n}", []string{"for i := 0; i < 3; i++"}},
		{"the limit of a range over an integer is that at its beginning", "n := uint8(3)\nfor i := range n {\n\t_ = i\n}", []string{"n__t2 := n", "for i := uint8(0); i < n__t2; i++"}},
		{"min and max are functions", "x := min(2.0, float64(len(fmt.Sprint())))", []string{"p_crossbook_session.minFloat("}},
		{"a method is a function, and a slot", "type T struct{ a int }\nfunc (t T) Get() int { return t.a }\nx := T{3}.Get()", []string{
			"var T_Get__slot func(T) int", "func T_Get__1(t T) int", "func (r__ T) Get() int { return T_Get__slot(r__) }", "T_Get__slot = T_Get__1", "x = T_Get__1(T{3})",
		}},
		{"a select is chosen by the session", "c := make(chan int)\nselect {\ncase v := <-c:\n\t_ = v\ndefault:\n}", []string{"p_crossbook_session.Select(true,"}},
		{"a goroutine is the session's", "go fmt.Println()", []string{"p_crossbook_session.Go("}},
		{"recover gives what Go gives", "defer func() { recover() }()", []string{"p_crossbook_session.Recovered(recover())"}},
		{"interfaces are compared by value", "var a, b any = 1, 2\nx := a == b", []string{"p_crossbook_session.Equal(a, b)"}},
		{"a lock can be interrupted", "import \"sync\"\nvar m sync.Mutex\nm.Lock()", []string{"p_crossbook_session.Lock(&m)"}},
		{"types are marked", "type T struct{ a int }", []string{`type T struct { a int "json:"-" xml:"-" cell:"T__t1"" }`}},
	} {
		got, err := lowered(c.code)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		got = strings.ReplaceAll(strings.ReplaceAll(got, `\"`, `"`), "\t", " ")
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q\nis   %s\nwant %s", c.what, c.code, got, want)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	for code, want := range map[string]string{
		"type A struct{}\nfunc (A) String() string { return \"a\" }\ntype B struct{}\nfunc (B) String() string { return \"b\" }\ntype D struct{ A }\nvar s fmt.Stringer = struct { D; B }{}": "another method String",
		"1 << 70": "overflows int",
		"import \"log/slog\"\ntype A int\nfunc (A) String() string { return \"a\" }\nslog.Info(\"x\", \"a\", A(1))":                     "log/slog does not see the method String of A",
		"import \"log/slog\"\ntype A struct{}\nfunc (*A) Error() string { return \"a\" }\nslog.Default().With(\"a\", &A{}).Warn(\"x\")": "log/slog does not see the method Error of A",
	} {
		_, err := lowered(code)
		var typed types.Error
		if !errors.As(err, &typed) || !strings.Contains(typed.Msg, want) {
			t.Errorf("%q: error %v, want %q", code, err, want)
		}
	}
}

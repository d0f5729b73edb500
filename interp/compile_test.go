package interp_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossbook/interp"
	"crossbook/interp/compiled"
	"crossbook/interp/symbols"
)

// compileNotebook is a notebook whose compiled cells are kept for the tests alone.
func compileNotebook(t testing.TB) *notebook {
	t.Helper()
	out, err := os.OpenFile(filepath.Join(t.TempDir(), "out"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	s, err := interp.New(interp.Options{
		Library: symbols.Library(), Prelude: symbols.Library().Prelude(), Stdout: out, Stderr: out,
		Compile: compiled.Builder{Cache: compileCache},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &notebook{Session: s, out: out}
}

// compileCache is the folder of the compiled cells of all tests.
var compileCache = filepath.Join(os.TempDir(), fmt.Sprintf("crossbook-compile-test-%d", os.Getuid()))

// crossing is a compiled cell with a function for each kind of value.
const crossing = `%compile
import (
	"errors"
	"io"
	"net/http"
)

func numbers(a int, b uint8, c float32, d complex128, e bool, s string) string { return fmt.Sprintln(a, b, c, d, e, s) }
func several(a, b int) (int, int, error) { return a / b, a % b, nil }
func named(_ int, s ...string) (n int, err error) { n = len(s); return }
func spread(x ...float64) { for i := range x { x[i]++ } }
func prints(s string) { fmt.Print(s) }
func cut(x []int) []int { x[1] = 5; return append(x[:1], 9) }
func shift(x, y []int) { for i := range x { y[i] = x[i] } }
func nils(x []int, m map[string]int, p *int, e error) string { return fmt.Sprint(x == nil, m == nil, p == nil, e == nil) }
func empties(x []int, m map[string]int) (bool, []int) { return x == nil || m == nil, []int{} }
func rows(x [][]float64) (s float64) { for _, r := range x { for j := range r { s += r[j]; r[j] = 0 } }; return }
func arrays(x [3]int, y *[3]int) [3]int { x[0], y[0] = 9, 9; return x }
func text(e error) string { return e.Error() }
func next(x int) int { return x + 1 }
func twice(d time.Duration) time.Duration { return 2 * d }
func outOf(x []int, i int) { x[0] = 9; x[i] = 1 }

func failing(n int) error {
	switch n {
	case 0:
		return nil
	case 1:
		return io.EOF
	case 2:
		return fmt.Errorf("read: %w", io.EOF)
	}
	return errors.New("own")
}

const n = 4

type (
	C float64
	V []C
	B [n]int
	P struct {
		X, y float64
		Name string
		Tags []string
	}
	L struct {
		V    int
		Next *L
	}
)

func names(v V, b B) C { return v[0] + C(len(b)) }
func structs(p *P, q P) P { p.X, p.y, q.Name = 2*p.X, 3*p.y, "q"; p.Tags = append(p.Tags, q.Name); return q }
func all(ps []P) { for i := range ps { ps[i].X *= 2 } }
func table(m map[string][]int) { delete(m, "a"); m["b"] = append(m["b"], 3); m["c"] = nil }
func sum(l *L) int { s := 0; for ; l != nil; l = l.Next { s += l.V; l.V = 0 }; return s }
func list(n int) *L { if n == 0 { return nil }; return &L{n, list(n - 1)} }

func (p P) Dot(q P) float64 { return p.X*q.X + p.y*q.y }
func (p *P) Scale(f float64) { p.X *= f; p.y *= f }
func (p P) String() string { return fmt.Sprintf("<%g %g>", p.X, p.y) }

func integrate(f func(float64) float64, n int) (s float64) { for i := range n { s += f(float64(i)) }; return }
func squares(n int) float64 { return integrate(func(x float64) float64 { return x * x }, n) }

var calls = start()
func start() int { return 10 }
func init() { calls++ }
func count() int { calls++; return calls }
`

// TestCompileCrosses calls compiled functions with what they take and give.
func TestCompileCrosses(t *testing.T) {
	n := compileNotebook(t)
	n.must(t, crossing)
	for code, want := range map[string]string{
		`numbers(-1, 200, 1.5, 2i, true, "ü")`:                                                "-1 200 1.5 (0+2i) true ü\n",
		"q, r, err := several(7, 2)\nfmt.Print(q, r, err)":                                    "3 1 <nil>",
		`c, err := named(1, "a", "b"); fmt.Print(c, err)`:                                     "2 <nil>",
		"x := []float64{1, 2}\nspread(x...)\nx":                                               "[2 3]",
		`prints("printed")`:                                                                   "printed",
		"x := []int{1, 2, 3}\ny := cut(x)\ny[0] = 7\nfmt.Print(x, y)":                         "[7 9 3] [7 9]",
		"x := []int{1, 2, 3, 4}\nshift(x[:3], x[1:])\nx":                                      "[1 1 1 1]",
		"nils(nil, nil, nil, nil)":                                                            "true true true true",
		"a, b := empties([]int{}, map[string]int{})\nfmt.Print(a, b == nil)":                  "false false",
		"x := [][]float64{{1, 2}, {3}}\ns := rows(x)\nfmt.Print(s, x)":                        "6 [[0 0] [0]]",
		"x, y := [3]int{1}, [3]int{1}\nz := arrays(x, &y)\nfmt.Print(x, y, z)":                "[1 0 0] [9 0 0] [9 0 0]",
		"p := P{1, 1, \"p\", nil}\nq := structs(&p, p)\nfmt.Print(p.Tags, p, q.Tags, q.Name)": "[q] <2 3> []q",
		"ps := []P{{X: 1}, {X: 3}}\nall(ps)\nfmt.Print(ps)":                                   "[<2 0> <6 0>]",
		"names(V{2}, B{})": "6",
		"m := map[string][]int{\"a\": {1}, \"b\": {2}}\ntable(m)\nm":                              "map[b:[2 3] c:[]]",
		"l := list(3)\na := sum(l)\nfmt.Print(a, l.V, l.Next.V, l.Next.Next.V, l.Next.Next.Next)": "6 0 0 0 <nil>",
		"p := P{X: 1, y: 2}\np.Scale(2)\nfmt.Print(p.Dot(P{X: 1, y: 1}), p)":                      "6 <2 4>",
		"squares(4)":           "14",
		"count()\ncount() - n": "9",
		"import \"io\"\nfor i := range 4 { err := failing(i); fmt.Print(err, err == io.EOF, errors.Is(err, io.EOF), \";\") }":                    "<nil> false false;EOF true true;read: EOF false true;own false false;",
		"type E struct{}\nfunc (E) Error() string { return \"mine\" }\ntext(E{})":                                                                "mine",
		"g := next\nh := []func(int) int{next}\ng(1) + h[0](2)":                                                                                  "5",
		"func both() { defer prints(\"b\"); prints(\"a\") }\nboth()":                                                                             "ab",
		"func safe(x []int) (v any) { defer func() { v = recover() }(); outOf(x, 5); return nil }\nx := []int{1}\nv := safe(x)\nfmt.Print(v, x)": "runtime error: index out of range [5] with length 1[9]",
		"twice(time.Second)": "2s",
	} {
		n.printed(t)
		got := n.must(t, code)
		text := n.printed(t)
		if len(got) > 0 {
			text = fmt.Sprint(got...)
		}
		if text != want {
			t.Errorf("%s\ngot %q, want %q", code, text, want)
		}
	}
}

// TestCompileCells mixes compiled cells with others.
func TestCompileCells(t *testing.T) {
	for name, c := range map[string]struct {
		cells []string // the last one's value or output is compared
		want  string
	}{
		"earlier":          {[]string{"const k = 3\ntype T struct{ A int }\nfunc (t T) Twice() int { return 2 * t.A }\nfunc sq(x int) int { return x * x }", "%compile\nfunc f(t T) int { return k * sq(t.Twice()) }\nfunc (t *T) Add(x int) { t.A += x }", "t := &T{1}\nt.Add(2)\nfmt.Print(f(*t), t.Twice())"}, "108 6"},
		"generic":          {[]string{"type Number interface{ ~int | ~float64 }\nfunc sum[T Number](x []T) (s T) { for _, v := range x { s += v }; return }", "%compile\ntype Pair[T any] struct{ a, b T }\nfunc max2[T Number](p Pair[T]) T { return max(p.a, p.b) }\nfunc f(x []float64) float64 { return max2(Pair[float64]{sum(x), 1}) }", "f([]float64{1, 2})"}, "3"},
		"anew":             {[]string{"func f() int { return 1 }\nfunc g() int { return f() }", "%compile\nfunc f() int { return 2 }", "a := g()", "func f() int { return 3 }", "b := g()", "%compile\nfunc f() int { return 4 }", "fmt.Print(a, b, g())"}, "2 3 4"},
		"used anew":        {[]string{"func sq(x int) int { return x * x }\nconst k = 1", "%compile\nfunc f(x int) int { return k * sq(x) }\nfunc g(x int) int { return f(x) + 1 }", "a := f(2)", "func sq(x int) int { return x + 100 }\nb := f(2)", "const k = 2", "c := f(2)", "func f(x int) int { return sq(x) + 1000 }", "fmt.Print(a, b, c, g(2))"}, "4 102 204 1103"},
		"variables anew":   {[]string{"var t = 1", "%compile\nvar t = 10\nfunc f() int { t++; return t }", "f()\nt := 2", "fmt.Print(t, f())"}, "2 12"},
		"run again":        {[]string{"%compile\nvar t int\nfunc f() int { t++; return t }", "f()\ng := f", "%compile\nvar t int\nfunc f() int { t++; return t }", "fmt.Print(f(), f())"}, "1 2"},
		"context":          {[]string{"%compile\nimport \"context\"\nfunc f(ctx context.Context, n int) error { <-ctx.Done(); return ctx.Err() }", "import \"context\"\nc, cancel := context.WithTimeout(ctx, 20*time.Millisecond)\ndefer cancel()\nfmt.Print(f(c, 1) == context.DeadlineExceeded)"}, "true"},
		"shadowed builtin": {[]string{"func len(x string) int { return 77 }", "%compile\nfunc f() int { return len(\"a\") }", "f()"}, "77"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := compileNotebook(t)
			var got []any
			for _, code := range c.cells {
				n.printed(t)
				got = n.must(t, code)
			}
			text := n.printed(t)
			if len(got) > 0 {
				text = fmt.Sprint(got...)
			}
			if text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

// TestCompileRefuses lists what a compiled cell cannot have.
func TestCompileRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		before, code, want string
	}{
		"function":         {"", "%compile\n\nfunc f(g func(int) int) int { return g(1) }", "cell [2]:3:6: parameter g of f: type func(int) int cannot cross to compiled code: a function stays in its process"},
		"channel":          {"", "%compile\nfunc f() (c chan int) { return nil }", "result c of f: type chan int cannot cross"},
		"any":              {"", "%compile\nfunc f(int, any) {}", "parameter 2 of f: type any cannot cross to compiled code: of interfaces only error crosses"},
		"field":            {"type T struct{ A []struct{ F func() } }", "%compile\nfunc f(t *T) {}", "parameter t of f: field A of T: field F of struct{F func()}: type func() cannot cross"},
		"foreign":          {"", "%compile\nfunc f(t time.Time) {}", "type time.Time cannot cross to compiled code: its fields are those of package time alone"},
		"generic":          {"", "%compile\nfunc f[T any](t T) {}", "f is generic"},
		"statement":        {"", "%compile\nfunc f() {}\nx := 1", "cell [2]:3:1: a %compile cell has declarations only"},
		"main":             {"", "%compile\nfunc main() {}", "has no main"},
		"nothing":          {"", "%compile\nconst k = 1", "no function that another cell could call"},
		"variable":         {"x := 1", "%compile\nfunc f() int { return x }", "cell [2]:2:23: variable x lives in the session"},
		"far variable":     {"x := 1\nfunc g() int { return x }", "%compile\nfunc f() int { return g() }", "cell [1]:2:23: variable x lives in the session"},
		"ctx":              {"", "%compile\nfunc f() error { return ctx.Err() }", "give the function a parameter ctx context.Context"},
		"gonum":            {"", "%compile\nimport \"gonum.org/v1/gonum/mat\"\nfunc f() { _ = mat.NewDense(1, 1, nil) }", "compiled code has the packages of the standard library only"},
		"crossbook":        {"", "%compile\nfunc f() { _ = nn.MLP(1, 2) }", "crossbook/neurosim/nn is compiled into the session"},
		"undefined":        {"", "%compile\nfunc f() int { return y }", "cell [2]:2:23: undefined: y"},
		"unused":           {"", "%compile\nfunc f() {\n\tz := 1\n}", "cell [2]:3:2: declared and not used: z"},
		"type":             {"", "%compile\nfunc f() int { return \"a\" }", "cell [2]:2:23: cannot use \"a\""},
		"syntax":           {"", "%compile\nfunc f( { }", "cell [2]:2:"},
		"directive":        {"", "%compiled\nfunc f() {}", "cell [2]:1:1: unknown directive %compiled: the one there is is %compile"},
		"compiler":         {"", "%compile\nfunc f() int\n", "f has no body"},
		"inner variable":   {"%compile\nvar t = 1\nfunc f() {}", "t", "undefined: t (a variable inside the compiled code of cell [1]"},
		"inner function":   {"%compile\nfunc g(f func()) { f() }\nfunc f() { g(func() {}) }", "g(func() {})", "undefined: g (inside the compiled code of cell [1]"},
		"state of another": {"%compile\nvar t = 1\nfunc f() int { return t }", "%compile\nfunc g() int { return f() }", "f uses what is inside the compiled code of cell [1]"},
		"error key":        {"", "%compile\nfunc f(m map[error]int) {}", "an error or another interface as the key of a map"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := compileNotebook(t)
			n.must(t, c.before)
			_, err := n.cell(c.code)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
			var e *interp.Error
			if !errors.As(err, &e) || e.Kind() != interp.CompileError {
				t.Errorf("not a CompileError: %v", err)
			}
		})
	}
}

// TestCompilePanics runs what ends in compiled code.
func TestCompilePanics(t *testing.T) {
	const code = `%compile
import ("os"; "errors")
type T struct{ a int }
func (t *T) at(x []int) int {
	return x[t.a]
}
func f(kind string) int {
	switch kind {
	case "index":
		return (&T{3}).at(nil)
	case "error":
		panic(errors.New("mine"))
	case "text":
		func() { panic("text") }()
	case "int":
		panic(7)
	case "exit":
		os.Exit(3)
	case "goroutine":
		done := make(chan int)
		go func() {
			panic("apart")
		}()
		<-done
	case "stack":
		return f("stack") + 1
	}
	return 1
}`
	n := compileNotebook(t)
	n.must(t, code)
	n.must(t, "func g(kind string) int { return f(kind) }")
	for kind, want := range map[string][]string{
		"index":     {"runtime error: index out of range [3] with length 0", "in T.at, cell [1]:5", "in f, cell [1]:10", "in g, cell [2]:1"},
		"error":     {"panic: mine", "in f, cell [1]:12"},
		"text":      {"panic: text", "in f, cell [1]:14"},
		"int":       {"panic: 7", "in f, cell [1]:16"},
		"exit":      {"the compiled code has ended: exit status 3"},
		"goroutine": {"the compiled code has ended: panic: apart", "in f, cell [1]:22"},
		"stack":     {"the compiled code has ended: exit status 2, a fatal error that the output tells", "in f, cell [1]:26"},
	} {
		_, err := n.cell("g(\"" + kind + "\")")
		var e *interp.Error
		if !errors.As(err, &e) || e.Kind() != interp.Panic {
			t.Fatalf("%s: %v", kind, err)
		}
		trace := strings.Join(e.Traceback(), "\n")
		for _, w := range want {
			if !strings.Contains(trace, w) {
				t.Errorf("%s: no %q in\n%s", kind, w, trace)
			}
		}
		if got := fmt.Sprint(n.must(t, `f("")`)...); got != "1" {
			t.Errorf("after %s: %s", kind, got)
		}
	}
}

// TestCompileInterrupt stops calls that do not end, and calls again.
func TestCompileInterrupt(t *testing.T) {
	n := compileNotebook(t)
	n.must(t, `%compile
import "context"
var calls int
func spin() { for i := 0; ; i++ { calls += i & 1 } }
func count() int { calls = 1 + calls & 1; return calls }
func polite(ctx context.Context, x []int) { <-ctx.Done(); x[0] = 5 }
`)
	n.must(t, "x := []int{1}\ncount()")
	interrupted := func(code string) {
		t.Helper()
		ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer cancel()
		start := time.Now()
		_, err := n.Run(ctx, 9, code)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", code, err)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s took %v to stop", code, d)
		}
	}
	interrupted("polite(ctx, x)")
	if got := fmt.Sprint(n.must(t, "x")...); got != "[5]" {
		t.Errorf("a function that listens to its context left %s", got)
	}
	n.printed(t)
	interrupted("spin()")
	if got := fmt.Sprint(n.must(t, "count()")...); got != "1" {
		t.Errorf("got %s", got)
	}
	if text := n.printed(t); !strings.Contains(text, "cell [1]: the compiled code starts again, and its variables have their first values") {
		t.Errorf("printed %q", text)
	}
}

// TestCompileBuildInterrupted stops the build.
func TestCompileBuildInterrupted(t *testing.T) {
	n := compileNotebook(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := n.Run(ctx, 1, "%compile\nfunc f() int { return 123456 }")
	var e *interp.Error
	if !errors.As(err, &e) || e.Kind() != interp.Interrupted {
		t.Errorf("%v", err)
	}
}

// TestCompileTypesAnew tells that compiled code goes on with the types that it had.
func TestCompileTypesAnew(t *testing.T) {
	n := compileNotebook(t)
	n.must(t, "type T struct{ A int }\ntype U struct{ A int }")
	n.must(t, "%compile\nfunc f(t T) int { return t.A }\nfunc g(u *U) { u.A++ }")
	n.must(t, "t := T{3}\nu := U{1}")
	n.must(t, "type T struct{ B string; A int }")
	if text := n.printed(t); !strings.Contains(text, "cell [2], compiled, goes on with what it was compiled with: the types of f have changed: run the cell again") {
		t.Errorf("printed %q", text)
	}
	if got := fmt.Sprint(n.must(t, "g(&u)\nfmt.Sprint(f(t), u)")...); got != "3 {2}" {
		t.Errorf("got %s", got)
	}
	n.must(t, "%compile\nfunc f(t T) int { return t.A }")
	if got := fmt.Sprint(n.must(t, "f(T{\"\", 4})")...); got != "4" {
		t.Errorf("got %s", got)
	}
}

// TestCompileParallel calls from goroutines that share what they read and write
// parts of one slice.
func TestCompileParallel(t *testing.T) {
	n := compileNotebook(t)
	n.must(t, `%compile
func fill(out, table []int, from, to int) { for i := from; i < to; i++ { out[i] = table[i%len(table)] } }
`)
	got := n.must(t, `import "sync"
out, table := make([]int, 1000), []int{1, 2, 3}
var wg sync.WaitGroup
for i := range 10 {
	wg.Add(1)
	go func() { defer wg.Done(); fill(out, table, 100*i, 100*(i+1)) }()
}
wg.Wait()
sum := 0
for i, v := range out { if v == table[i%3] { sum++ } }
sum`)
	if fmt.Sprint(got...) != "1000" {
		t.Errorf("%v of 1000 written", got)
	}
}

// TestCompileWithoutGo has no toolchain.
func TestCompileWithoutGo(t *testing.T) {
	t.Setenv("PATH", "")
	t.Setenv("GOROOT", "")
	s, err := interp.New(interp.Options{Library: symbols.Library(), Compile: compiled.Builder{Cache: t.TempDir(), Places: []string{}}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Run(context.Background(), 1, "%compile\nfunc f() int { return 1 }")
	if !errors.Is(err, compiled.ErrNoToolchain) {
		t.Errorf("%v", err)
	}
	t.Log(err)
	if _, err := s.Run(context.Background(), 2, "func f() int { return 1 }\nf()"); err != nil {
		t.Error(err)
	}
}

// TestCompileAssists completes and inspects what a compiled cell has declared.
func TestCompileAssists(t *testing.T) {
	n := compileNotebook(t)
	n.must(t, "%compile\ntype T struct{ Field int }\n\n// twice doubles.\nfunc twice(x int) int { return 2 * x }\nvar inner = 1\nfunc (t T) Meth() int { return inner }")
	if got := fmt.Sprint(n.Names()); got != "[T twice]" {
		t.Error(got)
	}
	text, _, found := n.Inspect("twice", 2, 1)
	if !found || !strings.Contains(text, "func twice(x int) int") || !strings.Contains(text, "twice doubles.") {
		t.Errorf("%q", text)
	}
	_, _, all := n.Complete("T{}.", 4)
	if len(all) != 2 {
		t.Errorf("%v", all)
	}
	_, _, all = n.Complete("%compile\nfunc g() int { return twi", 34)
	if len(all) != 1 {
		t.Errorf("%v", all)
	}
	_, _, all = n.Complete("%co", 3)
	if len(all) != 1 || all[0].Text != "%compile" {
		t.Errorf("%v", all)
	}
	if status, _ := n.IsComplete("%compile\nfunc g() {"); status != "incomplete" {
		t.Error(status)
	}
	if status, _ := n.IsComplete("%compile\nfunc g() {}"); status != "complete" {
		t.Error(status)
	}
}

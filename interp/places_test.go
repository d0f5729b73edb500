package interp_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// worth is an expression of some kind and its type.
type worth struct{ expr, typ string }

var worths = []worth{
	{"i", "int"},
	{"-i", "int"},
	{"^i", "int"},
	{"i * j", "int"},
	{"i << 2", "int"},
	{"1 << u", "int"},
	{"i &^ j", "int"},
	{"u << 3", "uint"},
	{"uint8(i) << 7", "uint8"},
	{"i == j", "bool"},
	{"!b", "bool"},
	{"b && i > 2", "bool"},
	{"f / g", "float64"},
	{"-f", "float64"},
	{"float32(f)", "float32"},
	{"complex(f, g)", "complex128"},
	{"-z", "complex128"},
	{"real(z)", "float64"},
	{"s + t", "string"},
	{"s[1]", "byte"},
	{"s[1:2]", "string"},
	{"rune(s[0])", "rune"},
	{"[]byte(s)", "[]byte"},
	{"string(bs)", "string"},
	{`m["a"]`, "int"},
	{`nest[1]["k"]`, "int"},
	{"*p", "int"},
	{"ar", "[3]int"},
	{"ar[i-3]", "int"},
	{"st", "S"},
	{"st.a", "int"},
	{"*ps", "S"},
	{"ps", "*S"},
	{"&st", "*S"},
	{"&S{i}", "*S"},
	{"S{i}", "S"},
	{"struct{ x, y int }{i, j}", "struct{ x, y int }"},
	{"[2]int{i, j}", "[2]int"},
	{"[2]int{i, j} == [2]int{j, i}", "bool"},
	{"st == S{8}", "bool"},
	{"[]int{i}[0]", "int"},
	{`map[string]int{"q": i}`, "map[string]int"},
	{"xs", "[]int"},
	{"xs[1:]", "[]int"},
	{"append(xs, i)", "[]int"},
	{"copy(xs, xs[1:])", "int"},
	{"len(s)", "int"},
	{"min(i, j)", "int"},
	{"fn(i)", "int"},
	{"named()", "int"},
	{"func() int { return i }()", "int"},
	{"func() (r int) { defer func() { r++ }(); return i }()", "int"},
	{"st.M()", "int"},
	{"ps.P", "func() int"},
	{"fn", "func(int) int"},
	{"fns[0](i)", "int"},
	{"same(st)", "S"},
	{"same(str)", "fmt.Stringer"},
	{"any(i)", "any"},
	{"e", "any"},
	{"e.(int)", "int"},
	{"e == any(11)", "bool"},
	{"nil == e", "bool"},
	{"<-ci", "int"},
	{"<-cs", "S"},
	{"<-ca", "any"},
	{"<-cf", "func() int"},
	{"K(i)", "K"},
	{"-K(i)", "K"},
	{"K(i) + 1", "K"},
	{"K(i) << 1", "K"},
	{"str", "fmt.Stringer"},
	{"fmt.Stringer(K(i))", "fmt.Stringer"},
	{"errs", "error"},
	{"error(nil)", "error"},
	{"time.Duration(i) * time.Second", "time.Duration"},
	{"du / 3", "time.Duration"},
	{"math.Sqrt(f)", "float64"},
	{"strings.ToUpper(s)", "string"},
	{"(i)", "int"},
	{"(fn)", "func(int) int"},
	{"(fn)(i)", "int"},
}

// places are where a value goes: TYPE is its type, or any, VALUE the expression, and GLOBAL
// a variable at package level.
var places = []string{
	"var y TYPE; y = VALUE; return y",
	"var y TYPE = VALUE; q := &y; *q = y; return y",
	"var y TYPE; func() { y = VALUE }(); return y",
	"var y TYPE; func() { func() { y = VALUE }() }(); return y",
	"var y TYPE; w := make(chan bool); go func() { y = VALUE; close(w) }(); <-w; return y",
	"var y TYPE; func() { defer func() { y = VALUE }() }(); return y",
	"var y TYPE; func() { defer func(v TYPE) { y = v }(VALUE) }(); return y",
	"return func() (y TYPE) { y = VALUE; return }()",
	"return func() (y TYPE) { return VALUE }()",
	"return func() (y TYPE) { defer func() { y = VALUE }(); return }()",
	"y, _ := func() (TYPE, int) { return VALUE, 1 }(); return y",
	"var w struct { n int; v TYPE }; func() { w.v = VALUE }(); return w.v",
	"w := &struct { n int; v TYPE }{}; w.v = VALUE; return w.v",
	`w := map[string]TYPE{}; w["k"] = VALUE; return w["k"]`,
	"w := make([]TYPE, 2); w[1] = VALUE; return w[1]",
	"var w [2]TYPE; func() { w[1] = VALUE }(); v := w; return v[1]",
	"var y TYPE; q := &y; func() { *q = VALUE }(); return y",
	"w := make(chan TYPE, 1); func() { w <- VALUE }(); y := <-w; func() { y2 := y; y = y2 }(); return y",
	"return func(y TYPE) any { return y }(VALUE)",
	"return func(y ...TYPE) any { return y[1] }(VALUE, VALUE)",
	"y := VALUE; func() { y2 := y; y = y2 }(); return y",
	"var x int; var y TYPE; func() { x, y = 1, VALUE }(); _ = x; return y",
	"return []TYPE{VALUE}[0]",
	"return same[TYPE](VALUE)",
	"w := Box[TYPE]{}; w.Set(VALUE); return w.v",
	"if y := (VALUE); true { return y }; return nil",
	"switch y := (VALUE); { default: return y }",
	"for _, y := range []TYPE{VALUE} { return func() any { return y }() }; return nil",
	"var y TYPE; w := make(chan TYPE, 1); select { case w <- VALUE: }; func() { select { case y = <-w: } }(); return y",
	"for y := range func(yield func(TYPE) bool) { yield(VALUE) } { return y }; return nil",
	"var y TYPE; for range func(yield func() bool) { yield() } { y = VALUE }; return y",
	"func() { GLOBAL = VALUE }(); y := GLOBAL; GLOBAL = y; return y",
	"var y TYPE; (y) = (VALUE); return (y)",
	"return func() func() TYPE { y := (TYPE)(VALUE); return func() TYPE { return y } }()()",
}

// anyPlaces are more of them for values of every type.
var anyPlaces = []string{
	"w := ring.New(1); w.Value = VALUE; return w.Value",
	"return context.WithValue(context.Background(), S{}, VALUE).Value(S{})",
	"defer func() { out = recover() }(); if i := any(VALUE); i != nil { panic(i) }; return nil",
	"return fmt.Sprint(show(VALUE))",
	"return append([]any{}, VALUE)[0]",
	"switch v := any(VALUE).(type) { case int: return v; case nil: return nil; default: return v }",
}

const placesHead = `package main

import (
	"container/ring"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

type Box[T any] struct { n int; v T }

func (b *Box[T]) Set(x T) { b.v = x }

type K int

func (k K) String() string { return fmt.Sprint("K", int(k)) }

type S struct { a int }

func (s S) M() int { return s.a }
func (s *S) P() int { return -s.a }

func same[T any](x T) T { return x }
func fn(i int) int { return -i }
func named() (r int) { r = 5; return }

func show(x any) any {
	switch x := x.(type) {
	case *S:
		return *x
	case func() int:
		return x()
	case func(int) int:
		return x(2)
	}
	return x
}

func try(name string, f func() any) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panics", r)
		}
	}()
	v := show(f())
	fmt.Printf("%s: %v %T\n", name, v, v)
}

var _, _, _, _, _ = ring.New, context.Background, math.Pi, strings.ToUpper, time.Now
`

const placesLocals = `i, j, u, b, f, g, s, t := 3, 2, uint(1), true, 2.5, 0.5, "abc", "d"
	m, p, ar, st, ps, xs, bs := map[string]int{"a": 7}, &i, [3]int{4, 5, 6}, S{8}, &S{9}, []int{9, 10}, []byte("hi")
	ci, cs, ca, cf := make(chan int, 2), make(chan S, 2), make(chan any, 2), make(chan func() int, 2)
	for k := range 2 { ci <- 12; cs <- S{13}; ca <- 14; cf <- func() int { return 15 + k } }
	var e any = 11
	var str fmt.Stringer = K(4)
	z, du, errs, nest, fns := 1+2i, 4*time.Second, errors.New("sent"), map[int]map[string]int{1: {"k": 16}}, []func(int) int{fn}
	_, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _ = i, j, u, b, f, g, s, t, m, p, ar, st, ps, xs, bs, ci, cs, ca, cf, e, str, z, du, errs, nest
	_ = fns
`

// placesVariable, when set, asks for every expression in every place.
const placesVariable = "CROSSBOOK_PLACES"

// placesProgram puts each of some expressions in every place, or in every third.
func placesProgram(list []worth, all bool) string {
	var b, calls strings.Builder
	b.WriteString(placesHead)
	number := 0
	add := func(w worth, typ, place, global string) {
		code := strings.NewReplacer("TYPE", typ, "VALUE", w.expr, "GLOBAL", global).Replace(place)
		fmt.Fprintf(&b, "func t%d() (out any) {\n\t%s\t%s\n}\n", number, placesLocals, code)
		fmt.Fprintf(&calls, "\ttry(%q, t%d)\n", w.expr+" in "+code, number)
		number++
	}
	for k, w := range list {
		own, general := fmt.Sprint("own", k), fmt.Sprint("any", k)
		fmt.Fprintf(&b, "var %s %s\nvar %s any\n", own, w.typ, general)
		for i, place := range places {
			if all || (i+len(w.expr))%3 == 0 {
				add(w, w.typ, place, own)
				add(w, "any", place, general)
			}
		}
		for _, place := range anyPlaces {
			add(w, "any", place, general)
		}
	}
	return b.String() + "func main() {\n" + calls.String() + "}\n"
}

// TestPlaces puts expressions of every kind in places of every kind, and compares with
// what the compiler makes of it: yaegi computes right into some places, and not into
// others.
func TestPlaces(t *testing.T) {
	if testing.Short() {
		t.Skip("needs the compiler")
	}
	const atOnce = 7 // expressions
	all := os.Getenv(placesVariable) != ""
	for first := 0; first < len(worths); first += atOnce {
		code := placesProgram(worths[first:min(first+atOnce, len(worths))], all)
		file := filepath.Join(t.TempDir(), "main.go")
		if err := os.WriteFile(file, []byte(code), 0o600); err != nil {
			t.Fatal(err)
		}
		want, err := exec.Command("go", "run", file).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, want)
		}
		n := newNotebook(t)
		n.must(t, code)
		compareLines(t, n.printed(t), string(want))
	}
}

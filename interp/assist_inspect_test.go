package interp_test

import (
	"strings"
	"testing"
)

// TestInspect wants every part in the text, in the order given; none where it
// wants nothing.
func TestInspect(t *testing.T) {
	cases := []struct{ code, want string }{
		{"sp|eed", "var speed float64 = 2.5"},
		{"speed|", "var speed float64 = 2.5"},
		{"y := 1 + |speed", "var speed float64 = 2.5"},
		{"m|", `var m map[string]int = map["alpha":1 "be\"ta":2]`},
		{"deep|", `var deep Deep = {Dist:nil Extra:3 Table:map["key":1]}`},
		{"failure|", `var failure error = "boom"`},
		{"dozen|", "const dozen untyped int = 12"},
		{"math.P|i", "const math.Pi untyped float = 3.14159 / A000796"},
		{"stack|", "var stack *Stack[int] = &{items:[4]}"},
		{"nested|", "var nested Stack[Stack[int]] = {items:nil}"},
		{"stack.Pu|sh", "Push(x int)"},
		{"old|", "var old Old = {A:1}"},
		{"add|", "func add(a int, b int) int / add returns the sum."},
		{"pick|", "func pick[T any](list []T, i int) T"},
		{"add(|", "func add(a int, b int) int / add returns the sum."},
		{"add(1, |", "func add(a int, b int) int"},
		{"add(add(1, 2), |)", "func add(a int, b int) int"},
		{"fmt.Println(strings.Split(\"a\", |", "func strings.Split(s string, sep string) []string / Split slices s"},
		{"fmt.Println(strings.Split(\"a\", \"b\"), |", "func fmt.Println(a ...any)"},
		{"add(sp|eed", "var speed float64"},
		{"add(unknown|", "func add"},
		{"device.Analog{|", "type device.Analog struct / Levels int // Levels is the number"},
		{"device.Analog{Lev|els: 3}", "field Levels int / number of conductance levels"},
		{"Dist|", "type Dist struct / Metres float64 // Metres is the length. / func (Dist).Far() bool / Dist is a distance."},
		{"deep.F|ar()", "func (Dist).Far() bool / over three metres"},
		{"deep.Metres|", "field Metres float64 / Metres is the length."},
		{"p.Ad|d", "func (*plot.Plot).Add(ps ...plot.Plotter) / Add adds"},
		{"var r io.Reader\nr.Re|ad", "func (io.Reader).Read(p []byte) (n int, err error)"},
		{"appen|d(", "func append(slice []Type, elems ...Type) []Type / built-in function appends"},
		{"append(|", "func append"},
		{"erro|r", "type error interface"},
		{"math|.Pi", `package math // import "math"`},
		{"import \"stri|ngs\"", `package strings // import "strings" / implements simple functions`},
		{"for i, each := range []string{} { ea|ch", "var each string"},
		{"sp|eed +", "var speed float64"},
		{"// sp|eed", ""},
		{"\"sp|eed\"", ""},
		{"12|", ""},
		{"|", ""},
		{"nothing|", ""},
		{"fo|r", ""},
	}
	n := newLaboratory(t)
	for _, c := range cases {
		code, at := Mark(c.code)
		text, markdown, found := n.Inspect(code, at, 0)
		if found != (c.want != "") || found != strings.HasPrefix(markdown, "```go\n") {
			t.Errorf("Inspect(%q) = %q, %q, %v", c.code, text, markdown, found)
		}
		rest := text
		for _, part := range strings.Split(c.want, " / ") {
			_, after, ok := strings.Cut(rest, part)
			if !ok {
				t.Errorf("Inspect(%q) = %q; want %q", c.code, text, part)
			}
			rest = after
		}
	}
}

func TestInspectDetail(t *testing.T) {
	n := newLaboratory(t)
	for code, want := range map[string]string{
		"add":      "func add(a, b int) int { return a + b }",
		"deep.Far": "func (d Dist) Far() bool { return d.Metres > 3 }",
	} {
		short, _, _ := n.Inspect(code, len(code), 0)
		text, markdown, _ := n.Inspect(code, len(code), 1)
		if strings.Contains(short, want) || !strings.HasSuffix(text, want) || !strings.HasSuffix(markdown, "```go\n"+want+"\n```") {
			t.Errorf("Inspect(%q) gives %q, with detail %q and %q", code, short, text, markdown)
		}
	}
}

// TestInspectRunsNothing inspects values whose methods would never return.
func TestInspectRunsNothing(t *testing.T) {
	n := newNotebook(t)
	n.must(t, `type Trap struct{ N int }
func (Trap) String() string { for { } }
func (Trap) Error() string { for { } }
trap := Trap{1}
var e error = trap
var s fmt.Stringer = trap
list := []any{trap, 2 * time.Second, nil}`)
	for name, want := range map[string]string{
		"trap": "= {N:1}", "e": "= {N:1}", "s": "= {N:1}", "list": "2s nil]",
	} {
		if text, _, _ := n.Inspect(name, 1, 0); !strings.Contains(text, want) {
			t.Errorf("Inspect(%q) = %q; want %q", name, text, want)
		}
	}
}

func TestVariables(t *testing.T) {
	n := newNotebook(t)
	n.must(t, `big := make([]float64, 1000)
d := 3 * time.Second
type T struct{ a, B int }
t := &T{1, 2}
f := func() {}
text := strings.Repeat("x", 5000)
func g() {}
type tree map[string]tree
u := tree{"a": nil}`)
	want := []struct {
		name, typ, value string
		size             int64
	}{
		{"big", "[]float64", "[0 0 0 0 0 0 0 0 …] (1000)", 8024},
		{"d", "time.Duration", "3s", 8},
		{"f", "func()", "func", 8},
		{"t", "*T", "&{a:1 B:2}", 8},
		{"text", "string", `"` + strings.Repeat("x", 199), 5016},
		{"u", "tree", `map["a":nil]`, 32},
	}
	got := n.Variables()
	if len(got) != len(want) {
		t.Fatalf("Variables() = %+v", got)
	}
	for i, w := range want {
		if g := got[i]; g.Name != w.name || g.Type != w.typ || g.Size != w.size || !strings.HasPrefix(g.Value, w.value[:min(len(w.value), 100)]) {
			t.Errorf("%+v; want %+v", g, w)
		}
	}
}

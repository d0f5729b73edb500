package interp_test

import (
	"slices"
	"strings"
	"testing"

	"crossbook/interp"
)

// A front end asks for these without knowing this package.
var _ interface {
	Complete(code string, at int) (start, end int, found []struct{ Text, Kind, Signature string })
	Inspect(code string, at, detail int) (text, markdown string, found bool)
} = (*interp.Session)(nil)

// laboratory is what the session of the tests has declared.
const laboratory = `import "gonum.org/v1/plot"
// Dist is a distance.
type Dist struct {
	// Metres is the length.
	Metres float64
	name   string
}
// Far tells whether it is over three metres.
func (d Dist) Far() bool { return d.Metres > 3 }
func (d *Dist) Set(x float64) { d.Metres = x }
type Deep struct { *Dist; Extra int; Table map[string]int }
// add returns the sum.
func add(a, b int) int { return a + b }
func pick[T any](list []T, i int) T { return list[i] }
x, speed := 3, 2.5
m := map[string]int{"alpha": 1, "be\"ta": 2}
deep := Deep{Extra: 3, Table: map[string]int{"key": 1}}
p := plot.New()
var failure error = errors.New("boom")
const dozen = 12
type Stack[T any] struct{ items []T }
func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }
stack := &Stack[int]{}
stack.Push(4)
var nested Stack[Stack[int]]
type Old struct{ A int }
old := Old{1}`

// Mark splits a code at the cursor.
func Mark(code string) (text string, at int) {
	return strings.Replace(code, "|", "", 1), strings.Index(code, "|")
}

func newLaboratory(t testing.TB) *notebook {
	n := newNotebook(t)
	n.must(t, laboratory)
	n.must(t, "type Old struct{ B string }")
	return n
}

// TestComplete wants the named completions, these first and in this order, and
// none at all where it says none; "text:kind:signature" wants the rest too.
func TestComplete(t *testing.T) {
	cases := []struct{ code, replaced, want string }{
		{"sp|", "sp", "speed:instance:float64"},
		{"spe|ed", "speed", "speed"},
		{"y := sp| + 1", "sp", "speed"},
		{"fmt.Prin|", "Prin", "Print / Printf / Println"},
		{"fmt.prin|", "prin", "Print / Printf / Println"},
		{"strings.Bui|", "Bui", "Builder:class:struct"},
		{"a, b, _ := strings.Cut(\"x\", \"y\")\na|", "a", "a:instance:string / add"},
		{"for i := range 3 {\n\tspin := i\n\tsp|\n}", "sp", "spin:instance:int / speed"},
		{"for i, spot := range []string{} { sp|", "sp", "spot:instance:string / speed"},
		{"func f(add1 int) { if true { ad|", "ad", "add1:instance:int / add:function"},
		{"abc := 3.0\nfunc g() { ab|", "ab", "abc:instance:float64"},
		{"abc := 3.0\nabd := abc\nfunc g() { ab|\n}\nabd", "ab", "abc / abd"},
		{"x := x|", "x", "x:instance:int"},
		{"later|\nlaterOn := 1", "later", ""},
		{"func init1() { late| }\nfunc later() {}", "late", "later:function:func()"},
		{"device.Analog{Le|", "Le", "Levels:property:int"},
		{"device.Analog{Le|, OnOff: 3}", "Le", "Levels"},
		{"d := device.Analog{\n\tLevels: 3,\n\tOn|\n}", "On", "OnOff:property:float64"},
		{"[]device.Analog{{Le|", "Le", "Levels"},
		{"&device.Analog{Levels: 2, Le|", "Le", ""},
		{"deep.|", "", "Dist:property:*Dist / Extra / Table / Far:function:func() bool / Metres:property:float64 / Set / name"},
		{"deep.Me|", "Me", "Metres"},
		{"Dist{Me|", "Me", "Metres"},
		{"sta|", "sta", "stack:instance:*Stack[int]"},
		{"stack.|", "", "Push:function:func(x int) / items:property:[]int"},
		{"other := &Stack[float64]{}\nother.Pu|", "Pu", "Push:function:func(x float64)"},
		{"old.|", "", "A:property:int"},
		{"Old{|", "", "B:property:string"},
		{"p.Title.Te|", "Te", "Text:property:string / TextStyle"},
		{"plot.New().Ad|", "Ad", "Add:function:func(ps ...plot.Plotter)"},
		{"b := strings.Builder{}\nb.WriteS|", "WriteS", "WriteString"},
		{"failure.|", "", "Error:function:func() string"},
		{"pick([]Dist{}, 0).Fa|", "Fa", "Far"},
		{"type T struct{ one int }\nfunc (t T) two() {}\nvar t T\nt.|", "", "one / two"},
		{"func (d Dist) Third() { d.Fa|", "Fa", "Far"},
		{"func (d Dist) Third(f float64) { }\nvar d Dist\nd.Th|", "Th", "Third:function:func(f float64)"},
		{"func (d Dist) Fa|() { }", "Fa", ""},
		{"func (o Old) add() { }\nad|", "ad", "add:function:func(a int, b int) int"},
		{"if deep.Me|", "Me", "Metres"},
		{"switch spe|", "spe", "speed"},
		{"switch x { case doz|", "doz", "dozen:statement"},
		{"defer deep.Se|", "Se", "Set"},
		{"go func() { spe|", "spe", "speed"},
		{"add(doz|", "doz", "dozen"},
		{"add(1, add(2, doz|\nx = 3", "doz", "dozen"},
		{"var d Di|", "Di", "Dist:class:struct{Metres float64; name string}"},
		{"import \"gonum.org/v1/plot/v|", "gonum.org/v1/plot/v", "gonum.org/v1/plot/vg:module / gonum.org/v1/plot/vg/draw"},
		{"import (\n\t\"fmt\"\n\tb \"enc|\"\n)", "enc", "encoding / encoding/base32"},
		{"import \"encoding/json\"\njson.MarshalI|", "MarshalI", "MarshalIndent"},
		{"json.MarshalI|", "MarshalI", "MarshalIndent"},
		{"plo|", "plo", "plot:module:gonum.org/v1/plot / plots"},
		{"m[\"|", "", "alpha:property / be\\\"ta"},
		{"m[\"al|\"]", "al", "alpha"},
		{"m[|", "", "\"alpha\" / \"be\\\"ta\""},
		{"deep.Table[\"|", "", "key"},
		{"appe|", "appe", "append:function:func(slice []Type, elems ...Type) []Type"},
		{"ret|", "ret", "return:keyword"},
		{"nil|", "nil", "nil"},
		{"// sp|", "", ""},
		{"/* sp|", "", ""},
		{"\"sp|", "", ""},
		{"'s|", "", ""},
		{"12|", "", ""},
		{"1.|", "", ""},
		{"nothing.|", "", ""},
		{"sp|\n}}}", "sp", "speed"},
	}
	n := newLaboratory(t)
	for _, c := range cases {
		text, at := Mark(c.code)
		start, end, found := n.Complete(text, at)
		if (start > end) || c.replaced != "" && text[start:end] != c.replaced {
			t.Errorf("Complete(%q) replaces %q; want %q", c.code, text[start:end], c.replaced)
		}
		checkFound(t, c.code, strings.Split(c.want, " / "), found)
	}
}

func checkFound(t *testing.T, code string, want []string, found []struct{ Text, Kind, Signature string }) {
	t.Helper()
	if want[0] == "" {
		if len(found) > 0 {
			t.Errorf("Complete(%q) = %v; want none", code, found)
		}
		return
	}
	for i, w := range want {
		if i >= len(found) {
			t.Errorf("Complete(%q) = %v; want %s at %d", code, found, w, i)
			return
		}
		f := found[i]
		if i == 0 || strings.Contains(w, ":") {
			full := strings.Join([]string{f.Text, f.Kind, f.Signature}, ":")
			if !strings.HasPrefix(full, w) {
				t.Errorf("Complete(%q)[%d] = %s; want %s", code, i, full, w)
			}
		} else if f.Text != w {
			t.Errorf("Complete(%q)[%d] = %s; want %s", code, i, f.Text, w)
		}
	}
}

// TestCompleteAnywhere checks that the empty word offers everything and that
// offsets outside the code are harmless.
func TestCompleteAnywhere(t *testing.T) {
	n := newLaboratory(t)
	for _, at := range []int{-5, 0, 99} {
		start, end, found := n.Complete("x ", at)
		if start < 0 || end > 2 || start != end {
			t.Errorf("Complete at %d replaces %d to %d", at, start, end)
		}
		var names []string
		for _, f := range found {
			names = append(names, f.Text)
		}
		for _, name := range []string{"speed", "add", "Dist", "plot", "fmt", "append", "for"} {
			if !slices.Contains(names, name) {
				t.Errorf("Complete at %d lacks %s", at, name)
			}
		}
	}
}

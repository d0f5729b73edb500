package interp_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestCompileEdges passes what is rarer: names for types, methods behind interfaces,
// pointers to pointers, memory of which a part is an argument too.
func TestCompileEdges(t *testing.T) {
	n := compileNotebook(t)
	n.must(t, `%compile
import "sort"
type Alias = []float64
type Kind int
type Text = string
const (
	A Kind = iota
	B
	C
)
func (k Kind) String() string { return [...]string{"a", "b", "c"}[k] }
type Base struct{ N int }
func (b *Base) Inc() { b.N++ }
type Outer struct { Base; M map[string]*Base; Fn string }
type ByN []Base
func (b ByN) Len() int { return len(b) }
func (b ByN) Less(i, j int) bool { return b[i].N < b[j].N }
func (b ByN) Swap(i, j int) { b[i], b[j] = b[j], b[i] }
func sorted(b ByN) { sort.Sort(b) }
func grow(p *[]int) { *p = append(*p, len(*p)) }
func outer(o *Outer) { o.Inc(); o.M["x"].N += 10; o.M["y"] = &Base{o.N} }
func inside(o *Outer) *Base { return &o.Base }
func kinds(k Kind) (Kind, Alias) { return k + 1, Alias{1} }
func swap(a, b *int) { *a, *b = *b, *a }
func cells(m map[[2]int]string, k [2]int) string { return m[k] }
func runes(s []rune, b []byte, u uintptr) string { return string(s) + string(b) }
func bools(b []bool) { for i := range b { b[i] = !b[i] } }
func builtins(string int, any float64) (s Text) { s = Text(fmt.Sprint(string, any)); return fmt.Sprint(string, any) }
func pp(p **int) { x := 5; *p = &x }
func deep(m map[string]map[string][]*Base) int { m["a"]["b"][0].N = 3; return len(m) }
`)
	for code, want := range map[string]string{
		"p := []int{0}\ngrow(&p); grow(&p)\np": "[0 1 2]",
		"o := Outer{M: map[string]*Base{\"x\": {1}}}\nouter(&o)\nfmt.Sprint(o.N, o.M[\"x\"].N, o.M[\"y\"].N)": "1 11 1",
		"k, a := kinds(A)\nfmt.Sprint(k, a, C)":                 "b [1] c",
		"a, b := 1, 2\nswap(&a, &b)\nfmt.Sprint(a, b)":          "2 1",
		"a := []int{1, 2}\nswap(&a[0], &a[1])\na":               "[2 1]",
		"cells(map[[2]int]string{{1, 2}: \"x\"}, [2]int{1, 2})": "x",
		`runes([]rune("aü"), []byte("b"), 3)`:                   "aüb",
		"q := []bool{true, false}\nbools(q)\nq":                 "[false true]",
		"var z *int\npp(&z)\n*z":                                "5",
		"m := map[string]map[string][]*Base{\"a\": {\"b\": {{1}}}}\nr := deep(m)\nfmt.Sprint(r, m[\"a\"][\"b\"][0].N)": "1 3",
		"builtins(1, 2)": "1 2",
		"s := ByN{{3}, {1}, {2}}\nsorted(s)\nfmt.Sprint(s)":                     "[{1} {2} {3}]",
		"import \"sort\"\ns := ByN{{3}, {1}, {2}}\nsort.Sort(s)\nfmt.Sprint(s)": "[{1} {2} {3}]",
		"b := &Base{1}\nf := b.Inc\nf(); f()\nb.N":                              "3",
		"g := (*Base).Inc\nb2 := Base{5}\ng(&b2)\nb2.N":                         "6",
		"o2 := Outer{}\no2.Inc()\no2.N":                                         "1",
	} {
		got, err := n.cell(code)
		if err != nil || fmt.Sprint(got...) != want {
			t.Errorf("%s\ngot %q, %v want %q", code, fmt.Sprint(got...), err, want)
		}
	}
	_, err := n.cell("inside(&Outer{})")
	if err == nil || !strings.Contains(err.Error(), "what inside left cannot cross back: memory of Outer and of Base: one points into the other") {
		t.Errorf("a pointer into a struct: %v", err)
	}
}

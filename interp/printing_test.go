package interp_test

import "testing"

// TestPrintedTypes prints values of a cell's types as Go prints them.
func TestPrintedTypes(t *testing.T) {
	n := newNotebook(t)
	n.must(t, `type P struct{ X, y int }
type S struct{ X int }
func (s S) String() string { return "S!" }
type C float64`)
	cases := []struct{ code, want string }{
		{`fmt.Sprintf("%v %+v %#v", P{1, 2}, P{1, 2}, P{1, 2})`, "{1 2} {X:1 y:2} main.P{X:1, y:2}"},
		{`fmt.Sprint(&P{1, 2}, []P{{3, 4}}, map[string]S{"a": {1}})`, "&{1 2} [{3 4}] map[a:S!]"},
		{`fmt.Sprintf("%T %T %T", P{}, &P{}, C(1))`, "main.P *main.P main.C"},
		{`fmt.Sprintf("%5d|%-4v|", P{1, 2}, P{3, 4})`, "{    1     2}|{3    4   }|"},
		{`fmt.Sprintf("%p", &P{})[:2]`, "0x"},
		{`fmt.Sprint([]any{S{1}, 2, nil})`, "[S! 2 <nil>]"},
	}
	for _, c := range cases {
		if got := n.must(t, c.code)[0]; got != c.want {
			t.Errorf("%s = %q, want %q", c.code, got, c.want)
		}
	}
}

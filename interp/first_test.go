package interp_test

import "testing"

func TestFirst(t *testing.T) {
	n := newNotebook(t)
	t.Log(n.must(t, "1+1"))
	n.must(t, "x := 3\nfunc f(a int) int { return a*x }")
	t.Log(n.must(t, "f(2)"))
	n.must(t, "type T struct{ a int }\nfunc (t *T) Inc() { t.a++ }\nfunc (t T) Get() int { return t.a }\nt := T{}\nt.Inc()\nfmt.Println(t.Get())")
	t.Log(n.printed(t))
	_, err := n.cell("foo + 1")
	t.Log(err)
}

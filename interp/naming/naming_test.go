package naming

import "testing"

func TestPlain(t *testing.T) {
	for marked, want := range map[string]string{
		"undefined: x__s2":                    "undefined: x",
		"main.T__3 does not implement fmt.X":  "T does not implement fmt.X",
		"cannot use v__t12 (type Pair__g4)":   "cannot use v (type Pair)",
		Flat("Area", 1, "geo") + " is unused": "geo.Area is unused",
		"a_b and c__d keep their names":       "a_b and c__d keep their names",
	} {
		if got := Plain(marked); got != want {
			t.Errorf("Plain(%q) = %q, want %q", marked, got, want)
		}
	}
}

func TestFlat(t *testing.T) {
	name := Flat("Area", 12, "geo")
	if !IsFlat(name) || IsFlat("Area") || IsFlat("Area__2") {
		t.Errorf("IsFlat takes %q or a cell's name for the other", name)
	}
	if got := Short(name); got != "Area" {
		t.Errorf("Short(%q) = %q", name, got)
	}
	if got := TypeTitle("Area", name[len("Area"):]); got != "geo.Area" {
		t.Errorf("TypeTitle of %q = %q", name, got)
	}
	if got := TypeTitle("Area", "__2"); got != "main.Area" {
		t.Errorf("TypeTitle of a cell's type = %q", got)
	}
}

func TestEmitted(t *testing.T) {
	for _, c := range []struct {
		name    string
		version int
		want    string
	}{{"x", 1, "x"}, {"x", 2, "x__2"}, {"len", 1, "len__1"}, {"main", 1, "main__1"}, {"p_fmt", 1, "p_fmt__1"}} {
		if got := Emitted(c.name, c.version); got != c.want {
			t.Errorf("Emitted(%q, %d) = %q, want %q", c.name, c.version, got, c.want)
		}
	}
}

// TestHidden: what generated code declares no cell is shown.
func TestHidden(t *testing.T) {
	for _, name := range []string{"_", "main", CellFunc, Emitted("x", 2), Flat("x", 1, "p"), "x" + TemporaryMark + "1", "x" + CopyMark + "1"} {
		if !Hidden(name) {
			t.Errorf("%q is shown", name)
		}
	}
	if Hidden("x_1") {
		t.Error("x_1 is hidden")
	}
}

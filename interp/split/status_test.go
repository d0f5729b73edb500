package split

import "testing"

func TestStatus(t *testing.T) {
	cases := []struct{ code, status, indent string }{
		{"", "complete", ""},
		{"x := 1", "complete", ""},
		{"x := 1\nx + 2", "complete", ""},
		{"func f() {", "incomplete", "\t"},
		{"func f() {\n\tif x {", "incomplete", "\t\t"},
		{"func f() {\n}", "complete", ""},
		{"f(1,", "incomplete", "\t"},
		{"x := `abc", "incomplete", ""},
		{"/* comment", "incomplete", ""},
		{"x :=", "incomplete", ""},
		{"x +", "incomplete", ""},
		{"for i := 0; i < 3; i++", "incomplete", ""},
		{"import", "incomplete", ""},
		{"import \"fmt\"\nfmt.Println(1)", "complete", ""},
		{"x := \"abc", "invalid", ""},
		{"x := 1)", "invalid", ""},
		{"x := := 1", "invalid", ""},
		{"}", "invalid", ""},
	}
	for _, c := range cases {
		if status, indent := Status(c.code); status != c.status || indent != c.indent {
			t.Errorf("Status(%q) = %s, %q; want %s, %q", c.code, status, indent, c.status, c.indent)
		}
	}
}

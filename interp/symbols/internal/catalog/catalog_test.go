package catalog

import (
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	got, err := Parse("# packages\nsort sort\n\nerrors # with a remark\nimage/png\n")
	want := []Entry{{Path: "errors"}, {Path: "image/png"}, {Path: "sort", Name: "sort"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("Parse = %v, %v; want %v", got, err, want)
	}
	for _, bad := range []string{"sort\nsort\n", "sort a b\n"} {
		if got, err := Parse(bad); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", bad, got)
		}
	}
}

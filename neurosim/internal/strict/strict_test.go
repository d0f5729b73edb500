package strict

import "testing"

type outer struct {
	Number int
	Inner  struct{ Name string }
	List   []struct{ X float64 }
	hidden int
}

func TestUnmarshal(t *testing.T) {
	for text, want := range map[string]string{
		`{"Number": 3, "Inner": {"Name": "a"}, "List": [{"X": 1}]}`: "",
		`{}`:              "",
		`{"number": 3}`:   "number: unknown field; allowed: Inner, List, Number",
		`{"hidden": 3}`:   "hidden: unknown field; allowed: Inner, List, Number",
		`{"Inner": null}`: "",
		`{"List": [{"X": 1}, {"Y": 2}], "Inner": {"Nam": ""}}`: "Inner.Nam: unknown field; allowed: Name\nList[1].Y: unknown field; allowed: X",
		`{"Number": "x"}`: "Number: a JSON string is not allowed; allowed: int",
		`{"Number": 3`:    "unexpected end of JSON input",
	} {
		var v outer
		got := ""
		_ = v.hidden // must not count as a field
		if err := Unmarshal([]byte(text), &v); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

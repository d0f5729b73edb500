package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	for _, c := range []struct {
		args          string
		status        int
		out, problems string
	}{
		{"", 2, "", "usage: crossbook COMMAND"},
		{"help", 0, "register the kernel with Jupyter", ""},
		{"-h", 0, "uninstall", ""},
		{"instal", 2, "", `there is no command "instal": did you mean "install"?`},
		{"rnu", 2, "", `did you mean "run"?`},
		{"frobnicate", 2, "", `there is no command "frobnicate"; crossbook help lists them`},
		{"run -h", 0, "", ""},
		{"run", 1, "", "which notebook?"},
		{"run no-such.ipynb", 1, "", "no-such.ipynb"},
		{"install -name a/b", 1, "", `-name is "a/b"`},
		{"version", 0, "", ""},
	} {
		var out, problems bytes.Buffer
		status := run(strings.Fields(c.args), &out, &problems)
		if status != c.status {
			t.Errorf("crossbook %s: status %d, want %d", c.args, status, c.status)
		}
		if !strings.Contains(out.String(), c.out) || !strings.Contains(problems.String(), c.problems) {
			t.Errorf("crossbook %s: printed %q and %q, want %q and %q in them", c.args, &out, &problems, c.out, c.problems)
		}
	}
}

// Commands that are for the program itself are neither listed nor suggested.
func TestHelpListsCommands(t *testing.T) {
	var out bytes.Buffer
	help(&out)
	for _, c := range commands {
		if listed := strings.Contains(out.String(), "  "+c.name+" "); listed != (c.summary != "") {
			t.Errorf("%s listed: %v", c.name, listed)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"run", "run", 0}, {"rnu", "run", 2}, {"", "abc", 3}, {"kitten", "sitting", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

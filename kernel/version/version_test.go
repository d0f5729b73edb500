package version

import (
	"runtime/debug"
	"testing"
)

func TestLong(t *testing.T) {
	for _, c := range []struct {
		settings []debug.BuildSetting
		want     string
	}{
		{nil, Number},
		{[]debug.BuildSetting{{Key: "vcs.modified", Value: "false"}, {Key: "vcs.revision", Value: "0123456789abcdef"}}, Number + " (commit 0123456789ab)"},
		{[]debug.BuildSetting{{Key: "vcs.modified", Value: "true"}, {Key: "vcs.revision", Value: "0123456789abcdef"}}, Number + " (commit 0123456789ab, modified)"},
	} {
		if got := long(c.settings); got != c.want {
			t.Errorf("long(%v) = %q, want %q", c.settings, got, c.want)
		}
	}
}

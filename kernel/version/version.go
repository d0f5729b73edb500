// Package version states the version of Crossbook in one place. It is a leaf:
// the kernel, the simulator, the runner and the installer all name it.
package version

import (
	"runtime/debug"
	"strings"
)

// Number is the release, as in a notebook's metadata and a result's provenance.
const Number = "0.2.0"

// Long is the release with the commit that the binary was built from, when the
// build knows it: "0.2.0 (commit 1a2b3c4d5e6f, modified)".
func Long() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Number
	}
	return long(info.Settings)
}

func long(settings []debug.BuildSetting) string {
	var parts []string
	for _, s := range settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			parts = append([]string{"commit " + s.Value[:12]}, parts...)
		case s.Key == "vcs.modified" && s.Value == "true":
			parts = append(parts, "modified")
		}
	}
	if len(parts) == 0 {
		return Number
	}
	return Number + " (" + strings.Join(parts, ", ") + ")"
}

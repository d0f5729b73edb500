package architecture

import (
	"slices"
	"strings"
	"testing"
)

// top is what the repository's top folder holds, and nothing beside it.
var top = []string{
	".ci", ".gitignore",
	"CHANGELOG.md", "LICENSE", "Makefile", "README.md", "go.mod", "go.sum", "main.go",
	"install", "interp", "kernel", "neurosim", "notebooks", "plots",
}

func TestTopFolder(t *testing.T) {
	for _, path := range tracked(t, "*") {
		name, _, _ := strings.Cut(path, "/")
		if !slices.Contains(top, name) {
			t.Errorf("%s does not belong to the top folder", name)
		}
	}
}

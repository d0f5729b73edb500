package symbols

import (
	"os"
	"strings"
	"testing"

	"crossbook/interp/symbols/internal/api"
	"crossbook/interp/symbols/internal/catalog"
)

// TestCurrent compares the exported API of every listed package with the one
// that the generated files were made of.
func TestCurrent(t *testing.T) {
	entries, err := catalog.Parse(list)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := api.Load(".", entries)
	if err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(catalog.ManifestFile)
	if err != nil {
		t.Fatal(err)
	}
	generated := map[string]bool{}
	for line := range strings.Lines(string(written)) {
		generated[line] = true
	}
	for line := range strings.Lines(api.Manifest(loaded)) {
		if !generated[line] {
			t.Errorf("%s changed: run go generate ./interp/symbols", strings.Fields(line)[1])
		}
		delete(generated, line)
	}
	for line := range generated {
		t.Errorf("%s is no longer listed: run go generate ./interp/symbols", strings.Fields(line)[1])
	}
}

package clients

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
)

const quickstart = "notebooks/tour/quickstart.ipynb"

// TestSameNumbersHeadlessAndInJupyter runs the quickstart twice by nbconvert and
// twice by crossbook run: all four must show the same, to the last bit of the
// last picture.
func TestSameNumbersHeadlessAndInJupyter(t *testing.T) {
	w := newWorkplace(t)
	source := filepath.Join(repository(t), filepath.FromSlash(quickstart))
	runs := map[string][]byte{}
	for _, name := range []string{"run1", "run2"} {
		out := filepath.Join(w.dir, name+".ipynb")
		w.run(t, 5*time.Minute, w.binary, "run", "-quiet", "-o", out, "-html", filepath.Join(w.dir, name+".html"), source)
		runs[name] = shownBy(t, out)
	}
	for _, name := range []string{"nbconvert1", "nbconvert2"} {
		w.run(t, 5*time.Minute, "/usr/bin/jupyter", "nbconvert", "--to", "notebook", "--execute",
			"--output-dir", w.dir, "--output", name, source)
		runs[name] = shownBy(t, filepath.Join(w.dir, name+".ipynb"))
	}
	if len(runs["run1"]) < 10_000 {
		t.Fatalf("the quickstart shows only %d bytes", len(runs["run1"]))
	}
	for name, shown := range runs {
		if !bytes.Equal(shown, runs["run1"]) {
			t.Errorf("%s shows something else than run1:\n%s", name, firstDifference(shown, runs["run1"]))
		}
	}
}

// TestExportsHTML is what most people do with a finished notebook.
func TestExportsHTML(t *testing.T) {
	w := newWorkplace(t)
	notebook := filepath.Join(w.dir, "small.ipynb")
	if err := os.WriteFile(notebook, []byte(smallNotebook), 0o644); err != nil {
		t.Fatal(err)
	}
	w.run(t, time.Minute, "/usr/bin/jupyter", "nbconvert", "--to", "html", "--execute", notebook)
	page, err := os.ReadFile(filepath.Join(w.dir, "small.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"data:image/png;base64,", "the sum is 5050"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// shownBy returns the outputs of a notebook's code cells in one canonical form.
func shownBy(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var notebook struct {
		Cells []struct {
			Outputs []map[string]any `json:"outputs"`
		} `json:"cells"`
	}
	if err := json.Unmarshal(text, &notebook); err != nil {
		t.Fatal(err)
	}
	shown, err := json.MarshalIndent(notebook, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

func firstDifference(a, b []byte) string {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	excerpt := func(text []byte) string {
		return string(text[max(0, at-200):min(len(text), at+200)])
	}
	return excerpt(a) + "\n--- against\n" + excerpt(b)
}

const smallNotebook = `{
 "cells": [
  {"cell_type": "code", "execution_count": null, "id": "sum", "metadata": {}, "outputs": [],
   "source": "sum := 0\nfor i := 1; i <= 100; i++ {\n\tsum += i\n}\nfmt.Println(\"the sum is\", sum)"},
  {"cell_type": "code", "execution_count": null, "id": "plot", "metadata": {}, "outputs": [],
   "source": "plots.Lines(plots.Columns{\"x\": []float64{1, 2, 3}, \"y\": []float64{1, 4, 9}}, \"x\", \"y\")"}
 ],
 "metadata": {"kernelspec": {"display_name": "Go (Crossbook)", "language": "go", "name": "crossbook"}},
 "nbformat": 4, "nbformat_minor": 5
}
`

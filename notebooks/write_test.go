package notebooks

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"crossbook/kernel/display"
)

// testdata/jupyter.ipynb was run and saved by Jupyter (nbconvert 6.5.3 over
// ipykernel 6.17.0): streams, all kinds of rich output, an error, attachments,
// odd metadata. Reading and writing leaves every byte in place.
func TestJupyterFileStaysTheSame(t *testing.T) {
	want, err := os.ReadFile("testdata/jupyter.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	nb, err := Parse(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := nb.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Errorf("differs at byte %d: %q, want %q", at, got[at:min(at+80, len(got))], want[at:min(at+80, len(want))])
	}
}

// everything has one of each thing that a notebook can hold.
func everything() *Notebook {
	bundle := display.Bundle{
		Data: map[string]any{
			"text/plain": "a\nb\r\nc\x0bd\u2028e", "text/html": "<b>&</b>\n", "image/png": "iVBO\nRw==",
			"application/json": map[string]any{"f": 1.5, "list": []int{1, 2}}, "application/vnd.x+json": []string{"y"},
		},
		Metadata: map[string]any{"image/png": map[string]int{"width": 640}},
	}
	return &Notebook{
		Metadata: Metadata{"crossbook": map[string]any{"deep": []any{}}},
		Cells: []Cell{
			{Type: Markdown, ID: "m", Source: "# T\n", Attachments: map[string]any{"a.txt": map[string]any{"text/plain": "x\ny"}}},
			{Type: Code, ID: "c", Source: "f(\"\\\x01\x7f\")\n", Count: 7, Metadata: Metadata{"trusted": true, "tags": []any{"t"}}, Outputs: []Output{
				{Type: StreamOutput, Stream: "stderr", Text: "é\n\n"},
				{Type: DisplayOutput, Bundle: bundle},
				{Type: ResultOutput, Bundle: display.Bundle{Data: map[string]any{"text/plain": ""}}, Count: 7},
				{Type: ErrorOutput, Error: "Panic", Message: "m", Traceback: []string{"\x1b[31mx\x1b[0m", ""}},
			}},
			{Type: Code, ID: "never-run"},
			{Type: Raw, ID: "r", Source: "raw"},
		},
	}
}

// Debian's nbformat finds our file valid, and writes it back unchanged.
func TestNbformatAgrees(t *testing.T) {
	const python = "/usr/bin/python3"
	if out, err := exec.Command(python, "-c", "import nbformat").CombinedOutput(); err != nil {
		t.Fatalf("python3-nbformat is missing: apt-get install python3-nbformat\n%s", out)
	}
	folder := t.TempDir()
	ours, theirs := filepath.Join(folder, "ours.ipynb"), filepath.Join(folder, "theirs.ipynb")
	if err := everything().WriteFile(ours); err != nil {
		t.Fatal(err)
	}
	const script = `
import sys, nbformat
nb = nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT)
nbformat.validate(nb)
nbformat.write(nb, sys.argv[2], version=nbformat.NO_CONVERT)
`
	if out, err := exec.Command(python, "-W", "error", "-c", script, ours, theirs).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want, err := os.ReadFile(theirs)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(ours)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("nbformat writes\n%s\nwe write\n%s", want, got)
	}
}

func TestBytesRefusesWhatIsNotJSON(t *testing.T) {
	nb := &Notebook{Metadata: Metadata{"f": func() {}}}
	if _, err := nb.Bytes(); err == nil {
		t.Error("a func was written")
	}
}

package notebooks

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// minimal is a small notebook of 4.5 whose parts tests replace.
const minimal = `{"cells":[{"cell_type":"code","id":"a","metadata":{},"source":["x\n","y"],"execution_count":2,"outputs":[
{"output_type":"stream","name":"stdout","text":["1\n","2"]}]}],"metadata":{},"nbformat":4,"nbformat_minor":5}`

func TestParse(t *testing.T) {
	nb, err := Parse([]byte(minimal))
	if err != nil {
		t.Fatal(err)
	}
	c := nb.Cells[0]
	if c.Type != Code || c.ID != "a" || c.Source != "x\ny" || c.Count != 2 {
		t.Errorf("cell is %+v", c)
	}
	if o := c.Outputs[0]; o.Type != StreamOutput || o.Stream != "stdout" || o.Text != "1\n2" {
		t.Errorf("output is %+v", o)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"empty", minimal, "", "not JSON: the file is empty"},
		{"not JSON", `"metadata":{},"nbf`, `"metadata":{}"nbf`, "not JSON: line 2, column 77: invalid character"},
		{"cut short", minimal, minimal[:60], "not JSON: the file ends in the middle, at line 1, column 61"},
		{"tail", minimal, minimal + "\n{}", "follows the end of the document at line 3"},
		{"latin 1", "stdout", "st\xe4", "not UTF-8 text at line 2, column 35"},
		{"not an object", minimal, "[1]", "not a notebook: the file holds a list"},
		{"other JSON", minimal, `{"a":1}`, `not a notebook: it has no "nbformat"`},
		{"nbformat 3", `"nbformat":4`, `"nbformat":3`, "nbformat 3 is too old: nbformat 4.0 to 4.5 can be read; convert it by: jupyter nbconvert"},
		{"nbformat 5", `"nbformat":4`, `"nbformat":5`, "nbformat 5 is newer than this program"},
		{"nbformat text", `"nbformat":4`, `"nbformat":"4"`, "nbformat: is a string, must be a whole number"},
		{"minor 6", `minor":5`, `minor":6`, "nbformat_minor: is 6, must be 0 to 5"},
		{"no cells", `"cells"`, `"sells"`, "notebook: cells: is missing"},
		{"unknown key", `"metadata":{},"nb`, `"metadata":{},"more":1,"nb`, `notebook: has the unknown key "more"`},
		{"cell kind", `"code"`, `"heading"`, `cell 1: cell_type: is "heading", must be "code", "markdown" or "raw"`},
		{"cell is a number", `[{"cell_type`, `[7,{"cell_type`, "cell 1: is a number, must be an object"},
		{"no id", `"id":"a",`, ``, "cell 1: id: is missing; nbformat 4.5 wants one"},
		{"bad id", `"id":"a"`, `"id":"a b"`, `cell 1: id: is "a b", must be 1 to 64 of`},
		{"source", `["x\n","y"]`, `["x\n",3]`, "cell 1: source[1]: is a number, must be a string"},
		{"no source", `"source":["x\n","y"],`, ``, "cell 1: source: is missing"},
		{"count", `count":2`, `count":-2`, "cell 1: execution_count: is -2, must be a whole number of 0 or more, or null"},
		{"output type", `"stream"`, `"pyout"`, `cell 1: outputs[0]: output_type: is "pyout", must be`},
		{"output name", `"name":"stdout"`, `"name":1`, "cell 1: outputs[0]: name: is a number, must be a string"},
		{"output data", `"stream","name":"stdout","text":["1\n","2"]`, `"display_data","metadata":{},"data":{"text/plain":5}`, "cell 1: outputs[0]: data: text/plain: is a number, must be a string"},
		{"output is text", `{"output_type":"stream","name":"stdout","text":["1\n","2"]}`, `"1"`, "cell 1: outputs[0]: is a string, must be an object"},
		{"traceback", `"stream","name":"stdout","text":["1\n","2"]`, `"error","ename":"E","evalue":"v","traceback":[1]`, "cell 1: outputs[0]: traceback[0]: is a number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(minimal, c.old) {
				t.Fatalf("%q is not in the notebook", c.old)
			}
			_, err := Parse([]byte(strings.Replace(minimal, c.old, c.new, 1)))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestParseTellsAllProblems(t *testing.T) {
	bad := strings.NewReplacer(`"id":"a",`, ``, `count":2`, `count":"2"`, `"stdout"`, `null`).Replace(minimal)
	_, err := Parse([]byte(bad))
	if err == nil || len(strings.Split(err.Error(), "\n")) != 3 {
		t.Errorf("error %v, want three problems", err)
	}
}

func TestSameIDTwice(t *testing.T) {
	cell := `{"cell_type":"raw","id":"r","metadata":{},"source":""}`
	_, err := Parse([]byte(`{"cells":[` + cell + `,` + cell + `],"metadata":{},"nbformat":4,"nbformat_minor":5}`))
	if want := `cell 2: id: "r" is the id of cell 1 too`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// A notebook of an older minor version gets ids: the same ones each time, and
// different ones for equal cells.
func TestOldNotebookGetsIDs(t *testing.T) {
	cell := `{"cell_type":"markdown","metadata":{},"source":"same"}`
	old := `{"cells":[` + cell + `,` + cell + `],"metadata":{"orig_nbformat":3},"nbformat":4,"nbformat_minor":2}`
	var files [2][]byte
	for i := range files {
		nb, err := Parse([]byte(old))
		if err != nil {
			t.Fatal(err)
		}
		if nb.Cells[0].ID == nb.Cells[1].ID || !idPattern.MatchString(nb.Cells[0].ID) {
			t.Errorf("ids %q and %q", nb.Cells[0].ID, nb.Cells[1].ID)
		}
		if files[i], err = nb.Bytes(); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the ids differ from one reading to the next")
	}
	if !bytes.Contains(files[0], []byte(`"nbformat_minor": 5`)) || bytes.Contains(files[0], []byte("orig_nbformat")) {
		t.Errorf("not raised to 4.5:\n%s", files[0])
	}
}

func TestReadFileNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.ipynb")
	if _, err := ReadFile(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v does not name %s", err, path)
	}
	if err := os.WriteFile(path, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadFile(path); err == nil || !strings.Contains(err.Error(), path+": not JSON") {
		t.Errorf("error %v does not name %s", err, path)
	}
}

// Whatever is read is written such that it is read the same again.
func FuzzParse(f *testing.F) {
	f.Add([]byte(minimal))
	jupyter, err := os.ReadFile("testdata/jupyter.ipynb")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(jupyter)
	f.Fuzz(func(t *testing.T, data []byte) {
		nb, err := Parse(data)
		if err != nil {
			return
		}
		first, err := nb.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(first)
		if err != nil {
			t.Fatalf("own file is refused: %v\n%s", err, first)
		}
		second, err := again.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			t.Fatalf("not the same again:\n%s\n%s", first, second)
		}
	})
}

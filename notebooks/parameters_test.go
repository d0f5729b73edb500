package notebooks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parameterCell declares a parameter of every kind that can be set, and some
// that cannot.
const parameterCell = `// what a run may change
epochs, rate := 5, 0.1
full := false
var name string = "quick"
var seeds = []int{1, 2}
var (
	small int8 = 3
	count uint
	ratio float32 = 1 << 3
	words []string
	rates []float64
)
type mode string
var how mode = "fast"
images := dataset.FashionSample()
const fixed = 3
if full { hidden := 1; _ = hidden }`

func parametrised() *Notebook {
	nb := notebook(parameterCell, "out a")
	nb.Cells[0].Metadata["tags"] = []any{"parameters"}
	return nb
}

func TestDeclared(t *testing.T) {
	got := listed(declared(parameterCell))
	want := "epochs (int), rate (float64), full (bool), name (string), seeds ([]int), small (int8), count (uint), " +
		"ratio (float32), words ([]string), rates ([]float64), how (mode), images (computed), fixed (constant)"
	if got != want {
		t.Errorf("declared %s,\n    want %s", got, want)
	}
	if broken := declared("x := = 1"); broken != nil {
		t.Errorf("code that does not parse declares %v", broken)
	}
}

func TestSetParameters(t *testing.T) {
	nb := parametrised()
	err := nb.SetParameters(Parameters{
		"rate": 1, "epochs": argument("20"), "full": true, "name": argument(`say "hi"`),
		"seeds": argument("3, 4"), "words": []any{"a", "b"}, "small": -128, "count": uint64(7),
		"ratio": argument("1e-3"), "how": "slow", "rates": argument("[1e-3, 2]"),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `// Parameters
epochs = 20
rate = 1
full = true
name = "say \"hi\""
seeds = []int{3, 4}
small = -128
count = 7
ratio = 0.001
words = []string{"a", "b"}
rates = []float64{0.001, 2}
how = "slow"`
	if diff := cmp.Diff(want, nb.Cells[1].Source); diff != "" {
		t.Error(diff)
	}
	if c := nb.Cells[1]; !c.HasTag("injected-parameters") || c.Type != Code || c.ID != "injected-parameters" {
		t.Errorf("the injected cell is %+v", c)
	}
	if len(nb.Cells) != 3 || nb.Cells[2].Source != "out a" {
		t.Errorf("the cells are %+v", nb.Cells)
	}
	if err := nb.SetParameters(Parameters{"full": argument("false")}); err != nil {
		t.Fatal(err)
	}
	if len(nb.Cells) != 3 || nb.Cells[1].Source != "// Parameters\nfull = false" {
		t.Errorf("set again, the cells are %+v", nb.Cells)
	}
}

func TestSetParametersRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		value any
		want  string
	}{
		{"epoch", 3, "parameter epoch: the notebook declares none of that name; it has epochs (int), rate (float64), full"},
		{"epochs", argument("ten"), `parameter epochs: is "ten", must be a whole number from -9223372036854775808 to 9223372036854775807 (int)`},
		{"epochs", 2.5, "is 2.5, must be a whole number"},
		{"epochs", "5", `is the text "5", must be a whole number`},
		{"epochs", nil, "is nothing, must be a whole number"},
		{"small", 128, "is 128, must be a whole number from -128 to 127 (int8)"},
		{"count", argument("-1"), `is "-1", must be a whole number from 0 to 18446744073709551615 (uint)`},
		{"rate", argument("NaN"), `is "NaN", must be a finite number (float64)`},
		{"ratio", argument("1e60"), "must be a finite number (float32)"},
		{"full", argument("yes"), `is "yes", must be true or false (bool)`},
		{"full", "true", `is the text "true", must be true or false (bool)`},
		{"name", 3, "is 3, must be a text, in quotation marks when it looks like something else (string)"},
		{"seeds", argument("1, x"), `parameter seeds: [1]: is "x", must be a whole number`},
		{"seeds", argument("[1, 2"), `must be a list such as [1, 2, 3] ([]int)`},
		{"seeds", 3, "is 3, must be a list ([]int)"},
		{"seeds", map[string]any{}, "is a mapping, must be a list ([]int)"},
		{"images", argument("x"), "its default is computed by other code"},
		{"fixed", argument("4"), "is a constant; the cell must declare a variable"},
	} {
		nb := parametrised()
		err := nb.SetParameters(Parameters{c.name: c.value})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s = %v: error %v, want %q", c.name, c.value, err, c.want)
		}
		if len(nb.Cells) != 2 {
			t.Errorf("%s = %v changed the notebook", c.name, c.value)
		}
	}
	err := notebook("out a").SetParameters(Parameters{"a": 1})
	if err == nil || !strings.Contains(err.Error(), `no code cell with the tag "parameters"`) {
		t.Errorf("without a parameters cell: %v", err)
	}
	if err := notebook("out a").SetParameters(nil); err != nil {
		t.Errorf("nothing to set: %v", err)
	}
}

func TestReadParameters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.yaml")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("# study\nepochs: 50\nrate: 1e-3\nfull: true\nseeds: [1, 2, 3]\nname: \"10\"\n")
	values, err := ReadParameters(path)
	if err != nil {
		t.Fatal(err)
	}
	nb := parametrised()
	if err := nb.SetParameters(values); err != nil {
		t.Fatal(err)
	}
	want := "// Parameters\nepochs = 50\nrate = 0.001\nfull = true\nname = \"10\"\nseeds = []int{1, 2, 3}"
	if got := nb.Cells[1].Source; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for text, want := range map[string]string{
		"- 1\n- 2\n":             "must map names to values",
		"a: 1\na: 2\n":           "[2:1]",
		"a: [1\n":                "[1:4]",
		"epochs: 1\n  rate: 2\n": "p.yaml",
	} {
		write(text)
		if _, err := ReadParameters(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

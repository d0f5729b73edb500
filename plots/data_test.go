package plots

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestData(t *testing.T) {
	for _, test := range []struct {
		f    *Figure
		want string
	}{
		{Curves(Series{Y: []float64{0.1, math.NaN(), 1e-9}}), "x,y\n1,0.1\n3,1e-09\n"},
		{
			Curves(Series{Name: "a, b", Y: []float64{1}, XLabel: `pulse`, YLabel: `G_{max} (\mu{}S) 10^-3`}),
			"series,pulse,Gmax (μS) 10⁻³\n\"a, b\",1,1\n",
		},
		{
			Lines(Columns{"x": []int{1, 1, 2}, "y": []int{3, 5, 6}}, "x", "y").Band(),
			"x,y,low,high\n1,4,3,5\n2,6,,\n",
		},
	} {
		got, err := test.f.Data()
		if err != nil || got != test.want {
			t.Errorf("data %q, want %q, error %v", got, test.want, err)
		}
	}
	if text, err := Curves().Data(); err == nil || text != "" {
		t.Errorf("data %q of a figure with an error", text)
	}
}

// Every kind of figure gives its data as a table that CSV readers take.
func TestDataOfKinds(t *testing.T) {
	for name, f := range kinds() {
		text, err := f.Data()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for table := range strings.SplitSeq(text, "\n\n") {
			rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
			if err != nil || len(rows) < 2 || len(rows[0]) < 2 {
				t.Errorf("%s: %d rows, error %v", name, len(rows), err)
			}
			for _, column := range rows[0] {
				if strings.ContainsRune(column, 0) || column == "" {
					t.Errorf("%s: a column is called %q", name, column)
				}
			}
		}
	}
}

func TestWithData(t *testing.T) {
	dir := t.TempDir()
	f := Curves(accuracy("BP", 90, 3))
	if err := f.Save(filepath.Join(dir, "plain.svg")); err != nil {
		t.Fatal(err)
	}
	if err := f.WithData().Save(filepath.Join(dir, "fig.v2.svg")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "plain.csv")); err == nil {
		t.Error("data was written without being asked for")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "fig.v2.csv"))
	if want, _ := f.Data(); err != nil || string(raw) != want {
		t.Errorf("beside the figure lies %q, error %v", raw, err)
	}
}

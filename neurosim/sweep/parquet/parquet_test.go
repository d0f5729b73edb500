package parquet_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	format "github.com/parquet-go/parquet-go"

	"crossbook/neurosim/sweep/parquet"
	"crossbook/neurosim/sweep/table"
)

// results has a column of every type, in an order that is not the alphabet's.
func results() table.Table {
	return table.New(
		table.Column{Name: "rule", Values: []string{"BP", "DFA", "ä, \"b\" < `c`"}},
		table.Column{Name: "Device.LTP", Values: []float64{0, 1.0 / 3, math.NaN()}},
		table.Column{Name: "seed", Values: []int{1, -2, 1 << 60}},
		table.Column{Name: "energy", Unit: "J", Values: []float64{1e-300, math.Inf(1), -0.5}},
		table.Column{Name: "cached", Values: []bool{true, false, true}},
	)
}

func TestTableComesBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.parquet")
	if err := parquet.WriteFile(path, results()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := format.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range file.Root().Columns() {
		names = append(names, c.Name())
	}
	if got := strings.Join(names, " "); got != "rule Device.LTP seed energy cached" {
		t.Errorf("columns %s", got)
	}
	if unit, _ := file.Lookup("unit.energy"); unit != "J" {
		t.Errorf("unit %q", unit)
	}
	rows := make([]format.Row, 5)
	n, _ := format.NewReader(file).ReadRows(rows)
	if n != 3 {
		t.Fatalf("%d rows", n)
	}
	for i, row := range rows[:n] {
		want := []any{
			column[string](t, "rule")[i], column[float64](t, "Device.LTP")[i], column[int](t, "seed")[i],
			column[float64](t, "energy")[i], column[bool](t, "cached")[i],
		}
		for k, value := range row {
			if !same(value, want[k]) {
				t.Errorf("row %d, %s: %v, want %v", i, names[k], value, want[k])
			}
		}
	}
}

func column[T any](t *testing.T, name string) []T {
	t.Helper()
	c, err := results().Column(name)
	if err != nil {
		t.Fatal(err)
	}
	return c.Values.([]T)
}

func same(got format.Value, want any) bool {
	switch w := want.(type) {
	case string:
		return got.Kind() == format.ByteArray && string(got.ByteArray()) == w
	case int:
		return got.Kind() == format.Int64 && got.Int64() == int64(w)
	case bool:
		return got.Kind() == format.Boolean && got.Boolean() == w
	case float64:
		if math.IsNaN(w) {
			return got.IsNull()
		}
		return got.Kind() == format.Double && got.Double() == w
	}
	return false
}

func TestMistakesAreErrors(t *testing.T) {
	if err := parquet.WriteFile(filepath.Join(t.TempDir(), "x"), results().Select("q")); err == nil || !strings.Contains(err.Error(), `no column "q"`) {
		t.Errorf("error %v", err)
	}
	if err := parquet.WriteFile(filepath.Join(t.TempDir(), "no", "folder"), results()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if err := parquet.Write(full{}, results()); !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
	if err := parquet.Write(&bytes.Buffer{}, table.Table{}); err == nil || !strings.Contains(err.Error(), "no column") {
		t.Errorf("error %v", err)
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

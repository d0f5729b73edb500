// Package oracle reads the reference results that tests compare with: arrays
// that DNN+NeuroSim computed, stored as compressed JSON.
package oracle

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// Arrays are named arrays of one file.
type Arrays map[string]Array

// Array is one array, row-major. NaN stands where the file has null.
type Array struct {
	Shape []int
	Data  []float64
}

// Load reads a .json.gz file of arrays.
func Load(t testing.TB, path string) Arrays {
	t.Helper()
	var raw map[string]struct {
		Shape []int
		Data  json.RawMessage
	}
	decode(t, path, &raw)
	arrays := Arrays{}
	for name, a := range raw {
		arrays[name] = Array{a.Shape, numbers(t, a.Data)}
	}
	return arrays
}

func numbers(t testing.TB, data json.RawMessage) []float64 {
	t.Helper()
	var list []*float64
	if len(data) > 0 && data[0] != '[' {
		data = json.RawMessage("[" + string(data) + "]")
	}
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	values := make([]float64, len(list))
	for i, v := range list {
		if values[i] = math.NaN(); v != nil {
			values[i] = *v
		}
	}
	return values
}

func decode(t testing.TB, path string, into any) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(plain).Decode(into); err != nil {
		t.Fatal(err)
	}
}

// Float32 returns an array in single precision; it fails for an unknown name.
func (a Arrays) Float32(t testing.TB, name string) []float32 {
	t.Helper()
	array, ok := a[name]
	if !ok {
		t.Fatalf("no array %q", name)
	}
	values := make([]float32, len(array.Data))
	for i, v := range array.Data {
		values[i] = float32(v)
	}
	return values
}

// Rows reads a CSV file, compressed if its name ends in .gz: one map from
// heading to cell for each line.
func Rows(t testing.TB, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var plain io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if plain, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := csv.NewReader(plain).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// Number reads a cell of a CSV file.
func Number(t testing.TB, cell string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Tolerance is how far a result may be from the reference's.
type Tolerance float64

// Exact asks for the same bits, but for the sign of a zero.
const Exact Tolerance = 0

// Same reports elements that differ by more than the tolerance. NaN is the same
// as NaN.
func (tolerance Tolerance) Same(t testing.TB, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d elements, want %d", what, len(got), len(want))
		return
	}
	bad := 0
	for i := range got {
		near := math.Abs(float64(got[i])-float64(want[i])) <= float64(tolerance)
		if !near && !(got[i] != got[i] && want[i] != want[i]) {
			if bad++; bad <= 3 {
				t.Errorf("%s: element %d is %v, want %v", what, i, got[i], want[i])
			}
		}
	}
	if bad > 3 {
		t.Errorf("%s: %d of %d elements differ", what, bad, len(got))
	}
}

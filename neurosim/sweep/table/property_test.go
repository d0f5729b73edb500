package table_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"crossbook/neurosim/sweep/table"
)

// drawn is a table of rows of a few groups, some numbers of which are missing.
func drawn(t *rapid.T) table.Table {
	n := rapid.IntRange(0, 60).Draw(t, "rows")
	groups, runs, values := make([]string, n), make([]int, n), make([]float64, n)
	for i := range n {
		groups[i] = rapid.SampledFrom([]string{"a", "b", "c,\"d\"\n", ""}).Draw(t, "group")
		runs[i] = rapid.IntRange(0, 3).Draw(t, "run")
		values[i] = rapid.Float64Range(-1e6, 1e6).Draw(t, "value")
		if rapid.IntRange(0, 9).Draw(t, "missing") == 0 {
			values[i] = math.NaN()
		}
	}
	return table.New(
		table.Column{Name: "group", Values: groups}, table.Column{Name: "run", Values: runs},
		table.Column{Name: "value", Unit: "J", Values: values},
	)
}

func floats(t *rapid.T, from table.Table, name string) []float64 {
	values, err := from.Floats(name)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// TestGroupsMakeUpTheTable: every row is in one group, and the groups' means,
// weighted, are the mean of all.
func TestGroupsMakeUpTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawn(t)
		rows, sum, weighted, present := 0.0, 0.0, 0.0, 0.0
		for _, n := range floats(t, all.Group("group", "run").Count(), "n") {
			rows += n
		}
		for _, v := range floats(t, all, "value") {
			if !math.IsNaN(v) {
				sum += v
				present++
			}
		}
		summary := all.Group("group", "run").Summary("value")
		means, counts := floats(t, summary, "value"), floats(t, summary, "value n")
		least, most := floats(t, all.Group("group", "run").Min("value"), "value"), floats(t, all.Group("group", "run").Max("value"), "value")
		for i, n := range counts {
			if n == 0 {
				continue
			}
			weighted += n * means[i]
			present -= n
			if slack := 1e-9 * (1 + math.Abs(means[i])); means[i] < least[i]-slack || means[i] > most[i]+slack {
				t.Errorf("mean %g outside %g to %g", means[i], least[i], most[i])
			}
		}
		if int(rows) != all.Len() || present != 0 || math.Abs(weighted-sum) > 1e-6*(1+math.Abs(sum)) {
			t.Errorf("%g rows of %d, %g values left over, sum %g, want %g", rows, all.Len(), present, weighted, sum)
		}
	})
}

// TestSortIsAnOrder: of the same rows.
func TestSortIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawn(t)
		for _, key := range []string{"value", "-value"} {
			values := floats(t, all.Sort(key), "value")
			if key[0] == '-' {
				for i := range values {
					values[i] = -values[i]
				}
			}
			end := slices.IndexFunc(values, math.IsNaN)
			if end < 0 {
				end = len(values)
			}
			if !slices.IsSorted(values[:end]) || slices.ContainsFunc(values[end:], func(v float64) bool { return !math.IsNaN(v) }) {
				t.Errorf("%s: %v", key, values)
			}
			if again := all.Sort(key).Sort(key); again.Text() != all.Sort(key).Text() {
				t.Error("sorting again changes the order")
			}
		}
	})
}

// TestJoinWithItsGroupsKeepsEveryRow: and puts each beside its own group.
func TestJoinWithItsGroupsKeepsEveryRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawn(t)
		joined := all.Join(all.Group("group", "run").Max("value").Rename("value", "most"), "group", "run")
		if err := joined.Err(); err != nil || joined.Drop("most").Text() != all.Text() {
			t.Fatalf("%v\n%s\nwant\n%s", err, joined, all)
		}
		most := floats(t, joined, "most")
		for i, v := range floats(t, joined, "value") {
			if v > most[i] {
				t.Errorf("row %d: %g is above the largest of its group, %g", i, v, most[i])
			}
		}
	})
}

// TestCSVKeepsEveryDigit: and text with commas, quotes and line ends.
func TestCSVKeepsEveryDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawn(t)
		var b bytes.Buffer
		if err := all.WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(lines) != all.Len()+1 {
			t.Fatalf("%d lines of %d rows, %v", len(lines), all.Len(), err)
		}
		groups, err := all.Strings("group")
		if err != nil {
			t.Fatal(err)
		}
		values := floats(t, all, "value")
		for i, line := range lines[1:] {
			back, err := strconv.ParseFloat(line[2], 64)
			if missing := line[2] == ""; line[0] != groups[i] || missing != math.IsNaN(values[i]) || !missing && (err != nil || back != values[i]) {
				t.Errorf("row %d: %q, want %q and %g", i, line, groups[i], values[i])
			}
		}
	})
}

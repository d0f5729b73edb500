package table_test

import (
	"bytes"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"crossbook/neurosim/sweep/table"
)

// runs is what a small sweep might give.
func runs() table.Table {
	return table.New(
		table.Column{Name: "rule", Values: []string{"BP", "BP", "BP", "DFA", "DFA", "DFA"}},
		table.Column{Name: "LTP", Values: []float64{0, 0, 6, 0, 6, 6}},
		table.Column{Name: "seed", Values: []int{1, 2, 1, 1, 1, 2}},
		table.Column{Name: "accuracy", Unit: "%", Values: []float64{90, 92, 80, 88, math.NaN(), 60}},
		table.Column{Name: "energy", Unit: "J", Values: []float64{1e-3, 2e-3, 1.5e-3, 4e-3, 5e-3, 6e-3}},
		table.Column{Name: "stuck", Values: []bool{false, false, true, false, true, true}},
	)
}

// want compares a table with its text, in which a column is a word.
func want(t *testing.T, got table.Table, text string) {
	t.Helper()
	if err := got.Err(); err != nil {
		t.Error(err)
		return
	}
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	var have []string
	for line := range strings.Lines(got.String()) {
		have = append(have, strings.Join(strings.Fields(line), " "))
	}
	if strings.Join(have, "\n") != strings.TrimSpace(strings.Join(lines, "\n")) {
		t.Errorf("table\n%s\nwant\n%s", got, text)
	}
}

func TestShown(t *testing.T) {
	const text = `rule  LTP  seed  accuracy (%)  energy (mJ)  stuck
BP      0     1            90            1  false
BP      0     2            92            2  false
BP      6     1            80          1.5   true
DFA     0     1            88            4  false
DFA     6     1             –            5   true
DFA     6     2            60            6   true
6 rows`
	if got := runs().String(); got != text {
		t.Errorf("%s\nwant\n%s", got, text)
	}
	data, _ := runs().Titled("a < b").MIMEBundle()
	page := data["text/html"].(string)
	for _, want := range []string{
		`<thead><tr><th style="text-align:left">rule</th>`, `<td style="text-align:right">1.5</td>`,
		"<small>6 rows; a &lt; b</small>", "energy (mJ)", "</tbody></table>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	want(t, table.Table{}, "0 rows")
	want(t, runs().Head(0), "rule LTP seed accuracy (%) energy (J) stuck\n0 rows")
}

// TestEmptyColumnsAreNotShown: such as that of errors when there are none.
func TestEmptyColumnsAreNotShown(t *testing.T) {
	full := table.New(
		table.Column{Name: "x", Values: []int{1}},
		table.Column{Name: "error", Values: []string{""}},
		table.Column{Name: "y", Values: []float64{math.NaN()}},
	)
	want(t, full, "x\n1\n1 row")
}

func TestLongTablesAreCut(t *testing.T) {
	values := make([]int, 100)
	for i := range values {
		values[i] = i
	}
	long := table.New(table.Column{Name: "i", Values: values})
	if got := strings.Count(long.Text(), "\n"); got != 101 {
		t.Errorf("%d lines of the whole text", got)
	}
	text := long.String()
	if got := strings.Count(text, "\n"); got != 32 {
		t.Errorf("%d lines:\n%s", got, text)
	}
	if !strings.Contains(text, "14\n …\n85\n") || !strings.HasSuffix(text, "99\n100 rows") {
		t.Errorf("%s", text)
	}
}

func TestRowsAndColumnsAreChosen(t *testing.T) {
	short := runs().Select("seed", "rule")
	want(t, short.Where("seed", 2), "seed rule\n2 BP\n2 DFA\n2 rows")
	want(t, runs().Drop("LTP", "energy", "stuck").Where("rule", "DFA"), "rule seed accuracy (%)\nDFA 1 88\nDFA 1 –\nDFA 2 60\n3 rows")
	want(t, runs().Where("stuck", true).Where("LTP", 6.0).Select("seed"), "seed\n1\n1\n2\n3 rows")
	want(t, runs().Between("accuracy", 80, 90).Select("accuracy"), "accuracy (%)\n90\n80\n88\n3 rows")
	want(t, short.Rename("seed", "run").Head(1), "run rule\n1 BP\n1 row")
	want(t, runs().Filter(func(r table.Row) bool { return r.Float("LTP") > 0 && r.Text("rule") == "BP" }).Select("seed"), "seed\n1\n1 row")
	want(t, runs().Calc("product", "J", func(r table.Row) float64 { return 2 * r.Float("energy") }).Select("product").Head(2), "product (mJ)\n2\n4\n2 rows")
}

func TestSort(t *testing.T) {
	want(t, runs().Sort("-accuracy").Select("accuracy"), "accuracy (%)\n92\n90\n88\n80\n60\n–\n6 rows")
	want(t, runs().Sort("accuracy").Select("accuracy"), "accuracy (%)\n60\n80\n88\n90\n92\n–\n6 rows")
	want(t, runs().Sort("-rule", "seed").Select("rule", "seed", "LTP"), "rule seed LTP\nDFA 1 0\nDFA 1 6\nDFA 2 6\nBP 1 0\nBP 1 6\nBP 2 0\n6 rows")
	minus := table.New(table.Column{Name: "-x", Values: []int{2, 1}})
	want(t, minus.Sort("-x"), "-x\n1\n2\n2 rows")
}

func TestGroups(t *testing.T) {
	g := runs().Group("rule", "LTP")
	want(t, g.Count(), "rule LTP n\nBP 0 2\nBP 6 1\nDFA 0 1\nDFA 6 2\n4 rows")
	want(t, g.Mean("accuracy"), "rule LTP accuracy (%)\nBP 0 91\nBP 6 80\nDFA 0 88\nDFA 6 60\n4 rows")
	want(t, g.Min("energy"), "rule LTP energy (mJ)\nBP 0 1\nBP 6 1.5\nDFA 0 4\nDFA 6 5\n4 rows")
	want(t, g.Max("energy"), "rule LTP energy (mJ)\nBP 0 2\nBP 6 1.5\nDFA 0 4\nDFA 6 6\n4 rows")
	// Student's t for one degree of freedom at 97.5 % is 12.706; for three 3.182.
	want(t, g.Summary("accuracy").Where("rule", "BP"),
		"rule LTP accuracy (%) accuracy std (%) accuracy ci (%) accuracy n\nBP 0 91 1.414 12.71 2\nBP 6 80 – – 1\n2 rows")
	four := table.New(table.Column{Name: "x", Values: []float64{1, 2, 3, 4}}, table.Column{Name: "all", Values: []int{1, 1, 1, 1}})
	ci, err := four.Group("all").CI("x").Floats("x ci")
	if std := math.Sqrt(5.0 / 3); err != nil || math.Abs(ci[0]-3.182446305284263*std/2) > 1e-9 {
		t.Errorf("confidence interval %v, %v", ci, err)
	}
	std, err := four.Group("all").Std("x").Floats("x std")
	if err != nil || std[0] != math.Sqrt(5.0/3) {
		t.Errorf("standard deviation %v, %v", std, err)
	}
	want(t, runs().Group().Count(), "n\n6\n1 row")
}

func TestPivot(t *testing.T) {
	want(t, runs().Pivot("LTP", "rule", "accuracy"), "LTP BP (%) DFA (%)\n0 91 88\n6 80 60\n2 rows")
	want(t, runs().Where("seed", 2).Pivot("rule", "LTP", "accuracy"), "rule 0 (%) 6 (%)\nBP 92 –\nDFA – 60\n2 rows")
}

func TestJoinAndAppend(t *testing.T) {
	names := table.New(
		table.Column{Name: "rule", Values: []string{"DFA", "FA"}},
		table.Column{Name: "title", Values: []string{"direct", "feedback"}},
	)
	want(t, runs().Join(names, "rule").Select("title", "seed"), "title seed\ndirect 1\ndirect 1\ndirect 2\n3 rows")
	two := runs().Head(1).Select("seed", "rule").Append(runs().Where("rule", "DFA").Select("rule", "seed").Head(1))
	want(t, two, "seed rule\n1 BP\n1 DFA\n2 rows")
	want(t, table.Table{}.Append(names), "rule title\nDFA direct\nFA feedback\n2 rows")
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	if err := runs().Select("rule", "accuracy", "stuck").Head(5).WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	const text = "rule,accuracy (%),stuck\nBP,90,false\nBP,92,false\nBP,80,true\nDFA,88,false\nDFA,,true\n"
	if b.String() != text {
		t.Errorf("%s", b.String())
	}
	if err := runs().CSV(filepath.Join(t.TempDir(), "no", "folder.csv")); err == nil {
		t.Error("written into a folder that is not there")
	}
	if err := runs().WriteCSV(full{}); !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestMistakesAreKept(t *testing.T) {
	odd := table.New(table.Column{Name: "x", Values: []int{1}}, table.Column{Name: "y", Values: []int{1, 2}})
	for want, got := range map[string]table.Table{
		`table: Add: column "y" has 2 rows, the others have 1`:                          odd,
		`table: Add: two columns with the name "rule"`:                                  runs().Add(table.Column{Name: "rule", Values: make([]int, 6)}),
		`table: Add: column "x" holds a []int32; allowed: []float64, []int`:             table.New(table.Column{Name: "x", Values: []int32{1}}),
		`table: Select: no column "q"; the table has rule, LTP`:                         runs().Select("q"),
		`table: Select: no column "q": the table has none`:                              table.Table{}.Select("q"),
		`table: Drop: no column "q"`:                                                    runs().Drop("q"),
		`table: Rename: no column "q"`:                                                  runs().Rename("q", "p"),
		`table: Where: no column "q"`:                                                   runs().Where("q", 1),
		`table: Where: column "rule" holds []string, which 1 never equals`:              runs().Where("rule", 1),
		`table: Where: a []int is no value of a table`:                                  runs().Where("rule", []int{1}),
		`table: Between: column "rule" holds text`:                                      runs().Between("rule", 0, 1),
		`table: Filter: no column "q"`:                                                  runs().Filter(func(r table.Row) bool { return r.Float("q") > 0 }),
		`table: Filter: no column "p"`:                                                  runs().Filter(func(r table.Row) bool { return r.Text("p") == "" }),
		`table: Calc: column "rule" holds text`:                                         runs().Calc("x", "", func(r table.Row) float64 { return r.Float("rule") }),
		`table: Sort: no column "-q"`:                                                   runs().Sort("--q"),
		`table: Group: no column "q"`:                                                   runs().Group("q").Mean("accuracy"),
		`table: Mean: column "rule" holds text`:                                         runs().Group("LTP").Mean("rule"),
		`table: Pivot: no column "q"`:                                                   runs().Pivot("rule", "q", "accuracy"),
		`table: Pivot: column "rule" holds text`:                                        runs().Pivot("LTP", "seed", "rule"),
		`table: Join: the other table: no column "seed"`:                                runs().Join(runs().Drop("seed"), "seed"),
		`table: Add: two columns with the name "LTP"`:                                   runs().Join(runs(), "seed"),
		`table: Append: one table has 6 columns, the other 5`:                           runs().Append(runs().Drop("seed")),
		`table: Append: column "seed" is []int  in one table and []float64  in the oth`: runs().Select("seed").Append(runs().Select("LTP").Rename("LTP", "seed")),
	} {
		if err := got.Err(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %s", err, want)
			continue
		}
		if data, _ := got.MIMEBundle(); data["text/plain"] != got.Err().Error() || got.String() != got.Err().Error() {
			t.Errorf("the mistake is not shown: %v", data)
		}
		if got.CSV(filepath.Join(t.TempDir(), "x.csv")) == nil {
			t.Errorf("%s: written all the same", want)
		}
		if _, err := got.Strings("seed"); err == nil {
			t.Errorf("%s: read all the same", want)
		}
	}
}

package store_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"crossbook/neurosim/sweep/store"
	"crossbook/neurosim/sweep/store/storetest"
)

// opened is a store in a new file, with some outcomes.
func opened(t *testing.T, outcomes int) *store.File {
	t.Helper()
	f, err := store.Open(filepath.Join(t.TempDir(), "odd ?name#%20.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	for i := range outcomes {
		if err := f.Keep(key(i), storetest.Outcome(i)); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func key(i int) string { return fmt.Sprintf("%064x", i) }

func keys(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = key(i)
	}
	return list
}

func TestFile(t *testing.T) {
	storetest.Check(t, func(t *testing.T) storetest.Store { return opened(t, 0) })
}

func TestMemory(t *testing.T) {
	storetest.Check(t, func(*testing.T) storetest.Store { return &store.Memory{} })
}

// TestTwoOpenAFile: both see what either has kept.
func TestTwoOpenAFile(t *testing.T) {
	one := opened(t, 1)
	two, err := store.Open(one.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer two.Close()
	for i, f := range []*store.File{two, one, two} {
		if err := f.Keep(key(i+1), storetest.Outcome(i)); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []*store.File{one, two} {
		if found, err := f.Find(keys(9)); err != nil || len(found) != 4 {
			t.Errorf("%d found, %v", len(found), err)
		}
	}
}

func TestRecordsByPrefix(t *testing.T) {
	f := opened(t, 20)
	for prefix, want := range map[string]int{"": 20, "0": 20, strings.Repeat("0", 63): 16, key(3): 1, "%": 0, "1": 0} {
		if list, err := f.Records(prefix); err != nil || len(list) != want {
			t.Errorf("%q: %d records, %v", prefix, len(list), err)
		}
	}
}

func TestQuery(t *testing.T) {
	f := opened(t, 3)
	for question, want := range map[string]string{
		"SELECT count(*) AS n FROM runs": "n\n3\n1 row",
		"SELECT rule, net, data, accuracy, epochs FROM runs ORDER BY id LIMIT 1": "rule net data accuracy epochs\n" +
			"DFA 784-10-10 relu fashion-sample 99.9 2\n1 row",
		"SELECT epoch, train_loss, epochs.accuracy FROM epochs JOIN runs USING (key) WHERE net LIKE '784-11%'": "epoch train_loss accuracy\n1 0.3333 10\n2 0 99.9\n2 rows",
		"SELECT value FROM settings WHERE field = 'Device.LTP' ORDER BY value":                                 " value\n   0.1\n0.4333\n0.7667\n3 rows",
		"SELECT DISTINCT value FROM settings WHERE field = 'Rule.DFA.Feedback'":                                "value\nfan-in\n1 row",
		"SELECT NULL AS a, 1.5 AS b, 2 AS c":                                                                   "  b  c\n1.5  2\n1 row",
	} {
		got, err := store.Query(f.Path(), question)
		if err != nil {
			t.Errorf("%s: %v", question, err)
			continue
		}
		if squeezed(got.String()) != squeezed(want) {
			t.Errorf("%s:\n%s\nwant\n%s", question, got, want)
		}
	}
	for question, want := range map[string]string{
		"DELETE FROM runs": "attempt to write a readonly database",
		"SELECT x FROM it": "no such table",
	} {
		if _, err := store.Query(f.Path(), question); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", question, err)
		}
	}
}

// squeezed has single spaces only.
func squeezed(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
	}
	return strings.Join(lines, "\n")
}

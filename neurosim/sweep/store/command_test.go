package store

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossbook/neurosim/sweep/store/storetest"
)

// filled is a file with three results, one of which failed, one of an older
// version.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "results.sqlite")
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, key := range []string{"aaaa", "abbb", "cccc"} {
		o := storetest.Outcome(i)
		if i == 1 {
			o.Error = "it diverged"
		}
		if i == 2 {
			o.Result.Provenance.Version = "0.0.1"
		}
		if err := f.Keep(key, o); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// runs carries a command line out and returns what it prints.
func runs(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out, help bytes.Buffer
	err := run(args, &out, &help)
	return out.String() + help.String(), err
}

func TestCommands(t *testing.T) {
	path := filled(t)
	csv, pq := filepath.Join(t.TempDir(), "all.csv"), filepath.Join(t.TempDir(), "all.parquet")
	for _, test := range []struct {
		args string
		want []string
	}{
		{"ls -store " + path, []string{"key   created", "rule  net             data            version", "aaaa  20", "it diverged", "3 rows"}},
		{"ls a -store " + path, []string{"aaaa", "abbb", "2 rows"}},
		{"ls -csv ab -store " + path, []string{"key,created,rule,net,data,version,seed,epochs,accuracy (%),time (s),error\nabbb,", ",it diverged\n"}},
		{"show aa -store " + path, []string{"key      aaaa\nkept     20", `"Sizes": "784-10-10"`, "DFA", "epoch  train loss", "    2 ", "spec "}},
		{"show ab -store " + path, []string{"error    it diverged\n"}},
		{"sql -csv -store " + path + " SELECT\u00a0count(*)\u00a0AS\u00a0n\u00a0FROM\u00a0runs", []string{"n\n3\n"}},
		{"export -store " + path, []string{"key,created,spec,seed,", ",Device.LTP,", ",Rule.DFA.Feedback,", "\naaaa,", ",fan-in,"}},
		{"export -o " + csv + " -store " + path, []string{"3 results are in " + csv}},
		{"export -o " + pq + " -store " + path, []string{"3 results are in " + pq}},
		{"gc -n -store " + path, []string{"1 results would go"}},
		{"gc -n -failed -store " + path, []string{"2 results would go"}},
		{"gc -store " + path, []string{"1 results deleted, "}},
		{"gc -store " + path, []string{"0 results deleted, "}},
		{"ls -store " + path, []string{"2 rows"}},
		{"salvage " + path + " " + path + "-new", []string{"results are in " + path + "-new"}},
		{"help", []string{"usage: crossbook store COMMAND", "salvage DAMAGED NEW   copy"}},
	} {
		args := strings.Fields(strings.ReplaceAll(test.args, "\u00a0", "_"))
		for i := range args {
			if strings.HasPrefix(args[i], "SELECT") {
				args[i] = strings.ReplaceAll(args[i], "_", " ")
			}
		}
		got, err := runs(t, args...)
		if err != nil && !errors.Is(err, flag.ErrHelp) {
			t.Errorf("%s: %v", test.args, err)
		}
		for _, want := range test.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", test.args, want, got)
			}
		}
	}
	written, err := os.ReadFile(csv)
	if err != nil || bytes.Count(written, []byte("\n")) != 4 {
		t.Errorf("%s, %v", written, err)
	}
	if info, err := os.Stat(pq); err != nil || info.Size() < 1000 {
		t.Errorf("%v, %v", info, err)
	}
}

func TestCommandLinesThatAreWrong(t *testing.T) {
	path := filled(t)
	for args, want := range map[string]string{
		"":                                     "store: which command?",
		"list":                                 `store: there is no command "list"`,
		"ls -q":                                "flag provided but not defined: -q",
		"ls a b":                               `store: ls takes no argument "b"`,
		"show":                                 "store: show needs KEY; see crossbook store show -h",
		"salvage a":                            "store: salvage needs DAMAGED NEW",
		"show zz -store " + path:               `has no result whose key begins with "zz"`,
		"ls -store " + path + "-none":          "no such file",
		"gc -store " + path + "-none":          "no such file",
		"gc -older -1 -store " + path:          "-older: -1 is not allowed; allowed: 0 days and more",
		"export -o all.xls -store " + path:     "allowed: a name that ends in .csv or .parquet",
		"sql DROP -store " + path:              "incomplete input",
		"salvage " + path + " " + path:         "is there already",
		"export -o /none/x.csv -store " + path: "no such file",
	} {
		_, err := runs(t, strings.Fields(args)...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", args, err, want)
		}
	}
	for _, name := range []string{"ls", "show", "sql", "gc", "export", "salvage"} {
		help, err := runs(t, name, "-h")
		if !errors.Is(err, flag.ErrHelp) || !strings.HasPrefix(help, "usage: crossbook store "+name) {
			t.Errorf("%s -h: %v\n%s", name, err, help)
		}
	}
}

func TestCleanByAge(t *testing.T) {
	f, err := Open(filled(t))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for before, want := range map[time.Time]int{time.Now().Add(-time.Hour): 1, time.Now().Add(time.Hour): 3} {
		if n, _, err := f.Clean(Unused{Before: before, Count: true}); n != want || err != nil {
			t.Errorf("%d before %v, %v", n, before, err)
		}
	}
}

// TestCleanGivesRoomBack: to the disk.
func TestCleanGivesRoomBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.sqlite")
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range 70 {
		o := storetest.Outcome(i)
		o.Result.Provenance.Version = "0.0.1"
		if err := f.Keep(strings.Repeat("k", i+1), o); err != nil {
			t.Fatal(err)
		}
	}
	n, bytes, err := f.Clean(Unused{})
	if n != 70 || err != nil {
		t.Errorf("%d deleted, %v", n, err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 40<<10 || bytes < 64<<10 {
		t.Errorf("%v, %d bytes less, %v", info, bytes, err)
	}
}

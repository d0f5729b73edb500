package history_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"crossbook/kernel/history"
)

func must(t *testing.T) func([]history.Entry, error) []history.Entry {
	return func(entries []history.Entry, err error) []history.Entry {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return entries
	}
}

// filled makes two sessions in one file, the second still open.
func filled(t *testing.T, path string) *history.Store {
	first := history.Open(path)
	for i, source := range []string{"x := 1", "x + 1", "ä"} {
		first.Add(i+1, source)
	}
	first.Close()
	second := history.Open(path)
	t.Cleanup(second.Close)
	for i, source := range []string{"y := 1", "x + 1"} {
		second.Add(i+1, source)
	}
	return second
}

func TestQueries(t *testing.T) {
	s := filled(t, filepath.Join(t.TempDir(), "sub", "history.sqlite"))
	first := []history.Entry{{1, 1, "x := 1"}, {1, 2, "x + 1"}, {1, 3, "ä"}}
	second := []history.Entry{{2, 1, "y := 1"}, {2, 2, "x + 1"}}
	for name, test := range map[string]struct{ got, want []history.Entry }{
		"tail":            {must(t)(s.Tail(3)), append(first[2:3:3], second...)},
		"tail of all":     {must(t)(s.Tail(99)), append(first[:3:3], second...)},
		"tail of none":    {must(t)(s.Tail(-1)), nil},
		"this session":    {must(t)(s.Range(0, 1, 0)), second},
		"the one before":  {must(t)(s.Range(-1, 2, 3)), first[1:2]},
		"the first":       {must(t)(s.Range(1, 2, 0)), first[1:]},
		"none such":       {must(t)(s.Range(7, 0, 0)), nil},
		"search":          {must(t)(s.Search("*1", 0, false)), []history.Entry{first[0], first[1], second[0], second[1]}},
		"last two":        {must(t)(s.Search("x*", 2, false)), []history.Entry{first[1], second[1]}},
		"unique":          {must(t)(s.Search("*1", 0, true)), []history.Entry{first[0], second[0], second[1]}},
		"whole source":    {must(t)(s.Search("x", 0, false)), nil},
		"a character":     {must(t)(s.Search("?", 0, false)), first[2:]},
		"quotes are safe": {must(t)(s.Search("' OR 1; --", 0, false)), nil},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%s: %v, want %v", name, test.got, test.want)
		}
	}
}

// TestKernelsAtOnce: sessions of several kernels write into one file.
func TestKernelsAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.sqlite")
	var kernels sync.WaitGroup
	for k := range 4 {
		kernels.Go(func() {
			s := history.Open(path)
			defer s.Close()
			for i := range 50 {
				s.Add(i+1, fmt.Sprintf("cell %d of %d", i, k))
				if i%10 == 0 {
					if _, err := s.Tail(1); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	kernels.Wait()
	s := history.Open(path)
	defer s.Close()
	if got := must(t)(s.Search("cell*", 0, true)); len(got) != 200 {
		t.Errorf("%d entries, want 200", len(got))
	}
}

func TestOnlyTheOwnerMayRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.sqlite")
	filled(t, path)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestBrokenFile: it is set aside and history goes on.
func TestBrokenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.sqlite")
	if err := os.WriteFile(path, []byte("this was a database, once upon a time, and is one no longer"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := filled(t, path)
	if got := must(t)(s.Tail(99)); len(got) != 5 {
		t.Errorf("%v", got)
	}
	if _, err := os.Stat(path + "-corrupt"); err != nil {
		t.Error(err)
	}
}

// TestFileThatBreaksLater: another program spoils the file between two writes.
func TestFileThatBreaksLater(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.sqlite")
	s := history.Open(path)
	defer s.Close()
	s.Add(1, "before")
	must(t)(s.Tail(1))
	if err := os.WriteFile(path, make([]byte, 9000), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Add(2, "after")
	got, err := s.Tail(1)
	if err != nil || len(got) != 1 || got[0].Source != "after" {
		t.Errorf("%v, %v", got, err)
	}
}

// TestNoRoom: a path that cannot be written leaves a history of this session.
func TestNoRoom(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", filepath.Join(file, "history.sqlite"), "/dev/full"} {
		s := history.Open(path)
		s.Add(1, "x")
		if got := must(t)(s.Range(0, 1, 2)); len(got) != 1 || got[0].Source != "x" {
			t.Errorf("%q: %v", path, got)
		}
		s.Close()
		if _, err := s.Tail(1); err == nil {
			t.Errorf("%q: a closed history answers", path)
		}
	}
}

// TestAddNeverWaits: more than can be kept waiting is dropped, not waited for.
func TestAddNeverWaits(t *testing.T) {
	s := history.Open("")
	defer s.Close()
	for i := range 20000 {
		s.Add(i+1, "x")
	}
	s.Add(20001, string(make([]byte, 2<<20)))
	if got := must(t)(s.Range(0, 1, 0)); len(got) < 10000 {
		t.Errorf("%d entries", len(got))
	}
}

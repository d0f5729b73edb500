package store_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/sweep/store"
	"crossbook/neurosim/sweep/store/storetest"
)

// long is an outcome that does not fit a page of the file.
func long(i int) runner.Outcome {
	o := storetest.Outcome(i)
	for len(o.Result.Epochs) < 120*(i%3) {
		o.Result.Epochs = append(o.Result.Epochs, o.Result.Epochs[0])
	}
	return o
}

// contents are files that were made before.
var contents = map[int][]byte{}

// content is the file of a store with n outcomes, some of which are long.
func content(t *testing.T, n int) []byte {
	t.Helper()
	if data, ok := contents[n]; ok {
		return bytes.Clone(data)
	}
	f, err := store.Open(filepath.Join(t.TempDir(), "whole"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := f.Keep(key(i), long(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	contents[n] = data
	return bytes.Clone(data)
}

// salvaged writes data to a file, salvages it and returns the outcomes of the new
// store by key.
func salvaged(t *testing.T, data []byte) map[string]runner.Outcome {
	t.Helper()
	dir := t.TempDir()
	from, to := filepath.Join(dir, "damaged"), filepath.Join(dir, "new")
	if err := os.WriteFile(from, data, 0o644); err != nil {
		t.Fatal(err)
	}
	good, err := store.Salvage(from, to)
	if err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(from); err != nil || !bytes.Equal(after, data) {
		t.Errorf("the damaged file has changed, %v", err)
	}
	f, err := store.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	found, err := f.Find(keys(1000))
	if err != nil || len(found) != good {
		t.Errorf("%d results told, %d found, %v", good, len(found), err)
	}
	for k, o := range found {
		want := long(int(o.Result.Experiment.Seed - 1<<63))
		want.ID = k
		if !reflect.DeepEqual(o, want) {
			t.Errorf("%s is not what was kept: %+v", k, o)
		}
	}
	return found
}

func TestSalvageOfASoundFile(t *testing.T) {
	if found := salvaged(t, content(t, 60)); len(found) != 60 {
		t.Errorf("%d of 60", len(found))
	}
	if found := salvaged(t, content(t, 0)); len(found) != 0 {
		t.Errorf("%d of none", len(found))
	}
}

// TestSalvageOfDamage: whatever is lost, the results elsewhere are kept.
func TestSalvageOfDamage(t *testing.T) {
	whole := content(t, 60)
	const page = 4096
	for name, test := range map[string]struct {
		damage func(data []byte) []byte
		least  int // results that must be there
	}{
		"header":     {func(d []byte) []byte { clear(d[:100]); return d }, 60},
		"first page": {func(d []byte) []byte { clear(d[:page]); return d }, 60},
		"root":       {func(d []byte) []byte { clear(d[page : 2*page]); return d }, 60},
		"half":       {func(d []byte) []byte { return d[:len(d)/2/page*page] }, 15},
		"cut":        {func(d []byte) []byte { return d[:len(d)-page/3] }, 50},
		"one page":   {func(d []byte) []byte { clear(d[9*page : 10*page]); return d }, 50},
		"one letter": {func(d []byte) []byte { d[bytes.Index(d, []byte("fan-in"))] = 'F'; return d }, 58},
		"empty":      {func([]byte) []byte { return nil }, 0},
		"text":       {func([]byte) []byte { return bytes.Repeat([]byte("no store "), 9999) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if found := salvaged(t, test.damage(bytes.Clone(whole))); len(found) < test.least {
				t.Errorf("%d results, want at least %d", len(found), test.least)
			}
		})
	}
}

// TestSalvageOfNoise: nothing wrong is ever taken for a result, and nothing hangs.
func TestSalvageOfNoise(t *testing.T) {
	whole := content(t, 60)
	random := rand.New(rand.NewPCG(1, 2))
	rounds := 20
	if testing.Short() {
		rounds = 3
	}
	for range rounds {
		data := bytes.Clone(whole)
		for range 1 + random.IntN(300) {
			data[random.IntN(len(data))] = byte(random.Uint32())
		}
		salvaged(t, data)
	}
}

// TestDamageIsTold: by an error that says what to do.
func TestDamageIsTold(t *testing.T) {
	whole := content(t, 60)
	for name, damage := range map[string]func([]byte){
		"header": func(d []byte) { clear(d[:100]) },
		"root":   func(d []byte) { clear(d[4096:8192]) },
		"letter": func(d []byte) { copy(d, bytes.ReplaceAll(d, []byte("fan-in"), []byte("fan-on"))) },
	} {
		path := filepath.Join(t.TempDir(), "results.sqlite")
		data := bytes.Clone(whole)
		damage(data)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		f, err := store.Open(path)
		if err == nil {
			_, err = f.Find(keys(60))
			f.Close()
		}
		var damaged *store.Damaged
		if !errors.As(err, &damaged) || !strings.Contains(err.Error(), "crossbook store salvage "+path+" NEW") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSalvageReplacesNothing(t *testing.T) {
	f := opened(t, 3)
	there := filepath.Join(t.TempDir(), "there")
	if err := os.WriteFile(there, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Salvage(f.Path(), there); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("error %v", err)
	}
	if _, err := store.Salvage(there+"-not", there+"-new"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(there)); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	// The results of a store that is open are in its log still.
	if good, err := store.Salvage(f.Path(), there+"-new"); err != nil || good != 3 {
		t.Errorf("%d results, %v", good, err)
	}
}

// TestFullDisk: the error says so, what was kept stays, and there is no half of a
// result.
func TestFullDisk(t *testing.T) {
	f := opened(t, 5)
	if err := f.Fill(3); err != nil {
		t.Fatal(err)
	}
	kept := 5
	var err error
	for ; kept < 1000; kept++ {
		if err = f.Keep(key(kept), long(kept)); err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "there is no space left for another result") {
		t.Fatalf("error %v after %d", err, kept)
	}
	if found, err := f.Find(keys(1000)); err != nil || len(found) != kept {
		t.Errorf("%d found, %d kept, %v", len(found), kept, err)
	}
	if err := f.Fill(1000); err != nil {
		t.Fatal(err)
	}
	if err := f.Keep(key(kept), long(kept)); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	later := opened(t, 1)
	if err := later.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	foreign := opened(t, 1)
	if err := foreign.Exec("PRAGMA application_id = 7"); err != nil {
		t.Fatal(err)
	}
	for want, path := range map[string]string{
		"no.sqlite/x":                                     filepath.Join(dir, "no.sqlite", "x"),
		"is damaged (file is not a datab":                 write("text", strings.Repeat("This is a letter. ", 99)),
		"its schema has version 99; this program knows 1": later.Path(),
		"it is an SQLite file of another program":         foreign.Path(),
	} {
		if _, err := store.Open(path); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "store: ") {
			t.Errorf("%v, want %s", err, want)
		}
	}
	for want, path := range map[string]string{
		"no such file":           filepath.Join(dir, "none"),
		"is no store of results": write("empty", ""),
	} {
		if _, err := store.Read(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
		t.Error("reading has made a file")
	}
}

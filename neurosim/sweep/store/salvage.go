package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Salvage copies the good results of a store, damaged or not, into a new file and
// returns how many there were. The old file stays as it is. A result is good when
// it agrees with its checksum.
//
// The pages of the file are read one by one, without what SQLite needs to find
// its way, so that any part of the file may be lost.
func Salvage(from, to string) (good int, err error) {
	if _, err := os.Lstat(to); err == nil {
		return 0, fmt.Errorf("store: salvage: %s is there already; give the name of a new file", to)
	}
	folder, err := os.MkdirTemp(filepath.Dir(to), ".salvage-*")
	if err != nil {
		return 0, fmt.Errorf("store: salvage: %w", err)
	}
	defer os.RemoveAll(folder)
	old, fresh := filepath.Join(folder, "old"), filepath.Join(folder, "fresh")
	if err := copyStore(from, old); err != nil {
		return 0, fmt.Errorf("store: salvage: %w", err)
	}
	if good, err = rescue(old, fresh); err != nil {
		return 0, fmt.Errorf("store: salvage: %w", err)
	}
	if err := os.Link(fresh, to); err != nil { // unlike a rename, replaces nothing
		return 0, fmt.Errorf("store: salvage: %w", err)
	}
	return good, nil
}

// rescue fills a fresh store with the good rows of another.
func rescue(old, fresh string) (good int, err error) {
	out, err := Open(fresh)
	if err != nil {
		return 0, err
	}
	// What killed processes left in the log goes into the file, if that is sound
	// enough.
	if f, err := Open(old); err == nil {
		_ = f.Close()
	}
	file, err := os.Open(old)
	if err != nil {
		return 0, errors.Join(err, out.Close())
	}
	defer file.Close()
	seen := map[string]bool{}
	err = scan(file, func(values []any) error {
		r, ok := rowOf(values)
		if !ok || seen[r.text("key")] {
			return nil
		}
		seen[r.text("key")] = true
		return out.insert(r)
	})
	return len(seen), errors.Join(err, out.Close())
}

// rowOf is a record of SQLite as a row of the table runs, if it is a good one.
func rowOf(values []any) (row, bool) {
	if len(values) != len(columns)+1 {
		return nil, false
	}
	r := row(values[1:]) // the id is in another place
	for i, value := range r {
		// SQLite keeps whole numbers short.
		if whole, ok := value.(int64); ok && columns[i] != "epochs" {
			r[i] = float64(whole)
		}
	}
	return r, r.good()
}

// copyStore copies a store with the log of changes that are not in it yet.
func copyStore(from, to string) error {
	if err := copyFile(from, to); err != nil {
		return err
	}
	err := copyFile(from+"-wal", to+"-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

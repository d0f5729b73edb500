package store

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	sqlitelib "modernc.org/sqlite/lib"

	"crossbook/neurosim/sweep/runner"
)

// DefaultFile is the name of a project's store, in its working folder.
const DefaultFile = "crossbook.sqlite"

// File is a store in an SQLite file. It is safe for concurrent use, by several
// processes too.
type File struct {
	path string
	db   *sql.DB
}

// Open opens the store of a file, which it makes where there is none. A damaged
// file is an error, see Damaged.
func Open(path string) (*File, error) {
	if err := create(path); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	f, err := open(path, "rw")
	if err != nil {
		return nil, err
	}
	if err := prepare(f.db); err != nil {
		return nil, errors.Join(f.told(err), f.Close())
	}
	return f, nil
}

// Read opens the store of a file that is there and is not to be changed.
func Read(path string) (*File, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	f, err := open(path, "rw") // SQLite must be able to finish what a killed process began
	if err != nil {
		return nil, err
	}
	var id int
	if err := f.db.QueryRow("PRAGMA application_id").Scan(&id); err != nil {
		return nil, errors.Join(f.told(err), f.Close())
	}
	if id != application {
		return nil, errors.Join(fmt.Errorf("store: %s is no store of results", path), f.Close())
	}
	if _, err := f.db.Exec("PRAGMA query_only = 1"); err != nil {
		return nil, errors.Join(f.told(err), f.Close())
	}
	return f, nil
}

func open(path, mode string) (*File, error) {
	db, err := connect(path, mode)
	if err != nil {
		return nil, fmt.Errorf("store: %s: %w", path, err)
	}
	return &File{path, db}, nil
}

// Path returns the name of the file.
func (f *File) Path() string { return f.path }

// Close closes the file.
func (f *File) Close() error {
	if err := f.db.Close(); err != nil {
		return f.told(err)
	}
	return nil
}

// Find returns those of the keys that the store has.
func (f *File) Find(keys []string) (map[string]runner.Outcome, error) {
	const atOnce = 500 // SQLite bounds the parameters of a query
	found := make(map[string]runner.Outcome, len(keys))
	for len(keys) > 0 {
		n := min(atOnce, len(keys))
		if err := f.find(keys[:n], found); err != nil {
			return found, err
		}
		keys = keys[n:]
	}
	return found, nil
}

func (f *File) find(keys []string, found map[string]runner.Outcome) error {
	args := make([]any, len(keys))
	for i, key := range keys {
		args[i] = key
	}
	records, err := f.records("WHERE key IN (?"+strings.Repeat(", ?", len(keys)-1)+")", args...)
	for _, r := range records {
		found[r.Key] = r.Outcome
	}
	return err
}

// Keep adds the outcome of a key, whole or not at all. One that is there stays: it
// has the same bits.
func (f *File) Keep(key string, o runner.Outcome) error {
	r := Record{Key: key, Created: time.Now().UTC().Truncate(time.Second), Outcome: o}
	values, err := r.row()
	if err != nil {
		return fmt.Errorf("store: %s: %w", f.path, err)
	}
	return f.told(f.insert(values))
}

func (f *File) insert(r row) error {
	_, err := f.db.Exec("INSERT INTO runs ("+strings.Join(columns, ", ")+") VALUES (?"+
		strings.Repeat(", ?", len(columns)-1)+") ON CONFLICT (key) DO NOTHING", r...)
	return err
}

// Damaged is the error for a file that is no longer what SQLite wrote.
type Damaged struct {
	Path  string
	Cause error
}

// Error says what can be done.
func (d *Damaged) Error() string {
	return fmt.Sprintf("store: %s is damaged (%v): crossbook store salvage %s NEW copies the good results into a new file", d.Path, d.Cause, d.Path)
}

// Unwrap returns the cause.
func (d *Damaged) Unwrap() error { return d.Cause }

// told says what an error of SQLite means for the user.
func (f *File) told(err error) error {
	if err == nil {
		return nil
	}
	var known *Damaged
	switch code(err) & 0xff {
	case sqlitelib.SQLITE_CORRUPT, sqlitelib.SQLITE_NOTADB:
		return &Damaged{f.path, err}
	case sqlitelib.SQLITE_FULL:
		return fmt.Errorf("store: %s: there is no space left for another result: %w", f.path, err)
	case sqlitelib.SQLITE_READONLY, sqlitelib.SQLITE_CANTOPEN:
		return fmt.Errorf("store: %s cannot be written: %w", f.path, err)
	case sqlitelib.SQLITE_BUSY, sqlitelib.SQLITE_LOCKED:
		return fmt.Errorf("store: %s: another process has held it for %v: %w", f.path, busyWait, err)
	}
	if errors.As(err, &known) {
		return err
	}
	return fmt.Errorf("store: %s: %w", f.path, err)
}

// Package history keeps what was run, over sessions and for several kernels at
// once, in an SQLite file. It never stands in the way: entries are written in
// the background, and a disk that is full or a file that is broken costs the
// history, not a cell.
package history

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	// writeAfter is how long entries are gathered: the first cells of a session
	// need not wait for a database to open.
	writeAfter = time.Second
	// maxPending bounds what waits for a disk that takes nothing.
	maxPending = 10000
	// maxSource bounds a cell that is kept, in bytes.
	maxSource = 1 << 20
	// busyWait is how long another kernel's write is waited for.
	busyWait = "2000" // ms
)

// Entry is one cell that was run.
type Entry struct {
	Session int // number of the session in the file, from 1
	Line    int // execution count
	Source  string
}

// Store is the history of all sessions as one of them sees it. It is safe for
// concurrent use.
type Store struct {
	path string

	pending struct {
		sync.Mutex
		entries []Entry // not yet written, their Session not yet set
		timer   *time.Timer
	}

	mu      sync.Mutex // guards what follows and orders writes and queries
	db      *sql.DB    // nil until it is needed
	session int        // number of this session; 0 until its first entry is written
	closed  bool
}

// Open returns the store of a file, which it does not touch yet: the first entry
// or query does. With the path "" the history lives in memory.
func Open(path string) *Store { return &Store{path: path} }

// Add keeps a cell; it returns at once. A cell of more than 1 MiB is not kept.
func (s *Store) Add(line int, source string) {
	if len(source) > maxSource {
		return
	}
	p := &s.pending
	p.Lock()
	defer p.Unlock()
	if len(p.entries) >= maxPending {
		return
	}
	p.entries = append(p.entries, Entry{Line: line, Source: source})
	if p.timer == nil {
		p.timer = time.AfterFunc(writeAfter, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.flush()
		})
	}
}

// Close writes what is left and closes the file.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
	s.closed = true
	s.closeDB()
}

func (s *Store) closeDB() {
	if s.db != nil {
		_ = s.db.Close() // nothing is left to be written
	}
	s.db, s.session = nil, 0
}

// flush writes the pending entries; the caller holds the lock. Those that cannot
// be written stay for the next time.
func (s *Store) flush() {
	entries := s.takePending()
	if len(entries) == 0 || s.closed {
		return
	}
	err := s.write(entries)
	if broken(err) {
		s.setAside()
		err = s.write(entries)
	}
	if err == nil {
		return
	}
	p := &s.pending
	p.Lock()
	defer p.Unlock()
	p.entries = append(entries, p.entries...)
}

func (s *Store) takePending() []Entry {
	p := &s.pending
	p.Lock()
	defer p.Unlock()
	if p.timer != nil {
		p.timer.Stop()
	}
	entries := p.entries
	p.entries, p.timer = nil, nil
	return entries
}

// write adds the entries in one transaction.
func (s *Store) write(entries []Entry) (err error) {
	if err := s.open(); err != nil {
		return err
	}
	tx, err := s.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	session := s.session
	if session == 0 {
		row := tx.QueryRow(`INSERT INTO sessions (start) VALUES (?) RETURNING session`, time.Now().UTC().Format(time.RFC3339))
		if err := row.Scan(&session); err != nil {
			return err
		}
	}
	insert, err := tx.Prepare(`INSERT INTO history (session, line, source) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, e := range entries {
		if _, err := insert.Exec(session, e.Line, e.Source); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.session = session
	return nil
}

const schema = `
CREATE TABLE IF NOT EXISTS sessions (session INTEGER PRIMARY KEY AUTOINCREMENT, start TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS history (
	id INTEGER PRIMARY KEY, session INTEGER NOT NULL, line INTEGER NOT NULL, source TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS history_place ON history (session, line);`

// open opens the file, or a database in memory where that cannot be.
func (s *Store) open() error {
	if s.db != nil {
		return nil
	}
	err := s.openFile()
	if broken(err) {
		s.setAside()
		err = s.openFile()
	}
	if err == nil {
		return nil
	}
	s.db, err = connect(":memory:")
	return err
}

func (s *Store) openFile() (err error) {
	if s.path == "" {
		s.db, err = connect(":memory:")
		return err
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(s.path, os.O_CREATE|os.O_RDWR, 0o600) // SQLite would let others read it
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	s.db, err = connect(s.path)
	return err
}

func connect(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // a database in memory belongs to its connection
	if _, err = db.Exec("PRAGMA busy_timeout = " + busyWait + ";" + schema); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// broken reports whether the file is not a database, or one no longer.
func broken(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "not a database") || strings.Contains(err.Error(), "malformed"))
}

// setAside renames a broken file, so that a fresh one can take its place and the
// user can still look into the old one.
func (s *Store) setAside() {
	s.closeDB()
	_ = os.Rename(s.path, s.path+"-corrupt") // where this fails, memory must do
}

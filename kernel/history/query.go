package history

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// queryWait bounds a query: a client waits for it.
const queryWait = 3 * time.Second

// Tail returns the last n entries of all sessions, oldest first; n below 1 means
// none.
func (s *Store) Tail(n int) ([]Entry, error) {
	return s.newest(`SELECT session, line, source FROM history ORDER BY session DESC, line DESC LIMIT ?`, max(n, 0))
}

// Range returns the entries of a session from line start up to, but without, line
// stop; stop below 1 means up to the end. Session 0 is this one, -1 the one
// before it, and so on; positive numbers are those of [Entry].
func (s *Store) Range(session, start, stop int) ([]Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(); err != nil {
		return nil, err
	}
	if session <= 0 {
		current, err := s.current()
		if err != nil {
			return nil, err
		}
		session += current
	}
	return s.query(`SELECT session, line, source FROM history
		WHERE session = ? AND line >= ? AND (? < 1 OR line < ?) ORDER BY line`, session, start, stop, stop)
}

// Search returns the last n entries, oldest first, whose whole source matches the
// pattern, in which * stands for any text, ? for any character and [a-z] for one
// of a set; n below 1 means all. With unique, of equal sources only the last one
// counts.
func (s *Store) Search(pattern string, n int, unique bool) ([]Entry, error) {
	if n < 1 {
		n = -1 // what SQLite understands as no limit
	}
	group := ""
	if unique {
		group = "GROUP BY source HAVING id = max(id)"
	}
	return s.newest(`SELECT session, line, source FROM history WHERE source GLOB ? `+group+`
		ORDER BY session DESC, line DESC LIMIT ?`, pattern, n)
}

// newest answers a query that gives the newest entries first.
func (s *Store) newest(query string, args ...any) ([]Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(); err != nil {
		return nil, err
	}
	entries, err := s.query(query, args...)
	slices.Reverse(entries)
	return entries, err
}

// ready opens the database and writes what is pending.
func (s *Store) ready() error {
	if s.closed {
		return fmt.Errorf("history: closed")
	}
	s.flush()
	if err := s.open(); err != nil {
		return fmt.Errorf("history: open: %w", err)
	}
	return nil
}

// current is the number of this session, or the one that it will get.
func (s *Store) current() (number int, err error) {
	if s.session > 0 {
		return s.session, nil
	}
	err = s.db.QueryRow(`SELECT coalesce(max(session), 0) + 1 FROM sessions`).Scan(&number)
	if err != nil {
		return 0, fmt.Errorf("history: session: %w", err)
	}
	return number, nil
}

func (s *Store) query(query string, args ...any) ([]Entry, error) {
	ctx, cancel := context.WithTimeout(context.Background(), queryWait)
	defer cancel()
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("history: query: %w", err)
	}
	defer rows.Close()
	entries := []Entry{}
	for rows.Next() {
		var e Entry
		if err := rows.Scan(&e.Session, &e.Line, &e.Source); err != nil {
			return nil, fmt.Errorf("history: query: %w", err)
		}
		entries = append(entries, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("history: query: %w", err)
	}
	return entries, nil
}

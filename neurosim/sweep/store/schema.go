package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"
)

// Version is the version of the schema, SQLite's user_version. A file of a later
// one is refused.
const Version = 1

// application is SQLite's application_id of a store: "Xbok".
const application = 0x58626f6b

// schema makes an empty store.
const schema = `
CREATE TABLE runs (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	created TEXT NOT NULL,
	spec TEXT NOT NULL, seed TEXT NOT NULL, version TEXT NOT NULL,
	data TEXT NOT NULL, checksum TEXT NOT NULL,
	rule TEXT NOT NULL, net TEXT NOT NULL, device TEXT NOT NULL,
	accuracy REAL, loss REAL, epochs INTEGER NOT NULL, seconds REAL NOT NULL,
	error TEXT NOT NULL,
	experiment TEXT NOT NULL, result TEXT NOT NULL, sum TEXT NOT NULL
);
CREATE VIEW epochs AS
	SELECT runs.key AS key,
		json_extract(value, '$.Number') AS epoch,
		json_extract(value, '$.TrainLoss') AS train_loss,
		json_extract(value, '$.TestLoss') AS test_loss,
		json_extract(value, '$.Accuracy') AS accuracy
	FROM runs, json_each(runs.result, '$.Epochs');
CREATE VIEW settings AS
	SELECT runs.key AS key, substr(j.fullkey, 3) AS field, j.atom AS value
	FROM runs, json_tree(runs.experiment) AS j WHERE j.atom IS NOT NULL;
`

// busyWait is how long another process's write is waited for.
const busyWait = 30 * time.Second

// connect opens an SQLite file that is there.
func connect(path, mode string) (*sql.DB, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	// As a URI, so that a ? or a # in the path is only that.
	name := url.URL{Scheme: "file", Path: full, RawQuery: "mode=" + mode +
		fmt.Sprintf("&_pragma=busy_timeout(%d)", busyWait.Milliseconds())}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // settings belong to a connection
	return db, nil
}

// prepare makes the schema in a file that is new, and refuses a file that is of
// another program or of a later version.
func prepare(db *sql.DB) error {
	if err := patiently(func() error {
		_, err := db.Exec(fmt.Sprintf("PRAGMA page_size = %d; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", pageSize))
		return err
	}); err != nil {
		return err
	}
	ctx := context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := settle(ctx, conn); err != nil {
		_, rollback := conn.ExecContext(ctx, "ROLLBACK")
		return errors.Join(err, rollback)
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	return err
}

// settle does the work of prepare within a transaction.
func settle(ctx context.Context, conn *sql.Conn) error {
	var tables, id, version int
	for query, into := range map[string]*int{
		"SELECT count(*) FROM sqlite_schema": &tables,
		"PRAGMA application_id":              &id,
		"PRAGMA user_version":                &version,
	} {
		if err := conn.QueryRowContext(ctx, query).Scan(into); err != nil {
			return err
		}
	}
	switch {
	case tables == 0:
		_, err := conn.ExecContext(ctx, schema+fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", application, Version))
		return err
	case id != application:
		return errors.New("it is an SQLite file of another program")
	case version != Version:
		return fmt.Errorf("its schema has version %d; this program knows %d", version, Version)
	}
	return nil
}

// patiently tries again while another process holds what SQLite does not wait
// for by itself.
func patiently(try func() error) error {
	for begin := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		err := try()
		if code(err)&0xff != sqlitelib.SQLITE_BUSY || time.Since(begin) > busyWait {
			return err
		}
	}
}

// code is SQLite's extended result code of an error; 0 for another error.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// create makes an empty file where there is none.
func create(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return err
	}
	return file.Close()
}

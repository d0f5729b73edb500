package store

import (
	"fmt"
	"os"
	"strings"
	"time"

	"crossbook/neurosim"
)

// Unused says which results are of no more use. The zero value: those of other
// versions of the simulator, which no run would find again.
type Unused struct {
	Before time.Time // and those kept before that time; zero: none
	Failed bool      // and those of trainings that failed
	Count  bool      // delete nothing, tell how many there are
}

// condition selects them.
func (u Unused) condition() (where string, args []any) {
	conditions := []string{"version <> ?"}
	args = []any{neurosim.Version}
	if !u.Before.IsZero() {
		conditions = append(conditions, "created < ?")
		args = append(args, u.Before.UTC().Format(time.RFC3339))
	}
	if u.Failed {
		conditions = append(conditions, "error <> ''")
	}
	return "WHERE " + strings.Join(conditions, " OR "), args
}

// Clean deletes results that are of no more use, and gives their room back. It
// returns how many there were, and how much smaller the file has become.
func (f *File) Clean(unused Unused) (results int, bytes int64, err error) {
	condition, args := unused.condition()
	if unused.Count {
		err := f.db.QueryRow("SELECT count(*) FROM runs "+condition, args...).Scan(&results)
		return results, 0, f.told(err)
	}
	// The file has its size once what is in the log has come there.
	if _, err := f.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return 0, 0, f.told(err)
	}
	before, err := os.Stat(f.path)
	if err != nil {
		return 0, 0, fmt.Errorf("store: %w", err)
	}
	done, err := f.db.Exec("DELETE FROM runs "+condition, args...)
	if err != nil {
		return 0, 0, f.told(err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		return 0, 0, f.told(err)
	}
	if _, err := f.db.Exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return int(n), 0, f.told(err)
	}
	after, err := os.Stat(f.path)
	if err != nil {
		return int(n), 0, fmt.Errorf("store: %w", err)
	}
	return int(n), before.Size() - after.Size(), nil
}

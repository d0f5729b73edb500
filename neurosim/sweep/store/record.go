package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"crossbook/neurosim"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/train"
)

// Record is a result in a store.
type Record struct {
	Key     string    // hash of all that the result depends on
	Created time.Time // when it was kept, UTC
	Outcome runner.Outcome
}

// columns are those of the table runs but for its id, in their order.
var columns = []string{
	"key", "created", "spec", "seed", "version", "data", "checksum", "rule", "net", "device",
	"accuracy", "loss", "epochs", "seconds", "error", "experiment", "result", "sum",
}

// row is a row of the table runs, a value for each of the columns: a string, a
// number or nil.
type row []any

// rest encodes what of an outcome has no column: all of the result but its
// experiment and its provenance, of that the sum of the weights to begin with.
func rest(o runner.Outcome) ([]byte, error) {
	data, err := json.Marshal(o.Result)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, err
	}
	delete(fields, "Experiment")
	delete(fields, "Provenance")
	if o.Lasting {
		fields["Lasting"] = []byte("true")
	}
	if sum := o.Result.Provenance.Weights; sum != "" {
		if fields["Weights"], err = json.Marshal(sum); err != nil {
			return nil, err
		}
	}
	return json.Marshal(fields)
}

// row is the record as the table has it.
func (r Record) row() (row, error) {
	o, p := r.Outcome, r.Outcome.Result.Provenance
	e := o.Result.Experiment
	experiment, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	result, err := rest(o)
	if err != nil {
		return nil, err
	}
	var accuracy, loss any
	if n := o.Result.Len(); n > 0 {
		accuracy, loss = o.Result.Epochs[n-1].Accuracy, o.Result.Epochs[n-1].TestLoss
	}
	rule := e.Rule
	if rule == nil {
		rule = train.BP{}
	}
	values := row{
		r.Key, r.Created.Format(time.RFC3339), p.Spec, strconv.FormatUint(p.Seed, 10), p.Version, p.Data, p.Checksum,
		rule.Name(), e.Net.String(), e.Device.String(),
		accuracy, loss, int64(o.Result.Len()), o.Seconds, o.Error, string(experiment), string(result), "",
	}
	values[len(values)-1] = values.sum()
	return values, nil
}

// sum is the checksum by which a damaged row is known: the SHA-256, in
// hexadecimal, over all other values.
func (r row) sum() string {
	h := sha256.New()
	for _, value := range r[:len(r)-1] {
		text := fmt.Sprint(value)
		if whole, ok := value.(int64); ok {
			value = float64(whole) // as SQLite keeps either
		}
		if number, ok := value.(float64); ok {
			text = strconv.FormatFloat(number, 'g', -1, 64)
		}
		fmt.Fprintf(h, "%d:%s", len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// good says whether a row is what was written.
func (r row) good() bool {
	return len(r) == len(columns) && r.text("sum") == r.sum()
}

// text is the value of a column of text.
func (r row) text(column string) string {
	s, _ := r[slices.Index(columns, column)].(string)
	return s
}

// errSum is the damage that SQLite does not see.
var errSum = errors.New("a result does not agree with its checksum")

// record reads a row; errSum when it is not what was written.
func (r row) record() (Record, error) {
	if !r.good() {
		return Record{}, errSum
	}
	record := Record{Key: r.text("key")}
	var err error
	if record.Created, err = time.Parse(time.RFC3339, r.text("created")); err != nil {
		return record, fmt.Errorf("result %.12s: %w", record.Key, err)
	}
	seed, err := strconv.ParseUint(r.text("seed"), 10, 64)
	if err != nil {
		return record, fmt.Errorf("result %.12s: %w", record.Key, err)
	}
	o := &record.Outcome
	var marks struct {
		Lasting bool
		Weights string
	}
	result := []byte(r.text("result"))
	if err := errors.Join(
		json.Unmarshal(result, &o.Result), json.Unmarshal(result, &marks),
		json.Unmarshal([]byte(r.text("experiment")), &o.Result.Experiment),
	); err != nil {
		return record, fmt.Errorf("result %.12s: %w", record.Key, err)
	}
	o.ID, o.Error, o.Lasting = record.Key, r.text("error"), marks.Lasting
	o.Seconds, _ = r[slices.Index(columns, "seconds")].(float64)
	o.Result.Provenance = neurosim.Provenance{
		Spec: r.text("spec"), Seed: seed, Version: r.text("version"), Data: r.text("data"), Checksum: r.text("checksum"),
		Weights: marks.Weights,
	}
	return record, nil
}

// Records returns all results whose key begins with a prefix, the oldest first.
func (f *File) Records(prefix string) ([]Record, error) {
	return f.records("WHERE substr(key, 1, length(?1)) = ?1 ORDER BY id", prefix)
}

// records reads the rows of a condition.
func (f *File) records(condition string, args ...any) (list []Record, err error) {
	rows, err := f.db.Query("SELECT "+strings.Join(columns, ", ")+" FROM runs "+condition, args...)
	if err != nil {
		return nil, f.told(err)
	}
	defer rows.Close()
	for rows.Next() {
		values := make(row, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return list, f.told(err)
		}
		r, err := values.record()
		switch {
		case errors.Is(err, errSum):
			return list, &Damaged{f.path, err}
		case err != nil:
			return list, f.told(err)
		}
		list = append(list, r)
	}
	return list, f.told(rows.Err())
}

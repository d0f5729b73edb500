package store

import (
	"errors"
	"fmt"
	"math"

	"crossbook/neurosim/sweep/table"
)

// Query asks the store of a file in SQL, for reading only, and returns the answer as
// a table. The package's documentation has the tables and views.
func Query(path, question string, args ...any) (table.Table, error) {
	f, err := Read(path)
	if err != nil {
		return table.Table{}, err
	}
	t, err := f.Query(question, args...)
	return t, errors.Join(err, f.Close())
}

// Query asks in SQL.
func (f *File) Query(question string, args ...any) (table.Table, error) {
	rows, err := f.db.Query(question, args...)
	if err != nil {
		return table.Table{}, f.told(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return table.Table{}, f.told(err)
	}
	columns := make([][]any, len(names))
	for rows.Next() {
		line, into := make([]any, len(names)), make([]any, len(names))
		for i := range line {
			into[i] = &line[i]
		}
		if err := rows.Scan(into...); err != nil {
			return table.Table{}, f.told(err)
		}
		for i, value := range line {
			columns[i] = append(columns[i], value)
		}
	}
	if err := rows.Err(); err != nil {
		return table.Table{}, f.told(err)
	}
	t := table.Table{}
	for i, name := range names {
		t = t.Add(typed(name, columns[i]))
	}
	return t, t.Err()
}

// typed is a column of the narrowest type for what SQLite gave: whole numbers,
// numbers with NaN where there is none, or text.
func typed(name string, values []any) table.Column {
	whole, numbers, texts := make([]int, len(values)), make([]float64, len(values)), make([]string, len(values))
	isWhole, isNumber := true, true
	for i, value := range values {
		switch v := value.(type) {
		case int64:
			whole[i], numbers[i] = int(v), float64(v)
		case float64:
			numbers[i], isWhole = v, false
		case nil:
			numbers[i], isWhole = math.NaN(), false
		default:
			isWhole, isNumber = false, false
		}
		if value != nil {
			texts[i] = fmt.Sprint(value)
		}
	}
	switch {
	case isWhole:
		return table.Column{Name: name, Values: whole}
	case isNumber:
		return table.Column{Name: name, Values: numbers}
	}
	return table.Column{Name: name, Values: texts}
}

package store

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"

	"crossbook/neurosim/sweep/parquet"
	"crossbook/neurosim/sweep/table"
)

// Table returns all results with a column for every setting in use, under its
// path, such as "Device.LTP": what export writes.
func (f *File) Table() (table.Table, error) {
	t, err := f.Query(`SELECT key, created, spec, CAST(seed AS INTEGER) AS seed, version, data, checksum, rule, net,
		accuracy, loss, epochs, seconds, error FROM runs ORDER BY id`)
	if err != nil {
		return t, err
	}
	settings, err := f.Query("SELECT runs.id AS id, runs.key AS key, field, CAST(value AS TEXT) AS value FROM settings JOIN runs USING (key) ORDER BY runs.id")
	if err != nil {
		return t, err
	}
	return spread(t, settings)
}

// spread gives the results a column for each setting.
func spread(t, settings table.Table) (table.Table, error) {
	keys, err := t.Strings("key")
	of, err2 := settings.Strings("key")
	fields, err3 := settings.Strings("field")
	values, err4 := settings.Strings("value")
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return t, err
	}
	row := make(map[string]int, len(keys))
	for i, key := range keys {
		row[key] = i
	}
	columns := map[string][]string{}
	var names []string
	for i, field := range fields {
		if columns[field] == nil {
			columns[field] = make([]string, len(keys))
			names = append(names, field)
		}
		columns[field][row[of[i]]] = values[i]
	}
	slices.Sort(names)
	for _, name := range names {
		t = t.Add(numeric(name, columns[name]))
	}
	return t, t.Err()
}

// numeric is a column of numbers where all texts are such or empty, else of texts.
func numeric(name string, texts []string) table.Column {
	numbers := make([]float64, len(texts))
	some := false
	for i, text := range texts {
		if text == "" {
			numbers[i] = math.NaN()
			continue
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return table.Column{Name: name, Values: texts}
		}
		numbers[i], some = v, true
	}
	if !some {
		return table.Column{Name: name, Values: texts}
	}
	return table.Column{Name: name, Values: numbers}
}

// export writes all results.
func export(c *call) (err error) {
	kind := filepath.Ext(c.exports)
	if c.exports != "" && kind != ".csv" && kind != ".parquet" {
		return fmt.Errorf("store: export: -o %s is not allowed; allowed: a name that ends in .csv or .parquet", c.exports)
	}
	f, err := Read(c.store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	t, err := f.Table()
	if err != nil {
		return err
	}
	switch kind {
	case ".csv":
		err = t.CSV(c.exports)
	case ".parquet":
		err = parquet.WriteFile(c.exports, t)
	default:
		return t.WriteCSV(c.out)
	}
	if err == nil {
		fmt.Fprintf(c.out, "%d results are in %s\n", t.Len(), c.exports)
	}
	return err
}

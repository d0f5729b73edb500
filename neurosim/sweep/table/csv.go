package table

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
)

// WriteCSV writes the table as comma-separated values (RFC 4180) with a line of
// names first, units in brackets. Numbers have all their digits; what is missing
// is empty.
func (t Table) WriteCSV(w io.Writer) error {
	if t.err != nil {
		return t.err
	}
	out := csv.NewWriter(w)
	line := make([]string, len(t.columns))
	for i, c := range t.columns {
		line[i] = c.label()
	}
	err := out.Write(line)
	for row := 0; row < t.rows && err == nil; row++ {
		for i, c := range t.columns {
			line[i] = c.text(row)
		}
		err = out.Write(line)
	}
	out.Flush()
	if err = errors.Join(err, out.Error()); err != nil {
		return fmt.Errorf("table: %w", err)
	}
	return nil
}

// CSV writes the table to a file; see WriteCSV.
func (t Table) CSV(path string) error {
	if t.err != nil {
		return t.err
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	return errors.Join(t.WriteCSV(file), file.Close())
}

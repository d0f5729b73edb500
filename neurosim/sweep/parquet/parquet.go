// Package parquet writes tables as Parquet files, which pandas, R, DuckDB and
// Spark read (https://parquet.apache.org/docs/file-format/).
package parquet

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"crossbook/neurosim/sweep/table"
)

// Write writes a table. Numbers are DOUBLE, null where they are missing, whole
// ones INT64, texts UTF-8 strings, bools BOOLEAN; the unit of a column is in the
// metadata of the file, under "unit." and the column's name.
func Write(w io.Writer, t table.Table) error {
	columns, err := columnsOf(t)
	if err != nil {
		return err
	}
	options := []parquet.WriterOption{schemaOf(columns), parquet.Compression(&parquet.Snappy), parquet.CreatedBy("crossbook", "", "")}
	for _, c := range columns {
		if c.Unit != "" {
			options = append(options, parquet.KeyValueMetadata("unit."+c.Name, c.Unit))
		}
	}
	out := parquet.NewWriter(w, options...)
	for row := range t.Len() {
		values := make(parquet.Row, len(columns))
		for i, c := range columns {
			values[i] = valueOf(c, row).Level(0, level(c, row), i)
		}
		if _, err := out.WriteRows([]parquet.Row{values}); err != nil {
			return fmt.Errorf("parquet: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("parquet: %w", err)
	}
	return nil
}

// WriteFile writes a table to a file.
func WriteFile(path string, t table.Table) error {
	if err := t.Err(); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("parquet: %w", err)
	}
	return errors.Join(Write(file, t), file.Close())
}

func columnsOf(t table.Table) ([]table.Column, error) {
	if err := t.Err(); err != nil {
		return nil, err
	}
	var columns []table.Column
	for _, name := range t.Names() {
		c, err := t.Column(name)
		if err != nil {
			return nil, err
		}
		columns = append(columns, c)
	}
	if len(columns) == 0 {
		return nil, errors.New("parquet: the table has no column; allowed: 1 and more")
	}
	return columns, nil
}

// schemaOf declares the columns in their order, which only a struct type has.
func schemaOf(columns []table.Column) *parquet.Schema {
	fields := make([]reflect.StructField, len(columns))
	for i, c := range columns {
		of, options := reflect.TypeOf(c.Values).Elem(), ""
		if of.Kind() == reflect.Float64 {
			options = ",optional"
		}
		name := strings.NewReplacer(",", " ", `"`, "'", "`", "'").Replace(c.Name)
		if name == "" || name == "-" { // which mean something in a tag
			name = "column " + strconv.Itoa(i+1)
		}
		fields[i] = reflect.StructField{
			Name: "C" + strconv.Itoa(i), Type: of,
			Tag: reflect.StructTag("parquet:" + strconv.Quote(name+options)),
		}
	}
	return parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface())
}

func valueOf(c table.Column, row int) parquet.Value {
	switch v := c.Values.(type) {
	case []float64:
		if math.IsNaN(v[row]) {
			return parquet.NullValue()
		}
		return parquet.DoubleValue(v[row])
	case []int:
		return parquet.Int64Value(int64(v[row]))
	case []bool:
		return parquet.BooleanValue(v[row])
	case []string:
		return parquet.ByteArrayValue([]byte(v[row]))
	}
	panic(fmt.Sprintf("parquet: a column of %T", c.Values)) // table.New refuses others
}

// level is the definition level: 1 for a number that is there.
func level(c table.Column, row int) int {
	v, ok := c.Values.([]float64)
	if ok && !math.IsNaN(v[row]) {
		return 1
	}
	return 0
}

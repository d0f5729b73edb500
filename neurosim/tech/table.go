package tech

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"sync"
)

//go:embed data
var data embed.FS

// table is a file of the folder data: a row maps a heading to its cell.
type table struct {
	name string
	rows []row
}

type row struct {
	file  string
	line  int
	cells map[string]string
}

// tables are those that were read, by name.
var tables sync.Map

// read returns a table, which nobody may change.
func read(name string) table {
	if known, ok := tables.Load(name); ok {
		return known.(table)
	}
	t := parse(name)
	tables.Store(name, t)
	return t
}

// parse opens a table. The tables are part of the program, so a broken one is a
// programmer's error.
func parse(name string) table {
	file, err := data.Open("data/" + name + ".csv")
	if err != nil {
		panic("tech: " + err.Error())
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment = '#'
	lines, err := reader.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("tech: data/%s.csv: %v", name, err))
	}
	t := table{name: name}
	for i, line := range lines[1:] {
		r := row{name, i + 1, map[string]string{}}
		for column, cell := range line {
			r.cells[lines[0][column]] = cell
		}
		t.rows = append(t.rows, r)
	}
	return t
}

// number reads a cell; an empty one is 0.
func (r row) number(column string) float64 {
	text, ok := r.cells[column]
	if !ok {
		panic(fmt.Sprintf("tech: data/%s.csv has no column %q", r.file, column))
	}
	if text == "" {
		return 0
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(fmt.Sprintf("tech: data/%s.csv: row %d: %s: %v", r.file, r.line, column, err))
	}
	return v
}

// require panics when a row does not hold what the type promises.
func (r row) require(ok bool, what string) {
	if !ok {
		panic(fmt.Sprintf("tech: data/%s.csv: row %d: %s", r.file, r.line, what))
	}
}

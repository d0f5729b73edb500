package symbols

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"reflect"
	"sort"
	"sync"

	"crossbook/interp/symbols/internal/catalog"
)

//go:embed types.zip
var typesZip []byte

//go:embed packages.txt
var list string

// packages maps an import path to its symbols; the wrapper files fill it. The
// maps are built when first asked for, so that starting costs nothing.
var packages = map[string]func() map[string]reflect.Value{}

// Set is the listed packages. It satisfies interp.Library.
type Set struct {
	entries []catalog.Entry
	types   map[string]*zip.File
}

// Library returns all packages of packages.txt. It panics if the embedded files
// are damaged, which the package's tests exclude.
var Library = sync.OnceValue(func() *Set {
	entries, err := catalog.Parse(list)
	if err != nil {
		panic(err)
	}
	z, err := zip.NewReader(bytes.NewReader(typesZip), int64(len(typesZip)))
	if err != nil {
		panic(fmt.Errorf("symbols: %s: %w", catalog.TypesFile, err))
	}
	s := &Set{entries: entries, types: map[string]*zip.File{}}
	for _, f := range z.File {
		s.types[f.Name] = f
	}
	return s
})

// Paths returns the import paths, sorted.
func (s *Set) Paths() []string {
	paths := make([]string, 0, len(s.entries))
	for _, e := range s.entries {
		if s.types[e.Path] != nil {
			paths = append(paths, e.Path)
		}
	}
	sort.Strings(paths)
	return paths
}

// Prelude returns the packages that need no import, path by name.
func (s *Set) Prelude() map[string]string {
	prelude := map[string]string{}
	for _, e := range s.entries {
		if e.Name != "" {
			prelude[e.Name] = e.Path
		}
	}
	return prelude
}

// Symbols returns the functions, variables and types of a package by name, and
// under a leading underscore the wrappers of its interfaces; nil if the package
// is not listed.
func (s *Set) Symbols(path string) map[string]reflect.Value {
	build := packages[path]
	if build == nil {
		return nil
	}
	return build()
}

// ExportData returns the type information of a package in the form that
// golang.org/x/tools/go/gcexportdata reads.
func (s *Set) ExportData(path string) ([]byte, error) {
	f := s.types[path]
	if f == nil {
		return nil, fmt.Errorf("symbols: no package %q", path)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("symbols: %s: %w", path, err)
	}
	defer r.Close()
	return io.ReadAll(r)
}

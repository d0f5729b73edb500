// Command gen writes what interp/symbols needs of every package listed in
// packages.txt: a wrapper file with its functions, variables and types, its type
// information, its doc comments, and a line in the manifest by which a test sees
// that a package has changed since. Run it with go generate ./interp/symbols.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"crossbook/interp/symbols/internal/api"
	"crossbook/interp/symbols/internal/catalog"
)

func main() {
	log.SetFlags(0)
	dir := flag.String("dir", ".", "folder of package symbols")
	flag.Parse()
	if err := generate(*dir); err != nil {
		log.Fatal("gen: ", err)
	}
}

// generate replaces every generated file in dir.
func generate(dir string) error {
	list, err := os.ReadFile(filepath.Join(dir, catalog.ListFile))
	if err != nil {
		return err
	}
	entries, err := catalog.Parse(string(list))
	if err != nil {
		return err
	}
	loaded, err := api.Load(dir, entries)
	if err != nil {
		return err
	}
	if err := removeOld(dir); err != nil {
		return err
	}
	for _, p := range loaded {
		source, err := wrapper(p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Path(), err)
		}
		if err := os.WriteFile(filepath.Join(dir, fileName(p.Path())), source, 0o644); err != nil {
			return err
		}
	}
	if err := writeTypes(filepath.Join(dir, catalog.TypesFile), loaded); err != nil {
		return err
	}
	if err := writeDocs(dir, entries); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, catalog.ManifestFile), []byte(api.Manifest(loaded)), 0o644)
}

// removeOld deletes the wrapper files of an earlier run, so that none is left of
// a package that is no longer listed.
func removeOld(dir string) error {
	old, err := filepath.Glob(filepath.Join(dir, "wrap_*.go"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

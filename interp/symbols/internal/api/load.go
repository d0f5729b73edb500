// Package api loads the type information of packages and condenses it to a hash, for
// the generator of package symbols and for the test that its files are current.
package api

import (
	"errors"
	"fmt"
	"go/types"

	"crossbook/interp/symbols/internal/catalog"

	"golang.org/x/tools/go/packages"
)

// Load returns the type information of the packages, in the order of the list.
// It needs the go command; dir is a folder of the module.
func Load(dir string, entries []catalog.Entry) ([]*types.Package, error) {
	paths := make([]string, len(entries))
	for i, e := range entries {
		paths[i] = e.Path
	}
	config := &packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile,
		Dir:  dir,
	}
	found, err := packages.Load(config, paths...)
	if err != nil {
		return nil, err
	}
	byPath := map[string]*types.Package{}
	var problems []error
	for _, p := range found {
		for _, e := range p.Errors {
			problems = append(problems, fmt.Errorf("%s: %w", p.PkgPath, e))
		}
		byPath[p.PkgPath] = p.Types
	}
	loaded := make([]*types.Package, len(paths))
	for i, path := range paths {
		if loaded[i] = byPath[path]; loaded[i] == nil {
			problems = append(problems, fmt.Errorf("%s: not found", path))
		}
	}
	return loaded, errors.Join(problems...)
}

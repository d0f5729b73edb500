package interp

import (
	"context"
	"fmt"
	"go/types"

	"crossbook/interp/cell"
	"crossbook/interp/packages"
	"crossbook/interp/split"
)

// importAny returns the types of a package, after making one of the module part of
// the session.
func (s *Session) importAny(path string) (*types.Package, error) {
	if s.world.Importer.IsModule(path) {
		if err := s.importFlat(path); err != nil {
			return nil, err
		}
	}
	return s.world.Importer.Import(path)
}

// context0 is the context of the running cell.
func (s *Session) context0() context.Context {
	if s.ctx == nil {
		return context.Background()
	}
	return s.ctx
}

// importFlat makes a package of the module, and what it needs, declarations of
// the session, where they are not or have changed. What a package does when it is
// initialised is done then.
func (s *Session) importFlat(path string) error {
	p, err := s.world.Importer.Module(path)
	if err != nil {
		return err
	}
	for _, n := range p.Closure() {
		if s.world.Flat[n.Path] == n {
			continue
		}
		if err := s.declareFlat(n); err != nil {
			return fmt.Errorf("package %s: %w", n.Path, err)
		}
	}
	return nil
}

// declareFlat declares and initialises one package.
func (s *Session) declareFlat(p *packages.Package) error {
	sources, aliases, err := s.flatten(p)
	if err != nil {
		return err
	}
	c, err := s.compileWith(func() (*cell.Cell, error) { return cell.ReadPackage(s.world, sources, aliases, s.importAny) })
	if err != nil {
		return reject(sources[0], err)
	}
	s.commit(c)
	if old := s.world.Flat[p.Path]; old != nil {
		for _, name := range old.Types.Scope().Names() {
			if p.Types.Scope().Lookup(name) == nil {
				delete(s.world.Current, old.FlatName(name))
			}
		}
	}
	s.world.Flat[p.Path] = p
	if c.program == nil {
		return nil
	}
	if _, err := s.execute(s.context0(), c.Source, c.program); err != nil {
		return cell.Ran{Err: err}
	}
	return nil
}

// flatten returns the files of a package with the names of the session.
func (s *Session) flatten(p *packages.Package) ([]split.Source, map[string]bool, error) {
	f := p.Flatten(s.world.Fset)
	var out []split.Source
	for _, file := range f.Files {
		out = append(out, split.Source{Count: s.world.AddFile(file.Name, p.Path), Text: file.Text, File: file.Name})
	}
	for name := range f.Builtin {
		if s.world.Current[name] != nil || s.world.Imports[name] != "" {
			return nil, nil, fmt.Errorf("it uses the predeclared %s, which a cell has declared anew: give that another name and restart", name)
		}
	}
	return out, f.Aliases, nil
}

package interp

import (
	"strings"

	"crossbook/interp/naming"
)

// nameWorld gives every entity its name in the checked world for a cell: the
// newest of a name has it, and the cell's are the newest. It returns the
// entities by these names.
func (s *Session) nameWorld(c *cell) map[string]*entity {
	names := map[string]*entity{}
	for _, e := range s.entities {
		if e.kind == methodEntity {
			continue
		}
		e.check = e.shadowName()
		if s.current[e.name] == e && c.declared[e.name] == nil && c.imports[e.name] == "" {
			e.check = e.name
		}
		names[e.check] = e
	}
	for _, e := range c.order {
		if e.kind != methodEntity {
			names[e.name] = e
		}
	}
	for _, e := range s.entities {
		if e.kept == nil {
			continue
		}
		for _, r := range e.kept.refs {
			r.ident.Name = r.to.check
		}
	}
	return names
}

// sweep drops the entities that no name and no kept declaration reaches any more.
func (s *Session) sweep() {
	live := map[*entity]bool{}
	var mark func(e *entity)
	mark = func(e *entity) {
		if e == nil || live[e] {
			return
		}
		live[e] = true
		if e.kept != nil {
			for _, r := range e.kept.refs {
				mark(r.to)
			}
		}
		for _, m := range e.methods {
			mark(m)
		}
		for _, i := range e.instances {
			mark(i)
		}
		if e.body != nil {
			for used := range e.body.uses {
				if strings.Contains(used.name, naming.LiftMark) {
					mark(used)
				}
			}
		}
	}
	for _, f := range s.faces {
		mark(f.entity)
	}
	for _, e := range s.standard {
		mark(e)
	}
	for _, e := range s.current {
		mark(e)
	}
	var kept []*entity
	for _, e := range s.entities {
		switch {
		case live[e]:
			kept = append(kept, e)
		case e.kind == funcEntity || e.kind == methodEntity:
			s.machine.Forget(e.emit)
		}
	}
	s.entities = kept
	for k, e := range s.copies {
		if !live[e] {
			delete(s.copies, k)
		}
	}
}

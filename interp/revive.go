package interp

import (
	"errors"
	"go/ast"
	"go/types"
	"slices"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
)

// checkCell checks a cell, brings back the functions of earlier cells that use
// what it declares anew, makes the instances that it needs and notes what later
// cells need of it.
func (s *Session) checkCell(c *cell) error {
	if err := c.check(); err != nil {
		return err
	}
	if err := c.restrictions(); err != nil {
		return err
	}
	if err := c.revive(); err != nil {
		return err
	}
	if c.liftTypes() {
		if err := c.check(); err != nil {
			return err
		}
	}
	if err := c.specialise(); err != nil {
		return err
	}
	return c.keep()
}

// revive declares again, as if the cell contained them, the functions and
// methods of earlier cells that use what the cell declares anew, so that they
// use the new. A function that no longer compiles stays as it was, with what it
// used.
func (c *cell) revive() error {
	dependents := c.dependents()
	if len(dependents) == 0 {
		return nil
	}
	decls, order := slices.Clone(c.decls), slices.Clone(c.order)
	for range len(dependents) + 1 {
		revived, err := c.declareAgain(dependents)
		if err != nil {
			return err
		}
		err = c.check()
		if err == nil {
			return nil
		}
		c.withdraw(decls, order)
		culprit := c.culprit(revived, err)
		if culprit == nil {
			break
		}
		dependents = slices.DeleteFunc(dependents, func(e *entity) bool { return e == culprit })
	}
	return c.check()
}

// declareAgain adds the sources of functions to the cell and returns where each
// went.
func (c *cell) declareAgain(functions []*entity) (map[*entity]ast.Decl, error) {
	revived := map[*entity]ast.Decl{}
	for _, e := range functions {
		p, err := c.parse(e.body.src, e.body.chunk)
		if err != nil {
			return nil, err
		}
		for _, d := range p.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == e.name {
				if e.body.src.File == "" {
					(&qualifying{c: c}).replace(f)
				}
				c.redeclare(f, e)
				revived[e] = f
			}
		}
	}
	return revived, nil
}

// redeclare adds one function with the source that it had.
func (c *cell) redeclare(f *ast.FuncDecl, e *entity) {
	c.decls = append(c.decls, f)
	owner := ""
	if f.Recv != nil {
		owner, _ = syntax.Receiver(f)
	}
	again := c.declare(owner, e.name, e.kind)
	again.body = &body{src: e.body.src, chunk: e.body.chunk}
}

// withdraw takes back what declareAgain added.
func (c *cell) withdraw(decls []ast.Decl, order []*entity) {
	for _, e := range c.order[len(order):] {
		for k, d := range c.declared {
			if d == e {
				delete(c.declared, k)
			}
		}
	}
	c.decls, c.order = slices.Clone(decls), slices.Clone(order)
}

// culprit returns the revived function in which an error lies; nil if the cell's
// own code has it.
func (c *cell) culprit(revived map[*entity]ast.Decl, err error) *entity {
	var typed types.Error
	if !errors.As(err, &typed) {
		return nil
	}
	for e, d := range revived {
		if typed.Pos >= d.Pos() && typed.Pos < d.End() {
			return e
		}
	}
	return nil
}

// dependents lists the functions and methods of earlier cells that use, directly
// or through others, what a checked cell declares anew.
func (c *cell) dependents() []*entity {
	changed := c.replaced()
	if len(changed) == 0 {
		return nil
	}
	var out []*entity
	for grown := true; grown; {
		grown = false
		for _, e := range c.session.entities {
			if e.body == nil || changed[e] || !usesAny(e.body.uses, changed) {
				continue
			}
			changed[e] = true
			grown = true
			if e.origin != nil {
				changed[e.origin] = true
				c.stale[e] = true
			} else if c.canRevive(e) {
				out = append(out, e)
			}
		}
	}
	return out
}

func usesAny(uses, set map[*entity]bool) bool {
	for e := range uses {
		if set[e] {
			return true
		}
	}
	return false
}

// canRevive tells whether a function is the newest of its name, outside the cell,
// and not generic: instances are copied anew anyway.
func (c *cell) canRevive(e *entity) bool {
	if e.name == "main" || e.generic || e.body.src.Text == "" {
		return false
	}
	if e.kind == methodEntity {
		return c.session.current[e.owner.name] == e.owner && e.owner.methods[e.name] == e &&
			c.declared[naming.Key(e.owner.name, e.name)] == nil && c.stillType(e.owner.name)
	}
	return c.session.current[e.name] == e && c.declared[e.name] == nil
}

// stillType tells whether the cell leaves a name a type, the old or a new one.
func (c *cell) stillType(name string) bool {
	e := c.declared[name]
	return e == nil || e.kind == typeEntity
}

// replaced lists the entities of earlier cells that the cell declares anew; a
// variable of the same type is not, for it stays the same variable.
func (c *cell) replaced() map[*entity]bool {
	out := map[*entity]bool{}
	l := newLowerer(c)
	for _, e := range c.order {
		if e.kind == methodEntity {
			continue
		}
		old := c.session.current[e.name]
		if old == nil {
			continue
		}
		if e.kind == varEntity && old.kind == varEntity {
			if o := c.pkg.Scope().Lookup(e.name); o != nil && syntax.Text(l.typ(o.Type())) == old.typ {
				continue
			}
		}
		out[old] = true
	}
	c.replacedMethods(out)
	return out
}

func (c *cell) replacedMethods(out map[*entity]bool) {
	for k, e := range c.declared {
		if e.kind != methodEntity {
			continue
		}
		for _, old := range c.session.entities {
			if old.kind == methodEntity && naming.Key(old.owner.name, old.name) == k && c.session.current[old.owner.name] == old.owner {
				out[old] = true
			}
		}
	}
}

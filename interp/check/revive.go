package check

import (
	"errors"
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// Revive declares again, as if the cell contained them, the functions and
// methods of earlier cells that use what the cell declares anew, so that they
// use the new. A function that no longer compiles stays as it was, with what it
// used.
func (c *Checked) Revive() error {
	dependents := c.dependents()
	if len(dependents) == 0 {
		return nil
	}
	decls, order := slices.Clone(c.Decls), slices.Clone(c.Order)
	for range len(dependents) + 1 {
		revived, err := c.declareAgain(dependents)
		if err != nil {
			return err
		}
		err = c.Check()
		if err == nil {
			return nil
		}
		c.withdraw(decls, order)
		culprit := c.culprit(revived, err)
		if culprit == nil {
			break
		}
		dependents = slices.DeleteFunc(dependents, func(e *world.Entity) bool { return e == culprit })
	}
	return c.Check()
}

// declareAgain adds the sources of functions to the cell and returns where each
// went.
func (c *Checked) declareAgain(functions []*world.Entity) (map[*world.Entity]ast.Decl, error) {
	revived := map[*world.Entity]ast.Decl{}
	for _, e := range functions {
		p, err := c.Parse(e.Body.Src, e.Body.Chunk)
		if err != nil {
			return nil, err
		}
		for _, d := range p.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == e.Name {
				if e.Body.Src.File == "" {
					c.QualifyAgain(f)
				}
				c.redeclare(f, e)
				revived[e] = f
			}
		}
	}
	return revived, nil
}

// redeclare adds one function with the source that it had.
func (c *Checked) redeclare(f *ast.FuncDecl, e *world.Entity) {
	c.Decls = append(c.Decls, f)
	owner := ""
	if f.Recv != nil {
		c.NameReceiver(f)
		owner, _ = syntax.Receiver(f)
	}
	again := c.Declare(owner, e.Name, e.Kind)
	c.Generic[naming.Key(owner, e.Name)] = e.Generic
	again.Body = &world.Body{Src: e.Body.Src, Chunk: e.Body.Chunk}
}

// withdraw takes back what declareAgain added.
func (c *Checked) withdraw(decls []ast.Decl, order []*world.Entity) {
	for _, e := range c.Order[len(order):] {
		for k, d := range c.Declared {
			if d == e {
				delete(c.Declared, k)
				delete(c.Generic, k)
			}
		}
	}
	c.Decls, c.Order = slices.Clone(decls), slices.Clone(order)
}

// culprit returns the revived function in which an error lies; nil if the cell's
// own code has it.
func (c *Checked) culprit(revived map[*world.Entity]ast.Decl, err error) *world.Entity {
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
func (c *Checked) dependents() []*world.Entity {
	changed := c.replaced()
	if len(changed) == 0 {
		return nil
	}
	var out []*world.Entity
	seen := maps.Clone(changed)
	for grown := true; grown; {
		grown = false
		for _, e := range c.World.Entities {
			if e.Body == nil || seen[e] || !usesAny(e.Body.Uses, changed) {
				continue
			}
			changed[e], seen[e] = true, true
			grown = true
			if e.Origin != nil {
				changed[e.Origin] = true
				c.Stale[e] = true
			} else if c.Compiled != nil && c.Compiled.Outdate(e) {
				continue
			} else if c.canRevive(e) {
				out = append(out, e)
			}
		}
	}
	return out
}

func usesAny(uses, set map[*world.Entity]bool) bool {
	for e := range uses {
		if set[e] {
			return true
		}
	}
	return false
}

// canRevive tells whether a function is the newest of its name, outside the cell.
// Instances of generic ones are copied anew anyway.
func (c *Checked) canRevive(e *world.Entity) bool {
	if e.Name == "main" || e.Body.Src.Text == "" {
		return false
	}
	if e.Kind == world.Method {
		return c.World.Current[e.Owner.Name] == e.Owner && e.Owner.Methods[e.Name] == e &&
			c.Declared[naming.Key(e.Owner.Name, e.Name)] == nil && c.stillType(e.Owner.Name)
	}
	return c.World.Current[e.Name] == e && c.Declared[e.Name] == nil
}

// stillType tells whether the cell leaves a name a type, the old or a new one.
func (c *Checked) stillType(name string) bool {
	e := c.Declared[name]
	return e == nil || e.Kind == world.Type
}

// replaced lists the entities of earlier cells that the cell declares anew; a
// variable of the same type is not, for it stays the same variable.
func (c *Checked) replaced() map[*world.Entity]bool {
	out := map[*world.Entity]bool{}
	sp := c.EmittedSpeller(func(string) {})
	for _, e := range c.Order {
		if e.Kind == world.Method {
			continue
		}
		old := c.World.Current[e.Name]
		if old == nil {
			continue
		}
		if e.Kind == world.Var && old.Kind == world.Var {
			if o := c.Pkg.Scope().Lookup(e.Name); o != nil && syntax.Text(sp.Expr(o.Type())) == old.Typ {
				continue
			}
		}
		out[old] = true
	}
	c.replacedMethods(out)
	return out
}

func (c *Checked) replacedMethods(out map[*world.Entity]bool) {
	for k, e := range c.Declared {
		if e.Kind != world.Method {
			continue
		}
		for _, old := range c.World.Entities {
			if old.Kind == world.Method && naming.Key(old.Owner.Name, old.Name) == k && c.World.Current[old.Owner.Name] == old.Owner {
				out[old] = true
			}
		}
	}
}

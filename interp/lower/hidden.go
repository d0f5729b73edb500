package lower

import "go/types"

// unhide gives the local variables that hide something predeclared, as in max := 0, other
// names in what is lowered: a nil, true or len that lowering writes beside them must mean
// what it means everywhere.
func (l *lowerer) unhide() {
	names := map[types.Object]string{}
	add := func(o types.Object) {
		if v, ok := o.(*types.Var); ok && !v.IsField() && v.Pkg() == l.c.Pkg && v.Parent() != l.c.Pkg.Scope() && types.Universe.Lookup(v.Name()) != nil {
			names[v] = l.unhidden(v.Name())
		}
	}
	for id, o := range l.info.Defs {
		if add(o); o == nil && types.Universe.Lookup(id.Name) != nil { // of a type switch, which has a variable for each case
			id.Name = l.unhidden(id.Name)
		}
	}
	for _, o := range l.info.Implicits {
		add(o)
	}
	if len(names) == 0 {
		return
	}
	for _, d := range l.c.Decls {
		if !l.c.IsGeneric(d) {
			l.rename(d, names)
		}
	}
	for _, it := range l.c.Body {
		if it.Vars != nil {
			l.rename(it.Vars, names)
		}
		if it.Stmt != nil {
			l.rename(it.Stmt, names)
		}
	}
}

// unhidden is the name for all variables that had a predeclared one.
func (l *lowerer) unhidden(name string) string {
	if l.renamed[name] == "" {
		l.renamed[name] = l.temporary(name)
	}
	return l.renamed[name]
}

// nameOf is the name of a parameter or result in the interpreter.
func (l *lowerer) nameOf(v *types.Var) string {
	if name := l.renamed[v.Name()]; name != "" {
		return name
	}
	return v.Name()
}

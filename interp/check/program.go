package check

import (
	"go/ast"
	"go/constant"
	"go/types"
	"runtime"
	"slices"
	"strings"
)

// A cell with a package clause is a file of Go, and held to all that the compiler
// wants of one, where others may have unused variables and imports. What follows are
// rules that the compiler has beyond the type checker, but for those of
// split.Directives.

// strict tells whether the cell is such a file, not yet changed by instances.
func (c *Checked) strict() bool { return c.Program && !c.Flat && len(c.Copies) == 0 }

// wantsUse tells whether an error about something unused is one of the cell.
func (c *Checked) wantsUse(e types.Error) bool {
	return c.strict() && strings.Contains(e.Msg, "declared and not used") && c.Position(e.Pos).Filename == c.Source.Name()
}

// unusedImport returns the error of the first import that the cell does not use.
func (c *Checked) unusedImport() error {
	used := map[string]bool{}
	for _, o := range c.Info.Uses {
		if p, ok := o.(*types.PkgName); ok {
			used[p.Name()] = true
		} else if o.Pkg() != nil && o.Parent() == o.Pkg().Scope() {
			used[". "+o.Pkg().Path()] = true
		}
	}
	for _, im := range c.Wanted {
		if im.Name == "." && !used[". "+im.Path] || im.Name != "." && !used[im.Name] {
			return c.Problem(im.Pos, "%q imported and not used", im.Path)
		}
	}
	return nil
}

const (
	mostFrame = 1 << 30 // bytes of parameters, results and variables of a function
	mostLocal = 1 << 17 // of a variable: a larger one is not part of the frame
)

// largeFrame returns the error of the first function whose frame is too large.
func (c *Checked) largeFrame() error {
	for _, d := range c.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil || c.IsGeneric(d) {
			continue
		}
		if size := c.frame(f); size > mostFrame {
			return c.Problem(f.Pos(), "stack frame too large (>1GB): %d MB", size>>20)
		}
	}
	return nil
}

// frame estimates the bytes of a function's frame as the compiler lays it out:
// parameters and results, local variables, and what expressions need aside, the copy
// of an array that is ranged over and the array below a literal.
func (c *Checked) frame(f *ast.FuncDecl) int64 {
	sizes := types.SizesFor("gc", runtime.GOARCH)
	own := map[types.Object]bool{}
	var size int64
	if o, ok := c.Info.Defs[f.Name].(*types.Func); ok {
		for _, v := range parameters(o.Signature()) {
			own[v] = true
			size += sizes.Sizeof(v.Type())
		}
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.Ident:
			if v, ok := c.Info.Defs[n].(*types.Var); ok && !v.IsField() && !own[v] {
				if local := sizes.Sizeof(v.Type()); local <= mostLocal {
					size += local
				}
			}
		case *ast.RangeStmt:
			if t := c.Info.TypeOf(n.X); n.Value != nil && isArray(t) {
				size += sizes.Sizeof(t)
			}
		case *ast.CompositeLit:
			size += c.literal(n, sizes)
		}
		return true
	})
	return size
}

// parameters lists the receiver, parameters and results of a function.
func parameters(sig *types.Signature) []*types.Var {
	list := slices.Collect(sig.Params().Variables())
	list = slices.AppendSeq(list, sig.Results().Variables())
	if sig.Recv() != nil {
		list = append(list, sig.Recv())
	}
	return list
}

func isArray(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Array)
	return ok
}

// literal returns the bytes of the array below the literal of a slice.
func (c *Checked) literal(n *ast.CompositeLit, sizes types.Sizes) int64 {
	t := c.Info.TypeOf(n)
	if t == nil {
		return 0
	}
	slice, ok := t.Underlying().(*types.Slice)
	if !ok {
		return 0
	}
	var next, length int64
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if v := c.Info.Types[kv.Key].Value; v != nil {
				next, _ = constant.Int64Val(constant.ToInt(v))
			}
		}
		next++
		length = max(length, next)
	}
	return length * sizes.Sizeof(slice.Elem())
}

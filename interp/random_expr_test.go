package interp_test

import (
	"fmt"
	"slices"
	"strings"
)

func isInteger(typ string) bool { return slices.Contains(integerTypes, typ) }

func isFloat(typ string) bool { return slices.Contains(floatTypes, typ) }

// expr writes an expression of a type.
func (g *generator) expr(typ string, depth int) string {
	if depth <= 0 || g.IntN(6) == 0 {
		return g.leaf(typ)
	}
	if x := g.call(typ, depth); x != "" {
		return x
	}
	switch {
	case typ == "bool":
		return g.boolean(depth)
	case typ == "string":
		return g.string(depth)
	case isFloat(typ):
		return g.float(typ, depth)
	}
	return g.integer(typ, depth)
}

// call writes a call of a helper, now and then.
func (g *generator) call(typ string, depth int) string {
	if len(g.funcs) == 0 || g.IntN(5) > 0 {
		return ""
	}
	f := pick(g, g.funcs...)
	if f.result != typ {
		return ""
	}
	var args []string
	for _, p := range f.params {
		args = append(args, g.expr(p, depth-1))
	}
	return fmt.Sprintf("%s(%s)", f.name, strings.Join(args, ", "))
}

// leaf writes a variable or a literal.
func (g *generator) leaf(typ string) string {
	if g.IntN(3) > 0 {
		for range 4 {
			if len(g.vars) == 0 {
				break
			}
			if v := g.vars[g.IntN(len(g.vars))]; v.typ == typ {
				return v.name
			}
		}
	}
	switch {
	case typ == "bool":
		return pick(g, "true", "false")
	case typ == "string":
		return pick(g, `""`, `"a"`, `"go"`, `"é"`, "`raw`")
	case isFloat(typ):
		return pick(g, "0.0", "1", "2.5", "-0.125", "(7.0 / 2)", "1e3", "3", "(1.0 / 3)", "(7 / 2)")
	case strings.HasPrefix(typ, "u"):
		return pick(g, "0", "1", "7", "100", "255", "'a'", "(7 / 2)", "(1 << 6)")
	}
	return pick(g, "0", "1", "-1", "7", "100", "-128", "127", "'a'", "(7 / 2)", "(1 << 5)", "(-7 % 4)")
}

// operand writes an expression that is not constant, so that it has no overflow
// that a compiler would find.
func (g *generator) operand(typ string, depth int) string {
	if depth > 0 && g.IntN(6) > 0 {
		if x := g.expr(typ, depth); strings.ContainsAny(x, "(") && strings.Contains(x, "v") {
			return x
		}
	}
	for range 6 {
		if len(g.vars) == 0 {
			break
		}
		if v := g.vars[g.IntN(len(g.vars))]; v.typ == typ && !v.constant {
			return v.name
		}
	}
	if isFloat(typ) {
		return fmt.Sprintf("[]%s{%s}[0]", typ, g.leaf(typ))
	}
	return fmt.Sprintf("same[%s](%s)", typ, g.leaf(typ))
}

// constant writes an untyped constant expression.
func (g *generator) constant(typ string, depth int) string {
	if depth <= 0 {
		if isFloat(typ) {
			return pick(g, "1", "2", "3.0", "7", "0.5", "1e2", "'a'")
		}
		return pick(g, "1", "2", "3", "7", "10", "'a'", "64")
	}
	op := pick(g, "+", "-", "*", "/")
	if isInteger(typ) {
		op = pick(g, "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>")
	}
	right := g.constant(typ, depth-1)
	if op == "<<" || op == ">>" {
		right = pick(g, "1", "2", "3")
	}
	return fmt.Sprintf("(%s %s %s)", g.constant(typ, depth-1), op, right)
}

func (g *generator) boolean(depth int) string {
	switch g.IntN(4) {
	case 0:
		return fmt.Sprintf("(%s %s %s)", g.expr("bool", depth-1), pick(g, "&&", "||", "==", "!="), g.expr("bool", depth-1))
	case 1:
		return "!" + g.operand("bool", depth-1)
	}
	typ := pick(g, basicTypes[1:]...)
	return fmt.Sprintf("(%s %s %s)", g.operand(typ, depth-1), pick(g, "<", "<=", "==", "!=", ">=", ">"), g.expr(typ, depth-1))
}

func (g *generator) string(depth int) string {
	switch g.IntN(4) {
	case 0:
		return fmt.Sprintf("string(rune(%s))", g.operand("uint8", depth-1))
	case 1:
		return fmt.Sprintf("fmt.Sprint(%s)", g.expr(pick(g, integerTypes...), depth-1))
	case 2:
		return fmt.Sprintf("%s(%s, %s)", pick(g, "min", "max"), g.expr("string", depth-1), g.expr("string", depth-1))
	}
	return fmt.Sprintf("(%s + %s)", g.expr("string", depth-1), g.expr("string", depth-1))
}

func (g *generator) float(typ string, depth int) string {
	switch g.IntN(6) {
	case 0:
		return fmt.Sprintf("%s(%s)", typ, g.operand(pick(g, integerTypes...), depth-1))
	case 1:
		return fmt.Sprintf("%s(%s)", typ, g.operand(pick(g, floatTypes...), depth-1))
	case 2:
		return "(-" + g.operand(typ, depth-1) + ")"
	case 3:
		return fmt.Sprintf("%s(%s, %s)", pick(g, "min", "max"), g.expr(typ, depth-1), g.expr(typ, depth-1))
	}
	// Converted, so that no compiler may fuse a product with a sum.
	return fmt.Sprintf("%s(%s %s %s)", typ, g.operand(typ, depth-1), pick(g, "+", "-", "*", "/"), g.operand(typ, depth-1))
}

func (g *generator) integer(typ string, depth int) string {
	switch g.IntN(9) {
	case 0, 1:
		return fmt.Sprintf("%s(%s)", typ, g.operand(pick(g, integerTypes...), depth-1))
	case 2:
		return "(" + pick(g, "-", "^", "+") + g.operand(typ, depth-1) + ")"
	case 3:
		return fmt.Sprintf("(%s %s %s)", g.operand(typ, depth-1), pick(g, "<<", ">>"), g.shiftCount())
	case 4:
		return fmt.Sprintf("%s(len(%s))", typ, g.expr("string", depth-1))
	case 5:
		return fmt.Sprintf("%s(%s, %s)", pick(g, "min", "max"), g.expr(typ, depth-1), g.expr(typ, depth-1))
	case 6: // may divide by zero
		return fmt.Sprintf("(%s %s %s)", g.operand(typ, depth-1), pick(g, "/", "%"), g.operand(typ, depth-1))
	}
	return fmt.Sprintf("(%s %s %s)", g.operand(typ, depth-1), pick(g, "+", "-", "*", "&", "|", "^", "&^"), g.expr(typ, depth-1))
}

func (g *generator) shiftCount() string {
	switch g.IntN(3) {
	case 0:
		return pick(g, "1", "3", "7")
	case 1:
		return fmt.Sprintf("(%s & 15)", g.operand(pick(g, integerTypes[5:]...), 1))
	}
	return fmt.Sprintf("(%s & 7)", g.operand(pick(g, integerTypes[:5]...), 1))
}

package interp_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator writes random programs: arithmetic over all basic types with typed
// and untyped constants, conversions, shifts, and control flow. A program is a
// function that prints what it has computed, with a helper or two.
type generator struct {
	*rand.Rand
	number int
	text   strings.Builder
	indent int
	names  int
	vars   []variable // in scope
	funcs  []function
	loops  int  // enclosing loops
	quiet  bool // inside a helper, which prints nothing: Go leaves open whether it is called before something else of the expression panics
	budget int  // statements left
}

type variable struct {
	name, typ string
	constant  bool // may not be assigned to
}

type function struct {
	name   string
	params []string
	result string
}

var (
	integerTypes = []string{"int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64"}
	floatTypes   = []string{"float32", "float64"}
	basicTypes   = append(append([]string{"bool", "string"}, integerTypes...), floatTypes...)
)

func pick[T any](g *generator, list ...T) T { return list[g.IntN(len(list))] }

func (g *generator) line(format string, args ...any) {
	g.text.WriteString(strings.Repeat("\t", g.indent))
	fmt.Fprintf(&g.text, format, args...)
	g.text.WriteByte('\n')
}

// print writes a call of Printf.
func (g *generator) print(format string, args ...any) {
	if g.quiet {
		g.line("_ = fmt.Sprintf("+format+")", args...)
	} else {
		g.line("fmt.Printf("+format+")", args...)
	}
}

func (g *generator) fresh(prefix string) string {
	g.names++
	return fmt.Sprintf("%s%d", prefix, g.names)
}

// program writes a program of its own names. It may be one that the type checker
// rejects, say for a constant that overflows.
func (g *generator) program(number int) string {
	g.number = number
	g.text.Reset()
	g.funcs, g.vars, g.names, g.loops = nil, nil, 0, 0
	for range g.IntN(3) {
		g.function()
	}
	g.line("func p%d() {", number)
	g.line("\tdefer func() {")
	g.line("\t\tif e := recover(); e != nil {")
	g.line("\t\t\tfmt.Println(\"panic:\", e)")
	g.line("\t\t}")
	g.line("\t}()")
	g.budget = 4 + g.IntN(14)
	g.vars = nil
	g.indent = 1
	for range 2 + g.IntN(3) {
		g.declaration()
	}
	for g.budget > 0 {
		g.statement(2)
	}
	g.show()
	g.indent = 0
	g.line("}")
	return g.text.String()
}

func (g *generator) show() {
	for _, v := range g.vars {
		if isFloat(v.typ) {
			g.line("fmt.Printf(\"%%g \", %s)", v.name)
		} else {
			g.line("fmt.Printf(\"%%v \", %s)", v.name)
		}
	}
	g.line("fmt.Println()")
}

// function writes a helper with named or unnamed results.
func (g *generator) function() {
	f := function{name: fmt.Sprintf("f%d_%d", g.number, len(g.funcs)), result: pick(g, basicTypes...)}
	g.vars = nil
	g.quiet = true
	defer func() { g.quiet = false }()
	var params []string
	for range 1 + g.IntN(3) {
		v := variable{name: g.fresh("a"), typ: pick(g, basicTypes...)}
		f.params = append(f.params, v.typ)
		params = append(params, v.name+" "+v.typ)
		g.vars = append(g.vars, v)
	}
	result := f.result
	named := g.IntN(3) == 0
	if named {
		g.vars = append(g.vars, variable{name: "r", typ: f.result})
		result = "(r " + f.result + ")"
	}
	g.line("func %s(%s) %s {", f.name, strings.Join(params, ", "), result)
	g.indent++
	if named && g.IntN(2) == 0 {
		g.line("defer func() { r = %s }()", g.expr(f.result, 2))
	}
	g.budget = 1 + g.IntN(4)
	for g.budget > 0 {
		g.statement(1)
	}
	g.line("return %s", g.expr(f.result, 3))
	g.indent--
	g.line("}")
	g.funcs = append(g.funcs, f)
}

func (g *generator) declaration() {
	typ := pick(g, basicTypes...)
	v := variable{name: g.fresh("v"), typ: typ}
	switch g.IntN(5) {
	case 0:
		g.line("var %s %s", v.name, typ)
	case 1:
		g.line("%s := %s(%s)", v.name, typ, g.expr(typ, 2))
	case 2:
		if typ != "bool" && typ != "string" { // untyped constants
			v.constant = true
			g.line("const %s %s = %s", v.name, typ, g.constant(typ, 3))
			break
		}
		fallthrough
	default:
		g.line("var %s %s = %s", v.name, typ, g.expr(typ, 3))
	}
	g.vars = append(g.vars, v)
	if !v.constant {
		g.line("_ = %s", v.name)
	}
}

// block writes a block with a scope of its own.
func (g *generator) block(depth int) {
	vars := len(g.vars)
	g.indent++
	for range 1 + g.IntN(3) {
		g.statement(depth - 1)
	}
	g.indent--
	g.vars = g.vars[:vars]
}

func (g *generator) statement(depth int) {
	g.budget--
	kind := g.IntN(13)
	if depth <= 0 {
		kind = g.IntN(6)
	}
	switch kind {
	case 0:
		g.declaration()
	case 1, 2, 3:
		g.assignment()
	case 4:
		g.pairAssignment()
	case 5:
		g.leave()
	case 6:
		g.conditional(depth)
	case 7:
		g.countedLoop(depth)
	case 8:
		g.rangeLoop(depth)
	case 9:
		g.switchStatement(depth)
	case 10:
		g.closure()
	case 11:
		g.slices(depth)
	default:
		g.mapsAndStructs()
	}
}

func (g *generator) assignable(ok func(string) bool) *variable {
	for range 8 {
		if len(g.vars) == 0 {
			return nil
		}
		v := &g.vars[g.IntN(len(g.vars))]
		if !v.constant && ok(v.typ) {
			return v
		}
	}
	return nil
}

func anyType(string) bool { return true }

func (g *generator) assignment() {
	v := g.assignable(anyType)
	switch {
	case v == nil:
		g.declaration()
	case isInteger(v.typ) && g.IntN(3) == 0:
		op := pick(g, "+=", "-=", "*=", "&=", "|=", "^=", "&^=", "<<=", ">>=")
		if strings.HasPrefix(op, "<<") || strings.HasPrefix(op, ">>") {
			g.line("%s %s %s", v.name, op, g.shiftCount())
		} else {
			g.line("%s %s %s", v.name, op, g.expr(v.typ, 2))
		}
	case isInteger(v.typ) && g.IntN(4) == 0:
		g.line("%s%s", v.name, pick(g, "++", "--"))
	case isFloat(v.typ) && g.IntN(3) == 0:
		g.line("%s %s %s", v.name, pick(g, "+=", "-=", "*=", "/="), g.expr(v.typ, 2))
	case v.typ == "string" && g.IntN(3) == 0:
		g.line("%s += %s", v.name, g.expr("string", 1))
	default:
		g.line("%s = %s", v.name, g.expr(v.typ, 3))
	}
}

func (g *generator) pairAssignment() {
	a, b := g.assignable(anyType), g.assignable(anyType)
	if a == nil || b == nil || a == b {
		g.assignment()
		return
	}
	g.line("%s, %s = %s, %s", a.name, b.name, g.expr(a.typ, 2), g.expr(b.typ, 2))
}

func (g *generator) leave() {
	if g.loops == 0 {
		g.assignment()
		return
	}
	g.line("if %s {", g.expr("bool", 2))
	g.line("\t%s", pick(g, "break", "continue"))
	g.line("}")
}

func (g *generator) conditional(depth int) {
	g.line("if %s {", g.expr("bool", 3))
	g.block(depth)
	if g.IntN(2) == 0 {
		g.line("} else if %s {", g.expr("bool", 2))
		g.block(depth)
	}
	if g.IntN(2) == 0 {
		g.line("} else {")
		g.block(depth)
	}
	g.line("}")
}

func (g *generator) countedLoop(depth int) {
	i, typ := g.fresh("i"), pick(g, integerTypes...)
	head := fmt.Sprintf("%s := %s(0); %s < %d; %s++", i, typ, i, g.IntN(5), i)
	if g.IntN(3) == 0 {
		head = fmt.Sprintf("%s := %s(%d); %s > 0; %s--", i, typ, g.IntN(5), i, i)
	}
	g.loop(head, []variable{{name: i, typ: typ, constant: true}}, depth)
}

// loop writes a loop over variables of its own.
func (g *generator) loop(head string, own []variable, depth int) {
	vars := len(g.vars)
	g.line("for %s {", head)
	g.loops++
	g.vars = append(g.vars, own...)
	g.block(depth)
	g.loops--
	g.vars = g.vars[:vars]
	g.line("}")
}

func (g *generator) rangeLoop(depth int) {
	i, x := g.fresh("i"), g.fresh("x")
	switch g.IntN(4) {
	case 0:
		g.loop(fmt.Sprintf("%s := range %d", i, g.IntN(5)), []variable{{i, "int", true}}, depth)
	case 1:
		typ := pick(g, integerTypes...)
		g.loop(fmt.Sprintf("%s := range %s(%d)", i, typ, g.IntN(5)), []variable{{i, typ, true}}, depth)
	case 2:
		g.loop(fmt.Sprintf("%s, %s := range %s", i, x, g.text1()), []variable{{i, "int", true}, {x, "int32", true}}, depth)
	default:
		typ := pick(g, basicTypes...)
		list := fmt.Sprintf("[]%s{%s, %s}", typ, g.expr(typ, 1), g.expr(typ, 1))
		g.loop(fmt.Sprintf("%s, %s := range %s", i, x, list), []variable{{i, "int", true}, {x, typ, true}}, depth)
	}
}

func (g *generator) text1() string { return pick(g, `"héllo"`, `"a\xffb"`, `"日本"`, `"xyz"[1:]`) }

func (g *generator) switchStatement(depth int) {
	loops := g.loops
	g.loops = 0 // break would leave the switch, which is no use
	defer func() { g.loops = loops }()
	typ := pick(g, integerTypes...)
	tagless := g.IntN(2) == 0
	if tagless {
		g.line("switch {")
	} else {
		g.line("switch %s {", g.expr(typ, 2))
	}
	first := g.IntN(4)
	cases := 1 + g.IntN(3)
	for i := range cases {
		if tagless {
			g.line("case %s, %s:", g.expr("bool", 2), g.expr("bool", 1))
		} else {
			g.line("case %d, %s:", first+i, fmt.Sprint(first+i+10))
		}
		g.block(depth)
		if i < cases-1 && g.IntN(3) == 0 {
			g.line("\tfallthrough")
		}
	}
	if g.IntN(2) == 0 {
		g.line("default:")
		g.block(depth)
	}
	g.line("}")
}

// closure writes function literals that keep variables of an iteration.
func (g *generator) closure() {
	v := g.assignable(anyType)
	if v == nil {
		g.declaration()
		return
	}
	f, i := g.fresh("f"), g.fresh("i")
	if g.IntN(2) == 0 {
		g.line("%s := func() { %s = %s }", f, v.name, g.expr(v.typ, 2))
		g.line("%s()", f)
		return
	}
	total := g.fresh("v")
	g.line("var %s []func() int", f)
	g.line("for %s := 0; %s < 3; %s++ {", i, i, i)
	g.line("\t%s = append(%s, func() int { %s += 10; return %s })", f, f, i, i)
	g.line("\tif %s > 20 { %s -= 10 }", i, i)
	g.line("}")
	g.line("%s := 0", total)
	g.line("for _, h := range %s { %s = %s*31 + h() + h() }", f, total, total)
	g.vars = append(g.vars, variable{name: total, typ: "int"})
}

func (g *generator) slices(depth int) {
	typ := pick(g, basicTypes...)
	s, k, total := g.fresh("s"), g.fresh("i"), g.fresh("v")
	g.line("%s := []%s{%s, %s, %s}", s, typ, g.expr(typ, 1), g.expr(typ, 1), g.expr(typ, 1))
	g.line("%s[0], %s[2] = %s[2], %s", s, s, s, g.expr(typ, 1))
	g.line("%s = append(%s, %s, %s[1])", s, s, g.expr(typ, 1), s)
	g.line("%s := 0", total)
	g.line("for %s := range %s {", k, s)
	g.line("\tif %s[%s] == %s[len(%s)-1-%s] {", s, k, s, s, k)
	g.line("\t\t%s += %s + 1", total, k)
	g.line("\t}")
	g.line("}")
	g.print("\"%%v %%d \", %s, cap(%s[:2:3])", s, s)
	g.vars = append(g.vars, variable{name: total, typ: "int"})
	_ = depth
}

func (g *generator) mapsAndStructs() {
	key, value := pick(g, "int", "string", "uint8", "float64", "bool"), pick(g, basicTypes...)
	m, t, ok := g.fresh("m"), g.fresh("t"), g.fresh("v")
	g.line("%s := map[%s]%s{}", m, key, value)
	g.line("%s[%s] = %s", m, g.expr(key, 1), g.expr(value, 2))
	// No second NaN: fmt prints such keys in the order of the map, which is arbitrary.
	g.line("if k := (%s); k == k { %s[k] = %s }", g.expr(key, 1), m, g.expr(value, 1))
	g.line("_, %s := %s[%s]", ok, m, g.expr(key, 1))
	g.print("\"%%v \", %s", m)
	g.line("%s := struct{ A %s; B [2]%s }{A: %s}", t, value, key, g.expr(value, 1))
	g.line("%sp := &%s", t, t)
	g.line("%sp.B[1], %s.A = %s, %s", t, t, g.expr(key, 1), g.expr(value, 1))
	g.print("\"%%v %%v \", %s, *%sp == %s", t, t, t)
	g.vars = append(g.vars, variable{name: ok, typ: "bool"})
}

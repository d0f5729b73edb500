package run

import (
	"go/constant"
	"reflect"
	"slices"
	"unsafe"

	"crossbook/interp/naming"

	yaegi "github.com/traefik/yaegi/interp"
)

// operands reads the operands of yaegi's nodes out of a frame.
type operands struct{ node, frame reflect.Type }

// newOperands looks into the interpreter; the error is for a version of yaegi that is
// made otherwise.
func newOperands(i *yaegi.Interpreter) (operands, error) {
	root, ok := reflect.TypeFor[yaegi.Program]().FieldByName("root")
	frame, has := reflect.TypeOf(i).Elem().FieldByName("frame")
	if !ok || !has || root.Type.Kind() != reflect.Pointer || frame.Type.Kind() != reflect.Pointer {
		return operands{}, errYaegi
	}
	o := operands{root.Type.Elem(), frame.Type.Elem()}
	for _, name := range []string{"child", "anc", "findex", "level", "kind", "sym", "rval", "ident"} {
		if _, ok := o.node.FieldByName(name); !ok {
			return operands{}, errYaegi
		}
	}
	for _, name := range []string{"root", "anc", "data"} {
		if _, ok := o.frame.FieldByName(name); !ok {
			return operands{}, errYaegi
		}
	}
	return o, nil
}

// accesses are those of a function that is being executed.
type accesses struct {
	body  reflect.Value // the function's node
	frame reflect.Value
	kind  string // of node

	mark      int // of the statement being visited
	statement int // its number
	found     []outside
}

// outside is an access out of range.
type outside struct {
	words           string
	mark, statement int
	constant        bool // indices
}

// at takes the addresses of a node of a function and of the function's frame.
func (o operands) at(node, frame uintptr) *accesses {
	n := reflect.NewAt(o.node, *(*unsafe.Pointer)(unsafe.Pointer(&node))).Elem()
	for kindOf(n) != "funcDecl" && kindOf(n) != "funcLit" && !n.FieldByName("anc").IsNil() {
		n = n.FieldByName("anc").Elem()
	}
	return &accesses{body: n, frame: reflect.NewAt(o.frame, *(*unsafe.Pointer)(unsafe.Pointer(&frame))).Elem()}
}

func kindOf(n reflect.Value) string {
	k, _ := unlocked(n.FieldByName("kind")).Interface().(interface{ String() string })
	if k == nil {
		return ""
	}
	return k.String()
}

// find words the access of a kind of node that is out of range: the only one of the
// statement that was marked last, or else of the function.
func (a *accesses) find(kind string, mark int) string {
	a.kind = kind
	a.visit(a.body)
	given := slices.DeleteFunc(slices.Clone(a.found), func(o outside) bool { return o.mark != mark })
	if len(given) > 0 {
		return only(given)
	}
	return only(a.found)
}

// only returns the words of accesses, if they all are the same, or of the first of one
// statement with constant indices; "" for others.
func only(list []outside) string {
	for _, o := range list {
		if first := list[0]; o.words != first.words && (o.statement != first.statement || !o.constant || !first.constant) {
			return ""
		}
	}
	if len(list) == 0 {
		return ""
	}
	return list[0].words
}

func children(n reflect.Value) func(yield func(reflect.Value) bool) {
	return func(yield func(reflect.Value) bool) {
		list := n.FieldByName("child")
		for i := range list.Len() {
			if c := list.Index(i); !c.IsNil() && !yield(c.Elem()) {
				return
			}
		}
	}
}

// visit looks at the accesses in a node, and tells whether one is out of range: one
// that has this for an operand was not reached.
func (a *accesses) visit(n reflect.Value) (out bool) {
	kind, statement := kindOf(n), a.statement
	if m, ok := markOf(n, kind); ok {
		a.mark = m
	}
	for c := range children(n) {
		if kindOf(c) == "funcLit" {
			continue
		}
		if kind == "blockStmt" {
			a.statement++
		}
		out = a.visit(c) || out
	}
	if kind != "indexExpr" && kind != "sliceExpr" || out {
		return out
	}
	words := a.words(n, kind)
	if kind == a.kind && words != "" {
		a.found = append(a.found, outside{words, a.mark, statement, constantIndices(n)})
	}
	return words != ""
}

func constantIndices(n reflect.Value) bool {
	list := n.FieldByName("child")
	for i := 1; i < list.Len(); i++ {
		if _, ok := constantInt(list.Index(i).Elem()); !ok {
			return false
		}
	}
	return true
}

// markOf returns the place that a node notes, see Marking of package lower.
func markOf(n reflect.Value, kind string) (int, bool) {
	list := n.FieldByName("child")
	const sides = 2
	if kind != "assignStmt" || list.Len() != sides || list.Index(0).Elem().FieldByName("ident").String() != naming.LineVariable {
		return 0, false
	}
	v, ok := constantInt(list.Index(1).Elem())
	return int(v.int()), ok
}

// words tells how an access is out of range; "" if it is in range or unknown.
func (a *accesses) words(n reflect.Value, kind string) string {
	list := n.FieldByName("child")
	if list.Len() == 0 || kindOf(list.Index(0).Elem()) == "compositeLitExpr" {
		return ""
	}
	x := a.value(list.Index(0).Elem())
	if x.Kind() == reflect.Pointer {
		x = x.Elem()
	}
	most, called := 0, "length"
	switch x.Kind() {
	case reflect.Slice:
		most, called = x.Cap(), "capacity"
	case reflect.Array, reflect.String:
		most = x.Len()
	default:
		return ""
	}
	var indices []integer
	for i := 1; i < list.Len(); i++ {
		v, ok := a.integer(list.Index(i).Elem())
		if !ok {
			return ""
		}
		indices = append(indices, v)
	}
	if kind == "indexExpr" {
		if len(indices) != 1 {
			return ""
		}
		return indexText(indices[0], x.Len())
	}
	return sliceText(a.bounds(n, indices, x.Len()), most, called)
}

// bounds completes those of a slice expression, which yaegi has without a low or high
// one that is not written.
func (a *accesses) bounds(n reflect.Value, list []integer, length int) []integer {
	if unlocked(n.FieldByName("action")).Interface().(interface{ String() string }).String() == "slice0" {
		list = append([]integer{{reflect.ValueOf(0)}}, list...)
	}
	if len(list) == 1 {
		list = append(list, integer{reflect.ValueOf(length)})
	}
	return list
}

func (a *accesses) integer(n reflect.Value) (integer, bool) {
	if v, ok := constantInt(n); ok {
		return v, true
	}
	v := integer{a.value(n)}
	return v, v.CanInt() || v.CanUint()
}

func constantInt(n reflect.Value) (integer, bool) {
	v := unlocked(n.FieldByName("rval")).Interface().(reflect.Value)
	if !v.IsValid() {
		return integer{reflect.ValueOf(0)}, false
	}
	if c, ok := v.Interface().(constant.Value); ok {
		i, exact := constant.Int64Val(constant.ToInt(c))
		return integer{reflect.ValueOf(i)}, exact
	}
	return integer{v}, v.CanInt() || v.CanUint()
}

// value is what a node has in the frame, or as a constant.
func (a *accesses) value(n reflect.Value) reflect.Value {
	if v := unlocked(n.FieldByName("rval")).Interface().(reflect.Value); v.IsValid() {
		if c, ok := v.Interface().(constant.Value); ok && c.Kind() == constant.String {
			return reflect.ValueOf(constant.StringVal(c))
		}
		return v
	}
	frame, index := a.frame, n.FieldByName("findex").Int()
	level := n.FieldByName("level").Int()
	if sym := n.FieldByName("sym"); !sym.IsNil() {
		index = sym.Elem().FieldByName("index").Int()
		if sym.Elem().FieldByName("global").Bool() {
			level = -1
		}
	}
	if level < 0 {
		frame = frame.FieldByName("root").Elem()
	}
	for ; level > 0; level-- {
		frame = frame.FieldByName("anc").Elem()
	}
	data := unlocked(frame.FieldByName("data")).Interface().([]reflect.Value)
	if index < 0 || index >= int64(len(data)) {
		return reflect.Value{}
	}
	return data[index]
}
